import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { Terminal } from '../../os/terminal';
import { WaitBroken } from '../execute/control-flow';
import type { Shell } from '../execute/shell';
import { ifsOf } from '../expand/text';
import { encodeBytes } from '../byte-text';
import { IndexedArray } from '../variables/arrays';
import { ReadonlyError, assignVariable } from '../variables/assign';
import type { BuiltinCall, BuiltinTable } from './builtin';
import { type ReadText, readLine } from './line-reader';
import { withTimeout } from './timeout';

const NAME = /^[A-Za-z_]\w*(\[[\s\S]+\])?$/;
const TIMED_OUT = 142;

function* read(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('ersa:d:i:n:N:p:t:u:');
  if (parsed === undefined) return 2;
  const { flags, rest } = parsed;
  const { shell } = call;
  for (const name of rest) if (!NAME.test(name)) return yield* call.fail(`\`${name}': not a valid identifier`);
  const fd = Number(flags.get('u') ?? 0);
  const timeout = flags.get('t');
  if (timeout !== undefined && !/^(\d+\.?\d*|\.\d+)$/.test(timeout)) return yield* call.fail(`${timeout}: invalid timeout specification`);
  if (!shell.process.fds.has(fd)) return yield* call.fail(`${fd}: invalid file descriptor: Bad file descriptor`);
  const prompt = flags.get('p');
  const terminal = shell.process.fds.get(fd)?.terminal;
  if (prompt !== undefined && terminal !== undefined) yield* shell.process.err(encodeBytes(prompt));
  if (timeout !== undefined && Number(timeout) === 0) return 0;
  try {
    const result = yield* withModes(terminal, flags, readText(shell, fd, flags, timeout));
    if (result === 'timeout') {
      yield* store(call, flags, rest, '');
      return TIMED_OUT;
    }
    yield* store(call, flags, rest, result.text);
    return result.ended ? 1 : 0;
  } catch (error) {
    if (error instanceof WaitBroken) return error.status;
    if (error instanceof FileError) return yield* call.fail(`read error: ${fd}: ${error.message}`);
    throw error;
  }
}

function* readText(shell: Shell, fd: number, flags: ReadonlyMap<string, string>, timeout: string | undefined): Op<ReadText | 'timeout'> {
  const body = readRecord(shell, fd, flags);
  return timeout === undefined ? yield* body : yield* withTimeout(shell, Math.round(Number(timeout) * 1e6), body);
}

/** Reads lines until one does not end with a backslash (unless `-r`). */
function* readRecord(shell: Shell, fd: number, flags: ReadonlyMap<string, string>): Op<ReadText> {
  const count = flags.get('N') ?? flags.get('n');
  const delimiter = flags.get('d');
  const until = {
    delimiter: flags.has('N') ? -1 : delimiter === undefined ? 10 : delimiter === '' ? 0 : (encodeBytes(delimiter)[0] as number),
    maxCharacters: count === undefined ? undefined : Number(count),
  };
  let text = '';
  for (;;) {
    const line = yield* readLine(shell, fd, until);
    text += line.text;
    if (flags.has('r') || line.ended || !/(^|[^\\])(\\\\)*\\$/.test(text) || until.delimiter !== 10) return { text, ended: line.ended };
    text = text.slice(0, -1);
  }
}

/** `-s` does not echo, `-n` does not wait for a line. */
function* withModes<T>(terminal: Terminal | undefined, flags: ReadonlyMap<string, string>, body: Op<T>): Op<T> {
  if (terminal === undefined) return yield* body;
  const before = { ...terminal.modes };
  if (flags.has('s')) terminal.setModes({ echo: false });
  if (flags.has('n') || flags.has('N') || flags.has('d')) terminal.setModes({ canonical: false });
  try {
    return yield* body;
  } finally {
    terminal.setModes({ echo: before.echo, canonical: before.canonical });
  }
}

function* store(call: BuiltinCall, flags: ReadonlyMap<string, string>, names: readonly string[], text: string): Op<void> {
  const { shell } = call;
  const raw = flags.has('r');
  const array = flags.get('a');
  if (array !== undefined) {
    const variable = shell.variables.lookUp(array) ?? shell.variables.create(array);
    variable.value = undefined;
    variable.array = IndexedArray.of(splitFields(text, ifsOf(shell), Infinity, raw));
    return;
  }
  if (names.length === 0 || flags.has('N')) {
    assignVariable(shell, names[0] ?? 'REPLY', raw ? text : unescape(text));
    for (const name of names.slice(1)) assignVariable(shell, name, '');
    return;
  }
  const fields = splitFields(text, ifsOf(shell), names.length, raw);
  for (const [i, name] of names.entries()) {
    const element = /^(\w+)\[([\s\S]+)\]$/.exec(name);
    try {
      assignVariable(shell, element?.[1] ?? name, fields[i] ?? '', element === null ? {} : { index: element[2] });
    } catch (error) {
      if (!(error instanceof ReadonlyError)) throw error;
      yield* shell.error(error.message);
    }
  }
}

function unescape(text: string): string {
  return text.replace(/\\([\s\S])/g, '$1');
}

/** Cuts a line at IFS into at most `max` fields; the last takes the rest. Backslashes quote, unless `raw`. */
export function splitFields(text: string, ifs: string, max: number, raw: boolean): string[] {
  const blank = (c: string | undefined): boolean => c !== undefined && ifs.includes(c) && ' \t\n'.includes(c);
  const fields: string[] = [];
  let at = 0;
  while (blank(text[at])) at += 1;
  while (at < text.length && fields.length < max) {
    if (fields.length === max - 1) {
      fields.push(lastField(text.slice(at), ifs, blank, raw));
      return fields;
    }
    let field = '';
    for (; at < text.length && !ifs.includes(text[at] as string); at++) {
      if (text[at] === '\\' && !raw) at += 1;
      field += text[at] ?? '';
    }
    fields.push(field);
    while (blank(text[at])) at += 1;
    if (at < text.length && ifs.includes(text[at] as string) && !blank(text[at])) at += 1;
    while (blank(text[at])) at += 1;
  }
  return fields;
}

/** The rest of the line, without blanks at its end, and without one separator that ends it. */
function lastField(rest: string, ifs: string, blank: (c: string | undefined) => boolean, raw: boolean): string {
  let end = rest.length;
  while (end > 0 && blank(rest[end - 1]) && (raw || rest[end - 2] !== '\\')) end -= 1;
  const trimmed = rest.slice(0, end);
  const last = trimmed.at(-1);
  const single = last !== undefined && ifs.includes(last) && !blank(last) && [...trimmed.slice(0, -1)].every((c) => !ifs.includes(c));
  const text = single ? trimmed.slice(0, -1) : trimmed;
  return raw ? text : unescape(text);
}

export const READ: BuiltinTable = { read };
