import type { Process } from '../../os/process';
import { formatDate } from './date-format';

/** The name that the kernel knows a process by: the last part of its path, at most 15 bytes. */
export function commandName(process: Process): string {
  const name = (process.argv[0] ?? process.program.name).replace(/^-/, '');
  return name.slice(name.lastIndexOf('/') + 1).slice(0, 15);
}

export function commandLine(process: Process): string {
  return process.state === 'zombie' ? `[${commandName(process)}] <defunct>` : process.argv.join(' ');
}

export function parentPid(process: Process): number {
  const { parent } = process;
  if (parent === undefined || parent.machine !== process.machine) return 0;
  return parent.alive ? parent.pid : 1;
}

/** R, S, T or Z; the process that asks is the one that runs. */
export function stateLetter(process: Process, asking: Process): string {
  if (process.state === 'zombie') return 'Z';
  if (process.state === 'stopped') return 'T';
  return process === asking ? 'R' : 'S';
}

export function terminalName(process: Process): string {
  return process.terminal === undefined ? '?' : process.terminal.name.replace(/^\/dev\//, '');
}

export function startDateMs(process: Process): number {
  return process.machine.sim.startDateMs + Math.floor(process.startedUs / 1000);
}

/** Today's processes show the time, older ones the day. */
export function startText(process: Process): string {
  const started = startDateMs(process);
  return formatDate(process.machine.sim.dateMs() - started < 86_400_000 ? '%H:%M' : '%b%d', started);
}

/** Resident memory in KiB: a small program's few megabytes, or what it holds. */
export function residentKib(process: Process): number {
  return 3400 + Math.round(process.memoryBytes / 1024);
}

/** Share of one processor since it began. */
export function cpuPercent(process: Process): number {
  const lived = process.machine.sim.nowUs - process.startedUs;
  return lived <= 0 ? 0 : Math.min(100, (100 * process.cpuUs) / lived);
}

export function memoryPercent(process: Process): number {
  return (100 * residentKib(process) * 1024) / process.machine.memory.totalBytes;
}
