import type { Log } from './log';
import type { LogSegment } from './log-segment';

type Predicate = (segment: LogSegment, next: LogSegment | undefined) => boolean;

/**
 * Deletes what the topic's settings no longer want kept: whole segments from the beginning, by age, by size, and below the log's start.
 * Returns how many.
 *
 * Why: nothing above the high watermark goes, or a new leader could have less than a consumer has seen.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala deleteOldSegments
 */
export function deleteOldSegments(log: Log): number {
  if (!log.config.delete) return 0;
  return deleteByAge(log) + deleteBySize(log) + deleteBelowLogStart(log);
}

function deleteByAge(log: Log): number {
  const { retentionMs } = log.config;
  if (retentionMs < 0) return 0;
  const nowMs = log.env.sim.dateMs();
  return deleteWhile(log, (segment) => nowMs - segment.largestTimestampMs > retentionMs, `retention time ${retentionMs}ms breach`);
}

function deleteBySize(log: Log): number {
  const { retentionBytes } = log.config;
  let excess = log.size - retentionBytes;
  if (retentionBytes < 0 || excess < 0) return 0;
  const isTooMuch = (segment: LogSegment): boolean => {
    if (excess - segment.size < 0) return false;
    excess -= segment.size;
    return true;
  };
  return deleteWhile(log, isTooMuch, `retention size in bytes ${retentionBytes} breach`);
}

function deleteBelowLogStart(log: Log): number {
  const { logStartOffset } = log;
  return deleteWhile(log, (_, next) => next !== undefined && next.baseOffset <= logStartOffset, `log start offset ${logStartOffset} breach`);
}

function deleteWhile(log: Log, predicate: Predicate, reason: string): number {
  const deletable = deletableSegments(log, predicate);
  if (deletable.length === 0) return 0;
  log.logger.info(`Found deletable segments with base offsets [${deletable.map((segment) => segment.baseOffset).join(',')}] due to ${reason}`);
  if (log.segments.size === deletable.length) log.roll();
  for (const segment of deletable) log.deleteSegment(segment);
  log.maybeIncrementLogStartOffset(log.segments.first.baseOffset);
  return deletable.length;
}

function deletableSegments(log: Log, predicate: Predicate): LogSegment[] {
  const { highWatermark } = log;
  const deletable: LogSegment[] = [];
  if (highWatermark === undefined) return deletable;
  for (let i = 0; i < log.segments.size; i++) {
    const segment = log.segments.at(i) as LogSegment;
    const next = log.segments.at(i + 1);
    const upperBound = next?.baseOffset ?? log.logEndOffset;
    const isLastAndEmpty = next === undefined && segment.size === 0;
    if (highWatermark < upperBound || !predicate(segment, next) || isLastAndEmpty) break;
    deletable.push(segment);
  }
  return deletable;
}
