import { Bytes, type Disk, readFile } from '../../kernel/disk';
import { readInt64, writeInt64 } from '../../protocol/int64';

const ENTRY_SIZE = 34;

/** A transaction that was aborted: its first offset, that of its marker, and the last stable offset once it had ended. */
export interface AbortedTxn {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly lastStableOffset: number;
}

/**
 * The aborted transactions whose markers are in one segment. The file is made with its first entry.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/TransactionIndex.scala
 */
export class TransactionIndex {
  private entries: AbortedTxn[] = [];

  constructor(
    private readonly disk: Disk,
    public path: string,
  ) {
    const file = disk.open(path);
    if (file !== undefined) this.entries = parseEntries(readFile(file));
  }

  get abortedTxns(): readonly AbortedTxn[] {
    return this.entries;
  }

  append(aborted: AbortedTxn): void {
    this.entries.push(aborted);
    (this.disk.open(this.path) ?? this.disk.create(this.path)).append(new Bytes(encodeEntry(aborted)));
  }

  /** Those that overlap with `[fetchOffset, upperBoundOffset)`; `isComplete` when no later segment can have more. */
  collect(fetchOffset: number, upperBoundOffset: number): { aborted: AbortedTxn[]; isComplete: boolean } {
    const aborted: AbortedTxn[] = [];
    for (const txn of this.entries) {
      if (txn.lastOffset >= fetchOffset && txn.firstOffset < upperBoundOffset) aborted.push(txn);
      if (txn.lastStableOffset >= upperBoundOffset) return { aborted, isComplete: true };
    }
    return { aborted, isComplete: false };
  }

  truncateTo(offset: number): void {
    const kept = this.entries.filter((txn) => txn.lastOffset < offset);
    if (kept.length === this.entries.length) return;
    this.entries = kept;
    this.disk.open(this.path)?.replace(kept.map((txn) => new Bytes(encodeEntry(txn))));
  }

  reset(): void {
    this.truncateTo(-1);
  }

  deleteIfExists(): boolean {
    if (this.disk.open(this.path) === undefined) return false;
    this.disk.remove(this.path);
    return true;
  }

  renameTo(path: string): void {
    if (this.disk.exists(this.path)) this.disk.rename(this.path, path);
    this.path = path;
  }
}

function encodeEntry(txn: AbortedTxn): Uint8Array {
  const bytes = new Uint8Array(ENTRY_SIZE);
  const view = new DataView(bytes.buffer);
  writeInt64(view, 2, txn.producerId);
  writeInt64(view, 10, txn.firstOffset);
  writeInt64(view, 18, txn.lastOffset);
  writeInt64(view, 26, txn.lastStableOffset);
  return bytes;
}

function parseEntries(bytes: Uint8Array): AbortedTxn[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const entries: AbortedTxn[] = [];
  for (let at = 0; at + ENTRY_SIZE <= bytes.length; at += ENTRY_SIZE) {
    entries.push({
      producerId: readInt64(view, at + 2),
      firstOffset: readInt64(view, at + 10),
      lastOffset: readInt64(view, at + 18),
      lastStableOffset: readInt64(view, at + 26),
    });
  }
  return entries;
}
