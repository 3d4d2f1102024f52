import type { Random } from '../kernel/random';
import type { KafkaChannel } from '../network/kafka-channel';
import type { Node } from '../protocol/messages';

export type ConnectionState = 'disconnected' | 'connecting' | 'checkingApiVersions' | 'ready';

export interface ReconnectBackoff {
  readonly initialMs: number;
  readonly maxMs: number;
}

/**
 * A client's connection to one node, over all attempts, and when the next may be made.
 *
 * Units: ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/ClusterConnectionStates.java
 */
export class NodeConnection {
  state: ConnectionState = 'disconnected';
  channel: KafkaChannel | undefined;
  /** When each request in flight was sent, oldest first. */
  readonly sentMs: number[] = [];
  /** Why the last attempt failed, in words for a view; null while connected. */
  failure: string | null = null;
  private lastAttemptMs = -Infinity;
  private failedAttempts = 0;
  private backoffMs: number;

  constructor(
    public node: Node,
    private readonly backoff: ReconnectBackoff,
    private readonly random: Random,
  ) {
    this.backoffMs = backoff.initialMs;
  }

  canConnect(nowMs: number): boolean {
    return this.state === 'disconnected' && nowMs - this.lastAttemptMs >= this.backoffMs;
  }

  isBlackedOut(nowMs: number): boolean {
    return this.state === 'disconnected' && nowMs - this.lastAttemptMs < this.backoffMs;
  }

  /** Milliseconds until a connection may be tried; Infinity while there is one, since an event will tell. */
  connectionDelayMs(nowMs: number): number {
    if (this.state !== 'disconnected') return Infinity;
    return Math.max(this.backoffMs - (nowMs - this.lastAttemptMs), 0);
  }

  connecting(nowMs: number): void {
    this.state = 'connecting';
    this.lastAttemptMs = nowMs;
  }

  ready(): void {
    this.state = 'ready';
    this.failure = null;
    this.failedAttempts = 0;
    this.backoffMs = this.backoff.initialMs;
  }

  disconnected(nowMs: number, failure: string): void {
    this.state = 'disconnected';
    this.failure = failure;
    this.lastAttemptMs = nowMs;
    this.sentMs.length = 0;
    this.growBackoff();
  }

  /** Doubles up to the maximum, give or take 20 %, so that many clients do not come back at the same time. */
  private growBackoff(): void {
    if (this.backoff.maxMs <= this.backoff.initialMs) return;
    this.failedAttempts += 1;
    let backoffMs = this.backoff.initialMs;
    for (let attempt = 1; attempt < this.failedAttempts && backoffMs < this.backoff.maxMs; attempt++) backoffMs *= 2;
    backoffMs = Math.min(backoffMs, this.backoff.maxMs);
    this.backoffMs = Math.floor((backoffMs * this.random.between(800, 1199)) / 1000);
  }
}
