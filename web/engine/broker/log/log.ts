import type { LogConfig } from '../../config/log-config';
import { DiskFullError } from '../../kernel/disk';
import { NO_TIMESTAMP } from '../../protocol/default-record-batch';
import { ERRORS } from '../../protocol/errors';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { RecordBatch } from '../../protocol/record-batch';
import { ClassLogger } from '../class-logger';
import { emptyFetch, failedFetch, type FetchDataInfo } from './fetch-data-info';
import { LeaderEpochFileCache } from './leader-epoch-file-cache';
import { appendFailed, type LogAppendInfo, nothingAppended } from './log-append-info';
import type { LogEnvironment } from './log-environment';
import { LEADER_EPOCH_FILE, nameOf, parentOf, parseLogDirName, segmentFile, LOG_SUFFIX, INDEX_SUFFIX, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX } from './log-file-names';
import { loadProducerState, loadSegments } from './log-loader';
import { isOffsetOnly, type LogOffsetMetadata, offsetOnly } from './log-offset-metadata';
import { LogSegment, type TimestampOffset } from './log-segment';
import { LogSegments } from './log-segments';
import { recompress, targetCompression, validateBatch } from './log-validator';
import type { CompletedTxn, ProducerAppendInfo } from './producer-append-info';
import { ProducerStateManager } from './producer-state-manager';
import type { BatchMetadata } from './producer-state-entry';
import type { AbortedTxn } from './transaction-index';

const PRODUCER_EXPIRATION_CHECK_MS = 600_000;
const MAX_INT = 2147483647;

export interface LogOptions {
  readonly config: LogConfig;
  readonly logStartOffset: number;
  readonly recoveryPoint: number;
  readonly maxProducerIdExpirationMs: number;
  /** The broker was stopped cleanly before it wrote this log's files. */
  readonly hadCleanShutdown: boolean;
}

export interface ReadOptions {
  /** Exclusive. */
  readonly maxOffset?: number;
  /** Give the first batch even when it is larger than what was asked for. */
  readonly minOneMessage?: boolean;
  readonly isReadCommitted?: boolean;
}

/** What the offsets of an append come to, before anything is written. */
interface Prepared {
  readonly batches: readonly RecordBatch[];
  readonly sizeInBytes: number;
  readonly recordCount: number;
  readonly maxTimestampMs: number;
  readonly offsetOfMaxTimestamp: number;
}

/** Outcome of the check against what is known of the producers. */
interface ProducerCheck {
  readonly failure?: LogAppendInfo;
  readonly duplicate?: BatchMetadata;
  readonly updated: readonly ProducerAppendInfo[];
  readonly completed: readonly CompletedTxn[];
}
const NO_PRODUCERS: ProducerCheck = { updated: [], completed: [] };

/**
 * One replica of a partition: an append-only sequence of record batches in segments.
 *
 * Units: offsets count records from 0; `logEndOffset` is exclusive; sizes are bytes.
 * Errors: codes in what `appendAsLeader`, `appendAsFollower` and `read` return, never exceptions.
 * Simplified: records are kept in format v2 whatever message.format.version says; flushing costs nothing and always succeeds.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala
 */
export class Log {
  readonly topicPartition: TopicPartition;
  readonly producerStateManager: ProducerStateManager;
  readonly segments = new LogSegments();
  readonly logger: ClassLogger;
  readonly segmentLogger: ClassLogger;
  config: LogConfig;
  logStartOffset: number;
  /** Everything before it is on disk for certain. */
  recoveryPoint: number;
  lastFlushTimeMs: number;
  leaderEpochCache: LeaderEpochFileCache;
  /** Where the earliest transaction begins that is not decided for consumers. */
  firstUnstableOffset: LogOffsetMetadata | undefined;
  private nextOffset: LogOffsetMetadata = offsetOnly(0);
  private replicaHighWatermark: number | undefined;
  private isClosed = false;

