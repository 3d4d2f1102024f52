import { ERRORS } from '../../protocol/errors';
import type { DeleteRecordsRequest, TopicPartition } from '../../protocol/messages';
import { isInternalTopic } from '../metadata-cache';
import { DelayedDeleteRecords, type DeleteRecordsResult, type PendingDelete } from './delayed-delete-records';
import type { ReplicaManager } from './replica-manager';

/** "Up to the high watermark". */
const HIGH_WATERMARK = -1;

/**
 * Moves the beginning of logs forward and waits until all live replicas did the same.
 *
 * Errors: OFFSET_OUT_OF_RANGE beyond the high watermark, POLICY_VIOLATION for a topic that is only compacted.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaManager.scala deleteRecords
 */
export function deleteRecords(manager: ReplicaManager, request: DeleteRecordsRequest, respond: (results: DeleteRecordsResult[]) => void): void {
  const parts = request.partitions.map((each) => deleteFrom(manager, each));
  const delayed = new DelayedDeleteRecords(request.timeoutMs, parts, respond);
  const keys = parts.flatMap((part) => (part.source === undefined ? [] : [part.source]));
  manager.deleteRecordsPurgatory.tryCompleteElseWatch(delayed, keys);
}

function deleteFrom(manager: ReplicaManager, each: TopicPartition & { readonly offset: number }): PendingDelete {
  const { topic, partition, offset } = each;
  const refuse = (errorCode: number): PendingDelete => ({ result: { topic, partition, errorCode, lowWatermark: -1 }, requiredOffset: undefined, source: undefined });
  if (isInternalTopic(topic)) return refuse(ERRORS.INVALID_TOPIC_EXCEPTION);
  const source = manager.partition(topic, partition);
  if (source === undefined) return refuse(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
  const leader = source.leaderReplica;
  if (leader === undefined) return refuse(ERRORS.NOT_LEADER_FOR_PARTITION);
  if (!leader.log.config.delete) return refuse(ERRORS.POLICY_VIOLATION);
  const target = offset === HIGH_WATERMARK ? leader.highWatermark : offset;
  if (target < 0 || !source.deleteRecords(target)) return refuse(ERRORS.OFFSET_OUT_OF_RANGE);
  return { result: { topic, partition, errorCode: ERRORS.REQUEST_TIMED_OUT, lowWatermark: source.lowWatermark }, requiredOffset: target, source };
}
