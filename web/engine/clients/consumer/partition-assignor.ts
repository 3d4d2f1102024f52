import { javaStringHash } from '../../protocol/java-string-hash';
import { javaHashOrder } from '../../protocol/jvm-hash-order';
import type { Subscription, TopicPartition } from '../../protocol/messages';

/** Number of partitions by topic; unknown topics are missing. */
export type PartitionCounts = ReadonlyMap<string, number>;
/** What each member wants, by member id. */
export type Subscriptions = ReadonlyMap<string, Subscription>;

/** How a group's leader shares the partitions out. */
export interface PartitionAssignor {
  /** As the protocol names it: `range`. */
  readonly name: string;
  assign(counts: PartitionCounts, subscriptions: Subscriptions): Map<string, TopicPartition[]>;
  /** What this member tells the leader beside its topics. */
  userData?(topics: readonly string[]): Uint8Array | undefined;
  onAssignment?(partitions: readonly TopicPartition[]): void;
}

/** The members that want each topic, in Java's order of the topics. */
export function membersByTopic(subscriptions: Subscriptions): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const [member, { topics }] of subscriptions) {
    for (const topic of topics) {
      const ofTopic = members.get(topic);
      if (ofTopic === undefined) members.set(topic, [member]);
      else ofTopic.push(member);
    }
  }
  return new Map(javaHashOrder([...members.keys()], javaStringHash).map((topic) => [topic, members.get(topic) as string[]]));
}
