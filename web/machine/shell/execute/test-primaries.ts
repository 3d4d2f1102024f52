import type { FileNode } from '../../os/file-node';
import type { Shell } from './shell';

/** `-f`, `-d` and their kin, for `test` and `[[ ]]`. */
export const UNARY_TESTS: Readonly<Record<string, (shell: Shell, operand: string) => boolean>> = {
  '-a': exists,
  '-e': exists,
  '-f': (shell, path) => node(shell, path)?.kind === 'regular',
  '-d': (shell, path) => node(shell, path)?.kind === 'directory',
  '-h': (shell, path) => shell.process.files.tryStat(path, false)?.kind === 'symlink',
  '-L': (shell, path) => shell.process.files.tryStat(path, false)?.kind === 'symlink',
  '-p': (shell, path) => node(shell, path)?.kind === 'fifo',
  '-c': (shell, path) => node(shell, path)?.kind === 'device',
  '-b': () => false,
  '-S': () => false,
  '-s': (shell, path) => sizeOf(node(shell, path)) > 0,
  '-r': (shell, path) => may(shell, path, 'read'),
  '-w': (shell, path) => may(shell, path, 'write'),
  '-x': (shell, path) => may(shell, path, 'execute'),
  '-u': (shell, path) => hasMode(shell, path, 0o4000),
  '-g': (shell, path) => hasMode(shell, path, 0o2000),
  '-k': (shell, path) => hasMode(shell, path, 0o1000),
  '-O': (shell, path) => node(shell, path)?.uid === shell.process.uid,
  '-G': (shell, path) => node(shell, path)?.gid === shell.process.uid,
  '-N': () => false,
  '-t': (shell, fd) => /^\d+$/.test(fd.trim()) && shell.process.isTerminal(Number(fd)),
  '-z': (_, text) => text === '',
  '-n': (_, text) => text !== '',
  '-o': (shell, name) => shell.options.has(name),
  '-v': isSet,
  '-R': (shell, name) => shell.variables.lookUp(name)?.nameref === true,
};

/** `=`, `<`, `-nt` and their kin where no numbers are compared. */
export const TEXT_TESTS: Readonly<Record<string, (shell: Shell, left: string, right: string) => boolean>> = {
  '=': (_, a, b) => a === b,
  '==': (_, a, b) => a === b,
  '!=': (_, a, b) => a !== b,
  '<': (_, a, b) => a < b,
  '>': (_, a, b) => a > b,
  '-nt': (shell, a, b) => newer(shell, a, b),
  '-ot': (shell, a, b) => newer(shell, b, a),
  '-ef': (shell, a, b) => node(shell, a) !== undefined && node(shell, a) === node(shell, b),
};

export const NUMBER_TESTS: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '-eq': (a, b) => a === b,
  '-ne': (a, b) => a !== b,
  '-lt': (a, b) => a < b,
  '-le': (a, b) => a <= b,
  '-gt': (a, b) => a > b,
  '-ge': (a, b) => a >= b,
};

function node(shell: Shell, path: string): FileNode | undefined {
  return shell.process.files.tryStat(path);
}

function exists(shell: Shell, path: string): boolean {
  return node(shell, path) !== undefined;
}

function may(shell: Shell, path: string, permission: 'read' | 'write' | 'execute'): boolean {
  const found = node(shell, path);
  return found !== undefined && shell.process.files.may(found, permission);
}

function hasMode(shell: Shell, path: string, bit: number): boolean {
  return ((node(shell, path)?.mode ?? 0) & bit) !== 0;
}

function sizeOf(found: FileNode | undefined): number {
  return found === undefined ? 0 : found.kind === 'regular' ? found.sizeInBytes : found.kind === 'directory' ? 4096 : 0;
}

function newer(shell: Shell, a: string, b: string): boolean {
  const [left, right] = [node(shell, a), node(shell, b)];
  return left !== undefined && (right === undefined || left.mtimeMs > right.mtimeMs);
}

function isSet(shell: Shell, name: string): boolean {
  const element = /^(\w+)\[(.+)\]$/.exec(name);
  const variable = shell.variables.find(element?.[1] ?? name);
  if (variable === undefined) return /^\d+$/.test(name) && Number(name) <= shell.positional.length;
  if (element === null) return shell.variables.get(name) !== undefined;
  const key = element[2] as string;
  if (key === '@' || key === '*') return (variable.array?.size ?? 0) > 0;
  if (variable.array === undefined) return key === '0' && variable.value !== undefined;
  return variable.array.get(key as never) !== undefined || variable.array.get(Number(key) as never) !== undefined;
}
