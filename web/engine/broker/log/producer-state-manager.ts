import type { TopicPartition } from '../../protocol/messages';
import { topicPartitionName } from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import type { LogEnvironment } from './log-environment';
import { offsetFromFileName, segmentFile, SNAPSHOT_SUFFIX } from './log-file-names';
import type { LogOffsetMetadata } from './log-offset-metadata';
import { type CompletedTxn, ProducerAppendInfo, type TxnMetadata } from './producer-append-info';
import { CorruptSnapshotError, readProducerSnapshot, writeProducerSnapshot } from './producer-snapshot';
import { ProducerStateEntry } from './producer-state-entry';

const GROUP_METADATA_TOPIC = '__consumer_offsets';

/**
 * What a log knows of the idempotent and transactional producers that have written to it.
 *
 * Why: a repeated batch is acknowledged and not written again, a gap or an old epoch is refused, and read_committed consumers stop at the
 * first offset whose transaction is still open.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/ProducerStateManager.scala
 */
export class ProducerStateManager {
  private readonly producers = new Map<number, ProducerStateEntry>();
  /** By first offset. */
  private readonly ongoingTxns = new Map<number, TxnMetadata>();
  /** Those whose markers are not below the high watermark yet, by first offset. */
  private readonly unreplicatedTxns = new Map<number, TxnMetadata>();
  private lastMapOffset = 0;
  private lastSnapOffset = 0;
  private knownSnapshots: number[] | undefined;
  private readonly logger: ClassLogger;

  constructor(
    private readonly env: LogEnvironment,
    private readonly topicPartition: TopicPartition,
    public dir: string,
    private readonly maxProducerIdExpirationMs: number,
  ) {
    this.logger = new ClassLogger(
      env.log,
      'kafka.log.ProducerStateManager',
      `[ProducerStateManager partition=${topicPartitionName(topicPartition)}] `,
    );
  }

  get mapEndOffset(): number {
    return this.lastMapOffset;
  }

  get isEmpty(): boolean {
    return this.producers.size === 0 && this.unreplicatedTxns.size === 0;
  }

  get activeProducers(): ReadonlyMap<number, ProducerStateEntry> {
    return this.producers;
  }

  /** Where the earliest transaction begins that is open, or whose end is not replicated. */
  get firstUnstableOffset(): LogOffsetMetadata | undefined {
    const ongoing = earliest(this.ongoingTxns);
    const unreplicated = earliest(this.unreplicatedTxns);
    if (ongoing === undefined || unreplicated === undefined) return ongoing ?? unreplicated;
    return ongoing.messageOffset < unreplicated.messageOffset ? ongoing : unreplicated;
  }

  get latestSnapshotOffset(): number | undefined {
    return this.snapshots.at(-1);
  }

  lastEntry(producerId: number): ProducerStateEntry | undefined {
    return this.producers.get(producerId);
  }

  prepareUpdate(producerId: number, isFromClient: boolean): ProducerAppendInfo {
    const checked = this.topicPartition.topic === GROUP_METADATA_TOPIC ? 'epochOnly' : 'full';
    return new ProducerAppendInfo(producerId, this.producers.get(producerId) ?? new ProducerStateEntry(producerId), isFromClient ? checked : 'none');
  }

  update(info: ProducerAppendInfo): void {
    const current = this.producers.get(info.producerId);
    if (current === undefined) this.producers.set(info.producerId, info.updated);
    else current.update(info.updated);
    for (const txn of info.startedTransactions) this.ongoingTxns.set(txn.firstOffset.messageOffset, txn);
  }

  updateMapEndOffset(offset: number): void {
    this.lastMapOffset = offset;
  }

  /** Returns the last stable offset once the transaction has ended. */
  completeTxn(completed: CompletedTxn): number {
    const txn = this.ongoingTxns.get(completed.firstOffset);
    if (txn === undefined) throw new Error(`a transaction of producer ${completed.producerId} ended that had not begun`);
    this.ongoingTxns.delete(completed.firstOffset);
    txn.lastOffset = completed.lastOffset;
    this.unreplicatedTxns.set(completed.firstOffset, txn);
    return earliest(this.ongoingTxns)?.messageOffset ?? completed.lastOffset + 1;
  }

  onHighWatermarkUpdated(highWatermark: number): void {
    removeCompletedBefore(this.unreplicatedTxns, highWatermark);
  }

  removeExpiredProducers(nowMs: number): void {
    for (const [id, entry] of this.producers) if (this.isExpired(nowMs, entry)) this.producers.delete(id);
  }

  /** Writes a snapshot unless there is one for this offset. */
  takeSnapshot(): void {
    if (this.lastMapOffset <= this.lastSnapOffset) return;
    this.logger.info(`Writing producer snapshot at offset ${this.lastMapOffset}`);
    writeProducerSnapshot(this.env.disk, segmentFile(this.dir, this.lastMapOffset, SNAPSHOT_SUFFIX), [...this.producers.values()]);
    this.knownSnapshots = [...this.snapshots.filter((offset) => offset !== this.lastMapOffset), this.lastMapOffset].sort((a, b) => a - b);
    this.lastSnapOffset = this.lastMapOffset;
  }

