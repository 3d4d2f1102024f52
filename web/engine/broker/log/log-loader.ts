import type { RecordBatch } from '../../protocol/record-batch';
import { CorruptIndexError } from './index-file';
import {
  CLEANED_SUFFIX,
  DELETE_DIR_SUFFIX,
  DELETED_SUFFIX,
  INDEX_SUFFIX,
  LOG_SUFFIX,
  offsetFromFileName,
  segmentFile,
  SWAP_SUFFIX,
  TIME_INDEX_SUFFIX,
  TXN_INDEX_SUFFIX,
} from './log-file-names';
import type { LogParts } from './log-parts';
import type { LogSegment } from './log-segment';
import { ProducerStateManager } from './producer-state-manager';

const INDEX_SUFFIXES = [INDEX_SUFFIX, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX];

/**
 * Makes a log of what its directory holds, and mends what a kill left half done. Returns the log's next offset.
 *
 * Why: after a clean stop the files are trusted; otherwise every segment from the recovery point on is read again and cut where it is damaged.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala loadSegments
 */
export function loadSegments(log: LogParts): number {
  const swapFiles = removeTemporaryFiles(log);
  loadSegmentFiles(log);
  for (const name of swapFiles) completeSwap(log, name);
  if (log.segments.size === 0) {
    log.segments.add(log.openSegment(0));
    return 0;
  }
  if (log.dir.endsWith(DELETE_DIR_SUFFIX)) return 0;
  recoverLog(log);
  log.activeSegment.resizeIndexes(log.config.segmentIndexBytes);
  return log.recoveryPoint;
}

/** Removes what was being deleted or cleaned. Returns the names of swap files of logs, to be completed. */
function removeTemporaryFiles(log: LogParts): string[] {
  const { disk } = log.env;
  const swaps: string[] = [];
  for (const name of disk.list(log.dir)) {
    const path = `${log.dir}/${name}`;
    if (name.endsWith(DELETED_SUFFIX) || name.endsWith(CLEANED_SUFFIX)) {
      disk.remove(path);
    } else if (name.endsWith(SWAP_SUFFIX)) {
      const isLog = name.endsWith(LOG_SUFFIX + SWAP_SUFFIX);
      const kind = isLog ? 'log' : 'index';
      log.logger.info(`Found ${kind} file ${path} from interrupted swap operation. Deleting index files (if they exist).`);
      for (const suffix of INDEX_SUFFIXES) disk.remove(segmentFile(log.dir, offsetFromFileName(name), suffix));
      if (isLog) swaps.push(name);
    }
  }
  return swaps;
}

function loadSegmentFiles(log: LogParts): void {
  const { disk } = log.env;
  for (const name of disk.list(log.dir).sort()) {
    const path = `${log.dir}/${name}`;
    if (INDEX_SUFFIXES.some((suffix) => name.endsWith(suffix))) {
      if (disk.exists(segmentFile(log.dir, offsetFromFileName(name), LOG_SUFFIX))) continue;
      log.logger.warn(`Found an orphaned index file ${path}, with no corresponding log file.`);
      disk.remove(path);
    } else if (name.endsWith(LOG_SUFFIX)) {
      log.segments.add(loadSegment(log, offsetFromFileName(name)));
    }
  }
}

function loadSegment(log: LogParts, baseOffset: number): LogSegment {
  const segment = log.openSegment(baseOffset);
  try {
    segment.sanityCheck();
    segment.loadLargestTimestamp();
  } catch (error) {
    if (!(error instanceof CorruptIndexError)) throw error;
    // The brace that closes nothing is in Kafka's line too.
    log.logger.warn(
      `Found a corrupted index file corresponding to log file ${segment.records.path} due to ${error.message}}, ` +
        'recovering segment and rebuilding index files...',
    );
    recoverSegment(log, segment, false);
  }
  return segment;
}

/** Returns how many bytes at the end were damaged. */
function recoverSegment(log: LogParts, segment: LogSegment, updatesEpochs: boolean): number {
  const state = new ProducerStateManager(log.env, log.topicPartition, log.dir, log.options.maxProducerIdExpirationMs);
  state.truncateAndReload(log.logStartOffset, segment.baseOffset, log.env.sim.dateMs());
  if (log.segments.size > 0) {
    for (const earlier of log.segments.between(state.mapEndOffset, segment.baseOffset)) {
      replayProducers(state, earlier, Math.max(earlier.baseOffset, state.mapEndOffset), segment.baseOffset);
    }
  }
  state.updateMapEndOffset(segment.baseOffset);
  state.takeSnapshot();
  const truncated = segment.recover(log.segmentLogger, (batch) => {
    if (updatesEpochs && batch.partitionLeaderEpoch > log.leaderEpochCache.latestEpoch) {
      log.leaderEpochCache.assign(batch.partitionLeaderEpoch, batch.baseOffset);
    }
    replayBatch(state, batch, segment);
  });
  state.takeSnapshot();
  return truncated;
}

