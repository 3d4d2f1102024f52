import { describe, expect, it } from 'vitest';
import { javaStringHash } from './java-string-hash';
import { javaHashOrder, scalaImmutableOrder, scalaMutableMapOrder, scalaMutableSetOrder, topicPartitionHash } from './jvm-hash-order';

const fifty = Array.from({ length: 50 }, (_, partition) => ({ topic: '__consumer_offsets', partition }));
const partitions = (list: { partition: number }[]): number[] => list.map((each) => each.partition);
/** `Partition.hashCode` of the broker. */
const partitionHash = (tp: { topic: string; partition: number }): number => (31 + javaStringHash(tp.topic) + 17 * tp.partition) | 0;

describe('orders of the offsets topic as a broker logs them', () => {
  it('an immutable set of topic partitions', () => {
    expect(partitions(scalaImmutableOrder(fifty, topicPartitionHash)).slice(0, 10)).toEqual([22, 30, 8, 21, 4, 27, 7, 9, 46, 25]);
  });

  it('a mutable map filled from a Java map, and a mutable set filled from that', () => {
    const map = scalaMutableMapOrder(javaHashOrder(fifty, topicPartitionHash), partitionHash);
    expect(partitions(map).slice(0, 12)).toEqual([0, 29, 48, 10, 45, 26, 7, 42, 4, 23, 1, 20]);
    expect(partitions(scalaMutableSetOrder(map, partitionHash)).slice(0, 12)).toEqual([22, 25, 28, 31, 34, 37, 40, 43, 46, 49, 41, 44]);
  });
});
