import type { LogConfig } from '../../config/log-config';
import { ERRORS } from '../../protocol/errors';
import type { RecordBatch } from '../../protocol/record-batch';
import { recompress, type Rejection, targetCompression, validateBatch } from './log-validator';

export interface LeaderAppend {
  readonly config: LogConfig;
  /** The log's end. */
  readonly nextOffset: number;
  readonly leaderEpoch: number;
  readonly nowMs: number;
  readonly isFromClient: boolean;
}

/**
 * Makes of what a leader is sent what it stores: checked, in the topic's codec, with timestamps, offsets and epoch.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala append
 */
export function assignOffsets(batches: readonly RecordBatch[], append: LeaderAppend): RecordBatch[] | Rejection {
  const { config, leaderEpoch, nowMs } = append;
  const assigned: RecordBatch[] = [];
  let offset = append.nextOffset;
  for (const given of batches) {
    const rejection = checkSize(given, config) ?? validateBatch(given, config, nowMs, append.isFromClient);
    if (rejection !== undefined) return rejection;
    const codec = targetCompression(config, given);
    let batch = codec === given.compressionType || given.isControlBatch ? given : recompress(given, codec);
    if (config.messageTimestampType === 'LogAppendTime') batch = batch.withLogAppendTime(nowMs);
    batch = batch.withBaseOffset(offset, leaderEpoch);
    offset = batch.lastOffset + 1;
    assigned.push(batch);
  }
  return assigned;
}

export function checkSize(batch: RecordBatch, config: LogConfig): Rejection | undefined {
  if (batch.sizeInBytes <= config.maxMessageBytes) return undefined;
  const errorMessage = `The record batch size is ${batch.sizeInBytes} bytes which exceeds the maximum configured value of ${config.maxMessageBytes}.`;
  return { errorCode: ERRORS.MESSAGE_TOO_LARGE, errorMessage };
}

export function checkTotalSize(sizeInBytes: number, config: LogConfig): Rejection | undefined {
  if (sizeInBytes <= config.segmentBytes) return undefined;
  const errorMessage = `Message batch size is ${sizeInBytes} bytes which exceeds the maximum configured segment size of ${config.segmentBytes}.`;
  return { errorCode: ERRORS.RECORD_LIST_TOO_LARGE, errorMessage };
}