function recoverLog(log: LogParts): void {
  if (!log.options.hadCleanShutdown) {
    const unflushed = log.segments.between(log.recoveryPoint, Infinity);
    for (const [i, segment] of unflushed.entries()) {
      log.logger.info(`Recovering unflushed segment ${segment.baseOffset}`);
      if (recoverSegment(log, segment, true) === 0) continue;
      log.logger.warn(`Corruption found in segment ${segment.baseOffset}, truncating to offset ${segment.readNextOffset()}`);
      for (const later of unflushed.slice(i + 1)) log.deleteSegment(later);
      break;
    }
  }
  log.recoveryPoint = log.activeSegment.readNextOffset();
}

/** A cleaned segment that was about to take the place of others takes it now. */
function completeSwap(log: LogParts, name: string): void {
  log.logger.info(`Found log file ${log.dir}/${name} from interrupted swap operation, repairing.`);
  const swap = log.openSegment(offsetFromFileName(name), SWAP_SUFFIX);
  recoverSegment(log, swap, false);
  const next = swap.readNextOffset();
  const replaced = log.segments.all.filter((segment) => segment.baseOffset >= swap.baseOffset && segment.baseOffset < next);
  replaceSegments(log, swap, replaced);
}

/**
 * Puts `replacement`, whose files end in `.swap`, in the place of `replaced`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala replaceSegments
 */
export function replaceSegments(log: LogParts, replacement: LogSegment, replaced: readonly LogSegment[]): void {
  for (const segment of replaced) {
    log.segments.remove(segment);
    log.asyncDeleteSegment(segment);
  }
  log.segments.add(replacement);
  replacement.changeFileSuffixes(SWAP_SUFFIX, '');
}

/**
 * Makes what is known of the producers that of `lastOffset`: from the last snapshot and the batches after it.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala loadProducerState
 */
export function loadProducerState(log: LogParts, lastOffset: number, hadCleanShutdown: boolean): void {
  const state = log.producerStateManager;
  log.logger.info(`Loading producer state from offset ${lastOffset} with message format version ${log.config.messageFormat}`);
  if (state.latestSnapshotOffset === undefined && (log.config.messageFormat < 2 || hadCleanShutdown)) {
    // An older release left no snapshots: empty ones at the last two segments and at the end save reading the whole log.
    const beforeLast = log.segments.lower(log.activeSegment.baseOffset)?.baseOffset;
    for (const offset of [beforeLast, log.activeSegment.baseOffset, lastOffset]) {
      if (offset === undefined) continue;
      state.updateMapEndOffset(offset);
      state.takeSnapshot();
    }
    return;
  }
  const isEmptyBeforeTruncation = state.isEmpty && state.mapEndOffset >= lastOffset;
  state.truncateAndReload(log.logStartOffset, lastOffset, log.env.sim.dateMs());
  if (lastOffset > state.mapEndOffset && !isEmptyBeforeTruncation) {
    for (const segment of log.segments.between(state.mapEndOffset, lastOffset)) {
      const start = Math.max(segment.baseOffset, state.mapEndOffset, log.logStartOffset);
      state.updateMapEndOffset(start);
      state.takeSnapshot();
      replayProducers(state, segment, start, lastOffset);
    }
  }
  state.updateMapEndOffset(lastOffset);
}

/** The batches that end in `[fromOffset, toOffset)`. */
function replayProducers(state: ProducerStateManager, segment: LogSegment, fromOffset: number, toOffset: number): void {
  for (const batch of segment.records.batches) {
    if (batch.lastOffset >= fromOffset && batch.lastOffset < toOffset) replayBatch(state, batch, undefined);
  }
}

/** `segment` gets the entries of its transaction index when it is being recovered. */
function replayBatch(state: ProducerStateManager, batch: RecordBatch, segment: LogSegment | undefined): void {
  if (batch.producerId >= 0) {
    const info = state.prepareUpdate(batch.producerId, false);
    const outcome = info.append(batch);
    state.update(info);
    if (outcome !== undefined && !('errorCode' in outcome)) {
      const lastStableOffset = state.completeTxn(outcome);
      if (outcome.isAborted) segment?.txnIndex.append({ ...outcome, lastStableOffset });
    }
  }
  state.updateMapEndOffset(batch.lastOffset + 1);
}
