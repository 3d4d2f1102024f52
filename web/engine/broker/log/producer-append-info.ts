import { NO_PRODUCER_EPOCH, NO_SEQUENCE } from '../../protocol/default-record-batch';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { RecordBatch } from '../../protocol/record-batch';
import { type LogOffsetMetadata, offsetOnly } from './log-offset-metadata';
import { ProducerStateEntry } from './producer-state-entry';

/** How much of an append is checked: all of a client's, only the epoch in the offsets topic, nothing that was checked before. */
export type ValidationType = 'none' | 'epochOnly' | 'full';

export interface TxnMetadata {
  readonly producerId: number;
  firstOffset: LogOffsetMetadata;
  /** The offset of its marker. */
  lastOffset: number | undefined;
}

export interface CompletedTxn {
  readonly producerId: number;
  readonly firstOffset: number;
  readonly lastOffset: number;
  readonly isAborted: boolean;
}

/** An append that a producer's state does not allow: a code of the protocol, and the exception's message. */
export interface AppendFailure {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string;
}

const MAX_SEQUENCE = 2147483647;

/**
 * Collects what one append changes in a producer's state, so that nothing is changed when the append fails.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/ProducerStateManager.scala ProducerAppendInfo
 */
export class ProducerAppendInfo {
  readonly updated: ProducerStateEntry;
  readonly startedTransactions: TxnMetadata[] = [];

  constructor(
    readonly producerId: number,
    private readonly current: ProducerStateEntry,
    private readonly validation: ValidationType,
  ) {
    this.updated = new ProducerStateEntry(producerId);
    this.updated.producerEpoch = current.producerEpoch;
    this.updated.coordinatorEpoch = current.coordinatorEpoch;
    this.updated.currentTxnFirstOffset = current.currentTxnFirstOffset;
  }

  /** The transaction that a control batch ends, a failure, or undefined. */
  append(batch: RecordBatch): CompletedTxn | AppendFailure | undefined {
    return batch.isControlBatch ? this.appendEndTxnMarker(batch) : this.appendData(batch);
  }

  private appendData(batch: RecordBatch): AppendFailure | undefined {
    const failure = this.validate(batch);
    if (failure !== undefined) return failure;
    const offsetDelta = batch.lastSequence - batch.baseSequence;
    this.updated.addBatch(batch.producerEpoch, {
      lastSequence: batch.lastSequence,
      lastOffset: batch.lastOffset,
      offsetDelta,
      timestampMs: batch.maxTimestampMs,
    });
    const open = this.updated.currentTxnFirstOffset;
    if (open !== undefined && !batch.isTransactional) {
      return { errorCode: ERRORS.INVALID_TXN_STATE, errorMessage: `Expected transactional write from producer ${this.producerId}` };
    }
    if (open === undefined && batch.isTransactional) {
      const firstOffset = batch.lastOffset - offsetDelta;
      this.updated.currentTxnFirstOffset = firstOffset;
      this.startedTransactions.push({ producerId: this.producerId, firstOffset: offsetOnly(firstOffset), lastOffset: undefined });
    }
    return undefined;
  }

  private appendEndTxnMarker(batch: RecordBatch): CompletedTxn | AppendFailure {
    const fenced = this.checkEpoch(batch.producerEpoch);
    if (fenced !== undefined) return fenced;
    const marker = readMarker(batch);
    if (this.updated.coordinatorEpoch > marker.coordinatorEpoch) {
      return {
        errorCode: ERRORS.TRANSACTION_COORDINATOR_FENCED,
        errorMessage: `Invalid coordinator epoch: ${marker.coordinatorEpoch} (zombie), ${this.updated.coordinatorEpoch} (current)`,
      };
    }
    this.updated.maybeUpdateEpoch(batch.producerEpoch);
    let firstOffset = this.updated.currentTxnFirstOffset;
    if (firstOffset === undefined) {
      firstOffset = batch.baseOffset;
      this.startedTransactions.push({ producerId: this.producerId, firstOffset: offsetOnly(firstOffset), lastOffset: undefined });
    }
    this.updated.currentTxnFirstOffset = undefined;
    this.updated.coordinatorEpoch = marker.coordinatorEpoch;
    return { producerId: this.producerId, firstOffset, lastOffset: batch.baseOffset, isAborted: marker.isAbort };
  }

  private validate(batch: RecordBatch): AppendFailure | undefined {
    if (this.validation === 'none') return undefined;
    const fenced = this.checkEpoch(batch.producerEpoch);
    return fenced ?? (this.validation === 'full' ? this.checkSequence(batch.producerEpoch, batch.baseSequence) : undefined);
  }

  private checkEpoch(producerEpoch: number): AppendFailure | undefined {
    if (producerEpoch >= this.updated.producerEpoch) return undefined;
    return {
      errorCode: ERRORS.INVALID_PRODUCER_EPOCH,
      errorMessage:
        "Producer's epoch is no longer valid. There is probably another producer with a newer epoch. " +
        `${producerEpoch} (request epoch), ${this.updated.producerEpoch} (server epoch)`,
    };
  }

  private checkSequence(producerEpoch: number, sequence: number): AppendFailure | undefined {
    const outOfOrder = (errorMessage: string): AppendFailure => ({ errorCode: ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER, errorMessage });
    const id = this.producerId;
    if (producerEpoch !== this.updated.producerEpoch) {
      if (sequence === 0) return undefined;
      if (this.updated.producerEpoch !== NO_PRODUCER_EPOCH) {
        return outOfOrder(`Invalid sequence number for new epoch: ${producerEpoch} (request epoch), ${sequence} (seq. number)`);
      }
      return {
        errorCode: ERRORS.UNKNOWN_PRODUCER_ID,
        errorMessage:
          `Found no record of producerId=${id} on the broker. It is possible that the last message with the producerId=${id} ` +
          'has been removed due to hitting the retention limit.',
      };
    }
    const last = this.updated.isEmpty ? this.lastSequenceOfSameEpoch(producerEpoch) : this.updated.lastSequence;
    if (last === NO_SEQUENCE && sequence !== 0) {
      return outOfOrder(`Out of order sequence number for producerId ${id}: found ${sequence} (incoming seq. number), but expected 0`);
    }
    if (sequence === last + 1 || (sequence === 0 && last === MAX_SEQUENCE)) return undefined;
    return outOfOrder(
      `Out of order sequence number for producerId ${id}: ${sequence} (incoming seq. number), ${last} (current end sequence number)`,
    );
  }

  private lastSequenceOfSameEpoch(producerEpoch: number): number {
    return producerEpoch === this.current.producerEpoch ? this.current.lastSequence : NO_SEQUENCE;
  }
}

/** What the one record of a control batch says. */
export function readMarker(batch: RecordBatch): { readonly isAbort: boolean; readonly coordinatorEpoch: number } {
  const record = batch.records().next().value;
  if (record === undefined || record.key === null || record.value === null) return { isAbort: false, coordinatorEpoch: -1 };
  const key = new DataView(record.key.buffer, record.key.byteOffset, record.key.length);
  const value = new DataView(record.value.buffer, record.value.byteOffset, record.value.length);
  return { isAbort: key.getInt16(2) === 0, coordinatorEpoch: value.getInt32(2) };
}
