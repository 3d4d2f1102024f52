import type { Op } from '../kernel/task';
import type { TopicPartition } from '../protocol/messages';
import { decodeUtf8, encodeUtf8 } from '../protocol/utf8';
import type { ZkResponse } from '../zookeeper/client/messages';
import {
  decodeLogDirEvent,
  decodePartitions,
  decodeProducerIdBlock,
  decodeReassignment,
  encodeIsrChange,
  encodeLogDirEvent,
  encodeReassignment,
  type PartitionReassignment,
  type ProducerIdBlock,
} from './zk-json';
import { requireCode } from './zk-operations';
import { consumerOffsetPath, sequenceNumber, ZK_PATHS } from './zk-paths';
import { ZkTopicsClient } from './zk-topics-client';

/**
 * Everything that brokers and tools keep in ZooKeeper, typed.
 *
 * Errors: KeeperError, ZooKeeperClientError, AdminError for data that cannot be read.
 * Simplified: no ACLs of Kafka, no delegation tokens, no secured znodes.
 * @source kafka 1.1.0 core/src/main/scala/kafka/zk/KafkaZkClient.scala
 */
export class KafkaZkClient extends ZkTopicsClient {
  *getPartitionReassignment(): Op<PartitionReassignment[]> {
    return decodeReassignment((yield* this.getDataAndStat(ZK_PATHS.reassignPartitions))?.data ?? null);
  }

  *reassignPartitionsInProgress(): Op<boolean> {
    return yield* this.pathExists(ZK_PATHS.reassignPartitions);
  }

  /** Throws KeeperError NodeExists while another one runs. */
  *createPartitionReassignment(reassignments: readonly PartitionReassignment[]): Op<void> {
    yield* this.createRecursive(ZK_PATHS.reassignPartitions, encodeReassignment(reassignments));
  }

  *setOrCreatePartitionReassignment(reassignments: readonly PartitionReassignment[]): Op<void> {
    yield* this.setOrCreate(ZK_PATHS.reassignPartitions, encodeReassignment(reassignments));
  }

  *deletePartitionReassignment(): Op<void> {
    yield* this.deleteAll([ZK_PATHS.reassignPartitions]);
  }

  *createPreferredReplicaElection(partitions: readonly TopicPartition[]): Op<void> {
    yield* this.createRecursive(ZK_PATHS.preferredReplicaElection, encodeIsrChange(partitions));
  }

  *getPreferredReplicaElection(): Op<TopicPartition[]> {
    return decodePartitions((yield* this.getDataAndStat(ZK_PATHS.preferredReplicaElection))?.data ?? null);
  }

  *deletePreferredReplicaElection(): Op<void> {
    yield* this.deleteAll([ZK_PATHS.preferredReplicaElection]);
  }

  *propagateIsrChanges(partitions: readonly TopicPartition[]): Op<void> {
    yield* this.createSequential(ZK_PATHS.isrChangePrefix, encodeIsrChange(partitions));
  }

  /** Sequence numbers. */
  *getAllIsrChangeNotifications(): Op<string[]> {
    return (yield* this.getChildren(ZK_PATHS.isrChangeNotification)).map(sequenceNumber);
  }

  *getPartitionsFromIsrChangeNotifications(sequenceNumbers: readonly string[]): Op<TopicPartition[]> {
    const found = yield* this.dataOf(sequenceNumbers.map((number) => ZK_PATHS.isrChangePrefix + number));
    return found.flatMap(decodePartitions);
  }

  /** All of them when no numbers are given. */
  *deleteIsrChangeNotifications(sequenceNumbers?: readonly string[]): Op<void> {
    const numbers = sequenceNumbers ?? (yield* this.getAllIsrChangeNotifications());
    yield* this.deleteAll(numbers.map((number) => ZK_PATHS.isrChangePrefix + number));
  }

  *propagateLogDirEvent(brokerId: number): Op<void> {
    yield* this.createSequential(ZK_PATHS.logDirEventPrefix, encodeLogDirEvent(brokerId));
  }

  *getAllLogDirEventNotifications(): Op<string[]> {
    return (yield* this.getChildren(ZK_PATHS.logDirEventNotification)).map(sequenceNumber);
  }

  *getBrokerIdsFromLogDirEvents(sequenceNumbers: readonly string[]): Op<number[]> {
    const found = yield* this.dataOf(sequenceNumbers.map((number) => ZK_PATHS.logDirEventPrefix + number));
    return found.map(decodeLogDirEvent).filter((id): id is number => id !== undefined);
  }

  *deleteLogDirEventNotifications(sequenceNumbers?: readonly string[]): Op<void> {
    const numbers = sequenceNumbers ?? (yield* this.getAllLogDirEventNotifications());
    yield* this.deleteAll(numbers.map((number) => ZK_PATHS.logDirEventPrefix + number));
  }

  /** The last block of producer ids that a broker took, with the version of its znode. */
  *getProducerIdBlock(): Op<{ block: ProducerIdBlock | undefined; zkVersion: number }> {
    const found = yield* this.getDataAndStat(ZK_PATHS.producerIdBlock);
    const empty = found === undefined || found.data === null || found.data.length === 0;
    return { block: empty ? undefined : decodeProducerIdBlock(found.data), zkVersion: found?.stat.version ?? -1 };
  }

  /** Undefined when an old consumer's group has committed nothing there. */
  *getConsumerOffset(group: string, tp: TopicPartition): Op<number | undefined> {
    const found = yield* this.getDataAndStat(consumerOffsetPath(group, tp));
    const data = found?.data ?? null;
    return data === null ? undefined : Number(decodeUtf8(data));
  }

  *setOrCreateConsumerOffset(group: string, tp: TopicPartition, offset: number): Op<void> {
    yield* this.setOrCreate(consumerOffsetPath(group, tp), encodeUtf8(String(offset)));
  }

  private *dataOf(paths: readonly string[]): Op<(Uint8Array | null)[]> {
    const responses = yield* this.askAll(paths.map((path) => ({ op: 'getData', path })));
    return paths.flatMap((path, index) => {
      const response = responses[index] as ZkResponse;
      requireCode(response, path, 'NoNode');
      return response.code === 'Ok' ? [response.data ?? null] : [];
    });
  }
}
