import type { Process } from '../../../os/process';
import type { Program } from '../../../os/program';
import { textToBytes } from '../../lib/byte-text';
import { commandName, cpuPercent, memoryPercent, parentPid, residentKib, terminalName } from '../../lib/process-facts';
import { type PsColumn, psColumn } from './ps-columns';

class PsError extends Error {}

const PLAIN = ['pid', 'tname', 'time', 'ucmd'];
const FULL = ['uidname', 'pid', 'ppid', 'c', 'stime', 'tname', 'time', 'cmd'];
const BSD = ['pid', 'tname', 'stat', 'bsdtime', 'args'];
const BSD_USER = ['user', 'pid', 'pcpu', 'pmem', 'vsz', 'rss', 'tname', 'stat', 'bsdstart', 'bsdtime', 'args'];
const LONG = ['s', 'uid', 'pid', 'ppid', 'c', 'pri', 'ni', 'tname', 'time', 'ucmd'];

interface Request {
  columns: string[];
  titles: Map<number, string>;
  wants: ((process: Process) => boolean)[];
  sort: string[];
  all: boolean;
  withoutTerminal: boolean;
  ofAllUsers: boolean;
  header: boolean;
  wide: boolean;
  forest: boolean;
}

/** Lists processes. Simplified: no threads, no -j, -F. */
export const ps: Program = {
  name: 'ps',
  *main(process) {
    try {
      const request = readRequest(process);
      yield* process.out(textToBytes(table(process, request)));
      return 0;
    } catch (error) {
      if (!(error instanceof PsError)) throw error;
      yield* process.err(`${error.message}\n\nUsage:\n ps [options]\n\n Try 'ps --help <simple|list|output|threads|misc|all>'\n  or 'ps --help <s|l|o|t|m|a>'\n for additional help text.\n\nFor more details see ps(1).\n`);
      return 1;
    }
  },
};

function readRequest(process: Process): Request {
  const request: Request = { columns: [], titles: new Map(), wants: [], sort: [], all: false, withoutTerminal: false, ofAllUsers: false, header: true, wide: false, forest: false };
  let format = PLAIN;
  const words = [...process.args];
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word.startsWith('--')) {
      longOption(request, word, words);
      continue;
    }
    if (/^\d+(,\d+)*$/.test(word)) {
      select(request, 'p', word, process);
      continue;
    }
    const bsd = !word.startsWith('-');
    const letters = bsd ? word : word.slice(1);
    for (let i = 0; i < letters.length; i++) {
      const letter = letters[i] as string;
      const value = (): string => {
        const rest = letters.slice(i + 1);
        i = letters.length;
        const found = rest !== '' ? rest : words.shift();
        if (found === undefined) throw new PsError(letter === 'p' ? 'error: list of process IDs must follow -p' : `error: list of ${letter === 'o' ? 'columns' : 'values'} must follow -${letter}`);
        return found;
      };
      if (letter === 'o') addColumns(request, value());
      else if ('pCGt'.includes(letter) || (letter === 'u' && !bsd) || letter === 'U') select(request, letter, value(), process);
      else if (letter === 'f') {
        if (bsd) request.forest = true;
        else format = FULL;
      } else if (letter === 'l') format = LONG;
      else if (letter === 'u') format = BSD_USER;
      else if (letter === 'e' || letter === 'A') request.all = !bsd || letter === 'A';
      else if (letter === 'a') {
        request.ofAllUsers = true;
        if (bsd && format === PLAIN) format = BSD;
      } else if (letter === 'x') {
        request.withoutTerminal = true;
        if (bsd && format === PLAIN) format = BSD;
      } else if (letter === 'w') request.wide = true;
      else if (letter === 'h') request.header = false;
      else if (letter === 'H') request.forest = true;
      else if (!'rTNjFLmyMZcnSVdg'.includes(letter)) throw new PsError(bsd ? 'error: unsupported option (BSD syntax)' : 'error: unsupported SysV option');
    }
  }
  if (request.columns.length === 0) request.columns = [...format];
  return request;
}

function longOption(request: Request, word: string, words: string[]): void {
  const [name, attached] = [word.slice(2).split('=')[0] as string, word.includes('=') ? word.slice(word.indexOf('=') + 1) : undefined];
  if (name === 'no-headers' || name === 'no-heading') request.header = false;
  else if (name === 'forest') request.forest = true;
  else if (name === 'sort') request.sort = (attached ?? words.shift() ?? '').split(',');
  else if (name === 'format') addColumns(request, attached ?? words.shift() ?? '');
  else if (name === 'pid' || name === 'ppid') {
    const pids = (attached ?? words.shift() ?? '').split(',').map(Number);
    request.wants.push((process) => pids.includes(name === 'pid' ? process.pid : parentPid(process)));
  } else throw new PsError('error: unknown gnu long option');
}

