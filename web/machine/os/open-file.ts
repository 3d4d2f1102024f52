import type { Op } from '../../engine/kernel/task';
import type { Process } from './process';
import type { Terminal } from './terminal';

/** Nobody reads what would be written (EPIPE). A program that does not catch it ends as by SIGPIPE. */
export class BrokenPipeError extends Error {
  constructor() {
    super('Broken pipe');
  }
}

/**
 * An open file description: what file descriptors point to, shared by those that were duplicated or inherited.
 *
 * `by` is the process that asks; a terminal stops it when it reads from the background.
 */
export interface OpenFile {
  readonly kind: 'regular' | 'directory' | 'pipe' | 'terminal' | 'device';
  /** Where it was opened, for messages and `/proc`. */
  readonly name: string;
  readonly terminal?: Terminal;
  /** Bytes that are there now (at most `maxBytes`), null at the end, undefined when reading would wait. */
  tryRead(maxBytes: number, by: Process): Uint8Array | null | undefined;
  /** Waits for bytes; null at the end. */
  read(maxBytes: number, by: Process): Op<Uint8Array | null>;
  /** True when all was written without waiting; false when nothing was. Throws BrokenPipeError, DiskFullError, FileError. */
  tryWrite(bytes: Uint8Array, by: Process): boolean;
  /** Waits until all is written. Throws as `tryWrite`. */
  write(bytes: Uint8Array, by: Process): Op<void>;
  /** One more descriptor points here. Returns itself. */
  retain(): OpenFile;
  /** One fewer; the last one closes. */
  release(): void;
}

/** What a device file does. */
export interface Device {
  readonly name: string;
  open(by: Process): OpenFile;
}

/** Counts the descriptors of an open file. */
export abstract class CountedFile {
  private references = 1;

  retain(): this {
    this.references += 1;
    return this;
  }

  release(): void {
    this.references -= 1;
    if (this.references === 0) this.closed();
  }

  protected abstract closed(): void;
}
