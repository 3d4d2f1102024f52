import type { Op } from '../../engine/kernel/task';
import { FileError } from '../os/file-error';
import { CountedFile, type OpenFile } from '../os/open-file';
import type { TerminalDisplay } from '../os/terminal-display';
import type { ContainerLog, LogStream } from './container-log';

/** Standard output or error of a container's first process, when it has no terminal. */
export class ContainerOutput extends CountedFile implements OpenFile {
  readonly kind = 'pipe';
  readonly name: string;

  constructor(
    private readonly log: ContainerLog,
    private readonly stream: LogStream,
  ) {
    super();
    this.name = `pipe:${stream}`;
  }

  tryRead(): undefined {
    throw new FileError('EBADF');
  }

  *read(): Op<Uint8Array | null> {
    throw new FileError('EBADF');
  }

  tryWrite(bytes: Uint8Array): boolean {
    if (this.log.full) return false;
    this.log.write(this.stream, bytes);
    return true;
  }

  *write(bytes: Uint8Array): Op<void> {
    while (!this.tryWrite(bytes)) yield this.log.drained;
  }

  protected closed(): void {
    // The container flushes its log when it has ended.
  }
}

/** Where a container's terminal shows what it is given: its log. */
export function logDisplay(log: ContainerLog): TerminalDisplay {
  return {
    show: (bytes) => log.write('stdout', bytes),
    full: () => log.full,
    drained: log.drained,
  };
}
