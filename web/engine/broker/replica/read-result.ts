import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { FetchedPartition } from '../../protocol/messages';
import type { FetchDataInfo } from '../log/fetch-data-info';
import type { FetchPartition } from './fetch-session';
import type { Partition } from './partition';

/** How somebody reads: followers to the log's end, consumers to the high watermark or the last stable offset. */
export interface ReadMode {
  /** -1 for a consumer. */
  readonly replicaId: number;
  readonly isReadCommitted: boolean;
}

/** What reading one partition brought. */
export interface ReadResult extends FetchedPartition {
  readonly fetch: FetchPartition;
  readonly sizeInBytes: number;
  /** The leader's log end when it was read; -1 on errors. */
  readonly leaderLogEndOffset: number;
  /** There may be more than this, or the error may pass: look again at the next fetch. */
  readonly lookAgain: boolean;
}

export function failedRead(fetch: FetchPartition, errorCode: ErrorCode): ReadResult {
  return {
    fetch,
    errorCode,
    highWatermark: -1,
    lastStableOffset: -1,
    logStartOffset: -1,
    abortedTransactions: null,
    batches: [],
    sizeInBytes: 0,
    leaderLogEndOffset: -1,
    lookAgain: true,
  };
}

/** Where a reader must stop in the log of a leader. */
export function readableEnd(partition: Partition, mode: ReadMode): number {
  const leader = partition.leaderReplica;
  if (leader === undefined) return -1;
  if (mode.replicaId >= 0) return leader.logEndOffset;
  return mode.isReadCommitted ? leader.lastStableOffset : leader.highWatermark;
}

/** Reads at most `maxBytes`, or one batch when `minOneMessage`. */
export function readPartition(
  partition: Partition,
  fetch: FetchPartition,
  mode: ReadMode,
  limits: { readonly maxBytes: number; readonly minOneMessage: boolean },
): ReadResult {
  const leader = partition.leaderReplica;
  if (leader === undefined) return failedRead(fetch, ERRORS.NOT_LEADER_FOR_PARTITION);
  const end = readableEnd(partition, mode);
  const { highWatermark, lastStableOffset, logStartOffset, logEndOffset } = leader;
  const info: FetchDataInfo = leader.log.read(fetch.fetchOffset, Math.min(limits.maxBytes, fetch.maxBytes), {
    maxOffset: mode.replicaId >= 0 ? undefined : end,
    minOneMessage: limits.minOneMessage,
    isReadCommitted: mode.isReadCommitted,
  });
  if (info.errorCode !== ERRORS.NONE) return failedRead(fetch, info.errorCode);
  return {
    fetch,
    errorCode: ERRORS.NONE,
    highWatermark,
    lastStableOffset: mode.isReadCommitted ? lastStableOffset : -1,
    logStartOffset,
    abortedTransactions: info.abortedTransactions,
    batches: info.batches,
    sizeInBytes: info.sizeInBytes,
    leaderLogEndOffset: logEndOffset,
    lookAgain: info.sizeInBytes > 0 || fetch.fetchOffset < end || isUnsettled(partition, fetch, mode.replicaId),
  };
}

/** A follower that is not in sync, or whose latest position the leader has not noted, is looked at with every fetch. */
export function isUnsettled(partition: Partition, fetch: FetchPartition, replicaId: number): boolean {
  if (replicaId < 0) return false;
  return !partition.inSyncReplicas.includes(replicaId) || partition.remotes.get(replicaId)?.isSettledBy(fetch.session) !== true;
}
