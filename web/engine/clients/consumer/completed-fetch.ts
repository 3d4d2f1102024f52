import type { FetchedPartition } from '../../protocol/messages';
import type { RecordBatch, RecordView } from '../../protocol/record-batch';
import { PartOfBatch, type RecordSlice, WholeBatch } from './consumer-records';
import type { AssignedPartition } from './subscription-state';

/** What a fetch brought for one partition and that is not handed out yet. */
export interface CompletedFetch {
  readonly partition: AssignedPartition;
  readonly fetchOffset: number;
  readonly data: FetchedPartition;
}

/**
 * Hands out the records of a fetch, a limited number at a time; skips what lies before the position, control records and, when only
 * committed records are wanted, those of aborted transactions.
 */
export class FetchedRecords {
  readonly partition: AssignedPartition;
  nextOffset: number;
  isDrained = false;
  private batchIndex = 0;
  /** The batch that was handed out in part, and where to go on. */
  private rest: Iterator<RecordView> | undefined;
  private pendingView: RecordView | undefined;
  private readonly abortedProducers = new Set<number>();
  private abortedIndex = 0;

  constructor(
    private readonly fetch: CompletedFetch,
    private readonly readCommitted: boolean,
  ) {
    this.partition = fetch.partition;
    this.nextOffset = fetch.fetchOffset;
  }

  /** True when the fetch brought bytes at all. */
  get hadData(): boolean {
    return this.fetch.data.batches.length > 0;
  }

  /** At most `maxRecords`, at least 1 unless the fetch is used up. */
  take(maxRecords: number): RecordSlice[] {
    const slices: RecordSlice[] = [];
    let room = maxRecords;
    while (room > 0) {
      const batch = this.fetch.data.batches[this.batchIndex];
      if (batch === undefined) {
        this.isDrained = true;
        break;
      }
      const slice = this.takeFrom(batch, room);
      if (slice === undefined) continue;
      slices.push(slice);
      room -= slice.count;
    }
    return slices;
  }

  private takeFrom(batch: RecordBatch, room: number): RecordSlice | undefined {
    if (this.rest === undefined) {
      if (this.mustSkip(batch)) {
        this.finishBatch(batch);
        return undefined;
      }
      if (batch.baseOffset >= this.nextOffset && batch.recordCount <= room) {
        this.finishBatch(batch);
        return batch.recordCount === 0 ? undefined : new WholeBatch(this.partition, batch);
      }
      this.rest = batch.records();
      this.pendingView = this.nextView();
    }
    const views: RecordView[] = [];
    while (this.pendingView !== undefined && views.length < room) {
      if (this.pendingView.offset >= this.nextOffset) views.push(this.pendingView);
      this.pendingView = this.nextView();
    }
    if (this.pendingView === undefined) this.finishBatch(batch);
    else this.nextOffset = (views[views.length - 1] as RecordView).offset + 1;
    return views.length === 0 ? undefined : new PartOfBatch(this.partition, batch.timestampType, views);
  }

  private nextView(): RecordView | undefined {
    const next = (this.rest as Iterator<RecordView>).next();
    return next.done === true ? undefined : next.value;
  }

  private finishBatch(batch: RecordBatch): void {
    this.nextOffset = batch.lastOffset + 1;
    this.rest = undefined;
    this.pendingView = undefined;
    this.batchIndex += 1;
  }

  private mustSkip(batch: RecordBatch): boolean {
    if (batch.lastOffset < this.nextOffset) return true;
    if (this.readCommitted && batch.producerId >= 0) {
      this.noteAborted(batch);
      if (batch.isControlBatch) this.abortedProducers.delete(batch.producerId);
      else if (batch.isTransactional && this.abortedProducers.has(batch.producerId)) return true;
    }
    return batch.isControlBatch;
  }

  /** The aborted transactions that began up to this batch. */
  private noteAborted(batch: RecordBatch): void {
    const aborted = this.fetch.data.abortedTransactions ?? [];
    while (this.abortedIndex < aborted.length) {
      const next = aborted[this.abortedIndex] as { producerId: number; firstOffset: number };
      if (next.firstOffset > batch.lastOffset) return;
      this.abortedProducers.add(next.producerId);
      this.abortedIndex += 1;
    }
  }
}
