import { javaStringHash, kafkaAbs } from '../../protocol/java-string-hash';
import { type Node, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { BrokerTasks } from '../broker-tasks';
import type { ClassLogger } from '../class-logger';
import type { FetcherHost } from './fetcher-host';
import type { Partition } from './partition';
import { ReplicaFetcherThread } from './replica-fetcher-thread';

export interface PartitionToFetch {
  readonly partition: Partition;
  readonly leader: Node;
  readonly fetchOffset: number;
}

/**
 * The threads that copy what other brokers lead: `num.replica.fetchers` for each of them.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/AbstractFetcherManager.scala
 */
export class ReplicaFetcherManager {
  private readonly threads = new Map<string, ReplicaFetcherThread>();

  constructor(
    private readonly env: FetcherHost,
    private readonly tasks: BrokerTasks,
    private readonly log: ClassLogger,
  ) {}

  get all(): readonly ReplicaFetcherThread[] {
    return [...this.threads.values()];
  }

  addPartitions(partitions: readonly PartitionToFetch[]): void {
    for (const { partition, leader, fetchOffset } of partitions) this.threadFor(partition, leader).addPartition(partition, fetchOffset);
    const shown = partitions.map(
      ({ partition, leader, fetchOffset }) => `[${partition.name}, initOffset ${fetchOffset} to broker BrokerEndPoint(${leader.id},${leader.host},${leader.port})] `,
    );
    this.log.info(`Added fetcher for partitions List(${shown.join(', ')})`);
  }

  removePartitions(partitions: readonly TopicPartition[]): void {
    for (const thread of this.threads.values()) for (const tp of partitions) thread.removePartition(tp);
    this.log.info(`Removed fetcher for partitions ${partitions.map(topicPartitionName).join(',')}`);
  }

  shutdownIdle(): void {
    for (const [key, thread] of [...this.threads]) {
      if (thread.partitionCount > 0) continue;
      thread.shutdown();
      this.threads.delete(key);
    }
  }

  shutdown(): void {
    this.log.info('shutting down');
    for (const thread of this.threads.values()) thread.shutdown();
    this.threads.clear();
    this.log.info('shutdown completed');
  }

  private threadFor(partition: Partition, leader: Node): ReplicaFetcherThread {
    const fetcherId = kafkaAbs((Math.imul(31, javaStringHash(partition.topic)) + partition.partition) | 0) % this.env.config.number('num.replica.fetchers');
    const key = `${leader.id}-${fetcherId}`;
    const present = this.threads.get(key);
    if (present !== undefined && present.leader.host === leader.host && present.leader.port === leader.port) return present;
    present?.shutdown();
    const thread = new ReplicaFetcherThread(this.env, leader, fetcherId);
    this.threads.set(key, thread);
    this.tasks.start(thread.run());
    return thread;
  }
}
