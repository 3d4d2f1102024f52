const API_ERRORS = 'org.apache.kafka.common.errors.';

/**
 * What brokers and tools refuse: a Java exception with Kafka's own words.
 *
 * Those of `org.apache.kafka.common.errors` carry no stack trace.
 */
export class AdminError extends Error {
  constructor(
    readonly javaClass: string,
    message: string,
  ) {
    super(message);
  }

  /** `TopicExistsException`. */
  get simpleName(): string {
    return this.javaClass.slice(this.javaClass.lastIndexOf('.') + 1);
  }
}

/** True when a stack trace of the exception is only its first line. */
export function hasNoStack(javaClass: string): boolean {
  return javaClass.startsWith(API_ERRORS);
}

export const topicExists = (topic: string): AdminError =>
  new AdminError(`${API_ERRORS}TopicExistsException`, `Topic '${topic}' already exists.`);
export const invalidTopic = (message: string): AdminError => new AdminError(`${API_ERRORS}InvalidTopicException`, message);
export const invalidPartitions = (message: string): AdminError =>
  new AdminError(`${API_ERRORS}InvalidPartitionsException`, message);
export const invalidReplicationFactor = (message: string): AdminError =>
  new AdminError(`${API_ERRORS}InvalidReplicationFactorException`, message);
export const invalidReplicaAssignment = (message: string): AdminError =>
  new AdminError(`${API_ERRORS}InvalidReplicaAssignmentException`, message);
export const brokerNotAvailable = (message: string): AdminError =>
  new AdminError(`${API_ERRORS}BrokerNotAvailableException`, message);
export const unknownTopicOrPartition = (message: string): AdminError =>
  new AdminError(`${API_ERRORS}UnknownTopicOrPartitionException`, message);
export const adminOperation = (message: string): AdminError => new AdminError('kafka.admin.AdminOperationException', message);
export const alreadyMarkedForDeletion = (topic: string): AdminError =>
  new AdminError('kafka.common.TopicAlreadyMarkedForDeletionException', `topic ${topic} is already marked for deletion`);
export const kafkaException = (message: string): AdminError => new AdminError('org.apache.kafka.common.KafkaException', message);
