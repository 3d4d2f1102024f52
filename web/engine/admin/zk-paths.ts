import type { TopicPartition } from '../protocol/messages';

/** The first parts of entity paths below /config, in the order in which a broker makes them. */
export const CONFIG_TYPES = ['topics', 'clients', 'users', 'brokers'] as const;
export type ConfigEntityType = (typeof CONFIG_TYPES)[number];

/**
 * Where Kafka keeps what in ZooKeeper.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/zk/ZkData.scala
 */
export const ZK_PATHS = {
  controller: '/controller',
  controllerEpoch: '/controller_epoch',
  brokerIds: '/brokers/ids',
  brokerSequenceId: '/brokers/seqid',
  topics: '/brokers/topics',
  configChanges: '/config/changes',
  configChangePrefix: '/config/changes/config_change_',
  isrChangeNotification: '/isr_change_notification',
  isrChangePrefix: '/isr_change_notification/isr_change_',
  logDirEventNotification: '/log_dir_event_notification',
  logDirEventPrefix: '/log_dir_event_notification/log_dir_event_',
  deleteTopics: '/admin/delete_topics',
  reassignPartitions: '/admin/reassign_partitions',
  preferredReplicaElection: '/admin/preferred_replica_election',
  clusterId: '/cluster/id',
  producerIdBlock: '/latest_producer_id_block',
  consumers: '/consumers',
} as const;

/** What a broker makes sure of when it starts, in this order. */
export const PERSISTENT_PATHS: readonly string[] = [
  ZK_PATHS.consumers,
  ZK_PATHS.brokerIds,
  ZK_PATHS.topics,
  ZK_PATHS.configChanges,
  ZK_PATHS.deleteTopics,
  ZK_PATHS.brokerSequenceId,
  ZK_PATHS.isrChangeNotification,
  ZK_PATHS.producerIdBlock,
  ZK_PATHS.logDirEventNotification,
  ...CONFIG_TYPES.map((type) => `/config/${type}`),
];

export const brokerIdPath = (brokerId: number): string => `${ZK_PATHS.brokerIds}/${brokerId}`;
export const topicPath = (topic: string): string => `${ZK_PATHS.topics}/${topic}`;
export const topicPartitionsPath = (topic: string): string => `${topicPath(topic)}/partitions`;
export const topicPartitionPath = (tp: TopicPartition): string => `${topicPartitionsPath(tp.topic)}/${tp.partition}`;
export const topicPartitionStatePath = (tp: TopicPartition): string => `${topicPartitionPath(tp)}/state`;
export const deleteTopicPath = (topic: string): string => `${ZK_PATHS.deleteTopics}/${topic}`;
/** `entityType` may be a longer path, such as `users/alice/clients`. */
export const configEntityPath = (entityType: string, entityName: string): string => `/config/${entityType}/${entityName}`;
export const consumerOffsetPath = (group: string, tp: TopicPartition): string =>
  `/consumers/${group}/offset/${tp.topic}/${tp.partition}`;

/** The digits after a sequential znode's prefix. */
export function sequenceNumber(nameOrPath: string): string {
  return nameOrPath.slice(nameOrPath.lastIndexOf('_') + 1);
}
