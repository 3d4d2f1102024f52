import type { Op } from '../../engine/kernel/task';
import { FileError } from './file-error';
import { CountedFile, type OpenFile } from './open-file';
import { concatBytes, decodeText } from './text';

/** An open file that keeps all that is written to it and never makes a writer wait: what a harness gives a program as its output. */
export class CaptureFile extends CountedFile implements OpenFile {
  readonly kind = 'pipe';
  readonly name = 'pipe:[capture]';
  private readonly parts: Uint8Array[] = [];
  /** Every process that had it has closed it. */
  isClosed = false;

  get text(): string {
    return this.parts.length === 0 ? '' : decodeText(concatBytes(this.parts));
  }

  tryRead(): undefined {
    throw new FileError('EBADF');
  }

  *read(): Op<Uint8Array | null> {
    throw new FileError('EBADF');
  }

  tryWrite(bytes: Uint8Array): boolean {
    this.parts.push(bytes.slice());
    return true;
  }

  *write(bytes: Uint8Array): Op<void> {
    this.tryWrite(bytes);
  }

  protected closed(): void {
    this.isClosed = true;
  }
}
