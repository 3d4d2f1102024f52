import { topicPartitionName } from '../../protocol/messages';
import type { Log } from './log';

/** A compacted log and how much of it is worth a cleaning. Bytes; offsets. */
export interface LogToClean {
  readonly log: Log;
  /** What is before it has been cleaned. */
  readonly firstDirtyOffset: number;
  /** What is from here on stays as it is: the active segment, what is too young, open transactions. */
  readonly firstUncleanableOffset: number;
  readonly cleanableRatio: number;
}

/**
 * The log whose share of dirty bytes is largest, among those where it exceeds min.cleanable.dirty.ratio.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogCleanerManager.scala grabFilthiestCompactedLog
 */
export function findFilthiestLog(logs: readonly Log[], cleanOffsets: ReadonlyMap<string, number>, nowMs: number): LogToClean | undefined {
  let filthiest: LogToClean | undefined;
  for (const log of logs) {
    if (!log.config.compact) continue;
    const candidate = describe(log, cleanOffsets.get(topicPartitionName(log.topicPartition)), nowMs);
    if (candidate === undefined || candidate.cleanableRatio <= log.config.minCleanableDirtyRatio) continue;
    if (filthiest === undefined || candidate.cleanableRatio > filthiest.cleanableRatio) filthiest = candidate;
  }
  return filthiest;
}

/** Undefined for a log with nothing to clean in it. */
function describe(log: Log, cleanOffset: number | undefined, nowMs: number): LogToClean | undefined {
  const start = log.segments.first.baseOffset;
  const firstDirtyOffset = Math.max(cleanOffset ?? start, start);
  const uncleanable = Math.min(
    log.activeSegment.baseOffset,
    log.firstUnstableOffset?.messageOffset ?? Infinity,
    firstTooYoung(log, firstDirtyOffset, nowMs),
  );
  const firstUncleanableOffset = (log.segments.between(uncleanable, log.activeSegment.baseOffset)[0] ?? log.activeSegment).baseOffset;
  const clean = sizeBetween(log, start, firstDirtyOffset);
  const dirty = sizeBetween(log, firstDirtyOffset, firstUncleanableOffset);
  if (clean + dirty === 0) return undefined;
  return { log, firstDirtyOffset, firstUncleanableOffset, cleanableRatio: dirty / (clean + dirty) };
}

function firstTooYoung(log: Log, firstDirtyOffset: number, nowMs: number): number {
  const lagMs = log.config.minCompactionLagMs;
  if (lagMs <= 0) return Infinity;
  const young = log.segments
    .between(firstDirtyOffset, log.activeSegment.baseOffset)
    .find((segment) => segment.largestTimestampMs > nowMs - lagMs);
  return young?.baseOffset ?? Infinity;
}

function sizeBetween(log: Log, from: number, to: number): number {
  if (to <= from) return 0;
  return log.segments.between(from, to).reduce((sum, segment) => sum + segment.size, 0);
}
