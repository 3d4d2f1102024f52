import type { Disk } from '../../kernel/disk';
import { CorruptIndexError, type IndexEntry, IndexFile } from './index-file';

class OffsetIndexEntry implements IndexEntry {
  readonly sizeInBytes = 8;

  constructor(
    readonly offset: number,
    private readonly relativeOffset: number,
    readonly position: number,
  ) {}

  encode(): Uint8Array {
    const bytes = new Uint8Array(8);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, this.relativeOffset);
    view.setInt32(4, this.position);
    return bytes;
  }
}

/**
 * Every few kilobytes of a segment: an offset, and the byte at which its batch begins. 8 bytes an entry.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/OffsetIndex.scala
 */
export class OffsetIndex extends IndexFile<OffsetIndexEntry> {
  readonly entrySize = 8;

  constructor(disk: Disk, path: string, baseOffset: number, maxIndexSize: number) {
    super(disk, path, baseOffset, maxIndexSize);
    this.load();
  }

  get isFull(): boolean {
    return this.entries.length >= this.maxEntries;
  }

  get lastOffset(): number {
    if (this.paddingEntries > 0) return this.baseOffset;
    return this.entries.at(-1)?.offset ?? this.baseOffset;
  }

  append(offset: number, position: number): void {
    this.push(new OffsetIndexEntry(offset, offset - this.baseOffset, position));
  }

  /** Throws CorruptIndexError. */
  sanityCheck(): void {
    if (this.entries.length + this.paddingEntries > 0 && this.lastOffset <= this.baseOffset) {
      throw new CorruptIndexError(
        `Corrupt index found, index file (${this.path}) has non-zero size but the last offset is ${this.lastOffset} ` +
          `which is no greater than the base offset ${this.baseOffset}.`,
      );
    }
    if (this.file.sizeInBytes % this.entrySize !== 0) {
      throw new CorruptIndexError(
        `Index file ${this.path} is corrupt, found ${this.file.sizeInBytes} bytes which is neither positive nor a multiple of ${this.entrySize}.`,
      );
    }
  }

  protected parse(view: DataView, at: number): OffsetIndexEntry {
    const relativeOffset = view.getInt32(at);
    return new OffsetIndexEntry(this.baseOffset + relativeOffset, relativeOffset, view.getInt32(at + 4));
  }
}
