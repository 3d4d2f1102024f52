import type { Op } from '../../../engine/kernel/task';
import { isExecutable, searchAll, searchPath } from '../execute/command-search';
import type { BuiltinCall, BuiltinTable } from './builtin';
import { functionText } from './declare';
import { USAGES } from './usages';

const KEYWORDS = [
  'if', 'then', 'else', 'elif', 'fi', 'case', 'esac', 'for', 'select', 'while', 'until', 'do', 'done', 'in', 'function', 'time', '{', '}', '!',
  '[[', ']]', 'coproc',
];

interface Meaning {
  readonly kind: 'alias' | 'keyword' | 'function' | 'builtin' | 'file';
  /** The alias's text or the file's path. */
  readonly text: string;
  readonly hashed?: boolean;
}

export function isKeyword(name: string): boolean {
  return KEYWORDS.includes(name);
}

/** All that a name can mean as a command, in the order of precedence. */
function* meanings(call: BuiltinCall, name: string, options: { functions: boolean; all: boolean }): Generator<Meaning, void> {
  const { shell } = call;
  const alias = shell.options.shopt('expand_aliases') ? shell.aliases.get(name) : undefined;
  if (alias !== undefined) yield { kind: 'alias', text: alias };
  if (KEYWORDS.includes(name)) yield { kind: 'keyword', text: name };
  if (options.functions && shell.functions.has(name)) yield { kind: 'function', text: name };
  if (Object.hasOwn(USAGES, name) && !shell.disabledBuiltins.has(name)) yield { kind: 'builtin', text: name };
  if (name.includes('/')) {
    if (isExecutable(shell, name)) yield { kind: 'file', text: name };
  } else if (options.all) for (const path of searchAll(shell, name)) yield { kind: 'file', text: path };
  else {
    const hashed = shell.hashed.get(name);
    const path = hashed?.path ?? searchPath(shell, name, shell.variables.get('PATH') ?? '');
    if (path !== undefined && isExecutable(shell, path)) yield { kind: 'file', text: path, hashed: hashed !== undefined };
  }
}

function describe(call: BuiltinCall, name: string, meaning: Meaning): string {
  switch (meaning.kind) {
    case 'alias':
      return `${name} is aliased to \`${meaning.text}'\n`;
    case 'keyword':
      return `${name} is a shell keyword\n`;
    case 'function':
      return `${name} is a function\n${functionText(call.shell, name)}`;
    case 'builtin':
      return `${name} is a shell builtin\n`;
    case 'file':
      return meaning.hashed === true ? `${name} is hashed (${meaning.text})\n` : `${name} is ${meaning.text}\n`;
  }
}

/** `command -v`. */
function terse(name: string, meaning: Meaning): string {
  return meaning.kind === 'alias' ? `alias ${name}='${meaning.text.replaceAll("'", "'\\''")}'\n` : `${meaning.kind === 'file' ? meaning.text : name}\n`;
}

function* type(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('afptP');
  if (parsed === undefined) return 2;
  const { flags, rest } = parsed;
  let status = 0;
  for (const name of rest) {
    let found = [...meanings(call, name, { functions: !flags.has('f'), all: flags.has('a') })];
    if (flags.has('P')) found = found.filter((each) => each.kind === 'file');
    if (flags.has('p') && found[0]?.kind !== 'file') {
      if (found.length === 0) status = 1;
      continue;
    }
    if (!flags.has('a')) found = found.slice(0, 1);
    if (found.length === 0) {
      if (flags.has('t') || flags.has('p') || flags.has('P')) status = 1;
      else status = yield* call.fail(`${name}: not found`);
    }
    for (const each of found) {
      yield* call.out(flags.has('t') ? `${each.kind}\n` : flags.has('p') || flags.has('P') ? `${each.text}\n` : describe(call, name, each));
    }
  }
  return status;
}

function* command(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('pvV');
  if (parsed === undefined) return 2;
  const { flags, rest } = parsed;
  if (rest.length === 0) return 0;
  if (flags.has('v') || flags.has('V')) {
    let status = 1;
    for (const name of rest) {
      const found = meanings(call, name, { functions: true, all: false }).next().value;
      if (found === undefined) {
        if (flags.has('V')) yield* call.fail(`${name}: not found`);
        continue;
      }
      status = 0;
      yield* call.out(flags.has('V') ? describe(call, name, found) : terse(name, found));
    }
    return status;
  }
  return yield* call.shell.interpreter.runWords(call.shell, rest, {
    functions: false, builtins: true, files: true, standardPath: flags.has('p'),
  });
}

function* hash(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('lrp:dt');
  if (parsed === undefined) return 2;
  const { hashed } = call.shell;
  const { flags, rest } = parsed;
  if (flags.has('r')) hashed.clear();
  if (rest.length === 0 && flags.size === 0) {
    if (hashed.size === 0) yield* call.out('hash: hash table empty\n');
    else yield* call.out(`hits\tcommand\n${[...hashed.values()].map((each) => `${String(each.hits).padStart(4)}\t${each.path}\n`).join('')}`);
    return 0;
  }
  let status = 0;
  for (const name of rest) {
    const known = hashed.get(name);
    if (flags.has('d')) {
      if (!hashed.delete(name)) status = yield* call.fail(`${name}: not found`);
    } else if (flags.has('t')) {
      if (known === undefined) status = yield* call.fail(`${name}: not found`);
      else yield* call.out(`${rest.length > 1 ? `${name}\t` : ''}${known.path}\n`);
    } else if (flags.has('p')) hashed.set(name, { path: flags.get('p') as string, hits: 0 });
    else {
      const path = searchPath(call.shell, name, call.shell.variables.get('PATH') ?? '');
      if (path === undefined) status = yield* call.fail(`${name}: not found`);
      else hashed.set(name, { path, hits: 0 });
    }
  }
  return status;
}

export const TYPE: BuiltinTable = {
  type,
  command,
  hash,
  *builtin(call) {
    const args = call.args[0] === '--' ? call.args.slice(1) : call.args;
    if (args.length === 0) return 0;
    return yield* call.shell.interpreter.runWords(call.shell, args, { functions: false, builtins: true, files: false });
  },
  *enable(call) {
    const parsed = yield* call.options('adnpsf:');
    if (parsed === undefined) return 2;
    const { disabledBuiltins } = call.shell;
    if (parsed.rest.length === 0) {
      const names = Object.keys(USAGES).sort();
      const off = parsed.flags.has('n');
      const shown = names.filter((name) => parsed.flags.has('a') || disabledBuiltins.has(name) === off);
      yield* call.out(shown.map((name) => `enable ${disabledBuiltins.has(name) ? '-n ' : ''}${name}\n`).join(''));
      return 0;
    }
    let status = 0;
    for (const name of parsed.rest) {
      if (!Object.hasOwn(USAGES, name)) status = yield* call.fail(`${name}: not a shell builtin`);
      else if (parsed.flags.has('n')) disabledBuiltins.add(name);
      else disabledBuiltins.delete(name);
    }
    return status;
  },
};
