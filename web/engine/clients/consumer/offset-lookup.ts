import type { Op } from '../../kernel/task';
import type { Future } from '../../kernel/waitables';
import { ERRORS, errorForCode } from '../../protocol/errors';
import { LATEST_TIMESTAMP, EARLIEST_TIMESTAMP, type Messages, type Node, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import { timeoutError } from '../kafka-error';
import type { Metadata } from '../metadata';
import type { ConsumerNetworkClient } from './consumer-network-client';
import type { AssignedPartition, SubscriptionState } from './subscription-state';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.Fetcher';

export interface OffsetQuery extends TopicPartition {
  /** Milliseconds since 1970, or `EARLIEST_TIMESTAMP`, `LATEST_TIMESTAMP`. */
  readonly timestampMs: number;
}

export interface FoundOffset extends TopicPartition {
  readonly offset: number;
  readonly timestampMs: number;
}

export interface OffsetLookupOptions {
  readonly isolationLevel: number;
  readonly retryBackoffMs: number;
  readonly requestTimeoutMs: number;
}

type ListOffsetsResponse = Messages['ListOffsets']['response'];

/**
 * Asks the leaders which offset is the first, the next, or the first from a time on.
 *
 * Units: ms; offsets count records from 0.
 * Errors: TimeoutException when a leader does not answer in time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/Fetcher.java offsetsByTimes, resetOffsetsIfNeeded
 */
export class OffsetLookup {
  constructor(
    private readonly client: ConsumerNetworkClient,
    private readonly metadata: Metadata,
    private readonly subscriptions: SubscriptionState,
    private readonly options: OffsetLookupOptions,
    private readonly log: ClientLogger,
  ) {}

  /** Sends the look-ups that positions wait for; they are set when the answers come. */
  resetPositions(): void {
    const nowMs = this.client.nowMs;
    const waiting = this.subscriptions.partitions.filter((each) => each.reset !== undefined && nowMs >= each.nextResetMs);
    if (waiting.length === 0) return;
    for (const each of waiting) this.metadata.add(each.topic);
    for (const [node, partitions] of this.byLeader(waiting)) this.sendReset(node, partitions);
  }

  /** The offsets that were found; a partition without such a record is missing. */
  *find(queries: readonly OffsetQuery[], timeoutMs: number): Op<FoundOffset[]> {
    const found: FoundOffset[] = [];
    let open = [...queries];
    const endMs = this.client.nowMs + timeoutMs;
    while (open.length > 0) {
      if (this.client.nowMs >= endMs) throw timeoutError(`Failed to get offsets by times in ${timeoutMs}ms`);
      for (const each of open) this.metadata.add(each.topic);
      const groups = [...this.byLeader(open)];
      const sent = groups.map(([node, partitions]) => this.send(node, partitions));
      for (const each of sent) yield* this.client.waitUntilDone(each, endMs - this.client.nowMs);
      open = this.collect(open, sent, found);
      if (open.length === 0) break;
      if (this.metadata.updateRequested) yield* this.client.awaitMetadataUpdate(endMs - this.client.nowMs);
      else yield* this.client.sleep(Math.min(this.options.retryBackoffMs, endMs - this.client.nowMs));
    }
    return found;
  }

  /** Returns what has to be asked again. */
  private collect(open: readonly OffsetQuery[], sent: readonly Future<ListOffsetsResponse>[], found: FoundOffset[]): OffsetQuery[] {
    const answered = new Set<string>();
    for (const future of sent) {
      for (const each of future.value?.partitions ?? []) {
        if (this.isRetried(each)) continue;
        answered.add(topicPartitionName(each));
        if (each.offset >= 0) found.push({ topic: each.topic, partition: each.partition, offset: each.offset, timestampMs: each.timestampMs });
      }
    }
    return open.filter((each) => !answered.has(topicPartitionName(each)));
  }

  private isRetried(each: ListOffsetsResponse['partitions'][number]): boolean {
    const { errorCode } = each;
    if (errorCode === ERRORS.NONE || errorCode === ERRORS.UNSUPPORTED_FOR_MESSAGE_FORMAT) return false;
    const name = topicPartitionName(each);
    if (errorCode === ERRORS.UNKNOWN_TOPIC_OR_PARTITION) {
      this.log.warn(LOGGER, `Received unknown topic or partition error in ListOffset request for partition ${name}`);
    } else if (errorCode !== ERRORS.NOT_LEADER_FOR_PARTITION) {
      this.log.warn(LOGGER, `Attempt to fetch offsets for partition ${name} failed due to: ${errorForCode(errorCode).message}`);
    }
    return true;
  }

  private byLeader<T extends TopicPartition>(partitions: readonly T[]): Map<Node, T[]> {
    const byLeader = new Map<Node, T[]>();
    for (const each of partitions) {
      const leader = this.metadata.cluster.leaderFor(each);
      if (leader === undefined) {
        this.metadata.add(each.topic);
        this.metadata.requestUpdate();
        continue;
      }
      const own = byLeader.get(leader);
      if (own === undefined) byLeader.set(leader, [each]);
      else own.push(each);
    }
    return byLeader;
  }

  private send(node: Node, queries: readonly OffsetQuery[]): Future<ListOffsetsResponse> {
    const partitions = queries.map(({ topic, partition, timestampMs }) => ({ topic, partition, timestampMs }));
    return this.client.send(node, 'ListOffsets', { replicaId: -1, isolationLevel: this.options.isolationLevel, partitions });
  }

  private sendReset(node: Node, partitions: readonly AssignedPartition[]): void {
    const asked = partitions.map((each) => each.reset);
    const queries = partitions.map((each) => ({
      topic: each.topic,
      partition: each.partition,
      timestampMs: each.reset === 'earliest' ? EARLIEST_TIMESTAMP : LATEST_TIMESTAMP,
    }));
    for (const each of partitions) each.nextResetMs = this.client.nowMs + this.options.requestTimeoutMs;
    const sent = this.send(node, queries);
    sent.whenDone(() => {
      partitions.forEach((partition, index) => {
        const answer = sent.value?.partitions.find((each) => each.topic === partition.topic && each.partition === partition.partition);
        if (answer === undefined || this.isRetried(answer)) this.resetFailed(partition);
        else if (this.subscriptions.isAssigned(partition) && partition.reset !== undefined && partition.reset === asked[index]) {
          this.log.info(LOGGER, `Resetting offset for partition ${partition.name} to offset ${answer.offset}.`);
          partition.seek(answer.offset);
        }
      });
    });
  }

  private resetFailed(partition: AssignedPartition): void {
    partition.nextResetMs = this.client.nowMs + this.options.retryBackoffMs;
    this.metadata.requestUpdate();
  }
}
