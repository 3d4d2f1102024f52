import type { LogConfig } from '../../config/log-config';
import type { RecordBatch } from '../../protocol/record-batch';
import type { ClassLogger } from '../class-logger';
import type { LogEnvironment } from './log-environment';
import { DELETED_SUFFIX, INDEX_SUFFIX, LOG_SUFFIX, nameOf, segmentFile, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX } from './log-file-names';
import { OffsetIndex } from './offset-index';
import { SegmentRecords } from './segment-records';
import { TimeIndex } from './time-index';
import { TransactionIndex } from './transaction-index';

const MAX_RELATIVE_OFFSET = 2147483647;

export interface TimestampOffset {
  readonly timestampMs: number;
  readonly offset: number;
}

/** A batch's place in a segment. */
export interface BatchPosition {
  /** Which of the segment's batches. */
  readonly index: number;
  readonly position: number;
}

/**
 * A piece of a log: the batches from `baseOffset` on, and the indexes over them.
 *
 * Units: bytes, ms since 1970; offsets count records.
 * Simplified: a look-up goes through the batches in memory; the index files are kept as Kafka keeps them, and nobody reads them.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogSegment.scala
 */
export class LogSegment {
  readonly records: SegmentRecords;
  readonly offsetIndex: OffsetIndex;
  readonly timeIndex: TimeIndex;
  readonly txnIndex: TransactionIndex;
  readonly rollJitterMs: number;
  lastModifiedMs: number;
  private createdMs: number;
  private bytesSinceLastIndexEntry = 0;
  /** The largest timestamp of the first append: what the age of the segment is counted from. */
  private rollingBasedTimestampMs: number | undefined;
  private maxTimestampSoFarMs: number;
  private offsetOfMaxTimestamp: number;

  /** Opens or makes the files in `dir`. */
  constructor(
    private readonly env: LogEnvironment,
    dir: string,
    readonly baseOffset: number,
    private readonly config: LogConfig,
    suffix = '',
  ) {
    const file = (kind: string): string => segmentFile(dir, baseOffset, kind + suffix);
    this.records = new SegmentRecords(env.disk, file(LOG_SUFFIX));
    this.offsetIndex = new OffsetIndex(env.disk, file(INDEX_SUFFIX), baseOffset, config.segmentIndexBytes);
    this.timeIndex = new TimeIndex(env.disk, file(TIME_INDEX_SUFFIX), baseOffset, config.segmentIndexBytes);
    this.txnIndex = new TransactionIndex(env.disk, file(TXN_INDEX_SUFFIX));
    this.createdMs = env.sim.dateMs();
    this.lastModifiedMs = this.createdMs;
    this.maxTimestampSoFarMs = this.timeIndex.lastTimestampMs;
    this.offsetOfMaxTimestamp = this.timeIndex.lastOffset;
    this.rollJitterMs =
      config.segmentJitterMs === 0
        ? 0
        : env.sim.random('log.roll.jitter').uint32() % Math.max(1, Math.min(config.segmentJitterMs, config.segmentMs));
  }

  get size(): number {
    return this.records.sizeInBytes;
  }

  /** What retention by time looks at. */
  get largestTimestampMs(): number {
    return this.maxTimestampSoFarMs >= 0 ? this.maxTimestampSoFarMs : this.lastModifiedMs;
  }

  shouldRoll(bytes: number, maxTimestampMs: number, maxOffset: number): boolean {
    return (
      this.size > this.config.segmentBytes - bytes ||
      (this.size > 0 && this.timeWaitedForRollMs(maxTimestampMs) > this.config.segmentMs - this.rollJitterMs) ||
      this.offsetIndex.isFull ||
      this.timeIndex.isFull ||
      maxOffset - this.baseOffset > MAX_RELATIVE_OFFSET
    );
  }

  /** Throws DiskFullError. */
  append(batches: readonly RecordBatch[], largestTimestampMs: number, offsetOfLargest: number): void {
    const first = batches[0];
    if (first === undefined) return;
    const position = this.size;
    if (position === 0) this.rollingBasedTimestampMs = largestTimestampMs;
    for (const batch of batches) this.records.append(batch);
    this.lastModifiedMs = this.env.sim.dateMs();
    if (largestTimestampMs > this.maxTimestampSoFarMs) {
      this.maxTimestampSoFarMs = largestTimestampMs;
      this.offsetOfMaxTimestamp = offsetOfLargest;
    }
    if (this.bytesSinceLastIndexEntry > this.config.indexIntervalBytes) {
      this.offsetIndex.append(first.baseOffset, position);
      this.timeIndex.maybeAppend(this.maxTimestampSoFarMs, this.offsetOfMaxTimestamp);
      this.bytesSinceLastIndexEntry = 0;
    }
    this.bytesSinceLastIndexEntry += this.size - position;
  }

  /** Where the first batch is that ends at `offset` or later; undefined when there is none. */
  translateOffset(offset: number): BatchPosition | undefined {
    const index = this.records.indexOf(offset);
    return index === this.records.batches.length ? undefined : { index, position: this.records.positions[index] as number };
  }

  /** The offset after the last record; the base offset of an empty segment. */
  readNextOffset(): number {
    const last = this.records.batches.at(-1);
    return last === undefined ? this.baseOffset : last.lastOffset + 1;
  }

