import { javaHashOrder, topicPartitionHash } from '../../protocol/jvm-hash-order';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { illegalState, KafkaError } from '../kafka-error';

export type ResetStrategy = 'earliest' | 'latest' | 'none';

/** One assigned partition and how far it was read. Offsets count records from 0. */
export class AssignedPartition implements TopicPartition {
  readonly name: string;
  /** Next offset to read; undefined until it is known. */
  position: number | undefined;
  highWatermark: number | undefined;
  lastStableOffset: number | undefined;
  isPaused = false;
  /** Set while the position has to be looked up. */
  reset: 'earliest' | 'latest' | undefined;
  nextResetMs = 0;

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {
    this.name = topicPartitionName({ topic, partition });
  }

  get isFetchable(): boolean {
    return !this.isPaused && this.position !== undefined && this.reset === undefined;
  }

  seek(offset: number): void {
    this.position = offset;
    this.reset = undefined;
    this.nextResetMs = 0;
  }

  awaitReset(strategy: 'earliest' | 'latest'): void {
    this.reset = strategy;
    this.position = undefined;
    this.nextResetMs = 0;
  }
}

type Kind = 'none' | 'topics' | 'pattern' | 'assigned';

/**
 * What a consumer subscribed to, and the partitions that it got.
 *
 * Partitions are walked through in Java's order of a hash map, topic by topic; one that was read goes to the end.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/SubscriptionState.java
 */
export class SubscriptionState {
  private kind: Kind = 'none';
  private topics = new Set<string>();
  private leaderTopics = new Set<string>();
  private assigned = new Map<string, AssignedPartition>();
  pattern: RegExp | undefined;

  constructor(private readonly defaultReset: ResetStrategy) {}

  get hasDefaultReset(): boolean {
    return this.defaultReset !== 'none';
  }

  /** True when the group decides who reads what. */
  get isAutoAssigned(): boolean {
    return this.kind === 'topics' || this.kind === 'pattern';
  }

  get isEmpty(): boolean {
    return this.kind === 'none';
  }

  get subscription(): ReadonlySet<string> {
    return this.topics;
  }

  /** For the group's leader the topics of all members, else its own. */
  get groupSubscription(): ReadonlySet<string> {
    return this.leaderTopics;
  }

  get partitions(): AssignedPartition[] {
    return [...this.assigned.values()];
  }

  subscribe(topics: Iterable<string>): void {
    this.setKind('topics');
    this.changeTopics(topics);
  }

  subscribePattern(pattern: RegExp): void {
    this.setKind('pattern');
    this.pattern = pattern;
  }

  /** The topics that match the pattern now. */
  subscribeFromPattern(topics: Iterable<string>): void {
    this.changeTopics(topics);
  }

  groupSubscribe(topics: Iterable<string>): void {
    for (const topic of topics) this.leaderTopics.add(topic);
  }

  resetGroupSubscription(): void {
    this.leaderTopics = new Set(this.topics);
  }

  assignFromUser(partitions: readonly TopicPartition[]): void {
    this.setKind('assigned');
    this.leaderTopics = new Set(partitions.map((each) => each.topic));
    this.assign(partitions, undefined);
  }

  assignFromSubscribed(partitions: readonly TopicPartition[]): void {
    this.assign(partitions, partitions.length);
  }

  unsubscribe(): void {
    this.kind = 'none';
    this.topics = new Set();
    this.leaderTopics = new Set();
    this.assigned = new Map();
    this.pattern = undefined;
  }

  find(tp: TopicPartition): AssignedPartition | undefined {
    return this.assigned.get(topicPartitionName(tp));
  }

  /** True while the object is still the consumer's own: after a rebalance it may be gone or another. */
  isAssigned(partition: AssignedPartition): boolean {
    return this.assigned.get(partition.name) === partition;
  }

  moveToEnd(partition: AssignedPartition): void {
    if (!this.isAssigned(partition)) return;
    this.assigned.delete(partition.name);
    this.assigned.set(partition.name, partition);
  }

  /** Partitions whose position is neither known nor being looked up. */
  get missingPositions(): AssignedPartition[] {
    return this.partitions.filter((each) => each.position === undefined && each.reset === undefined);
  }

  get hasAllPositions(): boolean {
    for (const each of this.assigned.values()) if (each.position === undefined) return false;
    return true;
  }

  /** Has the reset policy applied to what has no position. Throws NoOffsetForPartitionException when there is no policy. */
  resetMissingPositions(): void {
    const missing = this.missingPositions;
    if (missing.length === 0) return;
    const { defaultReset } = this;
    if (defaultReset === 'none') {
      const names = javaHashOrder(missing, topicPartitionHash).map((each) => each.name);
      throw new KafkaError(
        'org.apache.kafka.clients.consumer.NoOffsetForPartitionException',
        `Undefined offset with no reset policy for partitions: [${names.join(', ')}]`,
      );
    }
    for (const each of missing) each.awaitReset(defaultReset);
  }

  requestReset(partition: AssignedPartition): void {
    if (this.defaultReset !== 'none') partition.awaitReset(this.defaultReset);
  }

  private setKind(kind: Kind): void {
    if (this.kind !== 'none' && this.kind !== kind) {
      throw illegalState('Subscription to topics, partitions and pattern are mutually exclusive');
    }
    this.kind = kind;
  }

  private changeTopics(topics: Iterable<string>): void {
    this.topics = new Set(topics);
    for (const topic of this.topics) this.leaderTopics.add(topic);
    for (const topic of [...this.leaderTopics]) if (!this.topics.has(topic)) this.leaderTopics.delete(topic);
  }

  private assign(partitions: readonly TopicPartition[], capacity: number | undefined): void {
    const byTopic = new Map<string, AssignedPartition[]>();
    for (const { topic, partition } of javaHashOrder(partitions, topicPartitionHash, capacity)) {
      const kept = this.kind === 'assigned' ? this.find({ topic, partition }) : undefined;
      const state = kept ?? new AssignedPartition(topic, partition);
      const ofTopic = byTopic.get(topic);
      if (ofTopic === undefined) byTopic.set(topic, [state]);
      else ofTopic.push(state);
    }
    this.assigned = new Map();
    for (const ofTopic of byTopic.values()) for (const each of ofTopic) this.assigned.set(each.name, each);
  }
}
