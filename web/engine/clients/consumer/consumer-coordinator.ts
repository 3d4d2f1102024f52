import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { ERRORS, errorForCode } from '../../protocol/errors';
import { javaStringHash } from '../../protocol/java-string-hash';
import { javaHashOrder, topicPartitionHash } from '../../protocol/jvm-hash-order';
import { type Assignment, type Messages, type Subscription, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import type { Cluster } from '../cluster';
import { errorOf, illegalState, kafkaException, KafkaError } from '../kafka-error';
import type { Metadata } from '../metadata';
import type { ConsumerNetworkClient } from './consumer-network-client';
import { type GroupOptions, GroupMembership, NO_GENERATION } from './group-membership';
import type { PartitionAssignor } from './partition-assignor';
import type { SubscriptionState } from './subscription-state';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.ConsumerCoordinator';

export interface ConsumerCoordinatorOptions extends GroupOptions {
  readonly autoCommit: boolean;
  readonly autoCommitIntervalMs: number;
  readonly excludeInternalTopics: boolean;
}

export interface OffsetToCommit extends TopicPartition {
  /** Next record to read. */
  readonly offset: number;
  readonly metadata: string;
}

/**
 * The consumer's side of group management: which topics it wants, how the leader shares partitions out, and what is committed.
 *
 * Units: ms of simulated time; offsets count records from 0.
 * Errors: CommitFailedException when the group has moved on without this member.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/ConsumerCoordinator.java
 */
export class ConsumerCoordinator {
  readonly membership: GroupMembership;
  private joinedSubscription: ReadonlySet<string> | undefined;
  private metadataSnapshot = '';
  /** What the leader's assignment was made from; undefined for the others. */
  private assignmentSnapshot: string | undefined;
  private nextAutoCommitMs: number;

  constructor(
    sim: Simulation,
    private readonly client: ConsumerNetworkClient,
    private readonly metadata: Metadata,
    private readonly subscriptions: SubscriptionState,
    private readonly assignors: readonly PartitionAssignor[],
    private readonly options: ConsumerCoordinatorOptions,
    private readonly log: ClientLogger,
  ) {
    this.nextAutoCommitMs = client.nowMs + options.autoCommitIntervalMs;
    const protocol = {
      protocols: () => this.protocols(),
      onJoinPrepare: () => this.onJoinPrepare(),
      performAssignment: (name: string, members: ReadonlyMap<string, Subscription>) => this.performAssignment(name, members),
      onJoinComplete: (name: string, assignment: Assignment) => this.onJoinComplete(name, assignment),
      needsRejoin: () => this.needsRejoin,
    };
    this.membership = new GroupMembership(sim, client, protocol, options, log);
    metadata.requestUpdate();
    metadata.onUpdate((cluster) => this.onMetadataUpdate(cluster));
  }

  get needsRejoin(): boolean {
    if (!this.subscriptions.isAutoAssigned) return false;
    if (this.assignmentSnapshot !== undefined && this.assignmentSnapshot !== this.metadataSnapshot) return true;
    if (this.joinedSubscription !== undefined && !sameTopics(this.joinedSubscription, this.subscriptions.subscription)) return true;
    return this.membership.isRejoinNeeded;
  }

  /** Makes sure that the group, if there is one, counts this consumer in, and commits when it is time. */
  *poll(remainingMs: number): Op<void> {
    if (this.subscriptions.isAutoAssigned) {
      if (this.membership.coordinatorUnknown) yield* this.membership.ensureCoordinatorReady();
      if (this.needsRejoin) {
        // A pattern must have met the cluster's topics once before the member says what it wants.
        if (this.subscriptions.pattern !== undefined) yield* this.client.ensureFreshMetadata();
        yield* this.membership.ensureActive();
      }
      this.membership.pollHeartbeat();
    } else if (this.metadata.updateRequested && !this.client.hasReadyNodes) {
      const isUpdated = yield* this.client.awaitMetadataUpdate(remainingMs);
      if (!isUpdated && !this.client.hasReadyNodes) return;
    }
    this.maybeAutoCommitAsync();
  }

  timeToNextPollMs(): number {
    const untilHeartbeat = this.membership.timeToNextHeartbeatMs();
    if (!this.options.autoCommit) return untilHeartbeat;
    return Math.min(Math.max(this.nextAutoCommitMs - this.client.nowMs, 0), untilHeartbeat);
  }

  /** Puts positions at the committed offsets where there are any. */
  *refreshCommittedOffsets(): Op<void> {
    const missing = this.subscriptions.missingPositions;
    if (missing.length === 0) return;
    const offsets = yield* this.fetchCommitted(missing);
    for (const { topic, partition, offset } of offsets) this.subscriptions.find({ topic, partition })?.seek(offset);
  }

  /** The committed offsets of those partitions that have one. */
  *fetchCommitted(partitions: readonly TopicPartition[]): Op<OffsetToCommit[]> {
    const wanted = partitions.map(({ topic, partition }) => ({ topic, partition }));
    for (;;) {
      yield* this.membership.ensureCoordinatorReady();
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
      if (this.membership.coordinatorUnknown && !(yield* this.membership.ensureCoordinatorReady(endMs - this.client.nowMs))) return false;
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

  /** Everything that was handed out, as it would be committed. */
  get allConsumed(): OffsetToCommit[] {
    return this.subscriptions.partitions
      .filter((each) => each.position !== undefined)
      .map((each) => ({ topic: each.topic, partition: each.partition, offset: each.position as number, metadata: '' }));
  }

  *close(timeoutMs: number): Op<void> {
    this.client.disableWakeups();
    const endMs = this.client.nowMs + timeoutMs;
    yield* this.maybeAutoCommitSync(timeoutMs);
    yield* this.membership.close(Math.max(0, endMs - this.client.nowMs));
  }

  updatePatternSubscription(cluster: Cluster): void {
    const pattern = this.subscriptions.pattern as RegExp;
    const matching = [...cluster.topics].filter(
      (topic) => pattern.test(topic) && !(this.options.excludeInternalTopics && cluster.internalTopics.has(topic)),
    );
    this.subscriptions.subscribeFromPattern(matching);
    this.metadata.setTopics(this.subscriptions.groupSubscription);
  }

  private onMetadataUpdate(cluster: Cluster): void {
    if (this.subscriptions.pattern !== undefined) this.updatePatternSubscription(cluster);
    if (this.subscriptions.isAutoAssigned) this.metadataSnapshot = this.snapshotOf(cluster);
    if ([...cluster.unavailableTopics].some((topic) => this.metadata.has(topic))) this.metadata.requestUpdate();
  }

  private snapshotOf(cluster: Cluster): string {
    const topics = [...this.subscriptions.groupSubscription].sort();
    return topics.map((topic) => `${topic} ${cluster.partitionCountForTopic(topic) ?? '-'}`).join('\n');
  }

  // Rebalancing

  private protocols(): { name: string; metadata: Subscription }[] {
    this.joinedSubscription = new Set(this.subscriptions.subscription);
    const topics = [...this.joinedSubscription];
    return this.assignors.map((assignor) => ({ name: assignor.name, metadata: { topics, userData: assignor.userData?.(topics) } }));
  }

  private *onJoinPrepare(): Op<void> {
    yield* this.maybeAutoCommitSync(this.options.maxPollIntervalMs);
    this.log.info(LOGGER, `Revoking previously assigned partitions ${this.assignedText()}`);
    this.assignmentSnapshot = undefined;
    this.subscriptions.resetGroupSubscription();
  }

  private *performAssignment(protocol: string, members: ReadonlyMap<string, Subscription>): Op<Map<string, Assignment>> {
    const assignor = this.assignorOf(protocol);
    const wanted = new Set([...members.values()].flatMap((each) => each.topics));
    this.subscriptions.groupSubscribe(wanted);
    this.metadata.setTopics(this.subscriptions.groupSubscription);
    yield* this.client.ensureFreshMetadata();
    const counts = new Map<string, number>();
    for (const topic of wanted) {
      const count = this.metadata.cluster.partitionCountForTopic(topic);
      if (count !== undefined && count > 0) counts.set(topic, count);
    }
    const assignment = assignor.assign(counts, members);
    const assignedTopics = new Set([...assignment.values()].flatMap((each) => each.map((tp) => tp.topic)));
    const left = javaHashOrder([...wanted], javaStringHash).filter((topic) => !assignedTopics.has(topic));
    if (left.length > 0) this.log.warn(LOGGER, `The following subscribed topics are not assigned to any members: [${left.join(', ')}] `);
    this.metadataSnapshot = this.snapshotOf(this.metadata.cluster);
    this.assignmentSnapshot = this.metadataSnapshot;
    return new Map([...assignment].map(([member, partitions]) => [member, { partitions }]));
  }

  private *onJoinComplete(protocol: string, assignment: Assignment): Op<void> {
    this.subscriptions.assignFromSubscribed(assignment.partitions);
    this.addAssignedTopics();
    this.metadata.setTopics(this.subscriptions.groupSubscription);
    yield* this.client.ensureFreshMetadata();
    this.assignorOf(protocol).onAssignment?.(assignment.partitions);
    this.nextAutoCommitMs = this.client.nowMs + this.options.autoCommitIntervalMs;
    this.log.info(LOGGER, `Setting newly assigned partitions ${this.assignedText()}`);
  }

  /** The leader may know of topics that match the pattern and that this member has not seen yet: its word counts. */
  private addAssignedTopics(): void {
    if (this.subscriptions.pattern === undefined) return;
    const joined = new Set(this.joinedSubscription);
    for (const { topic } of this.subscriptions.partitions) joined.add(topic);
    if (joined.size === this.joinedSubscription?.size) return;
    this.subscriptions.subscribeFromPattern(new Set([...this.subscriptions.subscription, ...joined]));
    this.joinedSubscription = joined;
  }

  private assignorOf(name: string): PartitionAssignor {
    const assignor = this.assignors.find((each) => each.name === name);
    if (assignor === undefined) throw illegalState(`Coordinator selected invalid assignment protocol: ${name}`);
    return assignor;
  }

  private assignedText(): string {
    return `[${this.subscriptions.partitions.map((each) => each.name).join(', ')}]`;
  }

  // Committing

  private maybeAutoCommitAsync(): void {
    const nowMs = this.client.nowMs;
    if (!this.options.autoCommit || nowMs < this.nextAutoCommitMs) return;
    this.nextAutoCommitMs = nowMs + this.options.autoCommitIntervalMs;
    this.commitAsync(this.allConsumed);
  }

  private commitAsync(offsets: readonly OffsetToCommit[]): void {
    const coordinator = this.membership.checkAndGetCoordinator();
    if (coordinator === undefined) {
      // The position will be committed when the coordinator is known again, at the latest at the next interval.
      this.membership.lookupCoordinator()?.whenDone((lookup) => {
        if (lookup.value?.errorCode === ERRORS.NONE && !this.membership.coordinatorUnknown) this.commitAsync(offsets);
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
        this.membership.connectionBroke(sent.error);
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

  private *maybeAutoCommitSync(timeoutMs: number): Op<void> {
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
        this.membership.markCoordinatorUnknown();
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
      if (response.errorCode === ERRORS.NOT_COORDINATOR) this.membership.markCoordinatorUnknown();
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

function sameTopics(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const topic of a) if (!b.has(topic)) return false;
  return true;
}
