import { Bytes } from '../../engine/kernel/disk';
import type { Op } from '../../engine/kernel/task';
import { FileError } from './file-error';
import type { RegularFile } from './file-node';
import { CountedFile, type OpenFile } from './open-file';
import { concatBytes } from './text';

export interface OpenFlags {
  readonly read?: boolean;
  readonly write?: boolean;
  readonly append?: boolean;
  readonly create?: boolean;
  readonly truncate?: boolean;
  /** With `create`: fails when the file is there (`set -o noclobber`). */
  readonly exclusive?: boolean;
}

/** A regular file that is open, with its position. Reading never waits. */
export class RegularOpenFile extends CountedFile implements OpenFile {
  readonly kind = 'regular';
  position = 0;
  /** What `position` points into, so that reading a large file in pieces does not join its chunks again and again. */
  private cursor = { chunk: 0, start: 0, bytes: new Uint8Array(0) as Uint8Array, of: undefined as unknown };

  constructor(
    readonly file: RegularFile,
    readonly name: string,
    private readonly flags: OpenFlags,
  ) {
    super();
  }

  tryRead(maxBytes: number): Uint8Array | null {
    if (this.flags.read === false) throw new FileError('EBADF');
    const { chunks } = this.file;
    let { chunk, start } = this.cursor;
    if (this.cursor.of !== chunks[chunk] || this.position < start) {
      chunk = 0;
      start = 0;
    }
    while (chunk < chunks.length) {
      const piece = chunks[chunk] as (typeof chunks)[number];
      if (this.position < start + piece.sizeInBytes) {
        const bytes = this.cursor.of === piece ? this.cursor.bytes : piece.encode();
        this.cursor = { chunk, start, bytes, of: piece };
        const from = this.position - start;
        const out = bytes.subarray(from, Math.min(bytes.length, from + maxBytes));
        this.position += out.length;
        return out;
      }
      start += piece.sizeInBytes;
      chunk += 1;
    }
    return this.readPadding(start, maxBytes);
  }

  /** The zeros of a preallocated file. */
  private readPadding(end: number, maxBytes: number): Uint8Array | null {
    const left = this.file.sizeInBytes - Math.max(end, this.position);
    if (left <= 0) return null;
    const out = new Uint8Array(Math.min(left, maxBytes));
    this.position += out.length;
    return out;
  }

  *read(maxBytes: number): Op<Uint8Array | null> {
    return this.tryRead(maxBytes);
  }

  tryWrite(bytes: Uint8Array): boolean {
    if (this.flags.write !== true) throw new FileError('EBADF');
    const size = this.file.writtenBytes;
    if (this.flags.append === true || this.position === size) {
      this.file.append(new Bytes(bytes.slice()));
      this.position = size + bytes.length;
      return true;
    }
    const old = this.file.read();
    const before = old.length >= this.position ? old.subarray(0, this.position) : concatBytes([old, new Uint8Array(this.position - old.length)]);
    this.file.write(concatBytes([before, bytes, old.subarray(Math.min(old.length, this.position + bytes.length))]));
    this.position += bytes.length;
    return true;
  }

  *write(bytes: Uint8Array): Op<void> {
    this.tryWrite(bytes);
  }

  protected closed(): void {
    // Nothing is held.
  }
}
