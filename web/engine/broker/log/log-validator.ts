import type { LogConfig } from '../../config/log-config';
import type { CompressionType } from '../../protocol/codec';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { RecordBatch } from '../../protocol/record-batch';
import { RecordBatchBuilder } from '../../protocol/record-batch-builder';

const INVALID_RECORD = 'org.apache.kafka.common.record.InvalidRecordException';
const NO_LIMIT_MS = 9e18;

/** Why a batch may not be appended: a code of the protocol, the exception's message, and its class where the code does not give it. */
export interface Rejection {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
  readonly errorClass?: string;
}

/**
 * Checks what a leader is asked to append: the header, keys in a compacted topic, timestamps.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogValidator.scala
 */
export function validateBatch(batch: RecordBatch, config: LogConfig, nowMs: number, isFromClient: boolean): Rejection | undefined {
  const invalid = isFromClient ? describeInvalidHeader(batch) : undefined;
  if (invalid !== undefined) return invalidRecord(invalid);
  if (config.compact && !batch.isControlBatch) {
    for (const record of batch.records()) {
      if (record.key === null) return invalidRecord('Compacted topic cannot accept message without key.');
    }
  }
  return config.messageTimestampType === 'CreateTime' ? validateTimestamps(batch, config, nowMs) : undefined;
}

function invalidRecord(errorMessage: string): Rejection {
  return { errorCode: ERRORS.CORRUPT_MESSAGE, errorMessage, errorClass: INVALID_RECORD };
}

function describeInvalidHeader(batch: RecordBatch): string | undefined {
  const { baseOffset, lastOffset, recordCount } = batch;
  const span = lastOffset - baseOffset + 1;
  if (span <= 0) return `Batch has an invalid offset range: [${baseOffset}, ${lastOffset}]`;
  if (recordCount <= 0) return `Invalid reported count for record batch: ${recordCount}`;
  if (span !== recordCount) return `Inconsistent batch offset range [${baseOffset}, ${lastOffset}] and count of records ${recordCount}`;
  if (batch.producerId >= 0 && batch.baseSequence < 0) {
    return `Invalid sequence number ${batch.baseSequence} in record batch with producerId ${batch.producerId}`;
  }
  if (batch.isControlBatch) return 'Clients are not allowed to write control records';
  return undefined;
}

function validateTimestamps(batch: RecordBatch, config: LogConfig, nowMs: number): Rejection | undefined {
  const maxDiffMs = config.messageTimestampDifferenceMaxMs;
  if (maxDiffMs >= NO_LIMIT_MS) return undefined;
  for (const record of batch.records()) {
    if (record.timestampMs >= 0 && Math.abs(record.timestampMs - nowMs) > maxDiffMs) {
      return {
        errorCode: ERRORS.INVALID_TIMESTAMP,
        errorMessage:
          `Timestamp ${record.timestampMs} of message with key ${record.key === null ? -1 : record.key.length} is out of range. ` +
          `The timestamp should be within [${nowMs - maxDiffMs}, ${nowMs + maxDiffMs}]`,
      };
    }
  }
  return undefined;
}

/** The codec in which a topic keeps a batch: its own, or the one the batch came in. */
export function targetCompression(config: LogConfig, batch: RecordBatch): CompressionType {
  if (config.compressionType === 'producer') return batch.compressionType;
  return config.compressionType === 'uncompressed' ? 'none' : config.compressionType;
}

/** The same records in another codec. */
export function recompress(batch: RecordBatch, compressionType: CompressionType): RecordBatch {
  const builder = new RecordBatchBuilder({
    compressionType,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
    isControlBatch: batch.isControlBatch,
    baseOffset: batch.baseOffset,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
  });
  for (const record of batch.records()) builder.appendWithOffset(record.offset, record.timestampMs, record.key, record.value, record.headers);
  return builder.build(batch.lastOffset);
}
