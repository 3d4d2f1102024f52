export interface HeartbeatTimes {
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly maxPollIntervalMs: number;
  readonly retryBackoffMs: number;
}

/**
 * When a member must show that it is alive, and how long ago it heard from its coordinator.
 *
 * Units: ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/Heartbeat.java
 */
export class Heartbeat {
  private lastSendMs = -Infinity;
  private lastReceiveMs = -Infinity;
  private lastResetMs = -Infinity;
  private lastPollMs = -Infinity;
  private failed = false;

  constructor(private readonly times: HeartbeatTimes) {}

  polled(nowMs: number): void {
    this.lastPollMs = nowMs;
  }

  sent(nowMs: number): void {
    this.lastSendMs = nowMs;
    this.failed = false;
  }

  received(nowMs: number): void {
    this.lastReceiveMs = nowMs;
  }

  didFail(): void {
    this.failed = true;
  }

  resetTimeouts(nowMs: number): void {
    this.lastResetMs = nowMs;
    this.lastPollMs = nowMs;
    this.failed = false;
  }

  timeToNextMs(nowMs: number): number {
    const delayMs = this.failed ? this.times.retryBackoffMs : this.times.heartbeatIntervalMs;
    return Math.max(0, Math.max(this.lastSendMs, this.lastResetMs) + delayMs - nowMs);
  }

  /** When the session is over unless an answer comes before. */
  get sessionEndsMs(): number {
    return Math.max(this.lastResetMs, this.lastReceiveMs) + this.times.sessionTimeoutMs;
  }

  /** When the program counts as stuck unless it polls before. */
  get pollEndsMs(): number {
    return this.lastPollMs + this.times.maxPollIntervalMs;
  }
}
