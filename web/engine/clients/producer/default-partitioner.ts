import type { Random } from '../../kernel/random';
import { murmur2, toPositive } from '../../protocol/murmur2';
import type { Cluster } from '../cluster';

/**
 * Chooses the partition of a record: by its key's hash over all partitions, else in turn over those that have a leader.
 *
 * Why: the same key always meets the same partition, so its records stay in order, until the number of partitions changes.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/internals/DefaultPartitioner.java
 */
export class DefaultPartitioner {
  private readonly counters = new Map<string, number>();

  constructor(private readonly random: Random) {}

  partition(topic: string, key: Uint8Array | null, cluster: Cluster): number {
    const count = cluster.partitionCountForTopic(topic) as number;
    if (key !== null) return toPositive(murmur2(key)) % count;
    const turn = toPositive(this.nextValue(topic));
    const available = cluster.availablePartitionsForTopic(topic);
    if (available.length === 0) return turn % count;
    return (available[turn % available.length] as { readonly partition: number }).partition;
  }

  /** Counts up from a random number, so that producers do not all begin with the same partition. */
  private nextValue(topic: string): number {
    const value = this.counters.get(topic) ?? this.random.uint32() | 0;
    this.counters.set(topic, (value + 1) | 0);
    return value;
  }
}