  /** Makes the state that of `logEndOffset`, or of the last snapshot before it: see `mapEndOffset`. */
  truncateAndReload(logStartOffset: number, logEndOffset: number, nowMs: number): void {
    this.deleteSnapshots((offset) => offset > logEndOffset || offset <= logStartOffset);
    if (logEndOffset === this.lastMapOffset) {
      this.truncateHead(logStartOffset);
      return;
    }
    this.producers.clear();
    this.ongoingTxns.clear();
    this.unreplicatedTxns.clear();
    this.loadFromSnapshot(logStartOffset, nowMs);
  }

  /** The log begins at `logStartOffset` now. */
  truncateHead(logStartOffset: number): void {
    const evicted = new Set<number>();
    for (const [id, entry] of this.producers) if (!isRetained(entry, logStartOffset)) evicted.add(id);
    for (const id of evicted) this.producers.delete(id);
    for (const [offset, txn] of this.ongoingTxns) if (evicted.has(txn.producerId)) this.ongoingTxns.delete(offset);
    removeCompletedBefore(this.unreplicatedTxns, logStartOffset);
    if (this.lastMapOffset < logStartOffset) this.lastMapOffset = logStartOffset;
    this.deleteSnapshotsBefore(logStartOffset);
    this.lastSnapOffset = this.latestSnapshotOffset ?? logStartOffset;
  }

  /** Forgets everything. */
  truncate(): void {
    this.producers.clear();
    this.ongoingTxns.clear();
    this.unreplicatedTxns.clear();
    this.deleteSnapshots(() => true);
    this.lastSnapOffset = 0;
    this.lastMapOffset = 0;
  }

  deleteSnapshotsBefore(offset: number): void {
    this.deleteSnapshots((snapshot) => snapshot < offset);
  }

  private loadFromSnapshot(logStartOffset: number, nowMs: number): void {
    for (;;) {
      const offset = this.latestSnapshotOffset;
      if (offset === undefined) {
        this.lastSnapOffset = logStartOffset;
        this.lastMapOffset = logStartOffset;
        return;
      }
      const path = segmentFile(this.dir, offset, SNAPSHOT_SUFFIX);
      this.logger.info(`Loading producer state from snapshot file '${path}'`);
      try {
        for (const entry of readProducerSnapshot(this.env.disk, path)) {
          if (isRetained(entry, logStartOffset) && !this.isExpired(nowMs, entry)) this.load(entry);
        }
        this.lastSnapOffset = offset;
        this.lastMapOffset = offset;
        return;
      } catch (error) {
        if (!(error instanceof CorruptSnapshotError)) throw error;
        this.logger.warn(`Failed to load producer snapshot from '${path}': ${error.message}`);
        this.deleteSnapshots((each) => each === offset);
      }
    }
  }

  private load(entry: ProducerStateEntry): void {
    this.producers.set(entry.producerId, entry);
    const first = entry.currentTxnFirstOffset;
    if (first === undefined) return;
    const firstOffset = { messageOffset: first, segmentBaseOffset: -1, relativePositionInSegment: -1 };
    this.ongoingTxns.set(first, { producerId: entry.producerId, firstOffset, lastOffset: undefined });
  }

  private isExpired(nowMs: number, entry: ProducerStateEntry): boolean {
    return entry.currentTxnFirstOffset === undefined && nowMs - entry.lastTimestampMs >= this.maxProducerIdExpirationMs;
  }

  /** Sorted. The directory is read once; what is written and removed later is followed here. */
  private get snapshots(): number[] {
    this.knownSnapshots ??= this.env.disk
      .list(this.dir)
      .filter((name) => name.endsWith(SNAPSHOT_SUFFIX))
      .map(offsetFromFileName)
      .sort((a, b) => a - b);
    return this.knownSnapshots;
  }

  private deleteSnapshots(predicate: (offset: number) => boolean): void {
    const doomed = this.snapshots.filter(predicate);
    if (doomed.length === 0) return;
    for (const offset of doomed) this.env.disk.remove(segmentFile(this.dir, offset, SNAPSHOT_SUFFIX));
    this.knownSnapshots = this.snapshots.filter((offset) => !doomed.includes(offset));
  }
}

function isRetained(entry: ProducerStateEntry, logStartOffset: number): boolean {
  return entry.lastDataOffset >= logStartOffset;
}

function earliest(txns: ReadonlyMap<number, TxnMetadata>): LogOffsetMetadata | undefined {
  let first: LogOffsetMetadata | undefined;
  for (const { firstOffset } of txns.values()) if (first === undefined || firstOffset.messageOffset < first.messageOffset) first = firstOffset;
  return first;
}

function removeCompletedBefore(txns: Map<number, TxnMetadata>, offset: number): void {
  for (const [first, txn] of txns) if (txn.lastOffset !== undefined && txn.lastOffset < offset) txns.delete(first);
}