  constructor(
    readonly env: LogEnvironment,
    public dir: string,
    readonly options: LogOptions,
  ) {
    this.topicPartition = parseLogDirName(dir);
    const name = topicPartitionName(this.topicPartition);
    this.logger = new ClassLogger(env.log, 'kafka.log.Log', `[Log partition=${name}, dir=${parentOf(dir)}] `);
    this.segmentLogger = new ClassLogger(env.log, 'kafka.log.LogSegment');
    this.config = options.config;
    this.logStartOffset = options.logStartOffset;
    this.recoveryPoint = options.recoveryPoint;
    this.lastFlushTimeMs = env.sim.dateMs();
    this.producerStateManager = new ProducerStateManager(env, this.topicPartition, dir, options.maxProducerIdExpirationMs);
    env.disk.makeDirectories(dir);
    this.leaderEpochCache = this.openLeaderEpochCache();
    this.load();
    env.scheduler.schedule(() => this.removeExpiredProducers(), {
      delayMs: PRODUCER_EXPIRATION_CHECK_MS,
      periodMs: PRODUCER_EXPIRATION_CHECK_MS,
    });
  }

  get name(): string {
    return nameOf(this.dir);
  }

  /** The directory that this log's directory is in. */
  get parentDir(): string {
    return parentOf(this.dir);
  }

  get logEndOffset(): number {
    return this.nextOffset.messageOffset;
  }

  get logEndOffsetMetadata(): LogOffsetMetadata {
    return this.nextOffset;
  }

  get activeSegment(): LogSegment {
    return this.segments.last;
  }

  get logSegments(): readonly LogSegment[] {
    return this.segments.all;
  }

  get size(): number {
    return this.segments.all.reduce((sum, segment) => sum + segment.size, 0);
  }

  get highWatermark(): number | undefined {
    return this.replicaHighWatermark;
  }

  /** Appends what a client, or the broker itself, sends: gives offsets and the leader's epoch. */
  appendAsLeader(batches: readonly RecordBatch[], leaderEpoch: number, isFromClient = true): LogAppendInfo {
    const nowMs = this.env.sim.dateMs();
    let offset = this.logEndOffset;
    const assigned: RecordBatch[] = [];
    for (const given of batches) {
      const rejection = this.checkSize(given) ?? this.reject(given, nowMs, isFromClient);
      if (rejection !== undefined) return rejection;
      const codec = targetCompression(this.config, given);
      let batch = codec === given.compressionType ? given : recompress(given, codec);
      if (this.config.messageTimestampType === 'LogAppendTime') batch = batch.withLogAppendTime(nowMs);
      batch = batch.withBaseOffset(offset, leaderEpoch);
      offset = batch.lastOffset + 1;
      assigned.push(batch);
    }
    return this.append(assigned, isFromClient, this.config.messageTimestampType === 'LogAppendTime' ? nowMs : NO_TIMESTAMP);
  }

  /** Appends what the leader has, offsets and all. */
  appendAsFollower(batches: readonly RecordBatch[]): LogAppendInfo {
    let next = this.logEndOffset;
    for (const batch of batches) {
      const tooLarge = this.checkSize(batch);
      if (tooLarge !== undefined) return tooLarge;
      if (batch.baseOffset < next) throw new Error(`Out of order offsets found in ${this.name}: ${batch.baseOffset} after ${next}`);
      next = batch.lastOffset + 1;
    }
    return this.append(batches, false, NO_TIMESTAMP);
  }

  private append(batches: readonly RecordBatch[], isFromClient: boolean, logAppendTimeMs: number): LogAppendInfo {
    const first = batches[0];
    if (first === undefined) return nothingAppended(this.logStartOffset);
    const prepared = prepare(batches);
    for (const batch of batches) this.leaderEpochCache.assign(batch.partitionLeaderEpoch, batch.baseOffset);
    if (prepared.sizeInBytes > this.config.segmentBytes) {
      return this.fail(
        ERRORS.RECORD_LIST_TOO_LARGE,
        `Message batch size is ${prepared.sizeInBytes} bytes which exceeds the maximum configured segment size of ${this.config.segmentBytes}.`,
      );
    }
    const check = this.checkProducers(batches, isFromClient);
    if (check.failure !== undefined) return check.failure;
    if (check.duplicate !== undefined) return this.describeDuplicate(check.duplicate, prepared);
    try {
      this.write(prepared, check);
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error;
      return this.fail(
        ERRORS.KAFKA_STORAGE_ERROR,
        `Error while appending records to ${topicPartitionName(this.topicPartition)} in dir ${this.parentDir}`,
      );
    }
    return {
      errorCode: ERRORS.NONE,
      errorMessage: '',
      firstOffset: first.baseOffset,
      lastOffset: this.logEndOffset - 1,
      maxTimestampMs: prepared.maxTimestampMs,
      offsetOfMaxTimestamp: prepared.offsetOfMaxTimestamp,
      logAppendTimeMs,
      logStartOffset: this.logStartOffset,
      sizeInBytes: prepared.sizeInBytes,
      recordCount: prepared.recordCount,
      isDuplicate: false,
    };
  }

