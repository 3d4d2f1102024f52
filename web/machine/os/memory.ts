import type { Process } from './process';

/** What the kernel keeps for itself and for a desktop. */
const RESERVED_BYTES = 1.5 * 1024 ** 3;

/** The laptop's memory. Containers share it; when it runs out the largest process is killed, as Linux's OOM killer does. */
export class Memory {
  usedBytes = RESERVED_BYTES;
  private readonly holders = new Set<Process>();

  constructor(readonly totalBytes = 16 * 1024 ** 3) {}

  /** Sets what a process holds; may kill the one that holds most (which may be the asking one). */
  hold(process: Process, bytes: number): void {
    this.usedBytes += bytes - process.memoryBytes;
    process.memoryBytes = bytes;
    if (bytes > 0) this.holders.add(process);
    else this.holders.delete(process);
    while (this.usedBytes > this.totalBytes) {
      let largest: Process | undefined;
      for (const each of this.holders) if (largest === undefined || each.memoryBytes >= largest.memoryBytes) largest = each;
      if (largest === undefined) return;
      largest.signal('SIGKILL');
    }
  }
}
