import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { topicPartitionName } from '../../protocol/messages';
import type { ProducerBatch } from './producer-batch';

/** A sequence number is a Java int; after the largest comes 0. */
const SEQUENCE_COUNT = 2147483648;

class PartitionSequences {
  next = 0;
  lastAcked = -1;
  lastAckedOffset = -1;
  /** Batches that were sent and are not done, by sequence number. */
  readonly inFlight: ProducerBatch[] = [];
  /** A batch was given up after it had been sent: nobody knows whether the broker has it. */
  isUnresolved = false;
}

export interface RetryVerdict {
  readonly errorCode: ErrorCode;
  readonly logStartOffset: number;
}

/**
 * The numbers by which a broker recognises what an idempotent producer sent twice, and what is missing.
 *
 * Why: with them a retry neither duplicates nor reorders, though up to five requests are in flight.
 * Simplified: no transactions.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/internals/TransactionManager.java
 */
export class ProducerSequences {
  producerId = -1;
  producerEpoch = -1;
  private readonly partitions = new Map<string, PartitionSequences>();

  get hasProducerId(): boolean {
    return this.producerId >= 0;
  }

  setProducerId(producerId: number, producerEpoch: number): void {
    this.producerId = producerId;
    this.producerEpoch = producerEpoch;
  }

  /** Forgets everything: a new id will be asked for. */
  resetProducerId(): void {
    this.producerId = -1;
    this.producerEpoch = -1;
    this.partitions.clear();
  }

  isOwn(batch: ProducerBatch): boolean {
    return this.hasProducerId && batch.producerId === this.producerId && batch.producerEpoch === this.producerEpoch;
  }

  mayDrain(batch: ProducerBatch): boolean {
    if (!this.hasProducerId) return false;
    const state = this.stateOf(batch);
    if (!batch.hasSequence) return !state.isUnresolved;
    // A batch that is retried goes alone and in its turn: those behind it would be refused.
    const first = state.inFlight[0];
    return first === undefined || first.baseSequence === batch.baseSequence;
  }

  assign(batch: ProducerBatch): void {
    const state = this.stateOf(batch);
    batch.setProducerState(this.producerId, this.producerEpoch, state.next);
    state.next = (state.next + batch.recordCount) % SEQUENCE_COUNT;
    this.track(batch);
  }

  track(batch: ProducerBatch): void {
    const { inFlight } = this.stateOf(batch);
    let at = inFlight.length;
    while (at > 0 && (inFlight[at - 1] as ProducerBatch).baseSequence > batch.baseSequence) at -= 1;
    inFlight.splice(at, 0, batch);
  }

  untrack(batch: ProducerBatch): void {
    const { inFlight } = this.stateOf(batch);
    const at = inFlight.indexOf(batch);
    if (at >= 0) inFlight.splice(at, 1);
  }

  acknowledged(batch: ProducerBatch, baseOffset: number): void {
    const state = this.stateOf(batch);
    if (this.isOwn(batch)) {
      state.lastAcked = Math.max(state.lastAcked, batch.lastSequence);
      if (baseOffset >= 0) state.lastAckedOffset = Math.max(state.lastAckedOffset, baseOffset + batch.recordCount - 1);
    }
    this.untrack(batch);
  }

  /** Whether an error that is fatal for others goes away by sending the batch again. */
  mayRetry(verdict: RetryVerdict, batch: ProducerBatch): boolean {
    if (batch.producerId !== this.producerId) return false;
    const state = this.stateOf(batch);
    if (verdict.errorCode === ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER) {
      return !state.isUnresolved && (batch.sequenceHasBeenReset || batch.baseSequence !== (state.lastAcked + 1) % SEQUENCE_COUNT);
    }
    if (verdict.errorCode !== ERRORS.UNKNOWN_PRODUCER_ID || verdict.logStartOffset === -1) return false;
    if (batch.sequenceHasBeenReset) return true;
    if (state.lastAckedOffset >= verdict.logStartOffset) return false;
    this.startAtBeginning(state);
    return true;
  }

  /** The batches behind one that failed for good move up, so that no gap is left. */
  adjustAfterFailure(batch: ProducerBatch): void {
    const state = this.stateOf(batch);
    if (!this.isOwn(batch)) return;
    state.next -= batch.recordCount;
    for (const each of state.inFlight) {
      if (each.baseSequence < batch.baseSequence) continue;
      each.setProducerState(each.producerId, each.producerEpoch, each.baseSequence - batch.recordCount);
      each.sequenceHasBeenReset = true;
    }
  }

  markUnresolved(batch: ProducerBatch): void {
    this.stateOf(batch).isUnresolved = true;
  }

  /** True when a partition's doubt can only be ended by a new producer id; doubts that ended by themselves are forgotten. */
  mustResetAfterResolving(): boolean {
    for (const state of this.partitions.values()) {
      if (!state.isUnresolved || state.inFlight.length > 0) continue;
      if (state.lastAcked + 1 !== state.next) return true;
      state.isUnresolved = false;
    }
    return false;
  }

  private startAtBeginning(state: PartitionSequences): void {
    let sequence = 0;
    for (const each of state.inFlight) {
      each.setProducerState(each.producerId, each.producerEpoch, sequence);
      each.sequenceHasBeenReset = true;
      sequence += each.recordCount;
    }
    state.next = sequence;
    state.lastAcked = -1;
  }

  private stateOf(batch: ProducerBatch): PartitionSequences {
    const name = topicPartitionName(batch);
    let state = this.partitions.get(name);
    if (state === undefined) {
      state = new PartitionSequences();
      this.partitions.set(name, state);
    }
    return state;
  }
}
