import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { Shell } from '../execute/shell';
import type { BuiltinCall, BuiltinTable } from './builtin';

/** Goes to a directory and keeps PWD and OLDPWD. Throws FileError. */
function changeDirectory(shell: Shell, path: string, physical: boolean): void {
  const { process } = shell;
  const node = process.files.stat(path);
  if (node.kind !== 'directory') throw new FileError('ENOTDIR', path);
  if (!process.files.may(node, 'execute')) throw new FileError('EACCES', path);
  const target = physical ? process.files.realPath(path) : process.files.resolve(path);
  shell.variables.setExported('OLDPWD', shell.variables.get('PWD') ?? process.cwd);
  process.cwd = target;
  shell.variables.setExported('PWD', target);
}

function* cd(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('LPe@');
  if (parsed === undefined) return 2;
  if (parsed.rest.length > 1) return yield* call.fail('too many arguments');
  const { shell } = call;
  const asked = parsed.rest[0];
  let path = asked ?? shell.variables.get('HOME');
  if (path === undefined) return yield* call.fail('HOME not set');
  let show = false;
  if (asked === '-') {
    path = shell.variables.get('OLDPWD');
    if (path === undefined) return yield* call.fail('OLDPWD not set');
    show = true;
  }
  if (path === '') return 0;
  const physical = parsed.flags.has('P') || shell.options.has('physical');
  try {
    const found = cdPathEntry(shell, path);
    changeDirectory(shell, found ?? path, physical);
    if (show || found !== undefined) yield* call.out(`${shell.process.cwd}\n`);
    return 0;
  } catch (error) {
    if (error instanceof FileError) return yield* call.fail(`${path}: ${error.message}`);
    throw error;
  }
}

function cdPathEntry(shell: Shell, path: string): string | undefined {
  const search = shell.variables.get('CDPATH');
  if (search === undefined || /^\.{0,2}\//.test(path) || path === '.' || path === '..') return undefined;
  for (const directory of search.split(':')) {
    if (directory === '' || directory === '.') return undefined;
    if (shell.process.files.tryStat(`${directory}/${path}`)?.kind === 'directory') return `${directory}/${path}`;
  }
  return undefined;
}

/** The stack as shown: the present directory first. */
function stackOf(shell: Shell): string[] {
  return [shell.process.cwd, ...shell.directoryStack];
}

function abbreviated(shell: Shell, path: string): string {
  const home = shell.variables.get('HOME');
  return home === undefined || !`${path}/`.startsWith(`${home}/`) ? path : `~${path.slice(home.length)}`;
}

function* showStack(call: BuiltinCall, flags: ReadonlyMap<string, string>): Op<number> {
  const shown = stackOf(call.shell).map((path) => (flags.has('l') ? path : abbreviated(call.shell, path)));
  if (flags.has('v')) yield* call.out(shown.map((path, i) => `${String(i).padStart(2)}  ${path}\n`).join(''));
  else yield* call.out(`${shown.join(flags.has('p') ? '\n' : ' ')}\n`);
  return 0;
}

/** `+2`, `-0`: a position in the stack; undefined when it is none of them. */
function stackIndex(call: BuiltinCall, text: string): number | undefined {
  const match = /^([+-])(\d+)$/.exec(text);
  if (match === null) return undefined;
  const count = stackOf(call.shell).length;
  return match[1] === '+' ? Number(match[2]) : count - 1 - Number(match[2]);
}

function* go(call: BuiltinCall, path: string): Op<boolean> {
  try {
    changeDirectory(call.shell, path, false);
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* call.fail(`${path}: ${error.message}`);
    return false;
  }
}

function* pushd(call: BuiltinCall): Op<number> {
  const { shell } = call;
  const [arg] = call.args;
  const stack = stackOf(shell);
  if (arg === undefined) {
    if (stack.length < 2) return yield* call.fail('no other directory');
    if (!(yield* go(call, stack[1] as string))) return 1;
    shell.directoryStack = [stack[0] as string, ...stack.slice(2)];
    return yield* showStack(call, new Map());
  }
  const index = stackIndex(call, arg);
  if (index !== undefined) {
    if (stack.length < 2) return yield* call.fail('directory stack empty');
    if (index < 0 || index >= stack.length) return yield* call.fail(`${arg}: directory stack index out of range`);
    if (!(yield* go(call, stack[index] as string))) return 1;
    shell.directoryStack = [...stack.slice(index + 1), ...stack.slice(0, index)];
    return yield* showStack(call, new Map());
  }
  const path = arg === '-' ? shell.variables.get('OLDPWD') ?? arg : arg;
  if (!(yield* go(call, path))) return 1;
  shell.directoryStack = stack;
  return yield* showStack(call, new Map());
}

function* popd(call: BuiltinCall): Op<number> {
  const { shell } = call;
  const stack = stackOf(shell);
  const arg = call.args[0] ?? '+0';
  const index = stackIndex(call, arg);
  if (index === undefined) {
    yield* call.fail(`${arg}: invalid argument`);
    return yield* call.usage();
  }
  if (stack.length < 2) return yield* call.fail('directory stack empty');
  if (index < 0 || index >= stack.length) return yield* call.fail(`${arg}: directory stack index out of range`);
  if (index === 0) {
    if (!(yield* go(call, stack[1] as string))) return 1;
    shell.directoryStack = stack.slice(2);
  } else shell.directoryStack = stack.slice(1).filter((_, i) => i + 1 !== index);
  return yield* showStack(call, new Map());
}

export const DIRECTORIES: BuiltinTable = {
  cd,
  *pwd(call) {
    const parsed = yield* call.options('LP');
    if (parsed === undefined) return 2;
    const { process } = call.shell;
    yield* call.out(`${parsed.flags.has('P') ? process.files.realPath('.') : process.cwd}\n`);
    return 0;
  },
  pushd,
  popd,
  *dirs(call) {
    const flags = new Map<string, string>();
    for (const arg of call.args) {
      const index = stackIndex(call, arg);
      if (index !== undefined) {
        const path = stackOf(call.shell)[index];
        if (path === undefined) return yield* call.fail(`${arg}: directory stack index out of range`);
        yield* call.out(`${abbreviated(call.shell, path)}\n`);
        return 0;
      }
      if (!/^-[clpv]+$/.test(arg)) return yield* call.invalidOption(arg.slice(0, 2));
      for (const letter of arg.slice(1)) flags.set(letter, '');
    }
    if (flags.has('c')) {
      call.shell.directoryStack = [];
      return 0;
    }
    return yield* showStack(call, flags);
  },
};
