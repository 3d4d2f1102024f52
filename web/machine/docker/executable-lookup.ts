import { FileError } from '../os/file-error';
import type { Machine } from '../os/machine';
import { Process } from '../os/process';
import { type Program, ProcessExit } from '../os/program';

/** Where and as whom a command is to run. */
export interface CommandContext {
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly uid: number;
}

/** Why runc could not start a command; `notFound` decides between exit codes 127 and 126. */
export class ExecutableError extends Error {
  constructor(
    message: string,
    readonly notFound: boolean,
  ) {
    super(message);
  }
}

const NOTHING: Program = {
  name: 'runc',
  *main() {
    throw new ProcessExit(0);
  },
};

/** Finds what a command runs in a container. Throws ExecutableError in runc's words. */
export function lookUpExecutable(machine: Machine, argv: readonly string[], context: CommandContext): { program: Program; argv: string[] } {
  const name = argv[0] as string;
  const probe = new Process(machine, 0, { program: NOTHING, argv, ...context, umask: 0o022, fds: new Map(), parent: undefined, group: 0, terminal: undefined });
  const path = machine.findCommand(name, probe);
  if (path === undefined) {
    const why = name.includes('/') ? `stat ${name}: no such file or directory` : 'executable file not found in $PATH';
    throw new ExecutableError(quote(name, why), true);
  }
  try {
    return machine.resolveExecutable(path, argv, probe);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'ENOEXEC') throw new ExecutableError('exec format error', false);
    throw new ExecutableError(quote(name, error.code === 'ENOENT' ? 'no such file or directory' : 'permission denied'), error.code === 'ENOENT');
  }
}

function quote(name: string, why: string): string {
  return `exec: \\"${name}\\": ${why}`;
}

/** runc's whole sentence. */
export function ociError(verb: 'create' | 'exec', error: ExecutableError): string {
  const step = verb === 'create' ? 'OCI runtime create failed' : 'OCI runtime exec failed: exec failed';
  const reason = error.message === 'exec format error' ? 'standard_init_linux.go:190: exec user process caused \\"exec format error\\"' : error.message;
  return `${step}: container_linux.go:348: starting container process caused "${reason}": unknown`;
}
