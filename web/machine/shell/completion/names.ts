import type { Shell } from '../execute/shell';

/** Every program in PATH, sorted. */
export function programNames(shell: Shell): string[] {
  const names = new Set<string>();
  const { files } = shell.process;
  for (const directory of (shell.variables.get('PATH') ?? '').split(':')) {
    const node = files.tryStat(directory === '' ? '.' : directory);
    if (node?.kind !== 'directory' || !files.may(node, 'read')) continue;
    for (const name of node.entries.keys()) {
      const entry = files.tryStat(`${directory}/${name}`);
      if (entry?.kind === 'regular' && files.may(entry, 'execute')) names.add(name);
    }
  }
  return [...names].sort();
}

/** Paths that start with `prefix`. */
export function fileNames(shell: Shell, prefix: string, directoriesOnly: boolean): string[] {
  const { files } = shell.process;
  const slash = prefix.lastIndexOf('/');
  const directory = slash < 0 ? '' : prefix.slice(0, slash + 1);
  const start = prefix.slice(slash + 1);
  const node = files.tryStat(directory === '' ? '.' : directory);
  if (node?.kind !== 'directory' || !files.may(node, 'read')) return [];
  return files
    .list(directory === '' ? '.' : directory)
    .filter((name) => name.startsWith(start) && (start !== '' || !name.startsWith('.')))
    .map((name) => directory + name)
    .filter((path) => !directoriesOnly || files.tryStat(path)?.kind === 'directory');
}
