import { type AdminError, invalidTopic } from './admin-errors';

const MAX_LENGTH = 249;
const LEGAL = /^[a-zA-Z0-9._-]+$/;
const INTERNAL_TOPICS = ['__consumer_offsets', '__transaction_state'];

export const GROUP_METADATA_TOPIC_NAME = '__consumer_offsets';

/**
 * Why a name cannot be a topic's; undefined when it can.
 *
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/internals/Topic.java
 */
export function topicNameProblem(topic: string): AdminError | undefined {
  if (topic === '') return invalidTopic("Topic name is illegal, it can't be empty");
  if (topic === '.' || topic === '..') return invalidTopic('Topic name cannot be "." or ".."');
  if (topic.length > MAX_LENGTH)
    return invalidTopic(`Topic name is illegal, it can't be longer than ${MAX_LENGTH} characters, topic name: ${topic}`);
  if (!LEGAL.test(topic)) {
    return invalidTopic(
      `Topic name "${topic}" is illegal, it contains a character other than ASCII alphanumerics, '.', '_' and '-'`,
    );
  }
  return undefined;
}

/** Throws InvalidTopicException. */
export function validateTopicName(topic: string): void {
  const problem = topicNameProblem(topic);
  if (problem !== undefined) throw problem;
}

export function isInternalTopic(topic: string): boolean {
  return INTERNAL_TOPICS.includes(topic);
}

/** Metric names turn `.` into `_`, so that two topics may become one. */
export function hasCollisionChars(topic: string): boolean {
  return topic.includes('_') || topic.includes('.');
}

export function hasCollision(a: string, b: string): boolean {
  return a.replaceAll('.', '_') === b.replaceAll('.', '_');
}
