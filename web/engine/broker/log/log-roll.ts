import type { AppendableLog } from './log-appender';
import { INDEX_SUFFIX, LOG_SUFFIX, segmentFile, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX } from './log-file-names';
import type { LogSegment } from './log-segment';

/** Begins a new segment at the log's end, or at `expectedNextOffset` when that is later. */
export function rollLog(log: AppendableLog, expectedNextOffset: number): LogSegment {
  const { disk, sim, scheduler } = log.env;
  const startMs = sim.dateMs();
  const baseOffset = Math.max(expectedNextOffset, log.logEndOffset);
  for (const suffix of [LOG_SUFFIX, INDEX_SUFFIX, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX]) {
    const path = segmentFile(log.dir, baseOffset, suffix);
    if (!disk.exists(path)) continue;
    log.logger.warn(`Newly rolled segment file ${path} already exists; deleting it first`);
    disk.remove(path);
  }
  log.activeSegment.onBecomeInactive();
  log.producerStateManager.updateMapEndOffset(baseOffset);
  log.producerStateManager.takeSnapshot();
  const segment = log.openSegment(baseOffset);
  log.segments.add(segment);
  log.updateLogEndOffset(log.logEndOffset);
  scheduler.schedule(() => log.flush(baseOffset));
  log.logger.info(`Rolled new log segment at offset ${baseOffset} in ${sim.dateMs() - startMs} ms.`);
  return segment;
}
