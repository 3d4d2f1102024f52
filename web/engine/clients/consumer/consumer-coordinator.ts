import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { javaStringHash } from '../../protocol/java-string-hash';
import { javaHashOrder } from '../../protocol/jvm-hash-order';
import type { Assignment, Subscription } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import type { Cluster } from '../cluster';
import { illegalState } from '../kafka-error';
import type { Metadata } from '../metadata';
import type { ConsumerNetworkClient } from './consumer-network-client';
import { type GroupOptions, GroupMembership } from './group-membership';
import { type AutoCommitOptions, OffsetCommits } from './offset-commits';
import type { PartitionAssignor } from './partition-assignor';
import type { SubscriptionState } from './subscription-state';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.ConsumerCoordinator';

export interface ConsumerCoordinatorOptions extends GroupOptions, AutoCommitOptions {
  readonly excludeInternalTopics: boolean;
}

/**
 * The consumer's side of group management: which topics it wants, and how the leader shares partitions out.
 *
 * Units: ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/ConsumerCoordinator.java
 */
export class ConsumerCoordinator {
  readonly membership: GroupMembership;
  private joinedSubscription: ReadonlySet<string> | undefined;
  private metadataSnapshot = '';
  /** What the leader's assignment was made from; undefined for the others. */
  private assignmentSnapshot: string | undefined;
  readonly commits: OffsetCommits;

  constructor(
    sim: Simulation,
    private readonly client: ConsumerNetworkClient,
    private readonly metadata: Metadata,
    private readonly subscriptions: SubscriptionState,
    private readonly assignors: readonly PartitionAssignor[],
    private readonly options: ConsumerCoordinatorOptions,
    private readonly log: ClientLogger,
  ) {
    const protocol = {
      protocols: () => this.protocols(),
      onJoinPrepare: () => this.onJoinPrepare(),
      performAssignment: (name: string, members: ReadonlyMap<string, Subscription>) => this.performAssignment(name, members),
      onJoinComplete: (name: string, assignment: Assignment) => this.onJoinComplete(name, assignment),
      needsRejoin: () => this.needsRejoin,
    };
    this.membership = new GroupMembership(sim, client, protocol, options, log);
    this.commits = new OffsetCommits(client, this.membership, subscriptions, options, log);
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
      if (this.membership.finder.isUnknown) yield* this.membership.finder.ensureReady();
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
    this.commits.maybeAutoCommitAsync();
  }

  timeToNextPollMs(): number {
    const untilHeartbeat = this.membership.timeToNextHeartbeatMs();
    if (!this.options.autoCommit) return untilHeartbeat;
    return Math.min(this.commits.timeToNextAutoCommitMs, untilHeartbeat);
  }

  /** Puts positions at the committed offsets where there are any. */
  *refreshCommittedOffsets(): Op<void> {
    const missing = this.subscriptions.missingPositions;
    if (missing.length === 0) return;
    const offsets = yield* this.commits.fetchCommitted(missing);
    for (const { topic, partition, offset } of offsets) this.subscriptions.find({ topic, partition })?.seek(offset);
  }

  *close(timeoutMs: number): Op<void> {
    this.client.disableWakeups();
    const endMs = this.client.nowMs + timeoutMs;
    yield* this.commits.maybeAutoCommitSync(timeoutMs);
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
    yield* this.commits.maybeAutoCommitSync(this.options.maxPollIntervalMs);
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
    this.commits.scheduleAutoCommit();
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
}

function sameTopics(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  if (a.size !== b.size) return false;
  for (const topic of a) if (!b.has(topic)) return false;
  return true;
}
