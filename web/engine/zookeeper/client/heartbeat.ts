import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';

/** A client speaks at least this often. */
const MAX_PING_INTERVAL_MS = 10_000;

export interface HeartbeatActions {
  /** Says something, so that the server knows that the client lives. */
  ping(): void;
  /** The server has said nothing for too long. */
  onSilence(): void;
}

/**
 * Keeps a session alive from the client's side: a ping when half of the read timeout went by without a request, the end of patience when all of it
 * went by without an answer.
 *
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/ClientCnxn.java SendThread.run
 */
export class Heartbeat {
  private readTimeoutMs = 0;
  private lastHeardUs = 0;
  private lastSentUs = 0;
  private timer: SimEvent | undefined;

  constructor(
    private readonly sim: Simulation,
    private readonly actions: HeartbeatActions,
  ) {}

  /** Whole ms since the server was last heard. */
  get silentMs(): number {
    return Math.floor((this.sim.nowUs - this.lastHeardUs) / 1000);
  }

  sent(): void {
    this.lastSentUs = this.sim.nowUs;
  }

  heard(): void {
    this.lastHeardUs = this.sim.nowUs;
  }

  /** A connection is being made: the session must stand within this time. */
  expectWithin(timeoutMs: number): void {
    this.heard();
    this.setTimer(timeoutMs * 1000, () => this.actions.onSilence());
  }

  /** The session stands. */
  begin(readTimeoutMs: number): void {
    this.readTimeoutMs = readTimeoutMs;
    this.look();
  }

  stop(): void {
    this.sim.cancel(this.timer);
    this.timer = undefined;
  }

  private look(): void {
    const { sim, readTimeoutMs } = this;
    if ((sim.nowUs - this.lastHeardUs) / 1000 >= readTimeoutMs) {
      this.actions.onSilence();
      return;
    }
    const intervalUs = Math.min(readTimeoutMs / 2, MAX_PING_INTERVAL_MS) * 1000;
    if (sim.nowUs - this.lastSentUs >= intervalUs) this.actions.ping();
    const nextUs = Math.min(this.lastSentUs + intervalUs, this.lastHeardUs + readTimeoutMs * 1000);
    this.setTimer(Math.max(1, nextUs - sim.nowUs), () => this.look());
  }

  private setTimer(delayUs: number, action: () => void): void {
    this.stop();
    this.timer = this.sim.after(delayUs, action, undefined);
  }
}
