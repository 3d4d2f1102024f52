import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Condition, Delay, firstOf } from '../../kernel/waitables';
import { timeoutError } from '../kafka-error';

/**
 * The memory that a producer's batches may take; who needs more than is left waits in line.
 *
 * Errors: TimeoutException after max.block.ms.
 * Simplified: only counts bytes; nothing is allocated.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/internals/BufferPool.java
 */
export class BufferPool {
  private available: number;
  private readonly line: Condition[] = [];

  constructor(
    private readonly sim: Simulation,
    totalBytes: number,
  ) {
    this.available = totalBytes;
  }

  get waiting(): number {
    return this.line.length;
  }

  tryAllocate(sizeInBytes: number): boolean {
    if (this.line.length > 0 || sizeInBytes > this.available) return false;
    this.available -= sizeInBytes;
    return true;
  }

  *allocate(sizeInBytes: number, maxBlockMs: number): Op<void> {
    if (this.tryAllocate(sizeInBytes)) return;
    const turn = new Condition();
    this.line.push(turn);
    const deadlineUs = this.sim.nowUs + maxBlockMs * 1000;
    try {
      while (this.line[0] !== turn || sizeInBytes > this.available) {
        const remainingUs = deadlineUs - this.sim.nowUs;
        if (remainingUs <= 0) throw timeoutError(`Failed to allocate memory within the configured max blocking time ${maxBlockMs} ms.`);
        yield* firstOf(turn, new Delay(this.sim, remainingUs));
      }
      this.available -= sizeInBytes;
    } finally {
      this.line.splice(this.line.indexOf(turn), 1);
      this.line[0]?.notifyAll();
    }
  }

  release(sizeInBytes: number): void {
    this.available += sizeInBytes;
    this.line[0]?.notifyAll();
  }
}
