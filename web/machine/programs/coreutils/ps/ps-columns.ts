import type { Process } from '../../../os/process';
import { formatDate } from '../../lib/date-format';
import { commandLine, commandName, cpuPercent, memoryPercent, parentPid, residentKib, startDateMs, startText, stateLetter, terminalName } from '../../lib/process-facts';

export interface PsColumn {
  readonly title: string;
  readonly width: number;
  readonly left?: boolean;
  show(process: Process, asking: Process): string;
}

const seconds = (process: Process): number => Math.floor(process.cpuUs / 1e6);
const two = (value: number): string => String(value).padStart(2, '0');

function clock(total: number): string {
  return `${two(Math.floor(total / 3600))}:${two(Math.floor(total / 60) % 60)}:${two(total % 60)}`;
}

function elapsed(process: Process): string {
  const total = Math.floor((process.machine.sim.nowUs - process.startedUs) / 1e6);
  const days = Math.floor(total / 86400);
  const text = total >= 3600 ? clock(total % 86400) : `${two(Math.floor(total / 60))}:${two(total % 60)}`;
  return days > 0 ? `${days}-${clock(total % 86400)}` : text;
}

function stateText(process: Process, asking: Process): string {
  const leader = process.pgid === process.pid && process.terminal?.leader === process ? 's' : '';
  const foreground = process.terminal !== undefined && process.terminal.foregroundGroup === process.pgid ? '+' : '';
  return stateLetter(process, asking) + leader + foreground;
}

const user = (process: Process): string => process.machine.userName(process.uid);
const USER: PsColumn = { title: 'USER', width: 8, left: true, show: user };
const COMMAND: PsColumn = { title: 'COMMAND', width: 27, left: true, show: commandLine };

/** The columns of ps by the names that -o knows. */
export const PS_COLUMNS: Readonly<Record<string, PsColumn>> = {
  pid: { title: 'PID', width: 7, show: (process) => String(process.pid) },
  ppid: { title: 'PPID', width: 7, show: (process) => String(parentPid(process)) },
  pgid: { title: 'PGID', width: 7, show: (process) => String(process.pgid) },
  pgrp: { title: 'PGRP', width: 7, show: (process) => String(process.pgid) },
  uid: { title: 'UID', width: 5, show: (process) => String(process.uid) },
  uidname: { title: 'UID', width: 8, left: true, show: user },
  user: USER,
  euser: { ...USER, title: 'EUSER' },
  ruser: { ...USER, title: 'RUSER' },
  group: { ...USER, title: 'GROUP' },
  c: { title: 'C', width: 2, show: (process) => String(Math.floor(cpuPercent(process))) },
  stime: { title: 'STIME', width: 5, show: startText },
  start: { title: 'STARTED', width: 8, show: (process) => formatDate('%H:%M:%S', startDateMs(process)) },
  bsdstart: { title: 'START', width: 5, left: true, show: startText },
  lstart: { title: 'STARTED', width: 24, show: (process) => formatDate('%a %b %e %H:%M:%S %Y', startDateMs(process)) },
  tty: { title: 'TTY', width: 8, left: true, show: terminalName },
  tname: { title: 'TTY', width: 8, left: true, show: terminalName },
  tt: { title: 'TT', width: 8, left: true, show: terminalName },
  time: { title: 'TIME', width: 8, show: (process) => clock(seconds(process)) },
  cputime: { title: 'TIME', width: 8, show: (process) => clock(seconds(process)) },
  bsdtime: { title: 'TIME', width: 6, show: (process) => `${Math.floor(seconds(process) / 60)}:${two(seconds(process) % 60)}` },
  etime: { title: 'ELAPSED', width: 11, show: elapsed },
  etimes: { title: 'ELAPSED', width: 7, show: (process) => String(Math.floor((process.machine.sim.nowUs - process.startedUs) / 1e6)) },
  pcpu: { title: '%CPU', width: 4, show: (process) => cpuPercent(process).toFixed(1) },
  pmem: { title: '%MEM', width: 4, show: (process) => memoryPercent(process).toFixed(1) },
  vsz: { title: 'VSZ', width: 6, show: (process) => String(residentKib(process) * 2 + 2000) },
  rss: { title: 'RSS', width: 5, show: (process) => String(residentKib(process)) },
  stat: { title: 'STAT', width: 4, left: true, show: stateText },
  s: { title: 'S', width: 1, left: true, show: stateLetter },
  state: { title: 'S', width: 1, left: true, show: stateLetter },
  pri: { title: 'PRI', width: 3, show: () => '19' },
  ni: { title: 'NI', width: 3, show: () => '0' },
  nlwp: { title: 'NLWP', width: 4, show: () => '1' },
  comm: { title: 'COMMAND', width: 15, left: true, show: commandName },
  ucmd: { title: 'CMD', width: 15, left: true, show: commandName },
  cmd: { ...COMMAND, title: 'CMD' },
  args: COMMAND,
  command: COMMAND,
};

const ALIASES: Readonly<Record<string, string>> = { '%cpu': 'pcpu', '%mem': 'pmem', vsize: 'vsz', rssize: 'rss', nice: 'ni', fname: 'comm', ucomm: 'comm', pgrp: 'pgid', euid: 'uid', tid: 'pid', thcount: 'nlwp' };

export function psColumn(name: string): PsColumn | undefined {
  return PS_COLUMNS[ALIASES[name] ?? name];
}