  private write(prepared: Prepared, check: ProducerCheck): void {
    const { batches } = prepared;
    const firstOffset = (batches[0] as RecordBatch).baseOffset;
    const lastOffset = (batches[batches.length - 1] as RecordBatch).lastOffset;
    const segment = this.maybeRoll(prepared.sizeInBytes, prepared.maxTimestampMs, lastOffset);
    const metadata: LogOffsetMetadata = {
      messageOffset: firstOffset,
      segmentBaseOffset: segment.baseOffset,
      relativePositionInSegment: segment.size,
    };
    segment.append(batches, prepared.maxTimestampMs, prepared.offsetOfMaxTimestamp);
    for (const info of check.updated) {
      for (const txn of info.startedTransactions) if (txn.firstOffset.messageOffset === firstOffset) txn.firstOffset = metadata;
      this.producerStateManager.update(info);
    }
    for (const txn of check.completed) {
      const lastStableOffset = this.producerStateManager.completeTxn(txn);
      if (txn.isAborted) segment.txnIndex.append({ ...txn, lastStableOffset });
    }
    this.producerStateManager.updateMapEndOffset(lastOffset + 1);
    this.updateLogEndOffset(lastOffset + 1);
    if (check.updated.length > 0) this.updateFirstUnstableOffset();
    if (this.logEndOffset - this.recoveryPoint >= this.config.flushMessages) this.flush();
  }

  private checkSize(batch: RecordBatch): LogAppendInfo | undefined {
    if (batch.sizeInBytes <= this.config.maxMessageBytes) return undefined;
    return this.fail(
      ERRORS.MESSAGE_TOO_LARGE,
      `The record batch size is ${batch.sizeInBytes} bytes which exceeds the maximum configured value of ${this.config.maxMessageBytes}.`,
    );
  }

  private reject(batch: RecordBatch, nowMs: number, isFromClient: boolean): LogAppendInfo | undefined {
    const rejection = validateBatch(batch, this.config, nowMs, isFromClient);
    if (rejection === undefined) return undefined;
    return appendFailed(rejection.errorCode, rejection.errorMessage, this.logStartOffset, rejection.errorClass);
  }

  private fail(errorCode: number, errorMessage: string): LogAppendInfo {
    return appendFailed(errorCode, errorMessage, this.logStartOffset);
  }

  private checkProducers(batches: readonly RecordBatch[], isFromClient: boolean): ProducerCheck {
    let updated: Map<number, ProducerAppendInfo> | undefined;
    const completed: CompletedTxn[] = [];
    for (const batch of batches) {
      if (batch.producerId < 0) continue;
      const duplicate = isFromClient ? this.producerStateManager.lastEntry(batch.producerId)?.findDuplicate(batch) : undefined;
      if (duplicate !== undefined) return { duplicate, updated: [], completed };
      updated ??= new Map();
      let info = updated.get(batch.producerId);
      if (info === undefined) {
        info = this.producerStateManager.prepareUpdate(batch.producerId, isFromClient);
        updated.set(batch.producerId, info);
      }
      const outcome = info.append(batch);
      if (outcome === undefined) continue;
      if ('errorCode' in outcome) return { failure: this.fail(outcome.errorCode, outcome.errorMessage), updated: [], completed };
      completed.push(outcome);
    }
    return updated === undefined ? NO_PRODUCERS : { updated: [...updated.values()], completed };
  }

  private describeDuplicate(duplicate: BatchMetadata, prepared: Prepared): LogAppendInfo {
    return {
      ...nothingAppended(this.logStartOffset),
      firstOffset: duplicate.lastOffset - duplicate.offsetDelta,
      lastOffset: duplicate.lastOffset,
      logAppendTimeMs: duplicate.timestampMs,
      sizeInBytes: prepared.sizeInBytes,
      recordCount: prepared.recordCount,
      isDuplicate: true,
    };
  }

