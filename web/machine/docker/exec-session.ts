import type { Op } from '../../engine/kernel/task';
import { Condition } from '../../engine/kernel/waitables';
import { openNull } from '../os/devices';
import { CountedFile, type OpenFile } from '../os/open-file';
import { makePipe } from '../os/pipe';
import { exitCodeOf } from '../os/exit-status';
import type { Process } from '../os/process';
import { Terminal } from '../os/terminal';
import { BufferedDisplay } from '../os/terminal-display';
import type { Container } from './container';
import { uidOf } from './container-user';
import { ExecutableError, lookUpExecutable, ociError } from './executable-lookup';

/** What `docker exec` was asked for. */
export interface ExecOptions {
  readonly argv: readonly string[];
  readonly env: readonly string[];
  readonly user: string;
  readonly workingDir?: string;
  /** With a pseudo terminal of that size. */
  readonly tty?: { readonly columns: number; readonly rows: number };
  /** Without a terminal: where output goes while the client is there; undefined for a detached one. */
  readonly output?: { readonly stdout: OpenFile; readonly stderr: OpenFile; readonly client: Process };
  /** Keep standard input open for the client. */
  readonly stdin: boolean;
}

/** Output of a command that goes straight to its client's descriptor, and nowhere once the client is gone. */
class ClientOutput extends CountedFile implements OpenFile {
  readonly kind = 'pipe';
  readonly name = 'pipe:exec';

  constructor(
    private readonly target: OpenFile,
    private readonly client: Process,
  ) {
    super();
  }

  tryRead(): null {
    return null;
  }

  *read(): Op<Uint8Array | null> {
    return null;
  }

  tryWrite(bytes: Uint8Array): boolean {
    return !this.client.alive || this.target.tryWrite(bytes, this.client);
  }

  *write(bytes: Uint8Array): Op<void> {
    if (this.client.alive) yield* this.target.write(bytes, this.client);
  }

  protected closed(): void {
    this.target.release();
  }
}

/**
 * A further command in a running container, with or without a terminal.
 *
 * When it cannot be started, `failure` is runc's sentence and the exit code 126.
 */
export class ExecSession {
  readonly failure: string | undefined;
  readonly process: Process | undefined;
  readonly terminal: Terminal | undefined;
  readonly display: BufferedDisplay | undefined;
  /** Where the client writes what it reads; released at its end of input. Only without a terminal. */
  readonly stdin: OpenFile | undefined;
  readonly ended = new Condition();

  constructor(container: Container, options: ExecOptions) {
    const { machine } = container;
    const env = environmentOf(container, options.env, options.tty !== undefined);
    const cwd = options.workingDir ?? container.config.workingDir;
    try {
      const uid = uidOf(machine, options.user === '' ? container.config.user : options.user);
      const found = lookUpExecutable(machine, options.argv, { env, cwd, uid });
      const fds = new Map<number, OpenFile>();
      if (options.tty !== undefined) {
        this.display = new BufferedDisplay();
        this.terminal = new Terminal(machine, this.display, options.tty.columns, options.tty.rows, '/dev/pts/0');
        for (const fd of [0, 1, 2]) fds.set(fd, this.terminal.open());
      } else {
        if (options.stdin) {
          const pipe = makePipe('pipe:stdin');
          this.stdin = pipe.writer;
          fds.set(0, pipe.reader);
        } else fds.set(0, openNull());
        const { output } = options;
        fds.set(1, output === undefined ? openNull() : new ClientOutput(output.stdout.retain(), output.client));
        fds.set(2, output === undefined ? openNull() : new ClientOutput(output.stderr.retain(), output.client));
      }
      this.process = machine.start({ ...found, env, cwd, uid, umask: 0o022, fds, parent: undefined, group: 'new', terminal: this.terminal });
      if (this.terminal !== undefined) {
        this.terminal.foregroundGroup = this.process.pgid;
        this.terminal.leader = this.process;
      }
      this.process.atExit(() => this.ended.notifyAll());
    } catch (error) {
      if (!(error instanceof ExecutableError)) throw error;
      this.failure = ociError('exec', error);
    }
  }

  get done(): boolean {
    return this.process === undefined || !this.process.alive;
  }

  get exitCode(): number {
    if (this.process === undefined) return 126;
    return this.process.exit === undefined ? 0 : exitCodeOf(this.process.exit);
  }
}

/** A container's environment for one of its processes. */
export function environmentOf(container: Container, more: readonly string[], tty: boolean): Map<string, string> {
  const env = new Map<string, string>([['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']]);
  env.set('HOSTNAME', container.config.hostname);
  if (tty) env.set('TERM', 'xterm');
  for (const entry of [...container.config.env, ...more]) {
    const at = entry.indexOf('=');
    if (at > 0) env.set(entry.slice(0, at), entry.slice(at + 1));
  }
  if (!env.has('HOME')) env.set('HOME', '/root');
  return env;
}
