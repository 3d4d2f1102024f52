import { NO_TIMESTAMP } from '../../protocol/default-record-batch';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { RecordBatch } from '../../protocol/record-batch';
import type { BatchMetadata } from './producer-state-entry';

/** How an append went. Offsets are -1 when nothing was appended. */
export interface LogAppendInfo {
  readonly errorCode: ErrorCode;
  /** The exception's own words; empty on success. */
  readonly errorMessage: string;
  /** The exception's full class name where the code does not give it. */
  readonly errorClass?: string;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly maxTimestampMs: number;
  readonly offsetOfMaxTimestamp: number;
  /** -1 unless the topic stamps records itself. */
  readonly logAppendTimeMs: number;
  readonly logStartOffset: number;
  readonly sizeInBytes: number;
  readonly recordCount: number;
  /** The batch was in the log already; the offsets are those of the first time. */
  readonly isDuplicate: boolean;
}

export function appendFailed(errorCode: ErrorCode, errorMessage: string, logStartOffset: number, errorClass?: string): LogAppendInfo {
  return {
    errorCode,
    errorMessage,
    errorClass,
    firstOffset: -1,
    lastOffset: -1,
    maxTimestampMs: NO_TIMESTAMP,
    offsetOfMaxTimestamp: -1,
    logAppendTimeMs: NO_TIMESTAMP,
    logStartOffset,
    sizeInBytes: 0,
    recordCount: 0,
    isDuplicate: false,
  };
}

export function nothingAppended(logStartOffset: number): LogAppendInfo {
  return appendFailed(ERRORS.NONE, '', logStartOffset);
}

/** What the batches of an append come to. */
export type AppendTotals = Pick<LogAppendInfo, 'sizeInBytes' | 'recordCount' | 'maxTimestampMs' | 'offsetOfMaxTimestamp'>;

export function addUp(batches: readonly RecordBatch[]): AppendTotals {
  let sizeInBytes = 0;
  let recordCount = 0;
  let maxTimestampMs = NO_TIMESTAMP;
  let offsetOfMaxTimestamp = -1;
  for (const batch of batches) {
    sizeInBytes += batch.sizeInBytes;
    recordCount += batch.recordCount;
    if (batch.maxTimestampMs <= maxTimestampMs) continue;
    maxTimestampMs = batch.maxTimestampMs;
    offsetOfMaxTimestamp = batch.lastOffset;
  }
  return { sizeInBytes, recordCount, maxTimestampMs, offsetOfMaxTimestamp };
}

/** The answer to a batch that was written before. */
export function describeDuplicate(duplicate: BatchMetadata, totals: AppendTotals, logStartOffset: number): LogAppendInfo {
  return {
    ...nothingAppended(logStartOffset),
    ...totals,
    firstOffset: duplicate.lastOffset - duplicate.offsetDelta,
    lastOffset: duplicate.lastOffset,
    logAppendTimeMs: duplicate.timestampMs,
    isDuplicate: true,
  };
}
