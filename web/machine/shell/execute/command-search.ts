import type { FileNode } from '../../os/file-node';
import type { Shell } from './shell';

const STANDARD_PATH = '/bin:/usr/bin';

/** Where a command's program is: the path in `$PATH`, remembered as `hash` shows. undefined when there is none. */
export function findProgram(shell: Shell, name: string, standardPath = false): string | undefined {
  if (name.includes('/')) return name;
  const known = standardPath ? undefined : shell.hashed.get(name);
  if (known !== undefined && isExecutable(shell, known.path)) {
    known.hits += 1;
    return known.path;
  }
  const path = searchPath(shell, name, standardPath ? STANDARD_PATH : shell.variables.get('PATH') ?? '');
  if (path !== undefined && path.startsWith('/')) shell.hashed.set(name, { path, hits: 1 });
  return path;
}

/** Searches without remembering. A file that may not be executed is the second choice. */
export function searchPath(shell: Shell, name: string, path: string): string | undefined {
  let second: string | undefined;
  for (const directory of path.split(':')) {
    const candidate = directory === '' ? `./${name}` : `${directory.replace(/\/$/, '')}/${name}`;
    const node = shell.process.files.tryStat(candidate);
    if (node?.kind !== 'regular') continue;
    if (shell.process.files.may(node, 'execute')) return candidate;
    second ??= candidate;
  }
  return second;
}

/** The executable that a name means, without remembering it. */
export function findExecutable(shell: Shell, name: string): string | undefined {
  const path = name.includes('/') ? name : searchPath(shell, name, shell.variables.get('PATH') ?? '');
  return path !== undefined && isExecutable(shell, path) ? path : undefined;
}

/** Every place in `$PATH`, for `type -a`. */
export function searchAll(shell: Shell, name: string): string[] {
  const out: string[] = [];
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const candidate = `${directory === '' ? '.' : directory.replace(/\/$/, '')}/${name}`;
    if (isExecutable(shell, candidate)) out.push(candidate);
  }
  return out;
}

export function isExecutable(shell: Shell, path: string): boolean {
  const node: FileNode | undefined = shell.process.files.tryStat(path);
  return node?.kind === 'regular' && shell.process.files.may(node, 'execute');
}
