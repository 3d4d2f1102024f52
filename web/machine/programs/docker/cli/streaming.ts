import type { Op, Task } from '../../../../engine/kernel/task';
import { Condition, firstOf } from '../../../../engine/kernel/waitables';
import type { Container } from '../../../docker/container';
import type { LogReader } from '../../../docker/container-log';
import type { DockerEngine } from '../../../docker/docker-engine';
import type { Process } from '../../../os/process';
import { type Signal, SIGNALS } from '../../../os/signals';
import { encodeText } from '../../../os/text';
import { DetachKeys, pumpInput, RawMode } from './attached-terminal';

export interface StreamOptions {
  readonly container: Container;
  readonly reader: LogReader;
  /** Send what is typed or piped. */
  readonly stdin: boolean;
  readonly sigProxy: boolean;
}

/** Passed on to the container's first process; those that a client needs for itself are not among them. */
const PROXIED = (Object.keys(SIGNALS) as Signal[]).filter((signal) => !['SIGKILL', 'SIGSTOP', 'SIGCHLD', 'SIGPIPE', 'SIGWINCH', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU', 'SIGCONT', 'SIGURG'].includes(signal));

/** Signals that reach the client go to the container instead. */
export function proxySignals(process: Process, engine: DockerEngine, container: Container): void {
  for (const signal of PROXIED) {
    process.onSignal(signal, (received) => {
      container.main?.signal(received);
      engine.event(container, 'kill', [['signal', received]]);
    });
  }
}

/**
 * Is attached to a container: its output goes to the client's, what is typed goes in.
 * Ends when the container has ended (true) or the student left with Ctrl+P Ctrl+Q (false).
 */
export function* streamContainer(process: Process, engine: DockerEngine, options: StreamOptions): Op<boolean> {
  const { container, reader } = options;
  const detached = new Condition();
  const session = new InputSession(process, options, detached);
  if (options.sigProxy && !container.config.tty) proxySignals(process, engine, container);
  process.atExit(() => container.log.detach(reader));
  if (container.config.tty || options.sigProxy) process.attachedTo = container.main;
  session.begin();
  for (;;) {
    const piece = reader.take();
    if (piece !== undefined) {
      yield* process.write(piece.stream === 'stderr' ? 2 : 1, piece.bytes);
      continue;
    }
    if (session.left) break;
    if (!container.running) break;
    yield* firstOf(reader.arrived, container.changed, detached);
  }
  session.end();
  container.log.detach(reader);
  return !session.left;
}

class InputSession {
  left = false;
  private raw: RawMode | undefined;
  private pump: Task<void> | undefined;
  private readonly keys = new DetachKeys();

  constructor(
    private readonly process: Process,
    private readonly options: StreamOptions,
    private readonly detached: Condition,
  ) {}

  begin(): void {
    const { container, stdin } = this.options;
    const own = this.process.fds.get(0)?.terminal;
    if (container.config.tty && own !== undefined) {
      container.terminal?.resize(own.columns, own.rows);
      if (stdin) {
        this.raw = new RawMode(this.process, own, (columns, rows) => container.terminal?.resize(columns, rows));
        this.raw.enter();
      }
    }
    if (stdin) this.pump = pumpInput(this.process, (bytes) => this.typed(bytes));
  }

  end(): void {
    this.pump?.abandon();
    this.raw?.leave();
  }

  private *typed(bytes: Uint8Array | null): Op<void> {
    const { container } = this.options;
    if (bytes === null) {
      if (!container.config.tty) container.stdin?.close();
      return;
    }
    if (!container.config.tty) {
      if (container.stdin !== undefined) yield* container.stdin.write(bytes, this.process);
      return;
    }
    const { text, detached } = this.keys.feed(bytes);
    if (text !== '' && container.stdin !== undefined) yield* container.stdin.write(encodeText(text), this.process);
    if (!detached) return;
    this.left = true;
    this.detached.notifyAll();
  }
}
