import type { Assignment, Subscription, TopicPartition } from '../../protocol/messages';
import { ByteReader } from './byte-reader';
import { ByteWriter } from './byte-writer';

/**
 * The bytes in which consumers tell each other what they subscribe to and what they are assigned, as a group's record holds them.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/ConsumerProtocol.java
 */
const VERSION = 0;

export function encodeSubscription(subscription: Subscription): Uint8Array {
  const out = new ByteWriter().int16(VERSION).int32(subscription.topics.length);
  for (const topic of subscription.topics) out.string(topic);
  return out.byteArray(subscription.userData ?? null).finish();
}

export function decodeSubscription(bytes: Uint8Array): Subscription {
  const reader = new ByteReader(bytes);
  reader.int16();
  const topics = Array.from({ length: reader.int32() }, () => reader.string());
  const userData = reader.byteArray();
  return userData === null ? { topics } : { topics, userData };
}

/** No partitions and no data is what a member gets that the leader did not mention: no bytes at all. */
export function encodeAssignment(assignment: Assignment | undefined): Uint8Array {
  if (assignment === undefined) return new Uint8Array(0);
  const byTopic = new Map<string, number[]>();
  for (const { topic, partition } of assignment.partitions) {
    const list = byTopic.get(topic);
    if (list === undefined) byTopic.set(topic, [partition]);
    else list.push(partition);
  }
  const out = new ByteWriter().int16(VERSION).int32(byTopic.size);
  for (const [topic, partitions] of byTopic) {
    out.string(topic).int32(partitions.length);
    for (const partition of partitions) out.int32(partition);
  }
  return out.byteArray(assignment.userData ?? null).finish();
}

export function decodeAssignment(bytes: Uint8Array): Assignment | undefined {
  if (bytes.length === 0) return undefined;
  const reader = new ByteReader(bytes);
  reader.int16();
  const partitions: TopicPartition[] = [];
  for (let topics = reader.int32(); topics > 0; topics--) {
    const topic = reader.string();
    for (let count = reader.int32(); count > 0; count--) partitions.push({ topic, partition: reader.int32() });
  }
  const userData = reader.byteArray();
  return userData === null ? { partitions } : { partitions, userData };
}
