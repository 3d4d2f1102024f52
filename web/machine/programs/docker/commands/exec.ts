import type { Op } from '../../../../engine/kernel/task';
import { Condition, firstOf } from '../../../../engine/kernel/waitables';
import { DockerError } from '../../../docker/docker-error';
import type { ExecSession } from '../../../docker/exec-session';
import type { Process } from '../../../os/process';
import { DetachKeys, pumpInput, RawMode } from '../cli/attached-terminal';
import { type DockerCommand, StatusError } from '../cli/docker-command';

/** `docker exec`. */
export const exec: DockerCommand = {
  use: 'exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  short: 'Run a command in a running container',
  args: { min: 2, max: Infinity },
  flags: [
    { name: 'detach', short: 'd', kind: 'bool', usage: 'Detached mode: run command in the background' },
    { name: 'detach-keys', kind: 'string', usage: 'Override the key sequence for detaching a container' },
    { name: 'env', short: 'e', kind: 'list', usage: 'Set environment variables' },
    { name: 'interactive', short: 'i', kind: 'bool', usage: 'Keep STDIN open even if not attached' },
    { name: 'privileged', kind: 'bool', usage: 'Give extended privileges to the command' },
    { name: 'tty', short: 't', kind: 'bool', usage: 'Allocate a pseudo-TTY' },
    { name: 'user', short: 'u', kind: 'string', usage: 'Username or UID (format: <name|uid>[:<group|gid>])' },
    { name: 'workdir', short: 'w', kind: 'string', usage: 'Working directory inside the container' },
  ],
  interspersed: false,
  completes: 'container',
  *run({ process, engine, flags, args }) {
    const [name, ...argv] = args as [string, ...string[]];
    const container = engine.findContainer(name);
    if (container === undefined) throw new StatusError(`Error: No such container: ${name}`, 1);
    const tty = flags.bool('tty');
    const detach = flags.bool('detach');
    const stdin = flags.bool('interactive') && !detach;
    if (tty && stdin && !process.isTerminal(0)) throw new StatusError('the input device is not a TTY', 1);
    const own = process.fds.get(1)?.terminal ?? process.fds.get(0)?.terminal;
    const output = { stdout: process.descriptor(1), stderr: process.fds.get(2) ?? process.descriptor(1), client: process };
    const session = yield* engine.exec(container, {
      argv,
      env: flags.list('env').map((entry) => (entry.includes('=') ? entry : `${entry}=${process.env.get(entry) ?? ''}`)),
      user: flags.string('user'),
      ...(flags.has('workdir') ? { workingDir: flags.string('workdir') } : {}),
      ...(tty ? { tty: { columns: own?.columns ?? 80, rows: own?.rows ?? 24 } } : detach ? {} : { output }),
      stdin,
    });
    if (session.failure !== undefined) {
      yield* process.out(`${session.failure}${tty ? '\r' : ''}\n`);
      return session.exitCode;
    }
    if (detach) return 0;
    process.attachedTo = session.process;
    return yield* (tty ? withTerminal(process, session, stdin) : withoutTerminal(process, session, stdin));
  },
};

/** Passes keys and what the terminal shows, until the command has ended or the student leaves it. */
function* withTerminal(process: Process, session: ExecSession, stdin: boolean): Op<number> {
  const { terminal, display } = session;
  if (terminal === undefined || display === undefined) throw new DockerError('the command has no terminal');
  const own = process.fds.get(0)?.terminal;
  const raw = own !== undefined && stdin ? new RawMode(process, own, (columns, rows) => terminal.resize(columns, rows)) : undefined;
  raw?.enter();
  const keys = new DetachKeys();
  const left = new Condition();
  let detached = false;
  if (stdin) {
    pumpInput(process, function* (bytes) {
      if (bytes === null) return;
      const fed = keys.feed(bytes);
      terminal.input(fed.text);
      detached ||= fed.detached;
      if (detached) left.notifyAll();
    });
  }
  for (;;) {
    const bytes = display.take();
    if (bytes !== undefined) yield* process.out(bytes);
    else if (session.done || detached) break;
    else yield* firstOf(display.arrived, session.ended, left);
  }
  raw?.leave();
  if (!detached) return session.exitCode;
  yield* process.err('read escape sequence\n');
  return 1;
}

/** Output goes straight to the client's descriptors; input is passed on here. A signal ends the client, not the command. */
function* withoutTerminal(process: Process, session: ExecSession, stdin: boolean): Op<number> {
  const target = stdin ? session.stdin : undefined;
  if (target !== undefined) {
    let open = true;
    const close = (): void => {
      if (open) target.release();
      open = false;
    };
    process.atExit(close);
    pumpInput(process, function* (bytes) {
      if (bytes === null) close();
      else yield* target.write(bytes, process);
    });
  }
  while (!session.done) yield session.ended;
  return session.exitCode;
}
