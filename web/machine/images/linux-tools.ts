import type { Machine } from '../os/machine';
import { COREUTILS } from '../programs/coreutils/programs';
import { type Distribution, installShell } from './linux-files';

/** Found in /bin as well, where scripts look for them. */
const IN_BIN = new Set(['cat', 'chmod', 'cp', 'date', 'echo', 'false', 'grep', 'ln', 'ls', 'mkdir', 'mv', 'ps', 'pwd', 'rm', 'rmdir', 'sed', 'sleep', 'true', 'uname', 'kill', 'egrep', 'fgrep', 'gzip', 'hostname']);

export function installTools(machine: Machine): void {
  const { files } = machine;
  for (const program of COREUTILS) {
    files.installProgram(`/usr/bin/${program.name}`, program);
    if (IN_BIN.has(program.name)) files.installProgram(`/bin/${program.name}`, program);
  }
}

/**
 * What every Linux image has: the tree, bash and the GNU tools, users.
 *
 * Simplified: Alpine's busybox prints GNU's messages.
 */
export function installLinux(machine: Machine, distribution: Distribution): void {
  installShell(machine, distribution);
  installTools(machine);
}
