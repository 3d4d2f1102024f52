import type { Op } from '../../../engine/kernel/task';
import { fileNames, programNames } from '../completion/names';
import type { BuiltinCall, BuiltinTable } from './builtin';
import { isKeyword } from './type';
import { USAGES } from './usages';

const ACTIONS: Readonly<Record<string, (call: BuiltinCall) => readonly string[]>> = {
  alias: (call) => [...call.shell.aliases.keys()],
  builtin: () => Object.keys(USAGES),
  command: (call) => [...call.shell.aliases.keys(), ...call.shell.functions.keys(), ...Object.keys(USAGES), ...programNames(call.shell)],
  function: (call) => [...call.shell.functions.keys()].sort(),
  variable: (call) => call.shell.variables.entries().map(([name]) => name),
  export: (call) => call.shell.variables.entries().filter(([, each]) => each.exported).map(([name]) => name),
  job: (call) => call.shell.jobs.list.map((job) => job.text),
  shopt: (call) => call.shell.options.shoptNames(),
  keyword: () => ['if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time'].filter(isKeyword),
  user: (call) => [...call.shell.process.machine.users.values()].map((user) => user.name),
  directory: (call) => fileNames(call.shell, call.args.at(-1) ?? '', true),
  file: (call) => fileNames(call.shell, call.args.at(-1) ?? '', false),
};
const BY_LETTER: Readonly<Record<string, string>> = {
  a: 'alias', b: 'builtin', c: 'command', d: 'directory', e: 'export', f: 'file', j: 'job', k: 'keyword', u: 'user', v: 'variable',
};

function* compgen(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('abcdefgjksuvo:A:G:W:F:C:X:P:S:');
  if (parsed === undefined) return 2;
  const prefix = parsed.rest[0] ?? '';
  const words: string[] = [];
  for (const [letter, value] of parsed.flags) {
    const action = letter === 'A' ? value : BY_LETTER[letter];
    const make = action === undefined ? undefined : ACTIONS[action];
    if (make !== undefined) words.push(...make(call));
    else if (letter === 'A') return yield* call.fail(`${value}: invalid action name`, 2);
    if (letter === 'W') words.push(...value.split(/\s+/));
  }
  const found = words.filter((word) => word.startsWith(prefix) && word !== '');
  const [before, after] = [parsed.flags.get('P') ?? '', parsed.flags.get('S') ?? ''];
  yield* call.out(found.map((word) => `${before}${word}${after}\n`).join(''));
  return found.length > 0 ? 0 : 1;
}

/** `complete`. Simplified: word lists (`-W`) take part in completion; functions and commands are only listed. */
function* complete(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('abcdefgjksuvprDEIo:A:G:W:F:C:X:P:S:');
  if (parsed === undefined) return 2;
  const { completions } = call.shell;
  const { flags, rest } = parsed;
  if (flags.has('r')) {
    if (rest.length === 0) completions.clear();
    for (const name of rest) completions.delete(name);
    return 0;
  }
  if (flags.has('p') || (rest.length === 0 && flags.size === 0)) {
    const names = rest.length === 0 ? [...completions.keys()] : rest;
    for (const name of names) {
      const words = completions.get(name);
      if (words === undefined) return yield* call.fail(`${name}: no completion specification`);
      yield* call.out(`complete -W '${words.join(' ')}' ${name}\n`);
    }
    return 0;
  }
  for (const name of rest) completions.set(name, (flags.get('W') ?? '').split(/\s+/).filter((word) => word !== ''));
  return 0;
}

export const COMPLETE: BuiltinTable = {
  compgen,
  complete,
  *compopt() {
    return 0;
  },
};
