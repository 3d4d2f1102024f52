import type { Op } from '../kernel/task';
import type { TopicPartition } from '../protocol/messages';
import type { Stat, ZkResponse } from '../zookeeper/client/messages';
import type { ReplicaAssignment } from './replica-placement';
import { ZkClusterClient } from './zk-cluster-client';
import {
  decodeConfig,
  decodePartitionState,
  decodeTopic,
  encodeConfig,
  encodeConfigChange,
  encodePartitionState,
  encodeTopic,
  type LeaderAndIsr,
  type LeaderIsrAndControllerEpoch,
} from './zk-json';
import { requireCode } from './zk-operations';
import {
  configEntityPath,
  deleteTopicPath,
  topicPartitionPath,
  topicPartitionsPath,
  topicPartitionStatePath,
  topicPath,
  ZK_PATHS,
} from './zk-paths';

/** A partition and what is, or shall be, in its state znode. */
export interface PartitionState {
  readonly tp: TopicPartition;
  readonly state: LeaderIsrAndControllerEpoch;
}

/** What became of several conditional writes of partition states. */
export interface UpdateLeaderAndIsrResult {
  /** With their new `zkVersion`. */
  readonly successful: readonly { readonly tp: TopicPartition; readonly leaderAndIsr: LeaderAndIsr }[];
  /** Somebody else wrote meanwhile. */
  readonly toRetry: readonly TopicPartition[];
  readonly failed: readonly { readonly tp: TopicPartition; readonly code: ZkResponse['code'] }[];
}

/** Topics, their partitions and the settings of entities in ZooKeeper. */
export abstract class ZkTopicsClient extends ZkClusterClient {
  *getAllTopicsInCluster(): Op<readonly string[]> {
    return yield* this.getChildren(ZK_PATHS.topics);
  }

  *topicExists(topic: string): Op<boolean> {
    return yield* this.pathExists(topicPath(topic));
  }

  *createTopicAssignment(topic: string, assignment: ReplicaAssignment): Op<void> {
    yield* this.createRecursive(topicPath(topic), encodeTopic(assignment));
  }

  *setTopicAssignment(topic: string, assignment: ReplicaAssignment): Op<void> {
    const path = topicPath(topic);
    requireCode(yield* this.setTopicAssignmentRaw(topic, assignment), path);
  }

  *setTopicAssignmentRaw(topic: string, assignment: ReplicaAssignment): Op<ZkResponse> {
    return yield* this.ask({ op: 'setData', path: topicPath(topic), data: encodeTopic(assignment), version: -1 });
  }

  /** Topic -> partition -> brokers; topics that do not exist are missing. */
  *getPartitionAssignmentForTopics(topics: readonly string[]): Op<Map<string, Map<number, readonly number[]>>> {
    const responses = yield* this.askAll(topics.map((topic) => ({ op: 'getData', path: topicPath(topic) })));
    const found = new Map<string, Map<number, readonly number[]>>();
    topics.forEach((topic, index) => {
      const response = responses[index] as ZkResponse;
      requireCode(response, topicPath(topic), 'NoNode');
      if (response.code === 'Ok') found.set(topic, decodeTopic(response.data ?? null));
    });
    return found;
  }

  /** Undefined when there is no such topic. */
  *getTopicPartitionCount(topic: string): Op<number | undefined> {
    const size = (yield* this.getPartitionAssignmentForTopics([topic])).get(topic)?.size ?? 0;
    return size === 0 ? undefined : size;
  }

  *deleteTopicZNode(topic: string): Op<void> {
    yield* this.deleteRecursive(topicPath(topic));
  }

  /** Answers in the order of `partitions`. */
  *getTopicPartitionStatesRaw(partitions: readonly TopicPartition[]): Op<ZkResponse[]> {
    return yield* this.askAll(partitions.map((tp) => ({ op: 'getData', path: topicPartitionStatePath(tp) })));
  }

  /** Partitions without a state are missing. */
  *getTopicPartitionStates(partitions: readonly TopicPartition[]): Op<PartitionState[]> {
    const responses = yield* this.getTopicPartitionStatesRaw(partitions);
    return partitions.flatMap((tp, index) => {
      const response = responses[index] as ZkResponse;
      requireCode(response, topicPartitionStatePath(tp), 'NoNode');
      if (response.code !== 'Ok') return [];
      const state = decodePartitionState(response.data ?? null, response.stat as Stat);
      return state === undefined ? [] : [{ tp, state }];
    });
  }

  *getTopicPartitionState(tp: TopicPartition): Op<LeaderIsrAndControllerEpoch | undefined> {
    return (yield* this.getTopicPartitionStates([tp]))[0]?.state;
  }

