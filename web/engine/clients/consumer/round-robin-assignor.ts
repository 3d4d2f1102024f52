import type { TopicPartition } from '../../protocol/messages';
import type { PartitionAssignor, PartitionCounts, Subscriptions } from './partition-assignor';
import { membersByTopic } from './partition-assignor';

/**
 * All partitions of all topics in order, dealt to the members in the order of their ids; who does not want a topic is passed over.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/RoundRobinAssignor.java
 */
export class RoundRobinAssignor implements PartitionAssignor {
  readonly name = 'roundrobin';

  assign(counts: PartitionCounts, subscriptions: Subscriptions): Map<string, TopicPartition[]> {
    const members = [...subscriptions.keys()].sort();
    const assignment = new Map<string, TopicPartition[]>(members.map((each) => [each, []]));
    const wanted = membersByTopic(subscriptions);
    let turn = 0;
    for (const topic of [...wanted.keys()].sort()) {
      const takers = new Set(wanted.get(topic));
      for (let partition = 0; partition < (counts.get(topic) ?? 0); partition++) {
        while (!takers.has(members[turn % members.length] as string)) turn += 1;
        (assignment.get(members[turn % members.length] as string) as TopicPartition[]).push({ topic, partition });
        turn += 1;
      }
    }
    return assignment;
  }
}