function addColumns(request: Request, text: string): void {
  for (const part of text.split(/[,\s]+/)) {
    const [name = '', title] = part.includes('=') ? [part.slice(0, part.indexOf('=')), part.slice(part.indexOf('=') + 1)] : [part, undefined];
    if (psColumn(name) === undefined) throw new PsError(`error: unknown user-defined format specifier "${name}"`);
    request.columns.push(name);
    if (title !== undefined) request.titles.set(request.columns.length - 1, title);
  }
}

function select(request: Request, letter: string, text: string, process: Process): void {
  const values = text.split(/[,\s]+/);
  if (letter === 'p') {
    if (values.some((value) => !/^\d+$/.test(value))) throw new PsError('error: process ID list syntax error');
    request.wants.push((each) => values.includes(String(each.pid)));
  } else if (letter === 'C') request.wants.push((each) => values.includes(commandName(each)));
  else if (letter === 't') request.wants.push((each) => values.includes(terminalName(each)));
  else {
    for (const value of values) if (!/^\d+$/.test(value) && ![...process.machine.users.values()].some((user) => user.name === value)) throw new PsError('error: user name does not exist');
    request.wants.push((each) => values.includes(String(each.uid)) || values.includes(process.machine.userName(each.uid)));
  }
}

const SORT_KEYS: Readonly<Record<string, (process: Process) => number | string>> = {
  pid: (process) => process.pid, ppid: parentPid, pcpu: cpuPercent, '%cpu': cpuPercent, pmem: memoryPercent, '%mem': memoryPercent, rss: residentKib, vsz: residentKib,
  time: (process) => process.cpuUs, cputime: (process) => process.cpuUs, start_time: (process) => process.startedUs, comm: commandName, cmd: commandName,
  user: (process) => process.machine.userName(process.uid),
};

function chosen(process: Process, request: Request): Process[] {
  const all = [...process.machine.processes.values()];
  if (request.all) return all;
  if (request.wants.length > 0) return all.filter((each) => request.wants.some((wants) => wants(each)));
  if (request.ofAllUsers && request.withoutTerminal) return all;
  if (request.ofAllUsers) return all.filter((each) => each.terminal !== undefined);
  if (request.withoutTerminal) return all.filter((each) => each.uid === process.uid);
  return all.filter((each) => each.uid === process.uid && each.terminal === process.terminal);
}

function table(process: Process, request: Request): string {
  const columns = request.columns.map((name, i) => ({ ...(psColumn(name) as PsColumn), title: request.titles.get(i) ?? (psColumn(name) as PsColumn).title }));
  const rows = chosen(process, request);
  for (const key of [...request.sort].reverse()) {
    const value = SORT_KEYS[key.replace(/^[-+]/, '')];
    if (value === undefined) throw new PsError('error: unknown sort specifier');
    rows.sort((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0) * (key.startsWith('-') ? -1 : 1));
  }
  const width = process.isTerminal(1) && !request.wide ? (process.fds.get(1)?.terminal?.columns ?? 80) : Infinity;
  const line = (cells: readonly string[]): string => {
    const text = cells.map((cell, i) => pad(cell, columns[i] as PsColumn, i === columns.length - 1)).join(' ');
    return `${width === Infinity ? text : text.slice(0, width)}\n`;
  };
  const header = request.header && columns.some((column) => column.title !== '') ? line(columns.map((column) => column.title)) : '';
  const indents = request.forest ? depths(rows) : undefined;
  return header + rows.map((each) => line(columns.map((column, i) => (i === columns.length - 1 ? (indents?.get(each) ?? '') : '') + column.show(each, process)))).join('');
}

function pad(cell: string, column: PsColumn, last: boolean): string {
  const text = column.title === 'COMMAND' || column.title === 'CMD' ? cell : cell.length > column.width && column.left === true ? `${cell.slice(0, column.width - 1)}+` : cell;
  const width = Math.max(column.width, column.title.length);
  if (column.left === true) return last ? text : text.padEnd(width);
  return text.padStart(width);
}

function depths(rows: readonly Process[]): Map<Process, string> {
  const out = new Map<Process, string>();
  for (const each of rows) {
    let depth = 0;
    for (let up = each.parent; up !== undefined && rows.includes(up); up = up.parent) depth += 1;
    out.set(each, depth === 0 ? '' : `${'    '.repeat(depth - 1)} \\_ `);
  }
  return out;
}
