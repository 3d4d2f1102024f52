import { BatchPayload, DefaultRecordBatch } from '../../protocol/default-record-batch';
import type { RecordBatch, RecordView } from '../../protocol/record-batch';
import { RecordBatchBuilder } from '../../protocol/record-batch-builder';
import { ClassLogger } from '../class-logger';
import { CleanedTransactions } from './cleaned-transactions';
import { type CleanerStats, emptyStats, summarize } from './cleaner-stats';
import { javaDate } from '../../kernel/java-date';
import type { Log } from './log';
import type { LogEnvironment } from './log-environment';
import { CLEANED_SUFFIX, INDEX_SUFFIX, LOG_SUFFIX, segmentFile, SWAP_SUFFIX, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX } from './log-file-names';
import { replaceSegments } from './log-loader';
import type { LogSegment } from './log-segment';
import type { LogToClean } from './log-to-clean';

/** The latest offset of each key in the dirty part, and how far that part was read. */
interface OffsetMap {
  readonly byKey: Map<string, number>;
  latestOffset: number;
}

/**
 * Rewrites the segments of a compacted log without the records whose key comes again later.
 *
 * Units: ms, bytes; offsets stay what they are, so gaps remain.
 * Simplified: the map of keys has no limit, so that one cleaning always reaches the active segment.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogCleaner.scala Cleaner
 */
export class Cleaner {
  private readonly logger: ClassLogger;

  constructor(private readonly env: LogEnvironment) {
    this.logger = new ClassLogger(env.log, 'kafka.log.LogCleaner', 'Cleaner 0: ');
  }

  /** Returns up to where the log is clean now. */
  clean(target: LogToClean): { readonly endOffset: number; readonly summary: string } {
    const { log, firstDirtyOffset, firstUncleanableOffset } = target;
    const startMs = this.env.sim.dateMs();
    const stats = emptyStats();
    const lastClean = log.segments.between(0, firstDirtyOffset).at(-1);
    const deleteHorizonMs = lastClean === undefined ? 0 : lastClean.lastModifiedMs - log.config.deleteRetentionMs;
    this.logger.info(`Beginning cleaning of log ${log.name}.`);
    this.logger.info(`Building offset map for ${log.name}...`);
    const map = this.buildOffsetMap(target, stats);
    const endOffset = map.latestOffset + 1;
    const cleanableHorizonMs = log.segments.between(0, firstUncleanableOffset).at(-1)?.lastModifiedMs ?? 0;
    this.logger.info(
      `Cleaning log ${log.name} (cleaning prior to ${javaDate(cleanableHorizonMs)}, ` +
        `discarding tombstones prior to ${javaDate(deleteHorizonMs)})...`,
    );
    for (const group of groupBySize(log, endOffset)) this.cleanSegments(log, group, { map, deleteHorizonMs, stats });
    const section = { from: firstDirtyOffset, to: firstDirtyOffset };
    return { endOffset, summary: summarize(log.name, section, stats, this.env.sim.dateMs() - startMs) };
  }

  private buildOffsetMap({ log, firstDirtyOffset, firstUncleanableOffset }: LogToClean, stats: CleanerStats): OffsetMap {
    const dirty = log.segments.between(firstDirtyOffset, firstUncleanableOffset);
    this.logger.info(
      `Building offset map for log ${log.name} for ${dirty.length} segments in offset range [${firstDirtyOffset}, ${firstUncleanableOffset}).`,
    );
    const transactions = new CleanedTransactions(log.collectAbortedTransactions(firstDirtyOffset, firstUncleanableOffset));
    const map: OffsetMap = { byKey: new Map(), latestOffset: -1 };
    for (const segment of dirty) {
      for (const batch of segment.records.batches) {
        const isDiscarded = transactions.isDiscardable(batch, false);
        if (batch.lastOffset < firstDirtyOffset) continue;
        map.latestOffset = batch.lastOffset;
        stats.mapBytesRead += batch.sizeInBytes;
        if (isDiscarded || batch.isControlBatch) continue;
        for (const record of batch.records()) {
          if (record.key !== null && record.offset >= firstDirtyOffset) map.byKey.set(keyText(record.key), record.offset);
        }
      }
    }
    this.logger.info(`Offset map for log ${log.name} complete.`);
    return map;
  }

  private cleanSegments(
    log: Log,
    group: readonly LogSegment[],
    context: { readonly map: OffsetMap; readonly deleteHorizonMs: number; readonly stats: CleanerStats },
  ): void {
    const first = group[0] as LogSegment;
    for (const suffix of [LOG_SUFFIX, INDEX_SUFFIX, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX]) {
      this.env.disk.remove(segmentFile(log.dir, first.baseOffset, suffix + CLEANED_SUFFIX));
    }
    const cleaned = log.openSegment(first.baseOffset, CLEANED_SUFFIX);
    group.forEach((segment, i) => {
      const upperBound = group[i + 1]?.baseOffset ?? context.map.latestOffset + 1;
      const transactions = new CleanedTransactions(log.collectAbortedTransactions(segment.baseOffset, upperBound), cleaned.txnIndex);
      const retainsDeletes = segment.lastModifiedMs > context.deleteHorizonMs;
      this.logger.info(
        `Cleaning segment ${segment.baseOffset} in log ${log.name} (largest timestamp ${javaDate(segment.largestTimestampMs)}) ` +
          `into ${cleaned.baseOffset}, ${retainsDeletes ? 'retaining' : 'discarding'} deletes.`,
      );
      this.cleanInto(log, segment, cleaned, { ...context, transactions, retainsDeletes });
    });
    cleaned.onBecomeInactive();
    cleaned.lastModifiedMs = (group.at(-1) as LogSegment).lastModifiedMs;
    this.logger.info(
      `Swapping in cleaned segment ${cleaned.baseOffset} for segment(s) ${group.map((segment) => segment.baseOffset).join(',')} in log ${log.name}`,
    );
    cleaned.changeFileSuffixes(CLEANED_SUFFIX, SWAP_SUFFIX);
    replaceSegments(log, cleaned, group);
  }

