import type { TopicPartition } from '../../protocol/messages';
import type { PartitionAssignor, PartitionCounts, Subscriptions } from './partition-assignor';
import { membersByTopic } from './partition-assignor';

/**
 * Topic by topic: members in the order of their ids get contiguous ranges, the first ones one partition more.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/RangeAssignor.java
 */
export class RangeAssignor implements PartitionAssignor {
  readonly name = 'range';

  assign(counts: PartitionCounts, subscriptions: Subscriptions): Map<string, TopicPartition[]> {
    const assignment = new Map<string, TopicPartition[]>();
    for (const member of subscriptions.keys()) assignment.set(member, []);
    for (const [topic, members] of membersByTopic(subscriptions)) {
      const count = counts.get(topic);
      if (count === undefined) continue;
      members.sort();
      const each = Math.floor(count / members.length);
      const withOneMore = count % members.length;
      let next = 0;
      members.forEach((member, index) => {
        const take = each + (index < withOneMore ? 1 : 0);
        for (let i = 0; i < take; i++) (assignment.get(member) as TopicPartition[]).push({ topic, partition: next++ });
      });
    }
    return assignment;
  }
}
