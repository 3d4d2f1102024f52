import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Delay, Future } from '../../kernel/waitables';
import type { Messages, Node, SimulatedApi } from '../../protocol/messages';
import { disconnectError, KafkaError, timeoutError, WakeupError } from '../kafka-error';
import type { Metadata } from '../metadata';
import type { NetworkClient } from '../network-client';

/** The longest that one wait of a consumer may be. */
const MAX_POLL_MS = 5000;

interface Unsent {
  readonly node: Node;
  readonly createdMs: number;
  transmit(): void;
  fail(error: KafkaError): void;
}

export interface ConsumerNetworkOptions {
  readonly retryBackoffMs: number;
  readonly requestTimeoutMs: number;
  readonly maxPollMs: number;
}

/**
 * Requests as futures: they wait until their node is ready, fail when its connection does, and the consumer can be woken while it waits.
 *
 * Units: ms of simulated time.
 * Errors: futures fail with DisconnectException or TimeoutException, both retriable; `poll` throws WakeupError.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/ConsumerNetworkClient.java
 */
export class ConsumerNetworkClient {
  private readonly unsent = new Map<number, Unsent[]>();
  private wakeupRequested = false;
  private wakeupsDisabled = false;
  private readonly maxPollMs: number;

  constructor(
    private readonly sim: Simulation,
    private readonly client: NetworkClient,
    private readonly metadata: Metadata,
    private readonly options: ConsumerNetworkOptions,
  ) {
    this.maxPollMs = Math.min(options.maxPollMs, MAX_POLL_MS);
  }

  get nowMs(): number {
    return this.sim.nowUs / 1000;
  }

  get hasReadyNodes(): boolean {
    return this.client.hasReadyNodes;
  }

  send<A extends SimulatedApi>(node: Node, api: A, body: Messages[A]['request']): Future<Messages[A]['response']> {
    const future = new Future<Messages[A]['response']>();
    const correlationId = this.client.nextCorrelationId();
    const entry: Unsent = {
      node,
      createdMs: this.nowMs,
      transmit: () => {
        this.client.send<A>(
          node,
          { api, body, correlationId },
          { onResponse: (response) => future.resolve(response), onDisconnected: () => future.fail(disconnectError()) },
        );
      },
      fail: (error) => future.fail(error),
    };
    const waiting = this.unsent.get(node.id);
    if (waiting === undefined) this.unsent.set(node.id, [entry]);
    else waiting.push(entry);
    this.client.wakeup();
    return future;
  }

  leastLoadedNode(): Node | undefined {
    return this.client.leastLoadedNode();
  }

  tryConnect(node: Node): void {
    this.client.tryReady(node);
  }

  connectionFailed(node: Node): boolean {
    return this.client.connectionFailed(node);
  }

  isUnavailable(node: Node): boolean {
    return this.client.isUnavailable(node);
  }

  connectionDelayMs(node: Node): number {
    return this.client.connectionDelayMs(node);
  }

  disconnect(node: Node): void {
    this.client.disconnect(node);
  }

  hasPendingRequests(node: Node): boolean {
    return this.client.hasInFlightRequests(node) || (this.unsent.get(node.id)?.length ?? 0) > 0;
  }

  /** Ends a wait with WakeupError, or the next one. */
  wakeup(): void {
    this.wakeupRequested = true;
    this.client.wakeup();
  }

  disableWakeups(): void {
    this.wakeupsDisabled = true;
  }

  maybeTriggerWakeup(): void {
    if (this.wakeupsDisabled || !this.wakeupRequested) return;
    this.wakeupRequested = false;
    throw new WakeupError();
  }

  /** Sends what can be sent, and waits until something happens while `shouldBlock` holds, at most `timeoutMs`. */
  *poll(timeoutMs: number, shouldBlock?: () => boolean): Op<void> {
    this.trySend();
    let waitMs = shouldBlock === undefined || shouldBlock() ? timeoutMs : 0;
    if (this.client.inFlightRequestCount === 0) waitMs = Math.min(waitMs, this.options.retryBackoffMs);
    yield* this.client.poll(Math.min(waitMs, this.maxPollMs));
    this.failUnsentOfBrokenConnections();
    this.maybeTriggerWakeup();
    this.trySend();
    this.failExpired();
  }

  /** Sends what can be sent now without waiting. */
  pollNoWait(): void {
    this.trySend();
  }

  /** Waits for the future, at most `timeoutMs`. Returns whether it is done; looks at neither value nor error. */
  *waitUntilDone<T>(future: Future<T>, timeoutMs = Infinity): Op<boolean> {
    const endMs = this.nowMs + timeoutMs;
    while (!future.done && this.nowMs < endMs) yield* this.poll(endMs - this.nowMs, () => !future.done);
    return future.done;
  }

  /** Waits for the future and returns its value, or throws its error. */
  *valueOf<T>(future: Future<T>): Op<T> {
    yield* this.waitUntilDone(future);
    return yield* future.wait();
  }

  /** Asks for metadata and waits for it. False when it did not come in time. */
  *awaitMetadataUpdate(timeoutMs = Infinity): Op<boolean> {
    const endMs = this.nowMs + timeoutMs;
    const version = this.metadata.requestUpdate();
    do yield* this.poll(endMs - this.nowMs);
    while (this.metadata.version === version && this.nowMs < endMs);
    return this.metadata.version > version;
  }

  *ensureFreshMetadata(): Op<void> {
    if (this.metadata.updateRequested || this.metadata.timeToNextUpdateMs(this.nowMs) <= 0) yield* this.awaitMetadataUpdate();
  }

  *sleep(ms: number): Op<void> {
    yield new Delay(this.sim, ms * 1000);
  }

  /** Waits until nothing is pending at the node. False when the time was over first. */
  *awaitPendingRequests(node: Node, timeoutMs: number): Op<boolean> {
    const endMs = this.nowMs + timeoutMs;
    while (this.hasPendingRequests(node) && this.nowMs < endMs) yield* this.poll(endMs - this.nowMs);
    return !this.hasPendingRequests(node);
  }

  private trySend(): void {
    for (const [id, waiting] of this.unsent) {
      while (waiting.length > 0 && this.client.tryReady((waiting[0] as Unsent).node)) (waiting.shift() as Unsent).transmit();
      if (waiting.length === 0) this.unsent.delete(id);
    }
  }

  private failUnsentOfBrokenConnections(): void {
    for (const [id, waiting] of [...this.unsent]) {
      const first = waiting[0];
      if (first === undefined || !this.client.connectionFailed(first.node)) continue;
      this.unsent.delete(id);
      for (const each of waiting) each.fail(disconnectError());
    }
  }

  private failExpired(): void {
    const { requestTimeoutMs } = this.options;
    for (const waiting of this.unsent.values()) {
      while (waiting.length > 0 && this.nowMs - (waiting[0] as Unsent).createdMs > requestTimeoutMs) {
        (waiting.shift() as Unsent).fail(timeoutError(`Failed to send request after ${requestTimeoutMs} ms.`));
      }
    }
  }
}