  /** Whole batches from the one that holds `startOffset` on. */
  read(startOffset: number, maxBytes: number, options: ReadOptions = {}): FetchDataInfo {
    const isReadCommitted = options.isReadCommitted === true;
    const next = this.logEndOffset;
    if (startOffset === next) return emptyFetch(this.nextOffset, isReadCommitted);
    let index = this.segments.floorIndex(startOffset);
    if (startOffset > next || index < 0 || startOffset < this.logStartOffset) {
      const message = `Request for offset ${startOffset} but we only have log segments in the range ${this.logStartOffset} to ${next}.`;
      return failedFetch(ERRORS.OFFSET_OUT_OF_RANGE, message, offsetOnly(startOffset));
    }
    for (let segment = this.segments.at(index); segment !== undefined; segment = this.segments.at(++index)) {
      const fetched = readSegment(segment, startOffset, maxBytes, options);
      if (fetched === undefined) continue;
      return isReadCommitted && fetched.errorCode === ERRORS.NONE ? this.withAborted(fetched, startOffset, index) : fetched;
    }
    return emptyFetch(this.nextOffset, isReadCommitted);
  }

  /** Where `offset` is in the log; undefined when it is out of range. */
  convertToOffsetMetadata(offset: number): LogOffsetMetadata | undefined {
    const fetched = this.read(offset, 1);
    return fetched.errorCode === ERRORS.NONE ? fetched.fetchOffsetMetadata : undefined;
  }

  /** The aborted transactions that overlap with `[startOffset, upperBoundOffset)`. */
  collectAbortedTransactions(startOffset: number, upperBoundOffset: number): AbortedTxn[] {
    const all: AbortedTxn[] = [];
    for (let i = Math.max(0, this.segments.floorIndex(startOffset)); i < this.segments.size; i++) {
      const { aborted, isComplete } = (this.segments.at(i) as LogSegment).txnIndex.collect(startOffset, upperBoundOffset);
      all.push(...aborted);
      if (isComplete) break;
    }
    return all;
  }

  private withAborted(fetched: FetchDataInfo, startOffset: number, segmentIndex: number): FetchDataInfo {
    const last = fetched.batches.at(-1);
    const upperBound = last === undefined ? (this.segments.at(segmentIndex + 1)?.baseOffset ?? this.logEndOffset) : last.lastOffset + 1;
    const aborted = this.collectAbortedTransactions(startOffset, upperBound);
    return { ...fetched, abortedTransactions: aborted.map(({ producerId, firstOffset }) => ({ producerId, firstOffset })) };
  }

  /** -2 and -1 ask for the first and the next offset; another timestamp for the first record that is not older. */
  fetchOffsetByTimestamp(timestampMs: number): TimestampOffset | undefined {
    if (timestampMs === EARLIEST_TIMESTAMP) return { timestampMs: NO_TIMESTAMP, offset: this.logStartOffset };
    if (timestampMs === LATEST_TIMESTAMP) return { timestampMs: NO_TIMESTAMP, offset: this.logEndOffset };
    const segment = this.segments.all.find((candidate) => candidate.largestTimestampMs >= timestampMs);
    return segment?.findOffsetByTimestamp(timestampMs, this.logStartOffset);
  }

  onHighWatermarkIncremented(highWatermark: number): void {
    this.replicaHighWatermark = highWatermark;
    if (this.producerStateManager.isEmpty && this.firstUnstableOffset === undefined) return;
    this.producerStateManager.onHighWatermarkUpdated(highWatermark);
    this.updateFirstUnstableOffset();
  }

  updateConfig(updatedKeys: ReadonlySet<string>, config: LogConfig): void {
    const isRelevant = updatedKeys.has('retention.ms') || updatedKeys.has('message.timestamp.difference.max.ms');
    if (isRelevant && this.topicPartition.partition === 0 && config.retentionMs < config.messageTimestampDifferenceMaxMs) {
      this.logger.warn(
        `retention.ms for topic ${this.topicPartition.topic} is set to ${config.retentionMs}. It is smaller than ` +
          `message.timestamp.difference.max.ms's value ${config.values.text('message.timestamp.difference.max.ms')}. ` +
          'This may result in frequent log rolling.',
      );
    }
    this.config = config;
  }

