import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { CachedBroker } from '../metadata-cache';
import { type LeaderIsrAndControllerEpoch, NO_LEADER, type PartitionAndReplica } from './leader-and-isr';

/** Keeps something for each partition, and finds the partitions of one topic without looking at the others. */
export class PartitionMap<T> {
  private readonly topics = new Map<string, Map<number, T>>();

  get(tp: TopicPartition): T | undefined {
    return this.topics.get(tp.topic)?.get(tp.partition);
  }

  has(tp: TopicPartition): boolean {
    return this.get(tp) !== undefined;
  }

  set(tp: TopicPartition, value: T): void {
    const partitions = this.topics.get(tp.topic);
    if (partitions === undefined) this.topics.set(tp.topic, new Map([[tp.partition, value]]));
    else partitions.set(tp.partition, value);
  }

  delete(tp: TopicPartition): void {
    this.topics.get(tp.topic)?.delete(tp.partition);
  }

  deleteTopic(topic: string): void {
    this.topics.delete(topic);
  }

  clear(): void {
    this.topics.clear();
  }

  ofTopic(topic: string): TopicPartition[] {
    return [...(this.topics.get(topic)?.keys() ?? [])].map((partition) => ({ topic, partition }));
  }

  entries(): [TopicPartition, T][] {
    return [...this.topics].flatMap(([topic, partitions]) => [...partitions].map(([partition, value]): [TopicPartition, T] => [{ topic, partition }, value]));
  }

  keys(): TopicPartition[] {
    return [...this.topics.keys()].flatMap((topic) => this.ofTopic(topic));
  }
}

/**
 * What the active controller knows of the cluster.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/ControllerContext.scala
 */
export class ControllerContext {
  epoch = 0;
  epochZkVersion = 0;
  topics = new Set<string>();
  readonly assignments = new PartitionMap<readonly number[]>();
  readonly leadership = new PartitionMap<LeaderIsrAndControllerEpoch>();
  readonly shuttingDown = new Set<number>();
  /** Where partitions that are being reassigned go, by `orders-0`. */
  readonly reassigned = new Map<string, { readonly tp: TopicPartition; readonly newReplicas: readonly number[] }>();
  private brokers = new Map<number, CachedBroker>();

  setLiveBrokers(brokers: readonly CachedBroker[]): void {
    this.brokers = new Map(brokers.map((broker) => [broker.id, broker]));
  }

  get liveOrShuttingDownBrokers(): readonly CachedBroker[] {
    return [...this.brokers.values()];
  }

  get liveOrShuttingDownIds(): readonly number[] {
    return [...this.brokers.keys()];
  }

  get liveIds(): readonly number[] {
    return this.liveOrShuttingDownIds.filter((id) => !this.shuttingDown.has(id));
  }

  broker(id: number): CachedBroker | undefined {
    return this.brokers.get(id);
  }

  isOnline(brokerId: number): boolean {
    return brokerId !== NO_LEADER && this.brokers.has(brokerId) && !this.shuttingDown.has(brokerId);
  }

  assignmentOf(tp: TopicPartition): readonly number[] {
    return this.assignments.get(tp) ?? [];
  }

  replicasOf(partitions: readonly TopicPartition[]): PartitionAndReplica[] {
    return partitions.flatMap((tp) => this.assignmentOf(tp).map((replica) => ({ topic: tp.topic, partition: tp.partition, replica })));
  }

  replicasOfTopic(topic: string): PartitionAndReplica[] {
    return this.replicasOf(this.assignments.ofTopic(topic));
  }

  partitionsOnBroker(brokerId: number): TopicPartition[] {
    return this.assignments
      .entries()
      .filter(([, replicas]) => replicas.includes(brokerId))
      .map(([tp]) => tp);
  }

  replicasOnBrokers(brokerIds: readonly number[]): PartitionAndReplica[] {
    return brokerIds.flatMap((replica) => this.partitionsOnBroker(replica).map((tp) => ({ ...tp, replica })));
  }

  isReassigned(tp: TopicPartition): boolean {
    return this.reassigned.has(topicPartitionName(tp));
  }

  removeTopic(topic: string): void {
    this.leadership.deleteTopic(topic);
    this.assignments.deleteTopic(topic);
    this.topics.delete(topic);
  }

  reset(): void {
    this.epoch = 0;
    this.epochZkVersion = 0;
    this.topics.clear();
    this.assignments.clear();
    this.leadership.clear();
    this.shuttingDown.clear();
    this.reassigned.clear();
    this.brokers.clear();
  }
}
