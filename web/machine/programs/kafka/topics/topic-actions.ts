import { AdminError, invalidTopic } from '../../../../engine/admin/admin-errors';
import { AdminZkClient } from '../../../../engine/admin/admin-zk-client';
import type { KafkaZkClient } from '../../../../engine/admin/kafka-zk-client';
import { GROUP_METADATA_TOPIC_NAME, hasCollisionChars, isInternalTopic } from '../../../../engine/admin/topic-name';
import type { Op } from '../../../../engine/kernel/task';
import { KeeperError } from '../../../../engine/zookeeper/client/keeper-error';
import { checkRequiredArgs } from '../../lib/command-line-utils';
import { type Jvm, JvmExit } from '../../lib/jvm';
import type { OptionSet } from '../../lib/joptsimple';
import { TopicFilter } from '../../lib/topic-filter';
import { describeTopics } from './describe-topics';
import { deletionFailed, internalTopicDeletion, offsetsTopicPartitions, topicDoesNotExist } from './topic-errors';
import { addedAssignmentOf, configsToBeAdded, configsToBeDeleted, replicaAssignmentOf } from './topic-inputs';
import { type Action, TOPIC_OPTIONS } from './topic-options';

const COLLISION_WARNING =
  "WARNING: Due to limitations in metric names, topics with a period ('.') or underscore ('_') could collide. To avoid issues it is best to use either, but not both.";

/** What an action works with. */
export interface TopicCommand {
  readonly jvm: Jvm;
  readonly options: OptionSet;
  readonly zk: KafkaZkClient;
}

/**
 * What kafka-topics.sh does, by action. Errors are thrown: AdminError, ConfigException, JoptError, KeeperError.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/TopicCommand.scala
 */
export const TOPIC_ACTIONS: Record<Action, (command: TopicCommand) => Op<void>> = {
  create: createTopic,
  alter: alterTopics,
  list: listTopics,
  describe: function* (command) {
    yield* describeTopics(command.jvm, command.options, command.zk, yield* chosenTopics(command));
  },
  delete: deleteTopics,
};

function adminOf({ jvm, zk }: TopicCommand): AdminZkClient {
  const { sim, hostname } = jvm.process.machine;
  return new AdminZkClient(zk, sim.random(`placement.${hostname}`), jvm.log);
}

function* chosenTopics({ options, zk }: TopicCommand): Op<string[]> {
  const all = [...(yield* zk.getAllTopicsInCluster())].sort();
  if (!options.has('topic')) return all;
  const filter = new TopicFilter(options.valueOf('topic') as string);
  return all.filter((topic) => filter.matches(topic));
}

/** The topics that `--topic` means. Throws when there is none and `--if-exists` was not given. */
function* existingTopics(command: TopicCommand): Op<string[]> {
  const { options } = command;
  const topics = yield* chosenTopics(command);
  if (topics.length > 0 || options.has('if-exists')) return topics;
  throw topicDoesNotExist(options.valueOf('topic') as string, options.valueOf('zookeeper') as string);
}

function* createTopic(command: TopicCommand): Op<void> {
  const { jvm, options } = command;
  const topic = options.valueOf('topic') as string;
  const configs = configsToBeAdded(jvm, options);
  if (hasCollisionChars(topic)) jvm.out.println(COLLISION_WARNING);
  try {
    yield* createAsAsked(command, topic, configs);
    jvm.out.println(`Created topic "${topic}".`);
  } catch (error) {
    const exists = error instanceof AdminError && error.simpleName === 'TopicExistsException';
    if (!exists || !options.has('if-not-exists')) throw error;
  }
}

function* createAsAsked(command: TopicCommand, topic: string, configs: ReadonlyMap<string, string>): Op<void> {
  const { jvm, options } = command;
  const admin = adminOf(command);
  if (options.has('replica-assignment')) {
    const random = jvm.process.machine.sim.random('identity-hash');
    yield* admin.createTopicWithAssignment(
      topic,
      replicaAssignmentOf(options.valueOf('replica-assignment') as string, random),
      configs,
    );
    return;
  }
  checkRequiredArgs(jvm, TOPIC_OPTIONS, options, ['partitions', 'replication-factor']);
  const partitions = options.numberOf('partitions') as number;
  const replicationFactor = options.numberOf('replication-factor') as number;
  const rackAwareMode = options.has('disable-rack-aware') ? 'disabled' : 'enforced';
  yield* admin.createTopic({ topic, partitions, replicationFactor, configs, rackAwareMode });
}

function* alterTopics(command: TopicCommand): Op<void> {
  const { options } = command;
  for (const topic of yield* existingTopics(command)) {
    const configs = yield* command.zk.getEntityConfigs('topics', topic);
    if (options.has('config') || options.has('delete-config')) yield* alterConfigs(command, topic, configs);
    if (options.has('partitions')) yield* addPartitions(command, topic);
  }
}

function* alterConfigs(command: TopicCommand, topic: string, configs: Map<string, string>): Op<void> {
  const { jvm, options } = command;
  jvm.out.println(
    'WARNING: Altering topic configuration from this script has been deprecated and may be removed in future releases.',
  );
  jvm.out.println('         Going forward, please use kafka-configs.sh for this functionality');
  const added = configsToBeAdded(jvm, options);
  const deleted = configsToBeDeleted(options);
  for (const [name, value] of added) configs.set(name, value);
  for (const name of deleted) configs.delete(name);
  yield* adminOf(command).changeTopicConfig(topic, configs);
  jvm.out.println(`Updated config for topic "${topic}".`);
}

function* addPartitions(command: TopicCommand, topic: string): Op<void> {
  const { jvm, options, zk } = command;
  if (topic === GROUP_METADATA_TOPIC_NAME) throw offsetsTopicPartitions();
  jvm.out.println(
    'WARNING: If partitions are increased for a topic that has a key, the partition logic or ordering of the messages will be affected',
  );
  const partitions = options.numberOf('partitions') as number;
  const existing = (yield* zk.getPartitionAssignmentForTopics([topic])).get(topic) ?? new Map<number, readonly number[]>();
  if (existing.size === 0) throw invalidTopic(`The topic ${topic} does not exist`);
  const text = options.valueOf('replica-assignment') ?? '';
  const proposed = text === '' ? undefined : addedAssignmentOf(text, existing.size);
  const admin = adminOf(command);
  const brokers = yield* admin.getBrokerMetadatas();
  yield* admin.addPartitions({ topic, existing, brokers, partitions, proposed });
  jvm.out.println('Adding partitions succeeded!');
}

function* listTopics(command: TopicCommand): Op<void> {
  for (const topic of yield* chosenTopics(command)) {
    const marked = yield* command.zk.isTopicMarkedForDeletion(topic);
    command.jvm.out.println(marked ? `${topic} - marked for deletion` : topic);
  }
}

function* deleteTopics(command: TopicCommand): Op<void> {
  for (const topic of yield* existingTopics(command)) yield* markForDeletion(command, topic);
}

function* markForDeletion({ jvm, zk }: TopicCommand, topic: string): Op<void> {
  if (isInternalTopic(topic)) throw internalTopicDeletion(topic);
  try {
    yield* zk.createDeleteTopicPath(topic);
    jvm.out.println(`Topic ${topic} is marked for deletion.`);
    jvm.out.println('Note: This will have no impact if delete.topic.enable is not set to true.');
  } catch (error) {
    if (error instanceof JvmExit) throw error;
    if (!(error instanceof KeeperError)) throw error;
    if (error.code !== 'NodeExists') throw deletionFailed(topic);
    jvm.out.println(`Topic ${topic} is already marked for deletion.`);
  }
}
