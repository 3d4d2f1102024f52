import { decodePartitionState, encodePartitionState, type LeaderAndIsr, type LeaderIsrAndControllerEpoch } from '../../admin/zk-json';
import { topicPartitionPath, topicPartitionsPath, topicPartitionStatePath } from '../../admin/zk-paths';
import type { Op } from '../../kernel/task';
import type { TopicPartition } from '../../protocol/messages';
import type { ZooKeeperClient } from '../../zookeeper/client/zookeeper-client';
import type { ZkRequest } from '../../zookeeper/messages';

export interface StateChange {
  readonly tp: TopicPartition;
  readonly state: LeaderAndIsr;
}

export interface StateUpdates {
  /** With the version that the znode has now. */
  readonly successful: readonly StateChange[];
  /** Somebody else wrote in between. */
  readonly toRetry: readonly TopicPartition[];
  readonly failed: readonly { readonly tp: TopicPartition; readonly code: string }[];
}

/** Leader and ISR of each partition; undefined where there is no such znode, or one that nobody can read. */
export function* readPartitionStates(zk: ZooKeeperClient, partitions: readonly TopicPartition[]): Op<(LeaderIsrAndControllerEpoch | undefined)[]> {
  const requests = partitions.map((tp): ZkRequest => ({ op: 'getData', path: topicPartitionStatePath(tp) }));
  const responses = yield* zk.retryAllUntilConnected(requests);
  return responses.map((response) =>
    response.code === 'Ok' && response.stat !== undefined ? decodePartitionState(response.data ?? null, response.stat) : undefined,
  );
}

/** Makes the znodes of new partitions, parents first. Returns those that it made. */
export function* createPartitionStates(zk: ZooKeeperClient, changes: readonly StateChange[], controllerEpoch: number): Op<readonly StateChange[]> {
  const create = (path: string): ZkRequest => ({ op: 'create', path, data: null });
  const topics = [...new Set(changes.map(({ tp }) => tp.topic))];
  yield* zk.retryAllUntilConnected(topics.map((topic) => create(topicPartitionsPath(topic))));
  yield* zk.retryAllUntilConnected(changes.map(({ tp }) => create(topicPartitionPath(tp))));
  const responses = yield* zk.retryAllUntilConnected(
    changes.map(
      ({ tp, state }): ZkRequest => ({ op: 'create', path: topicPartitionStatePath(tp), data: encodePartitionState({ ...state, controllerEpoch }) }),
    ),
  );
  return changes.filter((_change, i) => responses[i]?.code === 'Ok');
}

/** Writes states, each only when its znode still has the version that `state` says. */
export function* updatePartitionStates(zk: ZooKeeperClient, changes: readonly StateChange[], controllerEpoch: number): Op<StateUpdates> {
  const responses = yield* zk.retryAllUntilConnected(
    changes.map(
      ({ tp, state }): ZkRequest => ({
        op: 'setData',
        path: topicPartitionStatePath(tp),
        data: encodePartitionState({ ...state, controllerEpoch }),
        version: state.zkVersion,
      }),
    ),
  );
  const successful: StateChange[] = [];
  const toRetry: TopicPartition[] = [];
  const failed: { tp: TopicPartition; code: string }[] = [];
  changes.forEach(({ tp, state }, i) => {
    const response = responses[i];
    if (response?.code === 'Ok' && response.stat !== undefined) successful.push({ tp, state: { ...state, zkVersion: response.stat.version } });
    else if (response?.code === 'BadVersion') toRetry.push(tp);
    else failed.push({ tp, code: response?.code ?? 'ConnectionLoss' });
  });
  return { successful, toRetry, failed };
}
