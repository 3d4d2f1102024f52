import type { RecordBatch } from '../../protocol/record-batch';
import { readMarker } from './producer-append-info';
import type { AbortedTxn, TransactionIndex } from './transaction-index';

/**
 * Tells a cleaning which batches belong to aborted transactions, and which markers nothing needs any more.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogCleaner.scala CleanedTransactionMetadata
 */
export class CleanedTransactions {
  private readonly pending: AbortedTxn[];
  private readonly ongoingCommitted = new Set<number>();
  /** By producer; `seen` once a batch of the transaction was met. */
  private readonly ongoingAborted = new Map<number, { readonly txn: AbortedTxn; seen: boolean }>();

  /** `index` gets the transactions whose batches are still there. */
  constructor(
    aborted: readonly AbortedTxn[],
    private readonly index?: TransactionIndex,
  ) {
    this.pending = [...aborted].sort((a, b) => a.firstOffset - b.firstOffset);
  }

  /** True when the batch can go as a whole: it is aborted data, or a marker of a transaction without data. */
  isDiscardable(batch: RecordBatch, retainsMarkers: boolean): boolean {
    this.beginUpTo(batch.lastOffset);
    if (batch.isControlBatch) return this.onMarker(batch) && !retainsMarkers;
    if (!batch.isTransactional) return false;
    const aborted = this.ongoingAborted.get(batch.producerId);
    if (aborted !== undefined) {
      aborted.seen = true;
      return true;
    }
    this.ongoingCommitted.add(batch.producerId);
    return false;
  }

  private onMarker(batch: RecordBatch): boolean {
    if (!readMarker(batch).isAbort) return !this.ongoingCommitted.delete(batch.producerId);
    const aborted = this.ongoingAborted.get(batch.producerId);
    this.ongoingAborted.delete(batch.producerId);
    if (aborted?.seen !== true) return true;
    this.index?.append(aborted.txn);
    return false;
  }

  private beginUpTo(offset: number): void {
    for (let next = this.pending[0]; next !== undefined && next.firstOffset <= offset; next = this.pending[0]) {
      this.pending.shift();
      this.ongoingAborted.set(next.producerId, { txn: next, seen: false });
    }
  }
}
