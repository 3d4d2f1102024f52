import type { Op } from '../../../engine/kernel/task';
import type { BuiltinCall, BuiltinTable } from './builtin';

function fileOf(call: BuiltinCall, given: string | undefined): string {
  return given ?? call.shell.variables.get('HISTFILE') ?? '';
}

function* history(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('cd:anrwps');
  if (parsed === undefined) return 2;
  const { flags, rest } = parsed;
  const { shell } = call;
  const { history: entries } = shell;
  if (flags.has('c')) entries.clear();
  const offset = flags.get('d');
  if (offset !== undefined) {
    const number = /^-\d+$/.test(offset) ? entries.nextNumber + Number(offset) : Number(offset);
    if (!entries.remove(number)) return yield* call.fail(`${offset}: history position out of range`);
    return 0;
  }
  if (flags.has('s')) {
    entries.removeLast();
    entries.add(rest.join(' '));
    return 0;
  }
  if (flags.has('p')) {
    for (const text of rest) yield* call.out(`${text}\n`);
    return 0;
  }
  if (flags.has('w') || flags.has('a')) {
    return entries.save(shell.process, fileOf(call, rest[0]), flags.has('a') ? 'append' : 'all') ? 0 : 1;
  }
  if (flags.has('r') || flags.has('n')) return entries.load(shell.process, fileOf(call, rest[0])) ? 0 : 1;
  if (flags.has('c')) return 0;
  const [count] = rest;
  if (count !== undefined && !/^\d+$/.test(count)) return yield* call.fail(`${count}: numeric argument required`);
  const lines = entries.list(count === undefined ? undefined : Number(count));
  yield* call.out(lines.map(({ number, line, modified }) => `${String(number).padStart(5)}${modified ? '*' : ' '} ${line}\n`).join(''));
  return 0;
}

/** `fc -l` and `fc -s`. Simplified: without `-l` or `-s` it needs an editor, and says so. */
function* fc(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('e:lnrs');
  if (parsed === undefined) return 2;
  const { flags, rest } = parsed;
  const { history: entries, interpreter } = call.shell;
  const last = entries.nextNumber - 1;
  const numberOf = (text: string | undefined, fallback: number): number => {
    if (text === undefined) return fallback;
    if (/^-\d+$/.test(text)) return last + Number(text);
    if (/^\d+$/.test(text)) return Number(text);
    return entries.list().findLast((each) => each.line.startsWith(text))?.number ?? fallback;
  };
  if (flags.has('l')) {
    const from = numberOf(rest[0], Math.max(1, last - 16));
    const to = numberOf(rest[1], last - 1);
    const lines = entries.list().filter((each) => each.number >= Math.min(from, to) && each.number <= Math.max(from, to));
    if (flags.has('r')) lines.reverse();
    yield* call.out(lines.map((each) => `${flags.has('n') ? '' : each.number}\t ${each.line}\n`).join(''));
    return 0;
  }
  if (!flags.has('s') && flags.get('e') !== '-') return yield* call.fail('no command found');
  const change = /^([^=]+)=(.*)$/.exec(rest[0] ?? '');
  const line = entries.get(numberOf(change === null ? rest[0] : rest[1], last - 1));
  if (line === undefined) return yield* call.fail('no command found');
  const text = change === null ? line : line.replace(change[1] as string, change[2] as string);
  yield* call.out(`${text}\n`);
  entries.removeLast();
  entries.add(text);
  return yield* interpreter.runText(call.shell, text, call.shell.inputName);
}

export const HISTORY: BuiltinTable = { history, fc };
