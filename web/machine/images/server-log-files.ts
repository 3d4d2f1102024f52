import { Bytes, DiskFullError } from '../../engine/kernel/disk';
import type { FileSystem } from '../os/file-system';
import { encodeText } from '../os/text';

/** A log file that a server appends to. A full disk loses lines, as log4j does. */
export class ServerLogFile {
  constructor(
    private readonly files: FileSystem,
    private readonly path: string,
  ) {}

  append(text: string): void {
    try {
      const node = this.files.find(this.path);
      const file = node?.kind === 'regular' ? node : this.files.writeFile(this.path, '');
      file.append(new Bytes(encodeText(text)));
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error;
    }
  }
}
