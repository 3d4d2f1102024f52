import type { Machine } from '../../os/machine';
import type { Program } from '../../os/program';

/** Where commands are looked for on another machine, whose PATH this shell does not know. */
const DIRECTORIES = ['/opt/kafka/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];

/** The program that a command names on another machine (`docker exec kafka kafka-topics.sh`). */
export function programOn(machine: Machine, name: string): Program | undefined {
  const paths = name.includes('/') ? [name] : DIRECTORIES.map((directory) => `${directory}/${name}`);
  for (const path of paths) {
    const node = machine.files.find(path);
    if (node?.kind === 'regular' && node.program !== undefined) return node.program;
  }
  return undefined;
}

/** Names of commands on another machine that begin so; of files and directories when it is a path. */
export function commandsOn(machine: Machine, prefix: string): string[] {
  if (!prefix.includes('/')) return DIRECTORIES.flatMap((directory) => namesIn(machine, directory)).filter((name) => !name.endsWith('/') && name.startsWith(prefix));
  const directory = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  return namesIn(machine, directory).map((name) => directory + name).filter((path) => path.startsWith(prefix));
}

function namesIn(machine: Machine, directory: string): string[] {
  const node = machine.files.find(directory);
  if (node?.kind !== 'directory') return [];
  return [...node.entries.keys()].map((name) => (machine.files.find(`${directory}/${name}`)?.kind === 'directory' ? `${name}/` : name));
}