  private cleanInto(
    log: Log,
    source: LogSegment,
    target: LogSegment,
    context: {
      readonly map: OffsetMap;
      readonly transactions: CleanedTransactions;
      readonly retainsDeletes: boolean;
      readonly stats: CleanerStats;
    },
  ): void {
    const { map, transactions, retainsDeletes, stats } = context;
    for (const batch of source.records.batches) {
      stats.bytesRead += batch.sizeInBytes;
      const discardsAll = transactions.isDiscardable(batch, retainsDeletes);
      const isLastOfProducer =
        batch.producerId >= 0 && log.producerStateManager.lastEntry(batch.producerId)?.lastSequence === batch.lastSequence;
      if (discardsAll && !isLastOfProducer) continue;
      stats.messagesRead += batch.recordCount;
      const isRetained = (record: RecordView): boolean => {
        if (discardsAll) return false;
        return batch.isControlBatch || shouldRetain(record, map, retainsDeletes);
      };
      const retained = filterBatch(batch, isRetained, isLastOfProducer);
      if (retained === undefined) continue;
      stats.messagesWritten += retained.recordCount;
      stats.bytesWritten += retained.sizeInBytes;
      target.append([retained], retained.maxTimestampMs, retained.lastOffset);
    }
  }
}

function shouldRetain(record: RecordView, map: OffsetMap, retainsDeletes: boolean): boolean {
  if (record.offset > map.latestOffset) return true;
  if (record.key === null) return false;
  const latest = map.byKey.get(keyText(record.key));
  const isRedundant = latest !== undefined && record.offset < latest;
  return !isRedundant && (retainsDeletes || record.value !== null);
}

/** The batch with only some of its records; the batch itself when all stay, undefined when none does and nobody needs its header. */
function filterBatch(batch: RecordBatch, isRetained: (record: RecordView) => boolean, keepsHeader: boolean): RecordBatch | undefined {
  const kept = [...batch.records()].filter(isRetained);
  if (kept.length === batch.recordCount && kept.length > 0) return batch;
  if (kept.length === 0) return keepsHeader ? emptyBatch(batch) : undefined;
  const builder = new RecordBatchBuilder({
    compressionType: batch.compressionType,
    producerId: batch.producerId,
    producerEpoch: batch.producerEpoch,
    baseSequence: batch.baseSequence,
    isTransactional: batch.isTransactional,
    isControlBatch: batch.isControlBatch,
    baseOffset: batch.baseOffset,
    partitionLeaderEpoch: batch.partitionLeaderEpoch,
    logAppendTimeMs: batch.timestampType === 'LogAppendTime' ? batch.maxTimestampMs : undefined,
  });
  for (const record of kept) builder.appendWithOffset(record.offset, record.timestampMs, record.key, record.value, record.headers);
  return builder.build(batch.lastOffset);
}

/** A header without records, so that the producer's last sequence number is not forgotten. */
function emptyBatch(batch: RecordBatch): RecordBatch {
  const attributes = (batch.timestampType === 'LogAppendTime' ? 8 : 0) | (batch.isTransactional ? 16 : 0) | (batch.isControlBatch ? 32 : 0);
  const { baseOffset, partitionLeaderEpoch, maxTimestampMs, producerId, producerEpoch, baseSequence, lastOffset } = batch;
  return new DefaultRecordBatch(
    {
      baseOffset,
      partitionLeaderEpoch,
      attributes,
      lastOffsetDelta: lastOffset - baseOffset,
      firstTimestampMs: -1,
      maxTimestampMs,
      producerId,
      producerEpoch,
      baseSequence,
      recordCount: 0,
    },
    new BatchPayload(new Uint8Array(0), 'none'),
  );
}

/** Neighbouring segments that fit into one of the topic's segment size, from the beginning up to `endOffset`. */
function groupBySize(log: Log, endOffset: number): LogSegment[][] {
  const groups: LogSegment[][] = [];
  const { segmentBytes, segmentIndexBytes } = log.config;
  let sizes = { log: 0, offsetIndex: 0, timeIndex: 0 };
  for (const segment of log.segments.between(0, endOffset)) {
    const group = groups.at(-1);
    sizes = {
      log: sizes.log + segment.size,
      offsetIndex: sizes.offsetIndex + segment.offsetIndex.sizeInBytes,
      timeIndex: sizes.timeIndex + segment.timeIndex.sizeInBytes,
    };
    if (group !== undefined && sizes.log <= segmentBytes && sizes.offsetIndex <= segmentIndexBytes && sizes.timeIndex <= segmentIndexBytes) {
      group.push(segment);
      continue;
    }
    groups.push([segment]);
    sizes = { log: segment.size, offsetIndex: segment.offsetIndex.sizeInBytes, timeIndex: segment.timeIndex.sizeInBytes };
  }
  return groups;
}

/** The key's bytes as a string of as many characters, to look it up by. */
function keyText(key: Uint8Array): string {
  let text = '';
  for (const byte of key) text += String.fromCharCode(byte);
  return text;
}
