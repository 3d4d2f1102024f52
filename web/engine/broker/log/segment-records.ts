import type { Chunk, Disk, DiskFile } from '../../kernel/disk';
import { readFile } from '../../kernel/disk';
import { CorruptRecordError, decodeBatch } from '../../protocol/decode-batches';
import { DefaultRecordBatch } from '../../protocol/default-record-batch';
import type { RecordBatch } from '../../protocol/record-batch';

/**
 * The `.log` file of a segment: its batches, each with the byte at which it begins.
 *
 * Batches lie in the file as objects and become bytes when somebody reads the file. What a shell wrote there is decoded when the log is loaded.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/record/FileRecords.java
 */
export class SegmentRecords {
  readonly batches: RecordBatch[] = [];
  readonly positions: number[] = [];
  /** Bytes, those after the last whole batch included. */
  sizeInBytes = 0;
  /** What is wrong with the bytes after the last whole batch, if that is not just that they are too few. */
  damage: string | undefined;
  private readonly file: DiskFile;

  constructor(
    private readonly disk: Disk,
    public path: string,
  ) {
    const existing = disk.open(path);
    this.file = existing ?? disk.create(path);
    if (existing !== undefined) this.load(existing);
  }

  get validBytes(): number {
    return this.batches.length === 0 ? 0 : (this.positions.at(-1) as number) + (this.batches.at(-1) as RecordBatch).sizeInBytes;
  }

  /** Throws DiskFullError. */
  append(batch: RecordBatch): void {
    this.file.append(batch);
    this.push(batch);
    this.sizeInBytes += batch.sizeInBytes;
  }

  /** The index of the first batch that ends at `offset` or later; the number of batches when there is none. */
  indexOf(offset: number): number {
    const batches = this.batches;
    let low = 0;
    let high = batches.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((batches[middle] as RecordBatch).lastOffset < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Keeps the first `count` batches. Returns how many bytes that took away. */
  truncateToCount(count: number): number {
    const before = this.sizeInBytes;
    this.batches.length = count;
    this.positions.length = count;
    this.file.replace(this.batches);
    this.damage = undefined;
    this.sizeInBytes = this.validBytes;
    return before - this.sizeInBytes;
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

  private push(batch: RecordBatch): void {
    const last = this.positions.length - 1;
    this.positions.push(last < 0 ? 0 : (this.positions[last] as number) + (this.batches[last] as RecordBatch).sizeInBytes);
    this.batches.push(batch);
  }

  private load(file: DiskFile): void {
    this.sizeInBytes = file.chunks.reduce((sum, chunk) => sum + chunk.sizeInBytes, 0);
    if (file.chunks.every(isBatch)) {
      for (const chunk of file.chunks) this.push(chunk as DefaultRecordBatch);
      return;
    }
    const bytes = readFile(file);
    try {
      for (let at = 0; ; ) {
        const batch = decodeBatch(bytes, at);
        if (batch === undefined) return;
        this.push(batch);
        at += batch.sizeInBytes;
      }
    } catch (error) {
      if (!(error instanceof CorruptRecordError)) throw error;
      this.damage = error.message;
    }
  }
}

function isBatch(chunk: Chunk): chunk is DefaultRecordBatch {
  return chunk instanceof DefaultRecordBatch;
}
