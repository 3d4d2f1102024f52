import type { Op } from '../../engine/kernel/task';
import { CountedFile, type OpenFile } from './open-file';
import type { Process } from './process';
import type { Terminal } from './terminal';

/** The programs' side of a terminal. */
export class TerminalFile extends CountedFile implements OpenFile {
  readonly kind = 'terminal';

  constructor(readonly terminal: Terminal) {
    super();
  }

  get name(): string {
    return this.terminal.name;
  }

  tryRead(maxBytes: number, by: Process): Uint8Array | null | undefined {
    return this.terminal.tryRead(maxBytes, by);
  }

  *read(maxBytes: number, by: Process): Op<Uint8Array | null> {
    for (;;) {
      const bytes = this.terminal.tryRead(maxBytes, by);
      if (bytes !== undefined) return bytes;
      yield this.terminal.readable;
    }
  }

  tryWrite(bytes: Uint8Array): boolean {
    return this.terminal.tryWrite(bytes);
  }

  *write(bytes: Uint8Array): Op<void> {
    while (!this.terminal.tryWrite(bytes)) yield this.terminal.drained;
  }

  protected closed(): void {
    // The master decides when the terminal goes.
  }
}