  /** Makes `partitions`, `partitions/P` and `partitions/P/state`. The answers are those of the state znodes. */
  *createTopicPartitionStatesRaw(states: readonly PartitionState[]): Op<ZkResponse[]> {
    const topics = [...new Set(states.map(({ tp }) => tp.topic))];
    yield* this.askAll(topics.map((topic) => ({ op: 'create', path: topicPartitionsPath(topic), data: null })));
    yield* this.askAll(states.map(({ tp }) => ({ op: 'create', path: topicPartitionPath(tp), data: null })));
    return yield* this.askAll(
      states.map(({ tp, state }) => ({ op: 'create', path: topicPartitionStatePath(tp), data: encodePartitionState(state) })),
    );
  }

  /** Each write expects the `zkVersion` of its state. */
  *setTopicPartitionStatesRaw(states: readonly PartitionState[]): Op<ZkResponse[]> {
    return yield* this.askAll(
      states.map(({ tp, state }) => ({
        op: 'setData',
        path: topicPartitionStatePath(tp),
        data: encodePartitionState(state),
        version: state.zkVersion,
      })),
    );
  }

  *updateLeaderAndIsr(
    updates: readonly { tp: TopicPartition; leaderAndIsr: LeaderAndIsr }[],
    controllerEpoch: number,
  ): Op<UpdateLeaderAndIsrResult> {
    const states = updates.map(({ tp, leaderAndIsr }) => ({ tp, state: { ...leaderAndIsr, controllerEpoch } }));
    const responses = yield* this.setTopicPartitionStatesRaw(states);
    const successful: { tp: TopicPartition; leaderAndIsr: LeaderAndIsr }[] = [];
    const toRetry: TopicPartition[] = [];
    const failed: { tp: TopicPartition; code: ZkResponse['code'] }[] = [];
    updates.forEach(({ tp, leaderAndIsr }, index) => {
      const { code, stat } = responses[index] as ZkResponse;
      if (code === 'Ok') successful.push({ tp, leaderAndIsr: { ...leaderAndIsr, zkVersion: (stat as Stat).version } });
      else if (code === 'BadVersion') toRetry.push(tp);
      else failed.push({ tp, code });
    });
    return { successful, toRetry, failed };
  }

  /** Throws KeeperError NodeExists when it is marked already. */
  *createDeleteTopicPath(topic: string): Op<void> {
    yield* this.createRecursive(deleteTopicPath(topic));
  }

  *isTopicMarkedForDeletion(topic: string): Op<boolean> {
    return yield* this.pathExists(deleteTopicPath(topic));
  }

  *getTopicDeletions(): Op<readonly string[]> {
    return yield* this.getChildren(ZK_PATHS.deleteTopics);
  }

  *deleteTopicDeletions(topics: readonly string[]): Op<void> {
    yield* this.deleteAll(topics.map(deleteTopicPath));
  }

  *deleteTopicConfigs(topics: readonly string[]): Op<void> {
    yield* this.deleteAll(topics.map((topic) => configEntityPath('topics', topic)));
  }

  /** `entityType` is `topics`, `clients`, `users`, `brokers`, or a path below. Empty when nothing is set. */
  *getEntityConfigs(entityType: string, entityName: string): Op<Map<string, string>> {
    const found = yield* this.getDataAndStat(configEntityPath(entityType, entityName));
    return found === undefined ? new Map() : decodeConfig(found.data);
  }

  /** The overrides of several topics at once; empty for those without. */
  *getTopicConfigs(topics: readonly string[]): Op<Map<string, Map<string, string>>> {
    const responses = yield* this.askAll(topics.map((topic) => ({ op: 'getData', path: configEntityPath('topics', topic) })));
    return new Map(topics.map((topic, index) => [topic, decodeConfig((responses[index] as ZkResponse).data ?? null)]));
  }

  *setOrCreateEntityConfigs(entityType: string, entityName: string, config: ReadonlyMap<string, string>): Op<void> {
    yield* this.setOrCreate(configEntityPath(entityType, entityName), encodeConfig(config));
  }

  *getAllEntitiesWithConfig(entityType: string): Op<readonly string[]> {
    return yield* this.getChildren(`/config/${entityType}`);
  }

  /** Tells all brokers that the settings of `topics/orders` changed. */
  *createConfigChangeNotification(sanitizedEntityPath: string): Op<void> {
    yield* this.makeSurePersistentPathExists(ZK_PATHS.configChanges);
    yield* this.createSequential(ZK_PATHS.configChangePrefix, encodeConfigChange(sanitizedEntityPath));
  }
}
