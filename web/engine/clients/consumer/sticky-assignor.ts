import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8';
import type { PartitionAssignor, PartitionCounts, Subscriptions } from './partition-assignor';

type Assignment = Map<string, TopicPartition[]>;

/**
 * As even as round robin, and of what members already have it moves as little as it can.
 *
 * Simplified: one pass gives away what nobody has, then partitions move one by one from who has most to who has least of those that
 * want them; the real one also tries to give a moved partition back to an earlier owner. What members tell the leader is text, not Kafka's bytes.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/StickyAssignor.java
 */
export class StickyAssignor implements PartitionAssignor {
  readonly name = 'sticky';
  private owned: readonly TopicPartition[] | undefined;

  userData(): Uint8Array | undefined {
    return this.owned === undefined ? undefined : encodeUtf8(this.owned.map((each) => `${each.partition} ${each.topic}`).join('\n'));
  }

  onAssignment(partitions: readonly TopicPartition[]): void {
    this.owned = partitions;
  }

  assign(counts: PartitionCounts, subscriptions: Subscriptions): Map<string, TopicPartition[]> {
    const assignment: Assignment = new Map([...subscriptions.keys()].sort().map((member) => [member, []]));
    const taken = keepOwned(assignment, counts, subscriptions);
    for (const [topic, count] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
      for (let partition = 0; partition < count; partition++) {
        if (taken.has(topicPartitionName({ topic, partition }))) continue;
        const member = leastLoaded(assignment, subscriptions, topic);
        if (member !== undefined) (assignment.get(member) as TopicPartition[]).push({ topic, partition });
      }
    }
    while (moveOne(assignment, subscriptions));
    return assignment;
  }
}

function keepOwned(assignment: Assignment, counts: PartitionCounts, subscriptions: Subscriptions): Set<string> {
  const taken = new Set<string>();
  for (const [member, own] of assignment) {
    const { topics, userData } = subscriptions.get(member) as { topics: readonly string[]; userData?: Uint8Array };
    for (const tp of decodeOwned(userData)) {
      const name = topicPartitionName(tp);
      if (taken.has(name) || !topics.includes(tp.topic) || tp.partition >= (counts.get(tp.topic) ?? 0)) continue;
      taken.add(name);
      own.push(tp);
    }
  }
  return taken;
}

function decodeOwned(userData: Uint8Array | undefined): TopicPartition[] {
  if (userData === undefined || userData.length === 0) return [];
  return decodeUtf8(userData)
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return { topic: line.slice(space + 1), partition: Number(line.slice(0, space)) };
    });
}

function leastLoaded(assignment: Assignment, subscriptions: Subscriptions, topic: string): string | undefined {
  let found: string | undefined;
  let fewest = Infinity;
  for (const [member, own] of assignment) {
    if (own.length >= fewest || subscriptions.get(member)?.topics.includes(topic) !== true) continue;
    found = member;
    fewest = own.length;
  }
  return found;
}

/** Moves a partition from the member with most to one with at least two fewer. False when that is nowhere possible. */
function moveOne(assignment: Assignment, subscriptions: Subscriptions): boolean {
  const byLoad = [...assignment].sort(([, a], [, b]) => b.length - a.length);
  for (const [, own] of byLoad) {
    for (let index = own.length - 1; index >= 0; index--) {
      const tp = own[index] as TopicPartition;
      const to = leastLoaded(assignment, subscriptions, tp.topic);
      const target = to === undefined ? undefined : assignment.get(to);
      if (target === undefined || target.length + 1 >= own.length) continue;
      own.splice(index, 1);
      target.push(tp);
      return true;
    }
  }
  return false;
}
