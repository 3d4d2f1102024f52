import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { RecordBatch } from '../../protocol/record-batch';
import type { LogOffsetMetadata } from './log-offset-metadata';

export interface AbortedTransaction {
  readonly producerId: number;
  readonly firstOffset: number;
}

/** What a read from a log brought. */
export interface FetchDataInfo {
  readonly errorCode: ErrorCode;
  /** The exception's own words; empty on success. */
  readonly errorMessage: string;
  /** The offset that was asked for, and where it is. */
  readonly fetchOffsetMetadata: LogOffsetMetadata;
  /** Whole batches; the first may begin before the offset. */
  readonly batches: readonly RecordBatch[];
  readonly sizeInBytes: number;
  /** The first batch is larger than what was allowed, so none is here. */
  readonly firstEntryIncomplete: boolean;
  /** For read_committed; else null. */
  readonly abortedTransactions: readonly AbortedTransaction[] | null;
}

const NO_BATCHES: readonly RecordBatch[] = [];
const NO_TRANSACTIONS: readonly AbortedTransaction[] = [];

export function emptyFetch(fetchOffsetMetadata: LogOffsetMetadata, isReadCommitted: boolean, firstEntryIncomplete = false): FetchDataInfo {
  return {
    errorCode: ERRORS.NONE,
    errorMessage: '',
    fetchOffsetMetadata,
    batches: NO_BATCHES,
    sizeInBytes: 0,
    firstEntryIncomplete,
    abortedTransactions: isReadCommitted ? NO_TRANSACTIONS : null,
  };
}

export function failedFetch(errorCode: ErrorCode, errorMessage: string, fetchOffsetMetadata: LogOffsetMetadata): FetchDataInfo {
  return { ...emptyFetch(fetchOffsetMetadata, false), errorCode, errorMessage };
}
