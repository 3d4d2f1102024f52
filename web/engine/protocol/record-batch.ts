import type { CompressionType } from './codec';

export interface RecordHeader {
  readonly key: string;
  readonly value: Uint8Array | null;
}

/** One record of a batch, as somebody looks at it. Its bytes are the batch's: do not write to them. */
export interface RecordView {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly RecordHeader[];
  /** The record's bytes in the batch, its length field included. */
  readonly sizeInBytes: number;
  /** -1 when the producer is not idempotent. */
  readonly sequence: number;
}

/**
 * A record batch of message format v2. Immutable: an append gives it its base offset by making a light copy that shares the payload.
 *
 * It has the shape of the kernel's `Chunk`, so a log file can hold batches as they are.
 *
 * Units: `sizeInBytes` counts the 61 bytes of the header too. `lastOffset` is inclusive.
 */
export interface RecordBatch {
  readonly sizeInBytes: number;
  encode(): Uint8Array;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly partitionLeaderEpoch: number;
  readonly recordCount: number;
  readonly firstTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  /** -1 when the producer is not idempotent. */
  readonly lastSequence: number;
  readonly compressionType: CompressionType;
  readonly isTransactional: boolean;
  readonly isControlBatch: boolean;
  readonly timestampType: 'CreateTime' | 'LogAppendTime';
  /** The checksum in the header, unsigned. */
  readonly crc: number;
  /** The checksum that the content has. */
  readonly computedCrc: number;
  /** False when the bytes it was read from do not match `crc`. */
  readonly isValid: boolean;
  withBaseOffset(baseOffset: number, partitionLeaderEpoch: number): RecordBatch;
  /** The batch as a topic with message.timestamp.type=LogAppendTime stores it: every record carries `timestampMs`. */
  withLogAppendTime(timestampMs: number): RecordBatch;
  records(): IterableIterator<RecordView>;
}
