import { ERRORS } from '../../protocol/errors';
import type { RecordBatch } from '../../protocol/record-batch';
import { emptyFetch, failedFetch, type FetchDataInfo } from './fetch-data-info';
import { type LogOffsetMetadata, offsetOnly } from './log-offset-metadata';
import type { LogSegment } from './log-segment';
import type { LogSegments } from './log-segments';
import type { AbortedTxn } from './transaction-index';

export interface ReadOptions {
  /** Exclusive. */
  readonly maxOffset?: number;
  /** Give the first batch even when it is larger than what was asked for. */
  readonly minOneMessage?: boolean;
  readonly isReadCommitted?: boolean;
}

/** What may be read. */
export interface ReadableLog {
  readonly segments: LogSegments;
  readonly logStartOffset: number;
  readonly logEndOffsetMetadata: LogOffsetMetadata;
}

/**
 * Whole batches from the one that holds `startOffset` on, out of one segment.
 * Errors: OFFSET_OUT_OF_RANGE (1) below the log's start and beyond its end.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala read
 */
export function readLog(log: ReadableLog, startOffset: number, maxBytes: number, options: ReadOptions): FetchDataInfo {
  const { segments, logStartOffset, logEndOffsetMetadata } = log;
  const isReadCommitted = options.isReadCommitted === true;
  const next = logEndOffsetMetadata.messageOffset;
  if (startOffset === next) return emptyFetch(logEndOffsetMetadata, isReadCommitted);
  let index = segments.floorIndex(startOffset);
  if (startOffset > next || index < 0 || startOffset < logStartOffset) {
    const message = `Request for offset ${startOffset} but we only have log segments in the range ${logStartOffset} to ${next}.`;
    return failedFetch(ERRORS.OFFSET_OUT_OF_RANGE, message, offsetOnly(startOffset));
  }
  for (let segment = segments.at(index); segment !== undefined; segment = segments.at(++index)) {
    const fetched = readSegment(segment, startOffset, maxBytes, options);
    if (fetched === undefined) continue;
    return isReadCommitted ? withAborted(log, fetched, startOffset, index) : fetched;
  }
  return emptyFetch(logEndOffsetMetadata, isReadCommitted);
}

/** The aborted transactions that overlap with `[startOffset, upperBoundOffset)`. */
export function collectAbortedTxns(segments: LogSegments, startOffset: number, upperBoundOffset: number): AbortedTxn[] {
  const all: AbortedTxn[] = [];
  for (let i = Math.max(0, segments.floorIndex(startOffset)); i < segments.size; i++) {
    const { aborted, isComplete } = (segments.at(i) as LogSegment).txnIndex.collect(startOffset, upperBoundOffset);
    all.push(...aborted);
    if (isComplete) break;
  }
  return all;
}

function withAborted(log: ReadableLog, fetched: FetchDataInfo, startOffset: number, segmentIndex: number): FetchDataInfo {
  const last = fetched.batches.at(-1);
  const segmentEnd = log.segments.at(segmentIndex + 1)?.baseOffset ?? log.logEndOffsetMetadata.messageOffset;
  const upperBound = last === undefined ? segmentEnd : last.lastOffset + 1;
  const aborted = collectAbortedTxns(log.segments, startOffset, upperBound);
  return { ...fetched, abortedTransactions: aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset })) };
}

/** Undefined when the segment has nothing at `startOffset` or after. */
function readSegment(segment: LogSegment, startOffset: number, maxBytes: number, options: ReadOptions): FetchDataInfo | undefined {
  const start = segment.translateOffset(startOffset);
  if (start === undefined) return undefined;
  const { batches } = segment.records;
  const metadata: LogOffsetMetadata = {
    messageOffset: startOffset,
    segmentBaseOffset: segment.baseOffset,
    relativePositionInSegment: start.position,
  };
  const maxOffset = options.maxOffset ?? Infinity;
  const firstSize = (batches[start.index] as RecordBatch).sizeInBytes;
  const limit = options.minOneMessage === true ? Math.max(maxBytes, firstSize) : maxBytes;
  let end = start.index;
  let sizeInBytes = 0;
  for (; end < batches.length; end++) {
    const batch = batches[end] as RecordBatch;
    if (batch.lastOffset >= maxOffset || sizeInBytes + batch.sizeInBytes > limit) break;
    sizeInBytes += batch.sizeInBytes;
  }
  if (end === start.index) return emptyFetch(metadata, options.isReadCommitted === true, limit < firstSize);
  return {
    ...emptyFetch(metadata, options.isReadCommitted === true),
    batches: batches.slice(start.index, end),
    sizeInBytes,
  };
}
