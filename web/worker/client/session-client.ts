import type { ClockControl, FromWorker, SessionInput, ToWorker } from '../../session/messages';
import type { Frame } from '../../session/snapshot';

/** What the client needs of a Worker, so that a test or a fixture can stand in for it. */
export interface SessionPort {
  postMessage(message: ToWorker): void;
  /** Called once, before anything is posted. */
  listen(onMessage: (message: FromWorker) => void, onError: (message: string) => void): void;
  terminate(): void;
}

export interface SessionListener {
  onReady(info: { restored: boolean; terminals: readonly number[] }): void;
  onFrame(frame: Frame): void;
  onOutput(terminal: number, data: string): void;
  /** Lines to add to the input log; `from` is how many there were before. */
  onLogged(from: number, lines: readonly string[]): void;
  /** An assertion of ours failed, or the worker could not be loaded. The session stands still. */
  onFailed(failure: { message: string; eventNumber: number | null; seed: number | null }): void;
  /** No sign of life for `SILENCE_MS`, or life again. */
  onSilence(silent: boolean): void;
}

export interface SessionStart {
  readonly seed: number;
  readonly savedLog: string | null;
  readonly labId: string;
}

const PING_EVERY_MS = 1000;
export const SILENCE_MS = 5000;

/**
 * The page's end of a session that runs in a Worker.
 *
 * Why: one place that knows the Worker. It starts it, asks for a sign of life, and can throw it away and start another.
 */
export class SessionClient {
  private port: SessionPort | null = null;
  private pings: ReturnType<typeof setInterval> | null = null;
  private lastSignOfLife = 0;
  private silent = false;
  private nextRequestId = 1;
  private readonly fileRequests = new Map<number, (text: string | null) => void>();

  constructor(
    private readonly createPort: () => SessionPort,
    private readonly listener: SessionListener,
    private readonly wallMs: () => number = () => performance.now(),
  ) {}

  /** Ends a session that runs and starts one, from a saved input log when there is one. */
  start(start: SessionStart): void {
    this.stop();
    const port = this.createPort();
    this.port = port;
    port.listen(
      (message) => this.receive(message),
      (message) => this.listener.onFailed({ message, eventNumber: null, seed: null }),
    );
    this.lastSignOfLife = this.wallMs();
    this.pings = setInterval(() => this.ping(), PING_EVERY_MS);
    port.postMessage({ kind: 'start', ...start });
  }

  stop(): void {
    if (this.pings !== null) clearInterval(this.pings);
    this.pings = null;
    this.port?.terminate();
    this.port = null;
    this.silent = false;
    for (const answer of this.fileRequests.values()) answer(null);
    this.fileRequests.clear();
  }

  send(input: SessionInput): void {
    this.port?.postMessage({ kind: 'input', input });
  }

  control(control: ClockControl): void {
    this.port?.postMessage({ kind: 'clock', control });
  }

  /** Tells the worker that the last frame is on the screen, so that it may send the next one. */
  frameShown(): void {
    this.port?.postMessage({ kind: 'frameShown' });
  }

  /** The text of a file of the laptop; null when there is none. */
  readFile(path: string): Promise<string | null> {
    const requestId = this.nextRequestId++;
    return new Promise((resolve) => {
      this.fileRequests.set(requestId, resolve);
      this.port?.postMessage({ kind: 'readFile', requestId, path });
    });
  }

  private receive(message: FromWorker): void {
    this.signOfLife();
    switch (message.kind) {
      case 'ready': return this.listener.onReady(message);
      case 'frame': return this.listener.onFrame(message.frame);
      case 'output': return this.listener.onOutput(message.terminal, message.data);
      case 'logged': return this.listener.onLogged(message.from, message.lines);
      case 'failed': return this.listener.onFailed(message);
      case 'file': {
        this.fileRequests.get(message.requestId)?.(message.text);
        this.fileRequests.delete(message.requestId);
        return;
      }
      case 'pong': return;
    }
  }

  private ping(): void {
    this.port?.postMessage({ kind: 'ping', id: this.nextRequestId++ });
    if (!this.silent && this.wallMs() - this.lastSignOfLife > SILENCE_MS) {
      this.silent = true;
      this.listener.onSilence(true);
    }
  }

  private signOfLife(): void {
    this.lastSignOfLife = this.wallMs();
    if (this.silent) {
      this.silent = false;
      this.listener.onSilence(false);
    }
  }
}
