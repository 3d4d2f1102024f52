import { type Op } from '../../engine/kernel/task';
import { Condition } from '../../engine/kernel/waitables';
import { FileError } from './file-error';
import { BrokenPipeError, CountedFile, type OpenFile } from './open-file';

/** As on Linux: 16 pages of 4 kB. */
export const PIPE_CAPACITY_BYTES = 65536;

/** The buffer between the two ends: chunks as they were written, with back-pressure. */
class PipeBuffer {
  private readonly chunks: Uint8Array[] = [];
  private headOffset = 0;
  size = 0;
  readersOpen = true;
  writersOpen = true;
  readonly readable = new Condition();
  readonly writable = new Condition();

  /** Takes as much as fits and returns how much that was. */
  put(bytes: Uint8Array): number {
    const fits = Math.min(bytes.length, PIPE_CAPACITY_BYTES - this.size);
    if (fits <= 0) return 0;
    this.chunks.push(fits === bytes.length ? bytes : bytes.subarray(0, fits));
    this.size += fits;
    this.readable.notifyAll();
    return fits;
  }

  take(maxBytes: number): Uint8Array | undefined {
    const head = this.chunks[0];
    if (head === undefined) return undefined;
    const end = Math.min(head.length, this.headOffset + maxBytes);
    const out = head.subarray(this.headOffset, end);
    if (end === head.length) {
      this.chunks.shift();
      this.headOffset = 0;
    } else this.headOffset = end;
    this.size -= out.length;
    this.writable.notifyAll();
    return out;
  }
}

class PipeReader extends CountedFile implements OpenFile {
  readonly kind = 'pipe';

  constructor(
    private readonly buffer: PipeBuffer,
    readonly name: string,
  ) {
    super();
  }

  tryRead(maxBytes: number): Uint8Array | null | undefined {
    return this.buffer.take(maxBytes) ?? (this.buffer.writersOpen ? undefined : null);
  }

  *read(maxBytes: number): Op<Uint8Array | null> {
    for (;;) {
      const bytes = this.tryRead(maxBytes);
      if (bytes !== undefined) return bytes;
      yield this.buffer.readable;
    }
  }

  tryWrite(): boolean {
    throw new FileError('EBADF');
  }

  *write(): Op<void> {
    throw new FileError('EBADF');
  }

  protected closed(): void {
    this.buffer.readersOpen = false;
    this.buffer.writable.notifyAll();
  }
}

class PipeWriter extends CountedFile implements OpenFile {
  readonly kind = 'pipe';

  constructor(
    private readonly buffer: PipeBuffer,
    readonly name: string,
  ) {
    super();
  }

  tryRead(): undefined {
    throw new FileError('EBADF');
  }

  *read(): Op<Uint8Array | null> {
    throw new FileError('EBADF');
  }

  tryWrite(bytes: Uint8Array): boolean {
    if (!this.buffer.readersOpen) throw new BrokenPipeError();
    if (this.buffer.size + bytes.length > PIPE_CAPACITY_BYTES) return false;
    this.buffer.put(bytes);
    return true;
  }

  *write(bytes: Uint8Array): Op<void> {
    let rest = bytes;
    while (rest.length > 0) {
      if (!this.buffer.readersOpen) throw new BrokenPipeError();
      rest = rest.subarray(this.buffer.put(rest));
      if (rest.length > 0) yield this.buffer.writable;
    }
  }

  protected closed(): void {
    this.buffer.writersOpen = false;
    this.buffer.readable.notifyAll();
  }
}

/** A pipe's two ends. */
export function makePipe(name = 'pipe'): { reader: OpenFile; writer: OpenFile } {
  const buffer = new PipeBuffer();
  return { reader: new PipeReader(buffer, name), writer: new PipeWriter(buffer, name) };
}
