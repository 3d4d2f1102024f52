import { validateTopicConfigs } from '../config/log-config';
import type { LogSink } from '../kernel/logger';
import type { Random } from '../kernel/random';
import type { Op } from '../kernel/task';
import { scalaImmutableOrder, topicPartitionHash } from '../protocol/jvm-hash-order';
import { KeeperError } from '../zookeeper/client/keeper-error';
import {
  adminOperation,
  alreadyMarkedForDeletion,
  invalidPartitions,
  invalidReplicaAssignment,
  invalidTopic,
  topicExists,
  unknownTopicOrPartition,
} from './admin-errors';
import type { KafkaZkClient } from './kafka-zk-client';
import { assignReplicasToBrokers, type BrokerMetadata, type ReplicaAssignment } from './replica-placement';
import { hasCollision, hasCollisionChars, validateTopicName } from './topic-name';
import { validateProposedAssignment } from './validate-assignment';

/** Whether racks count: all brokers must have one, they count when all have one, or they never do. */
export type RackAwareMode = 'enforced' | 'safe' | 'disabled';

const LOGGER = 'kafka.zk.AdminZkClient';

/**
 * Creates, extends and deletes topics and changes settings by writing to ZooKeeper; the controller and the brokers see it there.
 *
 * Errors: AdminError; ConfigException and InvalidConfigurationException of bad settings; KeeperError.
 * @source kafka 1.1.0 core/src/main/scala/kafka/zk/AdminZkClient.scala
 */
export class AdminZkClient {
  constructor(
    private readonly zk: KafkaZkClient,
    private readonly random: Random,
    private readonly log: LogSink,
  ) {}

  *createTopic(request: {
    topic: string;
    partitions: number;
    replicationFactor: number;
    configs?: ReadonlyMap<string, string>;
    rackAwareMode?: RackAwareMode;
  }): Op<void> {
    const { topic, partitions, replicationFactor, configs = new Map(), rackAwareMode = 'enforced' } = request;
    const brokers = yield* this.getBrokerMetadatas(rackAwareMode);
    const assignment = assignReplicasToBrokers({ brokers, partitions, replicationFactor }, this.random);
    yield* this.createTopicWithAssignment(topic, assignment, configs);
  }

  /** Sorted by id. Throws AdminOperationException when some brokers have racks and others none, where that is enforced. */
  *getBrokerMetadatas(rackAwareMode: RackAwareMode = 'enforced', only?: readonly number[]): Op<BrokerMetadata[]> {
    const all = yield* this.zk.getAllBrokersInCluster();
    const brokers = only === undefined ? all : all.filter((broker) => only.includes(broker.id));
    const withRack = brokers.filter((broker) => broker.rack !== null);
    const partial = withRack.length < brokers.length;
    if (rackAwareMode === 'enforced' && withRack.length > 0 && partial) {
      const advice = 'Add --disable-rack-aware in command line to make replica assignment without rack information.';
      throw adminOperation(`Not all brokers have rack information. ${advice}`);
    }
    const useRacks = rackAwareMode === 'enforced' || (rackAwareMode === 'safe' && !partial);
    return brokers.map(({ id, rack }) => ({ id, rack: useRacks ? rack : null })).sort((a, b) => a.id - b.id);
  }

  *createTopicWithAssignment(topic: string, assignment: ReplicaAssignment, configs: ReadonlyMap<string, string>): Op<void> {
    yield* this.validateNewTopic(topic, assignment, configs);
    yield* this.zk.setOrCreateEntityConfigs('topics', topic, configs);
    this.say(`Topic creation ${assignmentText(topic, assignment)}`);
    yield* this.writing(topic, this.zk.createTopicAssignment(topic, assignment));
  }

  /** Throws what a creation would throw. */
  *validateNewTopic(topic: string, assignment: ReplicaAssignment, configs: ReadonlyMap<string, string>): Op<void> {
    validateTopicName(topic);
    if (yield* this.zk.topicExists(topic)) throw topicExists(topic);
    if (hasCollisionChars(topic)) {
      const topics = yield* this.zk.getAllTopicsInCluster();
      if (topics.includes(topic)) throw topicExists(topic);
      const colliding = topics.filter((each) => hasCollision(topic, each));
      if (colliding.length > 0) throw invalidTopic(`Topic '${topic}' collides with existing topics: ${colliding.join(', ')}`);
    }
    checkReplicas(assignment);
    validateTopicConfigs(configs);
  }

  /** Throws UnknownTopicOrPartition, TopicAlreadyMarkedForDeletion. */
  *deleteTopic(topic: string): Op<void> {
    if (!(yield* this.zk.topicExists(topic))) throw unknownTopicOrPartition(`Topic \`${topic}\` to delete does not exist`);
    try {
      yield* this.zk.createDeleteTopicPath(topic);
    } catch (error) {
      if (error instanceof KeeperError && error.code === 'NodeExists') throw alreadyMarkedForDeletion(topic);
      throw error instanceof KeeperError ? adminOperation(error.message) : error;
    }
  }