  maybeIncrementLogStartOffset(offset: number): void {
    if (offset <= this.logStartOffset) return;
    this.logger.info(`Incrementing log start offset to ${offset}`);
    this.logStartOffset = offset;
    this.leaderEpochCache.clearAndFlushEarliest(offset);
    this.producerStateManager.truncateHead(offset);
    this.updateFirstUnstableOffset();
  }

  private maybeRoll(bytes: number, maxTimestampMs: number, maxOffset: number): LogSegment {
    const segment = this.activeSegment;
    return segment.shouldRoll(bytes, maxTimestampMs, maxOffset) ? this.roll(maxOffset - MAX_INT) : segment;
  }

  /** Begins a new segment at the log's end, or at `expectedNextOffset` when that is later. */
  roll(expectedNextOffset = 0): LogSegment {
    const { disk, sim } = this.env;
    const startMs = sim.dateMs();
    const baseOffset = Math.max(expectedNextOffset, this.logEndOffset);
    for (const suffix of [LOG_SUFFIX, INDEX_SUFFIX, TIME_INDEX_SUFFIX, TXN_INDEX_SUFFIX]) {
      const path = segmentFile(this.dir, baseOffset, suffix);
      if (!disk.exists(path)) continue;
      this.logger.warn(`Newly rolled segment file ${path} already exists; deleting it first`);
      disk.remove(path);
    }
    this.activeSegment.onBecomeInactive();
    this.producerStateManager.updateMapEndOffset(baseOffset);
    this.producerStateManager.takeSnapshot();
    const segment = this.openSegment(baseOffset);
    this.segments.add(segment);
    this.updateLogEndOffset(this.logEndOffset);
    this.env.scheduler.schedule(() => this.flush(baseOffset));
    this.logger.info(`Rolled new log segment at offset ${baseOffset} in ${sim.dateMs() - startMs} ms.`);
    return segment;
  }

  flush(offset = this.logEndOffset): void {
    if (this.isClosed || offset <= this.recoveryPoint) return;
    this.recoveryPoint = offset;
    this.lastFlushTimeMs = this.env.sim.dateMs();
  }

  /** False when there was nothing to cut off. */
  truncateTo(offset: number): boolean {
    if (offset >= this.logEndOffset) {
      this.logger.info(`Truncating to ${offset} has no effect as the largest offset in the log is ${this.logEndOffset - 1}`);
      return false;
    }
    this.logger.info(`Truncating to offset ${offset}`);
    if (this.segments.first.baseOffset > offset) {
      this.truncateFullyAndStartAt(offset);
      return true;
    }
    for (const segment of this.segments.all.filter((candidate) => candidate.baseOffset > offset)) this.deleteSegment(segment);
    this.activeSegment.truncateTo(offset);
    this.updateLogEndOffset(offset);
    this.recoveryPoint = Math.min(offset, this.recoveryPoint);
    this.logStartOffset = Math.min(offset, this.logStartOffset);
    this.leaderEpochCache.clearAndFlushLatest(offset);
    loadProducerState(this, offset, false);
    this.updateFirstUnstableOffset();
    return true;
  }

  truncateFullyAndStartAt(offset: number): void {
    for (const segment of [...this.segments.all]) this.deleteSegment(segment);
    this.segments.add(this.openSegment(offset));
    this.updateLogEndOffset(offset);
    this.leaderEpochCache.clearAndFlush();
    this.producerStateManager.truncate();
    this.producerStateManager.updateMapEndOffset(offset);
    this.updateFirstUnstableOffset();
    this.recoveryPoint = Math.min(offset, this.recoveryPoint);
    this.logStartOffset = offset;
  }

  /** Producer snapshots that no recovery can need any more go. */
  deleteSnapshotsAfterRecoveryPointCheckpoint(): void {
    const twoSegments = (this.segments.lower(this.activeSegment.baseOffset) ?? this.activeSegment).baseOffset;
    const recovery = this.segments.lower(this.recoveryPoint)?.baseOffset ?? this.recoveryPoint;
    this.producerStateManager.deleteSnapshotsBefore(Math.min(twoSegments, recovery));
  }

  openSegment(baseOffset: number, suffix = ''): LogSegment {
    return new LogSegment(this.env, this.dir, baseOffset, this.config, suffix);
  }

