import type { Disk } from '../../kernel/disk';
import { readInt64, writeInt64 } from '../../protocol/int64';
import { CorruptIndexError, type IndexEntry, IndexFile } from './index-file';

class TimeIndexEntry implements IndexEntry {
  readonly sizeInBytes = 12;

  constructor(
    readonly timestampMs: number,
    readonly offset: number,
    private readonly relativeOffset: number,
  ) {}

  encode(): Uint8Array {
    const bytes = new Uint8Array(12);
    const view = new DataView(bytes.buffer);
    writeInt64(view, 0, this.timestampMs);
    view.setInt32(8, this.relativeOffset);
    return bytes;
  }
}

/**
 * The largest timestamp of a segment up to an offset, now and then. 12 bytes an entry; both columns only grow.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/TimeIndex.scala
 */
export class TimeIndex extends IndexFile<TimeIndexEntry> {
  readonly entrySize = 12;

  constructor(disk: Disk, path: string, baseOffset: number, maxIndexSize: number) {
    super(disk, path, baseOffset, maxIndexSize);
    this.load();
  }

  /** The last slot is kept for the entry that is written when the segment is rolled. */
  get isFull(): boolean {
    return this.entries.length >= this.maxEntries - 1;
  }

  get lastTimestampMs(): number {
    if (this.paddingEntries > 0) return 0;
    return this.entries.at(-1)?.timestampMs ?? -1;
  }

  get lastOffset(): number {
    if (this.paddingEntries > 0) return this.baseOffset;
    return this.entries.at(-1)?.offset ?? this.baseOffset;
  }

  maybeAppend(timestampMs: number, offset: number): void {
    if (timestampMs > this.lastTimestampMs) this.push(new TimeIndexEntry(timestampMs, offset, offset - this.baseOffset));
  }

  /** Throws CorruptIndexError. */
  sanityCheck(): void {
    const first = this.entries[0];
    if (first !== undefined && this.lastTimestampMs < first.timestampMs) {
      throw new CorruptIndexError(
        `Corrupt time index found, time index file (${this.path}) has non-zero size but the last timestamp is ${this.lastTimestampMs} ` +
          `which is less than the first timestamp ${first.timestampMs}`,
      );
    }
    if (first !== undefined && this.lastOffset < this.baseOffset) {
      throw new CorruptIndexError(
        `Corrupt time index found, time index file (${this.path}) has non-zero size but the last offset is ${this.lastOffset} ` +
          `which is less than the first offset ${this.baseOffset}`,
      );
    }
    if (this.file.sizeInBytes % this.entrySize !== 0) {
      throw new CorruptIndexError(
        `Time index file ${this.path} is corrupt, found ${this.file.sizeInBytes} bytes which is neither positive nor a multiple of ${this.entrySize}.`,
      );
    }
  }

  protected parse(view: DataView, at: number): TimeIndexEntry {
    const relativeOffset = view.getInt32(at + 8);
    return new TimeIndexEntry(readInt64(view, at), this.baseOffset + relativeOffset, relativeOffset);
  }
}
