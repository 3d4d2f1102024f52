import { loadProducerState } from './log-loader';
import type { LogParts } from './log-parts';

/**
 * Cuts a log so that it ends at `offset`: what a follower has beyond its leader's log goes. False when there was nothing to cut off.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala truncateTo
 */
export function truncateLog(log: LogParts, offset: number): boolean {
  if (offset >= log.logEndOffset) {
    log.logger.info(`Truncating to ${offset} has no effect as the largest offset in the log is ${log.logEndOffset - 1}`);
    return false;
  }
  log.logger.info(`Truncating to offset ${offset}`);
  if (log.segments.first.baseOffset > offset) {
    emptyLog(log, offset);
    return true;
  }
  for (const segment of log.segments.all.filter((candidate) => candidate.baseOffset > offset)) log.deleteSegment(segment);
  log.activeSegment.truncateTo(offset);
  log.updateLogEndOffset(offset);
  log.recoveryPoint = Math.min(offset, log.recoveryPoint);
  log.logStartOffset = Math.min(offset, log.logStartOffset);
  log.leaderEpochCache.clearAndFlushLatest(offset);
  loadProducerState(log, offset, false);
  log.updateFirstUnstableOffset();
  return true;
}

/** Deletes all that a log has and lets it begin at `offset`. */
export function emptyLog(log: LogParts, offset: number): void {
  for (const segment of [...log.segments.all]) log.deleteSegment(segment);
  log.segments.add(log.openSegment(offset));
  log.updateLogEndOffset(offset);
  log.leaderEpochCache.clearAndFlush();
  log.producerStateManager.truncate();
  log.producerStateManager.updateMapEndOffset(offset);
  log.updateFirstUnstableOffset();
  log.recoveryPoint = Math.min(offset, log.recoveryPoint);
  log.logStartOffset = offset;
}
