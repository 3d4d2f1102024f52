import { COMPRESSION_TYPES, type CompressionType, codecFor } from './codec';
import { crc32c } from './crc32c';
import { writeInt64 } from './int64';
import type { RecordBatch, RecordView } from './record-batch';
import { incrementSequence, readRecords } from './record-reader';

export const RECORD_BATCH_OVERHEAD = 61;
/** Base offset and length: what must be read before the size of a batch is known. */
export const LOG_OVERHEAD = 12;
export const NO_PRODUCER_ID = -1;
export const NO_PRODUCER_EPOCH = -1;
export const NO_SEQUENCE = -1;
export const NO_PARTITION_LEADER_EPOCH = -1;
export const NO_TIMESTAMP = -1;
export const CRC_AT = 17;
export const ATTRIBUTES_AT = 21;
export const TIMESTAMP_TYPE_BIT = 8;
export const TRANSACTIONAL_BIT = 16;
export const CONTROL_BIT = 32;

/** The fields of a batch's header that do not follow from its payload. */
export interface BatchHeader {
  readonly baseOffset: number;
  readonly partitionLeaderEpoch: number;
  readonly attributes: number;
  readonly lastOffsetDelta: number;
  readonly firstTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;
}

/** The records of a batch as they lie on disk, and uncompressed once somebody has looked. Shared by all copies of the batch. */
export class BatchPayload {
  private uncompressed: Uint8Array | undefined;

  constructor(
    readonly bytes: Uint8Array,
    private readonly compressionType: CompressionType,
  ) {}

  get plain(): Uint8Array {
    if (this.compressionType === 'none') return this.bytes;
    this.uncompressed ??= codecFor(this.compressionType).decompress(this.bytes);
    return this.uncompressed;
  }
}

/**
 * The one kind of record batch: a header and shared payload bytes.
 *
 * Why: leader, followers and consumers hold the same payload; only the small header is copied.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/record/DefaultRecordBatch.java
 */
export class DefaultRecordBatch implements RecordBatch {
  readonly sizeInBytes: number;
  readonly baseOffset: number;
  readonly partitionLeaderEpoch: number;
  readonly attributes: number;
  readonly lastOffset: number;
  readonly firstTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly recordCount: number;

  /** `storedCrc` is the header's checksum when the batch was read from bytes; -1 when it follows from the content. */
  constructor(
    header: BatchHeader,
    readonly payload: BatchPayload,
    private readonly storedCrc = -1,
  ) {
    this.sizeInBytes = RECORD_BATCH_OVERHEAD + payload.bytes.length;
    this.baseOffset = header.baseOffset;
    this.partitionLeaderEpoch = header.partitionLeaderEpoch;
    this.attributes = header.attributes;
    this.lastOffset = header.baseOffset + header.lastOffsetDelta;
    this.firstTimestampMs = header.firstTimestampMs;
    this.maxTimestampMs = header.maxTimestampMs;
    this.producerId = header.producerId;
    this.producerEpoch = header.producerEpoch;
    this.baseSequence = header.baseSequence;
    this.recordCount = header.recordCount;
  }

  get lastOffsetDelta(): number {
    return this.lastOffset - this.baseOffset;
  }

  get lastSequence(): number {
    return this.baseSequence < 0 ? NO_SEQUENCE : incrementSequence(this.baseSequence, this.lastOffsetDelta);
  }

  get compressionType(): CompressionType {
    return COMPRESSION_TYPES[this.attributes & 7] ?? 'none';
  }

  get timestampType(): 'CreateTime' | 'LogAppendTime' {
    return (this.attributes & TIMESTAMP_TYPE_BIT) === 0 ? 'CreateTime' : 'LogAppendTime';
  }

  get isTransactional(): boolean {
    return (this.attributes & TRANSACTIONAL_BIT) !== 0;
  }

  get isControlBatch(): boolean {
    return (this.attributes & CONTROL_BIT) !== 0;
  }

  get crc(): number {
    return this.storedCrc >= 0 ? this.storedCrc : this.computedCrc;
  }

  get computedCrc(): number {
    const header = new Uint8Array(RECORD_BATCH_OVERHEAD);
    this.writeHeader(header);
    return crc32c(this.payload.bytes, 0, this.payload.bytes.length, crc32c(header, ATTRIBUTES_AT));
  }

  get isValid(): boolean {
    return this.storedCrc < 0 || this.storedCrc === this.computedCrc;
  }

  withBaseOffset(baseOffset: number, partitionLeaderEpoch: number): DefaultRecordBatch {
    return new DefaultRecordBatch(
      {
        baseOffset,
        partitionLeaderEpoch,
        attributes: this.attributes,
        lastOffsetDelta: this.lastOffsetDelta,
        firstTimestampMs: this.firstTimestampMs,
        maxTimestampMs: this.maxTimestampMs,
        producerId: this.producerId,
        producerEpoch: this.producerEpoch,
        baseSequence: this.baseSequence,
        recordCount: this.recordCount,
      },
      this.payload,
      this.storedCrc,
    );
  }

  withLogAppendTime(timestampMs: number): DefaultRecordBatch {
    return new DefaultRecordBatch(
      { ...this, lastOffsetDelta: this.lastOffsetDelta, attributes: this.attributes | TIMESTAMP_TYPE_BIT, maxTimestampMs: timestampMs },
      this.payload,
    );
  }

  /** The batch in Kafka's bytes. */
  encode(): Uint8Array {
    const bytes = new Uint8Array(this.sizeInBytes);
    this.writeHeader(bytes);
    bytes.set(this.payload.bytes, RECORD_BATCH_OVERHEAD);
    const crc = this.storedCrc >= 0 ? this.storedCrc : crc32c(bytes, ATTRIBUTES_AT);
    new DataView(bytes.buffer).setUint32(CRC_AT, crc);
    return bytes;
  }

  records(): IterableIterator<RecordView> {
    return readRecords(this, this.payload.plain);
  }

  /** Everything but the checksum. */
  private writeHeader(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    writeInt64(view, 0, this.baseOffset);
    view.setInt32(8, this.sizeInBytes - LOG_OVERHEAD);
    view.setInt32(12, this.partitionLeaderEpoch);
    view.setInt8(16, 2);
    view.setInt16(ATTRIBUTES_AT, this.attributes);
    view.setInt32(23, this.lastOffsetDelta);
    writeInt64(view, 27, this.firstTimestampMs);
    writeInt64(view, 35, this.maxTimestampMs);
    writeInt64(view, 43, this.producerId);
    view.setInt16(51, this.producerEpoch);
    view.setInt32(53, this.baseSequence);
    view.setInt32(57, this.recordCount);
  }
}
