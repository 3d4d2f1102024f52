import type { LogConfig } from '../../config/log-config';
import { NO_TIMESTAMP } from '../../protocol/default-record-batch';
import { ERRORS } from '../../protocol/errors';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { RecordBatch } from '../../protocol/record-batch';
import { ClassLogger } from '../class-logger';
import type { FetchDataInfo } from './fetch-data-info';
import { LeaderEpochFileCache } from './leader-epoch-file-cache';
import type { LogAppendInfo } from './log-append-info';
import { type AppendableLog, LogAppender } from './log-appender';
import type { LogEnvironment } from './log-environment';
import { LEADER_EPOCH_FILE, nameOf, parentOf, parseLogDirName } from './log-file-names';
import { loadProducerState, loadSegments } from './log-loader';
import { isOffsetOnly, type LogOffsetMetadata, offsetOnly } from './log-offset-metadata';
import { collectAbortedTxns, readLog, type ReadOptions } from './log-reader';
import { LogSegment, type TimestampOffset } from './log-segment';
import { LogSegments } from './log-segments';
import { rollLog } from './log-roll';
import { emptyLog, truncateLog } from './log-truncation';
import { ProducerStateManager } from './producer-state-manager';
import type { AbortedTxn } from './transaction-index';

export interface LogOptions {
  readonly config: LogConfig;
  readonly logStartOffset: number;
  readonly recoveryPoint: number;
  readonly maxProducerIdExpirationMs: number;
  /** The broker was stopped cleanly before it wrote this log's files. */
  readonly hadCleanShutdown: boolean;
}

/**
 * One replica of a partition: an append-only sequence of record batches in segments.
 *
 * Units: offsets count records from 0; `logEndOffset` is exclusive; sizes are bytes.
 * Errors: codes in what `appendAsLeader`, `appendAsFollower` and `read` return, never exceptions.
 * Simplified: records are kept in format v2 whatever message.format.version says; flushing costs nothing and always succeeds.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala
 */
export class Log implements AppendableLog {
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
  private readonly appender = new LogAppender(this);

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
    return this.appender.appendAsLeader(batches, leaderEpoch, isFromClient);
  }

  /** Appends what the leader has, offsets and all. */
  appendAsFollower(batches: readonly RecordBatch[]): LogAppendInfo {
    return this.appender.appendAsFollower(batches);
  }

  /** Whole batches from the one that holds `startOffset` on. */
  read(startOffset: number, maxBytes: number, options: ReadOptions = {}): FetchDataInfo {
    return readLog(this, startOffset, maxBytes, options);
  }

  /** Where `offset` is in the log; undefined when it is out of range. */
  convertToOffsetMetadata(offset: number): LogOffsetMetadata | undefined {
    const fetched = this.read(offset, 1);
    return fetched.errorCode === ERRORS.NONE ? fetched.fetchOffsetMetadata : undefined;
  }

  /** The aborted transactions that overlap with `[startOffset, upperBoundOffset)`. */
  collectAbortedTransactions(startOffset: number, upperBoundOffset: number): AbortedTxn[] {
    return collectAbortedTxns(this.segments, startOffset, upperBoundOffset);
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
    const partition = topicPartitionName(this.topicPartition);
    const describe = (): string => `Exception while increasing log start offset for ${partition} to ${offset} in dir ${this.parentDir}`;
    this.env.failures.attempt(this.parentDir, describe, () => {
      this.logger.info(`Incrementing log start offset to ${offset}`);
      this.logStartOffset = offset;
      this.leaderEpochCache.clearAndFlushEarliest(offset);
      this.producerStateManager.truncateHead(offset);
      this.updateFirstUnstableOffset();
    });
  }

  /** Begins a new segment at the log's end, or at `expectedNextOffset` when that is later. */
  roll(expectedNextOffset = 0): LogSegment {
    return rollLog(this, expectedNextOffset);
  }

  flush(offset = this.logEndOffset): void {
    if (this.isClosed || offset <= this.recoveryPoint) return;
    this.recoveryPoint = offset;
    this.lastFlushTimeMs = this.env.sim.dateMs();
  }

  /** False when there was nothing to cut off. */
  truncateTo(offset: number): boolean {
    return truncateLog(this, offset);
  }

  truncateFullyAndStartAt(offset: number): void {
    emptyLog(this, offset);
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
        this.env.failures.attempt(this.parentDir, () => this.describeDeletion(), () => segment.deleteIfExists(this.segmentLogger));
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

  private describeDeletion(): string {
    return `Error while deleting segments for ${topicPartitionName(this.topicPartition)} in dir ${this.parentDir}`;
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
      { disk: this.env.disk, failures: this.env.failures, logDir: this.parentDir },
      `${this.dir}/${LEADER_EPOCH_FILE}`,
      new ClassLogger(this.env.log, 'kafka.server.epoch.LeaderEpochFileCache'),
    );
  }

  /** For who changes the segments: moves the log's end. */
  updateLogEndOffset(offset: number): void {
    const segment = this.activeSegment;
    this.nextOffset = { messageOffset: offset, segmentBaseOffset: segment.baseOffset, relativePositionInSegment: segment.size };
  }

  /** For who changes what is known of the producers. */
  updateFirstUnstableOffset(): void {
    let first = this.producerStateManager.firstUnstableOffset;
    if (first !== undefined && (isOffsetOnly(first) || first.messageOffset < this.logStartOffset)) {
      const offset = Math.max(first.messageOffset, this.logStartOffset);
      const segment = this.segments.floor(offset) as LogSegment;
      const relativePositionInSegment = segment.translateOffset(offset)?.position ?? segment.size;
      first = { messageOffset: offset, segmentBaseOffset: segment.baseOffset, relativePositionInSegment };
    }
    this.firstUnstableOffset = first;
  }
}
