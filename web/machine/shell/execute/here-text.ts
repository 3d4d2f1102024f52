import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { CountedFile, type OpenFile } from '../../os/open-file';

/** The text of a here-document, open for reading: a temporary file that has no name any more. */
export class HereText extends CountedFile implements OpenFile {
  readonly kind = 'regular';
  readonly name = '/tmp/sh-thd';
  position = 0;

  constructor(private readonly bytes: Uint8Array) {
    super();
  }

  tryRead(maxBytes: number): Uint8Array | null {
    if (this.position >= this.bytes.length) return null;
    const out = this.bytes.subarray(this.position, this.position + maxBytes);
    this.position += out.length;
    return out;
  }

  *read(maxBytes: number): Op<Uint8Array | null> {
    return this.tryRead(maxBytes);
  }

  tryWrite(): boolean {
    throw new FileError('EBADF');
  }

  *write(): Op<void> {
    throw new FileError('EBADF');
  }

  protected closed(): void {
    // Nothing is held.
  }
}
