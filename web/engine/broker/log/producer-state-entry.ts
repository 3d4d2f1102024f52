import { NO_PRODUCER_EPOCH, NO_SEQUENCE, NO_TIMESTAMP } from '../../protocol/default-record-batch';
import type { RecordBatch } from '../../protocol/record-batch';

/** How many of a producer's last batches are remembered, to know a repeated one. */
const BATCHES_TO_RETAIN = 5;

export interface BatchMetadata {
  readonly lastSequence: number;
  readonly lastOffset: number;
  readonly offsetDelta: number;
  readonly timestampMs: number;
}

/**
 * What a partition knows of one idempotent producer.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/ProducerStateManager.scala ProducerStateEntry
 */
export class ProducerStateEntry {
  batches: BatchMetadata[] = [];
  producerEpoch = NO_PRODUCER_EPOCH;
  coordinatorEpoch = -1;
  /** Where its open transaction begins in this log. */
  currentTxnFirstOffset: number | undefined;

  constructor(readonly producerId: number) {}

  get isEmpty(): boolean {
    return this.batches.length === 0;
  }

  get lastSequence(): number {
    return this.batches.at(-1)?.lastSequence ?? NO_SEQUENCE;
  }

  get lastDataOffset(): number {
    return this.batches.at(-1)?.lastOffset ?? -1;
  }

  get lastTimestampMs(): number {
    return this.batches.at(-1)?.timestampMs ?? NO_TIMESTAMP;
  }

  get lastOffsetDelta(): number {
    return this.batches.at(-1)?.offsetDelta ?? 0;
  }

  addBatch(producerEpoch: number, batch: BatchMetadata): void {
    this.maybeUpdateEpoch(producerEpoch);
    if (this.batches.length === BATCHES_TO_RETAIN) this.batches.shift();
    this.batches.push(batch);
  }

  maybeUpdateEpoch(producerEpoch: number): void {
    if (this.producerEpoch === producerEpoch) return;
    this.batches = [];
    this.producerEpoch = producerEpoch;
  }

  /** Takes over what `next` has learnt since it was made from this entry. */
  update(next: ProducerStateEntry): void {
    this.maybeUpdateEpoch(next.producerEpoch);
    for (const batch of next.batches) this.addBatch(next.producerEpoch, batch);
    this.coordinatorEpoch = next.coordinatorEpoch;
    this.currentTxnFirstOffset = next.currentTxnFirstOffset;
  }

  /** The batch that was appended before with exactly the sequence numbers of `batch`. */
  findDuplicate(batch: RecordBatch): BatchMetadata | undefined {
    if (batch.producerEpoch !== this.producerEpoch) return undefined;
    return this.batches.find(
      (known) => known.lastSequence === batch.lastSequence && known.lastSequence - known.offsetDelta === batch.baseSequence,
    );
  }
}