  /** The whole assignment, old and new. With `validateOnly` nothing is written. */
  *addPartitions(request: {
    topic: string;
    existing: ReplicaAssignment;
    brokers: readonly BrokerMetadata[];
    partitions: number;
    proposed?: ReplicaAssignment;
    validateOnly?: boolean;
  }): Op<ReplicaAssignment> {
    const { topic, existing, brokers, partitions, proposed } = request;
    const first = existing.get(0);
    if (first === undefined) {
      const what = `Unexpected existing replica assignment for topic '${topic}', partition id 0 is missing.`;
      throw adminOperation(`${what} Assignment: ${scalaMap(existing, String)}`);
    }
    const toAdd = partitions - existing.size;
    if (toAdd <= 0) {
      const now = `Topic ${topic} currently has ${existing.size} partitions, ${partitions} would not be an increase.`;
      throw invalidPartitions(`The number of partitions for a topic can only be increased. ${now}`);
    }
    if (proposed !== undefined)
      validateProposedAssignment(
        proposed,
        first.length,
        brokers.map((broker) => broker.id),
      );
    const fixedStartIndex = Math.max(
      0,
      brokers.findIndex((broker) => broker.id >= (first[0] as number)),
    );
    const placement = {
      brokers,
      partitions: toAdd,
      replicationFactor: first.length,
      fixedStartIndex,
      startPartitionId: existing.size,
    };
    const added = proposed ?? assignReplicasToBrokers(placement, this.random);
    const whole: ReplicaAssignment = new Map([...existing, ...added]);
    if (request.validateOnly === true) return whole;
    this.say(`Creating ${toAdd} partitions for '${topic}' with the following replica assignment: ${scalaMap(added, String)}.`);
    validateTopicName(topic);
    checkReplicas(whole);
    this.say(`Topic update ${assignmentText(topic, whole)}`);
    yield* this.writing(topic, this.zk.setTopicAssignment(topic, whole));
    return whole;
  }

  /** Throws AdminOperationException for an unknown topic, and what bad settings throw. */
  *changeTopicConfig(topic: string, configs: ReadonlyMap<string, string>): Op<void> {
    validateTopicName(topic);
    if (!(yield* this.zk.topicExists(topic))) throw adminOperation(`Topic "${topic}" does not exist.`);
    validateTopicConfigs(configs);
    yield* this.changeEntityConfig('topics', topic, configs);
  }

  /** Writes the settings of any entity, checked by its caller, and tells the brokers. */
  *changeEntityConfig(entityType: string, sanitizedName: string, configs: ReadonlyMap<string, string>): Op<void> {
    yield* this.zk.setOrCreateEntityConfigs(entityType, sanitizedName, configs);
    yield* this.zk.createConfigChangeNotification(`${entityType}/${sanitizedName}`);
  }

  *fetchEntityConfig(entityType: string, sanitizedName: string): Op<Map<string, string>> {
    return yield* this.zk.getEntityConfigs(entityType, sanitizedName);
  }

  *fetchAllEntityConfigs(entityType: string): Op<Map<string, Map<string, string>>> {
    const all = new Map<string, Map<string, string>>();
    for (const name of yield* this.zk.getAllEntitiesWithConfig(entityType))
      all.set(name, yield* this.zk.getEntityConfigs(entityType, name));
    return all;
  }

  /** Settings of `users/alice/clients/...`, by the path below `users`. */
  *fetchAllChildEntityConfigs(rootType: string, childType: string): Op<Map<string, Map<string, string>>> {
    const all = new Map<string, Map<string, string>>();
    for (const parent of yield* this.zk.getAllEntitiesWithConfig(rootType)) {
      const children = yield* this.zk.getAllEntitiesWithConfig(`${rootType}/${parent}/${childType}`);
      for (const child of children) {
        const path = `${parent}/${childType}/${child}`;
        all.set(path, yield* this.zk.getEntityConfigs(rootType, path));
      }
    }
    return all;
  }

  private *writing(topic: string, write: Op<void>): Op<void> {
    try {
      yield* write;
    } catch (error) {
      if (!(error instanceof KeeperError)) throw error;
      if (error.code === 'NodeExists') throw topicExists(topic);
      throw adminOperation(`${error.javaClass}: ${error.message}`);
    }
  }

  private say(message: string): void {
    this.log({ level: 'INFO', message, logger: LOGGER });
  }
}

function checkReplicas(assignment: ReplicaAssignment): void {
  const lists = [...assignment.values()];
  if (new Set(lists.map((replicas) => replicas.length)).size !== 1) {
    throw invalidReplicaAssignment('All partitions should have the same number of replicas');
  }
  if (lists.some((replicas) => new Set(replicas).size !== replicas.length)) {
    throw invalidReplicaAssignment(`Duplicate replica assignment found: ${scalaMap(assignment, String)}`);
  }
}

function scalaMap(assignment: ReplicaAssignment, key: (partition: number) => string): string {
  return `Map(${[...assignment].map(([partition, replicas]) => `${key(partition)} -> ArrayBuffer(${replicas.join(', ')})`).join(', ')})`;
}

/** In the order of an immutable map by topic partition. */
function assignmentText(topic: string, assignment: ReplicaAssignment): string {
  const ordered = scalaImmutableOrder([...assignment], ([partition]) => topicPartitionHash({ topic, partition }));
  return scalaMap(new Map(ordered), (partition) => `${topic}-${partition}`);
}