  /** Takes a segment out of the log; its files go after file.delete.delay.ms. */
  deleteSegment(segment: LogSegment): void {
    this.logger.info(`Scheduling log segment [baseOffset ${segment.baseOffset}, size ${segment.size}] for deletion.`);
    this.segments.remove(segment);
    this.asyncDeleteSegment(segment);
  }

  asyncDeleteSegment(segment: LogSegment): void {
    segment.markDeleted();
    this.env.scheduler.schedule(
      () => {
        this.logger.info(`Deleting segment ${segment.baseOffset}`);
        segment.deleteIfExists(this.segmentLogger);
      },
      { delayMs: this.config.fileDeleteDelayMs },
    );
  }

  /** The directory has another name now. */
  renameDir(name: string): void {
    const dir = `${this.parentDir}/${name}`;
    this.env.disk.rename(this.dir, dir);
    this.dir = dir;
    for (const segment of this.segments.all) segment.updateDir(dir);
    this.producerStateManager.dir = dir;
    this.leaderEpochCache = this.openLeaderEpochCache();
  }

  /** A clean end: what only memory holds is written. */
  close(): void {
    this.producerStateManager.takeSnapshot();
    for (const segment of this.segments.all) segment.close();
    this.isClosed = true;
  }

  /** Removes all files. */
  delete(): void {
    for (const segment of this.segments.all) segment.deleteIfExists(this.segmentLogger);
    this.segments.clear();
    this.env.disk.remove(this.dir);
    this.isClosed = true;
  }

  private load(): void {
    const startMs = this.env.sim.dateMs();
    const nextOffset = loadSegments(this);
    this.updateLogEndOffset(nextOffset);
    this.leaderEpochCache.clearAndFlushLatest(nextOffset);
    this.logStartOffset = Math.max(this.logStartOffset, this.segments.first.baseOffset);
    this.leaderEpochCache.clearAndFlushEarliest(this.logStartOffset);
    loadProducerState(this, this.logEndOffset, this.options.hadCleanShutdown);
    this.updateFirstUnstableOffset();
    this.logger.info(
      `Completed load of log with ${this.segments.size} segments, log start offset ${this.logStartOffset} ` +
        `and log end offset ${this.logEndOffset} in ${this.env.sim.dateMs() - startMs} ms`,
    );
  }

  private openLeaderEpochCache(): LeaderEpochFileCache {
    return new LeaderEpochFileCache(
      topicPartitionName(this.topicPartition),
      () => this.logEndOffset,
      this.env.disk,
      `${this.dir}/${LEADER_EPOCH_FILE}`,
      new ClassLogger(this.env.log, 'kafka.server.epoch.LeaderEpochFileCache'),
    );
  }

  private updateLogEndOffset(offset: number): void {
    const segment = this.activeSegment;
    this.nextOffset = { messageOffset: offset, segmentBaseOffset: segment.baseOffset, relativePositionInSegment: segment.size };
  }

  private updateFirstUnstableOffset(): void {
    let first = this.producerStateManager.firstUnstableOffset;
    if (first !== undefined && (isOffsetOnly(first) || first.messageOffset < this.logStartOffset)) {
      const offset = Math.max(first.messageOffset, this.logStartOffset);
      const segment = this.segments.floor(offset) as LogSegment;
      const relativePositionInSegment = segment.translateOffset(offset)?.position ?? segment.size;
      first = { messageOffset: offset, segmentBaseOffset: segment.baseOffset, relativePositionInSegment };
    }
    this.firstUnstableOffset = first;
  }

  private removeExpiredProducers(): void {
    if (!this.isClosed) this.producerStateManager.removeExpiredProducers(this.env.sim.dateMs());
  }
}

function prepare(batches: readonly RecordBatch[]): Prepared {
  let sizeInBytes = 0;
  let recordCount = 0;
  let maxTimestampMs = NO_TIMESTAMP;
  let offsetOfMaxTimestamp = -1;
  for (const batch of batches) {
    sizeInBytes += batch.sizeInBytes;
    recordCount += batch.recordCount;
    if (batch.maxTimestampMs > maxTimestampMs) {
      maxTimestampMs = batch.maxTimestampMs;
      offsetOfMaxTimestamp = batch.lastOffset;
    }
  }
  return { batches, sizeInBytes, recordCount, maxTimestampMs, offsetOfMaxTimestamp };
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
