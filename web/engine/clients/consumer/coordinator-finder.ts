import type { Op } from '../../kernel/task';
import type { Future } from '../../kernel/waitables';
import { ERRORS } from '../../protocol/errors';
import type { Messages, Node } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import { errorOf, KafkaError } from '../kafka-error';
import type { ConsumerNetworkClient } from './consumer-network-client';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.AbstractCoordinator';
/** A coordinator has a connection of its own: its node id counts down from here. */
const MAX_INT = 2147483647;

type Lookup = Future<Messages['FindCoordinator']['response']>;

export interface CoordinatorFinderOptions {
  readonly groupId: string;
  readonly retryBackoffMs: number;
  onFound(): void;
}

/**
 * Which broker coordinates the group, and whether it can be reached.
 *
 * Units: ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/AbstractCoordinator.java ensureCoordinatorReady
 */
export class CoordinatorFinder {
  private coordinator: Node | undefined;
  private lookup: Lookup | undefined;

  constructor(
    private readonly client: ConsumerNetworkClient,
    private readonly options: CoordinatorFinderOptions,
    private readonly log: ClientLogger,
  ) {}

  get isUnknown(): boolean {
    return this.checkAndGet() === undefined;
  }

  /** The coordinator when it is known and its connection has not failed. */
  checkAndGet(): Node | undefined {
    if (this.coordinator !== undefined && this.client.connectionFailed(this.coordinator)) this.markUnknown(true);
    return this.coordinator;
  }

  /** Waits until the coordinator is known. False when it was not in time. */
  *ensureReady(timeoutMs = Infinity): Op<boolean> {
    const endMs = this.client.nowMs + timeoutMs;
    while (this.isUnknown) {
      const lookup = this.startLookup();
      if (lookup !== undefined) yield* this.client.waitUntilDone(lookup, endMs - this.client.nowMs);
      const error = lookup === undefined ? undefined : errorOfLookup(lookup);
      if (lookup === undefined || error?.retriable === true) {
        if (endMs <= this.client.nowMs) break;
        yield* this.client.awaitMetadataUpdate(endMs - this.client.nowMs);
      } else if (error !== undefined) throw error;
      else if (this.coordinator !== undefined && this.client.connectionFailed(this.coordinator)) {
        this.markUnknown(true);
        yield* this.client.sleep(this.options.retryBackoffMs);
      }
      if (endMs <= this.client.nowMs) break;
    }
    return !this.isUnknown;
  }

  /** Starts to ask who coordinates the group; undefined when there is nobody to ask. */
  startLookup(): Lookup | undefined {
    if (this.lookup !== undefined) return this.lookup;
    const node = this.client.leastLoadedNode();
    if (node === undefined) return undefined;
    const lookup = this.client.send(node, 'FindCoordinator', { coordinatorKey: this.options.groupId, coordinatorType: 0 });
    this.lookup = lookup;
    lookup.whenDone(() => {
      this.lookup = undefined;
      const { value } = lookup;
      if (value !== undefined && value.errorCode === ERRORS.NONE) this.found(value.coordinator);
    });
    return lookup;
  }

  markUnknown(isDisconnected = false): void {
    const { coordinator } = this;
    if (coordinator === undefined) return;
    const where = `${coordinator.host}:${coordinator.port} (id: ${coordinator.id} rack: null)`;
    this.log.info(LOGGER, `Group coordinator ${where} is unavailable or invalid, will attempt rediscovery`);
    this.coordinator = undefined;
    if (!isDisconnected) this.client.disconnect(coordinator);
  }

  /** A request to the coordinator failed with this error: a broken connection makes it unknown. */
  requestFailed(error: unknown): void {
    if (error instanceof KafkaError && error.code === ERRORS.NETWORK_EXCEPTION) this.markUnknown(true);
  }

  private found(node: Node): void {
    this.coordinator = { ...node, id: MAX_INT - node.id };
    this.log.info(LOGGER, `Discovered group coordinator ${node.host}:${node.port} (id: ${this.coordinator.id} rack: null)`);
    this.client.tryConnect(this.coordinator);
    this.options.onFound();
  }
}

function errorOfLookup(lookup: Lookup): KafkaError | undefined {
  if (lookup.failed) return lookup.error as KafkaError;
  const code = lookup.value?.errorCode ?? ERRORS.NONE;
  return code === ERRORS.NONE ? undefined : errorOf(code);
}
