import type { Chunk, Disk, DiskFile } from '../../kernel/disk';
import { readFile } from '../../kernel/disk';

/** An index that does not fit its segment. The message is Kafka's. */
export class CorruptIndexError extends Error {}

/** One fixed-size entry of an index, as numbers until somebody reads the file. */
export interface IndexEntry extends Chunk {
  /** The absolute offset. */
  readonly offset: number;
}

/**
 * What the offset and the time index have in common: fixed-size entries in a file that is as large as it may become while its segment is
 * written, and is cut to its entries when it is rolled or closed.
 *
 * Why: a broker that was killed leaves the full size behind, by which the next start knows that the index cannot be trusted.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/AbstractIndex.scala
 */
export abstract class IndexFile<E extends IndexEntry> {
  abstract readonly entrySize: number;
  protected entries: E[] = [];
  /** Entries of zeros that a preallocated file shows to who does not know where its entries end. */
  protected paddingEntries = 0;
  readonly isNewlyCreated: boolean;
  protected readonly file: DiskFile;

  constructor(
    protected readonly disk: Disk,
    public path: string,
    readonly baseOffset: number,
    readonly maxIndexSize: number,
  ) {
    const existing = disk.open(path);
    this.isNewlyCreated = existing === undefined;
    this.file = existing ?? disk.create(path);
  }

  protected abstract parse(view: DataView, at: number): E;

  /** Reads the entries of a file that was there, or gives a new one its full size. */
  protected load(): void {
    if (this.isNewlyCreated) {
      this.resize(this.maxIndexSize);
      return;
    }
    const bytes = readFile(this.file);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    const count = Math.floor(bytes.length / this.entrySize);
    for (let i = 0; i < count; i++) this.entries.push(this.parse(view, i * this.entrySize));
    this.paddingEntries = Math.floor(this.file.sizeInBytes / this.entrySize) - count;
  }

  get entryCount(): number {
    return this.entries.length;
  }

  get maxEntries(): number {
    return Math.floor(this.maxIndexSize / this.entrySize);
  }

  get sizeInBytes(): number {
    return this.entries.length * this.entrySize;
  }

  protected push(entry: E): void {
    this.entries.push(entry);
    this.file.append(entry);
  }

  resize(size: number): void {
    this.file.allocate(Math.floor(size / this.entrySize) * this.entrySize);
  }

  trimToValidSize(): void {
    this.paddingEntries = 0;
    this.file.replace(this.entries);
    this.file.allocate(0);
  }

  reset(): void {
    this.truncateToEntries(0);
    this.resize(this.maxIndexSize);
  }

  /** Drops the entries for `offset` and what follows it. */
  truncateTo(offset: number): void {
    let keep = this.entries.length;
    while (keep > 0 && (this.entries[keep - 1] as E).offset >= offset) keep -= 1;
    this.truncateToEntries(keep);
  }

  protected truncateToEntries(count: number): void {
    this.paddingEntries = 0;
    this.entries.length = count;
    this.file.replace(this.entries);
  }

  /** False when there is no such file any more. */
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