  /** The first record at `startingOffset` or later whose timestamp is at least `timestampMs`. */
  findOffsetByTimestamp(timestampMs: number, startingOffset: number): TimestampOffset | undefined {
    for (const batch of this.records.batches) {
      if (batch.maxTimestampMs < timestampMs || batch.lastOffset < startingOffset) continue;
      for (const record of batch.records()) {
        if (record.timestampMs >= timestampMs && record.offset >= startingOffset) return { timestampMs: record.timestampMs, offset: record.offset };
      }
    }
    return undefined;
  }

  /** Cuts off the batch that holds `offset` and all after it. Returns how many bytes that took away. */
  truncateTo(offset: number): number {
    const index = this.records.indexOf(offset);
    this.offsetIndex.truncateTo(offset);
    this.timeIndex.truncateTo(offset);
    this.txnIndex.truncateTo(offset);
    this.resizeIndexes(this.config.segmentIndexBytes);
    const truncated = this.records.truncateToCount(index);
    if (this.size === 0) {
      this.createdMs = this.env.sim.dateMs();
      this.rollingBasedTimestampMs = undefined;
    }
    this.bytesSinceLastIndexEntry = 0;
    if (this.maxTimestampSoFarMs >= 0) this.loadLargestTimestamp();
    return truncated;
  }

  /** Throws CorruptIndexError. */
  sanityCheck(): void {
    this.offsetIndex.sanityCheck();
    if (this.timeIndex.isNewlyCreated) this.timeIndex.resize(0);
    this.timeIndex.sanityCheck();
  }

  /** Finds again what only memory held, once the files have been found sound. */
  loadLargestTimestamp(): void {
    this.maxTimestampSoFarMs = this.timeIndex.lastTimestampMs;
    this.offsetOfMaxTimestamp = this.timeIndex.lastOffset;
    for (const batch of this.records.batches) this.noteTimestamp(batch);
  }

  /**
   * Reads the segment again, writes its indexes anew and cuts it where the first damaged batch is. Returns how many bytes that took away.
   * `onBatch` hears of each sound batch, in order.
   */
  recover(logger: ClassLogger, onBatch: (batch: RecordBatch) => void): number {
    this.offsetIndex.reset();
    this.timeIndex.reset();
    this.txnIndex.reset();
    this.maxTimestampSoFarMs = -1;
    let valid = 0;
    let lastIndexEntry = 0;
    for (const batch of this.records.batches) {
      const position = this.records.positions[valid] as number;
      if (!batch.isValid) {
        const reason = `Record is corrupt (stored crc = ${batch.crc}, computed crc = ${batch.computedCrc})`;
        logger.warn(`Found invalid messages in log segment ${this.records.path} at byte offset ${position}: ${reason}.`);
        break;
      }
      this.noteTimestamp(batch);
      if (position - lastIndexEntry > this.config.indexIntervalBytes) {
        this.offsetIndex.append(batch.baseOffset, position);
        this.timeIndex.maybeAppend(this.maxTimestampSoFarMs, this.offsetOfMaxTimestamp);
        lastIndexEntry = position;
      }
      onBatch(batch);
      valid += 1;
    }
    if (valid === this.records.batches.length && this.records.damage !== undefined) {
      logger.warn(`Found invalid messages in log segment ${this.records.path} at byte offset ${this.records.validBytes}: ${this.records.damage}.`);
    }
    const truncated = this.records.truncateToCount(valid);
    this.offsetIndex.trimToValidSize();
    this.timeIndex.maybeAppend(this.maxTimestampSoFarMs, this.offsetOfMaxTimestamp);
    this.timeIndex.trimToValidSize();
    return truncated;
  }

  resizeIndexes(size: number): void {
    this.offsetIndex.resize(size);
    this.timeIndex.resize(size);
  }

  /** The segment is rolled or closed: nothing will be appended. */
  onBecomeInactive(): void {
    this.timeIndex.maybeAppend(this.maxTimestampSoFarMs, this.offsetOfMaxTimestamp);
    this.offsetIndex.trimToValidSize();
    this.timeIndex.trimToValidSize();
  }

  close(): void {
    this.onBecomeInactive();
  }

  /** The directory has another name now. */
  updateDir(dir: string): void {
    for (const file of this.files) file.path = `${dir}/${nameOf(file.path)}`;
  }

  changeFileSuffixes(from: string, to: string): void {
    for (const file of this.files) file.renameTo(file.path.slice(0, file.path.length - from.length) + to);
  }

  markDeleted(): void {
    this.changeFileSuffixes('', DELETED_SUFFIX);
  }

  deleteIfExists(logger: ClassLogger): void {
    const kinds = ['log', 'offset index', 'time index', 'transaction index'];
    this.files.forEach((file, i) => {
      if (file.deleteIfExists()) logger.info(`Deleted ${kinds[i]} ${file.path}.`);
      else if (i < 3) logger.info(`Failed to delete ${kinds[i]} ${file.path} because it does not exist.`);
    });
  }

  private get files(): readonly [SegmentRecords, OffsetIndex, TimeIndex, TransactionIndex] {
    return [this.records, this.offsetIndex, this.timeIndex, this.txnIndex];
  }

  private timeWaitedForRollMs(timestampMs: number): number {
    this.rollingBasedTimestampMs ??= this.records.batches[0]?.maxTimestampMs;
    const from = this.rollingBasedTimestampMs;
    return from !== undefined && from >= 0 ? timestampMs - from : this.env.sim.dateMs() - this.createdMs;
  }

  private noteTimestamp(batch: RecordBatch): void {
    if (batch.maxTimestampMs <= this.maxTimestampSoFarMs) return;
    this.maxTimestampSoFarMs = batch.maxTimestampMs;
    this.offsetOfMaxTimestamp = batch.lastOffset;
  }
}
