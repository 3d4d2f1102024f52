import type { Op } from '../../kernel/task';
import { ERRORS, errorForCode } from '../../protocol/errors';
import { javaHashOrder, topicPartitionHash } from '../../protocol/jvm-hash-order';
import { type Messages, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import { errorOf, kafkaException, KafkaError } from '../kafka-error';
import type { ConsumerNetworkClient } from './consumer-network-client';
import { type GroupMembership, NO_GENERATION } from './group-membership';
import type { SubscriptionState } from './subscription-state';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.ConsumerCoordinator';

export interface OffsetToCommit extends TopicPartition {
  /** Next record to read. */
  readonly offset: number;
  readonly metadata: string;
}

export interface AutoCommitOptions {
  readonly groupId: string;
  readonly autoCommit: boolean;
  readonly autoCommitIntervalMs: number;
  readonly maxPollIntervalMs: number;
  readonly retryBackoffMs: number;
}

/**
 * Tells the coordinator how far the group has read, and asks it.
 *
 * Units: ms of simulated time; offsets count records from 0.
 * Errors: CommitFailedException when the group has moved on without this member.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/ConsumerCoordinator.java commitOffsetsSync
 */
export class OffsetCommits {
  private nextAutoCommitMs: number;

  constructor(
    private readonly client: ConsumerNetworkClient,
    private readonly membership: GroupMembership,
    private readonly subscriptions: SubscriptionState,
    private readonly options: AutoCommitOptions,
    private readonly log: ClientLogger,
  ) {
    this.nextAutoCommitMs = client.nowMs + options.autoCommitIntervalMs;
  }

  get timeToNextAutoCommitMs(): number {
    return Math.max(this.nextAutoCommitMs - this.client.nowMs, 0);
  }

  /** The interval begins anew. */
  scheduleAutoCommit(): void {
    this.nextAutoCommitMs = this.client.nowMs + this.options.autoCommitIntervalMs;
  }

  /** Everything that was handed out, as it would be committed. */
  get allConsumed(): OffsetToCommit[] {
    return this.subscriptions.partitions
      .filter((each) => each.position !== undefined)
      .map((each) => ({ topic: each.topic, partition: each.partition, offset: each.position as number, metadata: '' }));
  }

  /** The committed offsets of those partitions that have one. */
  *fetchCommitted(partitions: readonly TopicPartition[]): Op<OffsetToCommit[]> {
    const wanted = partitions.map(({ topic, partition }) => ({ topic, partition }));
    for (;;) {
      yield* this.membership.finder.ensureReady();
      try {
        const response = yield* this.membership.request('OffsetFetch', { groupId: this.options.groupId, partitions: wanted });
        return this.committedOf(response);
      } catch (error) {
        if (!(error instanceof KafkaError) || !error.retriable) throw error;
      }
      yield* this.client.sleep(this.options.retryBackoffMs);
    }
  }

  /** Commits and waits; false when it did not succeed in time. */
  *commitSync(offsets: readonly OffsetToCommit[], timeoutMs = Infinity): Op<boolean> {
    if (offsets.length === 0) return true;
    const endMs = this.client.nowMs + timeoutMs;
    do {
      if (this.membership.finder.isUnknown && !(yield* this.membership.finder.ensureReady(endMs - this.client.nowMs))) return false;
      try {
        const body = this.commitRequest(offsets);
        const response = yield* this.membership.request('OffsetCommit', body, endMs - this.client.nowMs);
        this.checkCommit(offsets, response);
        return true;
      } catch (error) {
        if (!(error instanceof KafkaError) || !error.retriable) throw error;
      }
      yield* this.client.sleep(this.options.retryBackoffMs);
    } while (this.client.nowMs < endMs);
    return false;
  }

  maybeAutoCommitAsync(): void {
    const nowMs = this.client.nowMs;
    if (!this.options.autoCommit || nowMs < this.nextAutoCommitMs) return;
    this.nextAutoCommitMs = nowMs + this.options.autoCommitIntervalMs;
    this.commitAsync(this.allConsumed);
  }

  private commitAsync(offsets: readonly OffsetToCommit[]): void {
    const coordinator = this.membership.finder.checkAndGet();
    if (coordinator === undefined) {
      // The position will be committed when the coordinator is known again, at the latest at the next interval.
      this.membership.finder.startLookup()?.whenDone((lookup) => {
        if (lookup.value?.errorCode === ERRORS.NONE && !this.membership.finder.isUnknown) this.commitAsync(offsets);
      });
      return;
    }
    if (offsets.length === 0) return;
    let body: Messages['OffsetCommit']['request'];
    try {
      body = this.commitRequest(offsets);
    } catch (error) {
      this.autoCommitFailed(offsets, error as KafkaError);
      return;
    }
    const sent = this.client.send(coordinator, 'OffsetCommit', body);
    this.client.pollNoWait();
    sent.whenDone(() => {
      if (sent.failed) {
        this.membership.finder.requestFailed(sent.error);
        this.autoCommitFailed(offsets, sent.error as KafkaError);
        return;
      }
      try {
        this.checkCommit(offsets, sent.value as Messages['OffsetCommit']['response']);
      } catch (error) {
        this.autoCommitFailed(offsets, error as KafkaError);
      }
    });
  }

  private autoCommitFailed(offsets: readonly OffsetToCommit[], error: KafkaError): void {
    if (error.retriable) {
      this.nextAutoCommitMs = Math.min(this.client.nowMs + this.options.retryBackoffMs, this.nextAutoCommitMs);
      return;
    }
    this.log.warn(LOGGER, `Asynchronous auto-commit of offsets ${offsetsText(offsets)} failed: ${error.message}`);
  }

  *maybeAutoCommitSync(timeoutMs: number): Op<void> {
    if (!this.options.autoCommit) return;
    const offsets = this.allConsumed;
    try {
      yield* this.commitSync(offsets, timeoutMs);
    } catch (error) {
      if (!(error instanceof KafkaError) || error.simpleName === 'WakeupException') throw error;
      this.log.warn(LOGGER, `Synchronous auto-commit of offsets ${offsetsText(offsets)} failed: ${error.message}`);
    }
  }

  private commitRequest(offsets: readonly OffsetToCommit[]): Messages['OffsetCommit']['request'] {
    const generation = this.subscriptions.isAutoAssigned ? this.membership.generation : NO_GENERATION;
    if (generation === undefined) throw commitFailed();
    const { generationId, memberId } = generation;
    return { groupId: this.options.groupId, generationId, memberId, retentionTimeMs: -1, partitions: [...offsets] };
  }

  private checkCommit(offsets: readonly OffsetToCommit[], response: Messages['OffsetCommit']['response']): void {
    for (const { topic, partition, errorCode } of response.partitions) {
      if (errorCode === ERRORS.NONE) continue;
      const name = topicPartitionName({ topic, partition });
      const offset = offsets.find((each) => each.topic === topic && each.partition === partition)?.offset;
      const { message } = errorForCode(errorCode);
      this.log.error(LOGGER, `Offset commit failed on partition ${name} at offset ${offset}: ${message}`);
      throw this.commitError(errorCode, name);
    }
  }

  private commitError(code: number, partition: string): KafkaError {
    switch (code) {
      case ERRORS.OFFSET_METADATA_TOO_LARGE:
      case ERRORS.INVALID_COMMIT_OFFSET_SIZE:
      case ERRORS.COORDINATOR_LOAD_IN_PROGRESS:
        return errorOf(code);
      case ERRORS.COORDINATOR_NOT_AVAILABLE:
      case ERRORS.NOT_COORDINATOR:
      case ERRORS.REQUEST_TIMED_OUT:
        this.membership.finder.markUnknown();
        return errorOf(code);
      case ERRORS.UNKNOWN_MEMBER_ID:
      case ERRORS.ILLEGAL_GENERATION:
      case ERRORS.REBALANCE_IN_PROGRESS:
        this.membership.resetGeneration();
        return commitFailed();
      case ERRORS.UNKNOWN_TOPIC_OR_PARTITION:
        return kafkaException(`Topic or Partition ${partition} does not exist`);
      default:
        return kafkaException(`Unexpected error in commit: ${errorForCode(code).message}`);
    }
  }

  private committedOf(response: Messages['OffsetFetch']['response']): OffsetToCommit[] {
    if (response.errorCode !== ERRORS.NONE) {
      if (response.errorCode === ERRORS.NOT_COORDINATOR) this.membership.finder.markUnknown();
      else if (response.errorCode !== ERRORS.COORDINATOR_LOAD_IN_PROGRESS) {
        throw kafkaException(`Unexpected error in fetch offset response: ${errorForCode(response.errorCode).message}`);
      }
      throw errorOf(response.errorCode);
    }
    for (const each of response.partitions) {
      if (each.errorCode === ERRORS.NONE) continue;
      if (each.errorCode === ERRORS.UNKNOWN_TOPIC_OR_PARTITION) {
        throw kafkaException(`Topic or Partition ${topicPartitionName(each)} does not exist`);
      }
      throw kafkaException(`Unexpected error in fetch offset response: ${errorForCode(each.errorCode).message}`);
    }
    return response.partitions.filter((each) => each.offset >= 0);
  }
}

function commitFailed(): KafkaError {
  return new KafkaError(
    'org.apache.kafka.clients.consumer.CommitFailedException',
    'Commit cannot be completed since the group has already rebalanced and assigned the partitions to another member. ' +
      'This means that the time between subsequent calls to poll() was longer than the configured max.poll.interval.ms, ' +
      'which typically implies that the poll loop is spending too much time message processing. You can address this either by ' +
      'increasing the session timeout or by reducing the maximum size of batches returned in poll() with max.poll.records.',
  );
}

/** As Java prints a map of offsets. */
function offsetsText(offsets: readonly OffsetToCommit[]): string {
  const inJavaOrder = javaHashOrder(offsets, topicPartitionHash);
  return `{${inJavaOrder.map((each) => `${topicPartitionName(each)}=OffsetAndMetadata{offset=${each.offset}, metadata='${each.metadata}'}`).join(', ')}}`;
}
