import type { ProducerBatch } from './producer-batch';

/** The batches of one partition that wait to be sent, oldest first. */
export class PartitionQueue {
  /** While muted nothing is sent: with one request in flight at a time order is kept over retries. */
  isMuted = false;
  private batches: ProducerBatch[] = [];

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {}

  get length(): number {
    return this.batches.length;
  }

  get first(): ProducerBatch | undefined {
    return this.batches[0];
  }

  get last(): ProducerBatch | undefined {
    return this.batches[this.batches.length - 1];
  }

  push(batch: ProducerBatch): void {
    this.batches.push(batch);
  }

  shift(): void {
    this.batches.shift();
  }

  unshift(batch: ProducerBatch): void {
    this.batches.unshift(batch);
  }

  /** Puts back a batch that has a sequence number before those that come after it. */
  insertInSequence(batch: ProducerBatch): void {
    let at = 0;
    while (at < this.batches.length) {
      const other = this.batches[at] as ProducerBatch;
      if (!other.hasSequence || other.baseSequence >= batch.baseSequence) break;
      at += 1;
    }
    this.batches.splice(at, 0, batch);
  }

  clear(): void {
    this.batches = [];
  }
}
