import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { OpenFile } from '../../os/open-file';
import { exitCodeOf } from '../../os/exit-status';
import type { Process } from '../../os/process';
import type { Signal } from '../../os/signals';

export interface CommandOptions {
  readonly fds?: ReadonlyMap<number, OpenFile>;
  readonly env?: ReadonlyMap<string, string>;
  readonly cwd?: string;
  readonly group?: number | 'new';
}

/** execvp: looks the command up in PATH and starts it; a text without `#!` is given to /bin/sh. Throws FileError. */
export function startCommand(process: Process, argv: readonly string[], options: CommandOptions = {}): Process {
  const path = process.machine.findCommand(argv[0] as string, process);
  if (path === undefined) throw new FileError('ENOENT', argv[0]);
  let found: { program: Process['program']; argv: string[] };
  try {
    found = process.machine.resolveExecutable(path, argv, process);
  } catch (error) {
    if (!(error instanceof FileError) || error.code !== 'ENOEXEC') throw error;
    found = process.machine.resolveExecutable('/bin/sh', ['sh', path, ...argv.slice(1)], process);
  }
  const fds = new Map(process.fds);
  for (const [fd, file] of options.fds ?? []) fds.set(fd, file);
  for (const fd of fds.keys()) if (fd > 2) fds.delete(fd);
  return process.spawn({ program: found.program, argv: found.argv, fds, env: options.env, cwd: options.cwd, group: options.group });
}

/** `sh -c command`, with these descriptors in place of its own. Throws FileError. */
export function startShellCommand(process: Process, command: string, fds: ReadonlyMap<number, OpenFile>): Process {
  const shell = process.machine.resolveExecutable('/bin/sh', ['sh', '-c', command], process);
  const all = new Map([...process.fds].filter(([fd]) => fd <= 2));
  for (const [fd, file] of fds) all.set(fd, file);
  return process.spawn({ program: shell.program, argv: shell.argv, fds: all });
}

const FORWARDED: readonly Signal[] = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'];

/** What exec does, as far as others can see: waits for the command, hands signals on to it and ends as it ended. */
export function* becomeCommand(process: Process, argv: readonly string[], options: CommandOptions = {}): Op<number> {
  const child = startCommand(process, argv, options);
  for (const signal of FORWARDED) if (process.handlerOf(signal) !== 'ignore') process.onSignal(signal, (received) => child.signal(received));
  if (process.handlerOf('SIGINT') !== 'ignore') process.onSignal('SIGINT', () => undefined);
  process.atExit(() => {
    if (child.alive) child.signal('SIGKILL');
  });
  const status = yield* process.waitFor(child);
  if (status.signal !== undefined) {
    process.onSignal(status.signal, 'default');
    process.signal(status.signal);
  }
  return exitCodeOf(status);
}

/** The reason of a command that could not be started, as the exit code: 127 not found, 126 not executable. */
export function startFailureCode(error: FileError): number {
  return error.code === 'ENOENT' ? 127 : 126;
}
