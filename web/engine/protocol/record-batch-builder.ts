import { COMPRESSION_TYPES, type CompressionType, codecFor } from './codec';
import {
  BatchPayload,
  CONTROL_BIT,
  DefaultRecordBatch,
  NO_PARTITION_LEADER_EPOCH,
  NO_PRODUCER_EPOCH,
  NO_PRODUCER_ID,
  NO_SEQUENCE,
  NO_TIMESTAMP,
  RECORD_BATCH_OVERHEAD,
  TIMESTAMP_TYPE_BIT,
  TRANSACTIONAL_BIT,
} from './default-record-batch';
import type { RecordHeader } from './record-batch';
import { encodeUtf8 } from './utf8';
import { sizeOfVarint, writeVarint } from './varint';

export interface RecordBatchBuilderOptions {
  readonly compressionType?: CompressionType;
  readonly producerId?: number;
  readonly producerEpoch?: number;
  readonly baseSequence?: number;
  readonly isTransactional?: boolean;
  readonly isControlBatch?: boolean;
  /** Set by who rewrites a batch that is in a log already; a producer's begins at 0. */
  readonly baseOffset?: number;
  readonly partitionLeaderEpoch?: number;
  /** With it the batch says LogAppendTime. */
  readonly logAppendTimeMs?: number;
}

/** The most that the fixed fields of a record can take: length, attributes, both deltas, three lengths. */
const MAX_RECORD_OVERHEAD = 21;
const INITIAL_CAPACITY = 512;
const NO_HEADERS: readonly RecordHeader[] = [];

/** Buffers that earlier builders have grown, to be written over. */
const spareBuffers: Uint8Array[] = [];
const MAX_SPARE_BUFFERS = 32;

/**
 * Writes records into a batch of format v2. `build` ends it; a builder is used once.
 *
 * Units: bytes; timestamps in ms since 1970. Until `build`, `sizeInBytes` counts the records uncompressed.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/record/MemoryRecordsBuilder.java
 */
export class RecordBatchBuilder {
  recordCount = 0;
  firstTimestampMs = NO_TIMESTAMP;
  maxTimestampMs = NO_TIMESTAMP;
  private readonly compressionType: CompressionType;
  private readonly baseOffset: number;
  private lastOffset: number;
  private producerId: number;
  private producerEpoch: number;
  private baseSequence: number;
  private bytes: Uint8Array = spareBuffers.pop() ?? new Uint8Array(INITIAL_CAPACITY);
  private at = 0;

  constructor(private readonly options: RecordBatchBuilderOptions = {}) {
    this.compressionType = options.compressionType ?? 'none';
    this.baseOffset = options.baseOffset ?? 0;
    this.lastOffset = this.baseOffset - 1;
    this.producerId = options.producerId ?? NO_PRODUCER_ID;
    this.producerEpoch = options.producerEpoch ?? NO_PRODUCER_EPOCH;
    this.baseSequence = options.baseSequence ?? NO_SEQUENCE;
  }

  get sizeInBytes(): number {
    return RECORD_BATCH_OVERHEAD + this.at;
  }

  /** What an idempotent producer knows only when it sends. */
  setProducerState(producerId: number, producerEpoch: number, baseSequence: number): void {
    this.producerId = producerId;
    this.producerEpoch = producerEpoch;
    this.baseSequence = baseSequence;
  }

  tryAppend(timestampMs: number, key: Uint8Array | null, value: Uint8Array | null, headers: readonly RecordHeader[] = NO_HEADERS): void {
    this.appendWithOffset(this.lastOffset + 1, timestampMs, key, value, headers);
  }

  /** `offset` must be larger than that of the record before; a gap is what compaction leaves. */
  appendWithOffset(
    offset: number,
    timestampMs: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: readonly RecordHeader[] = NO_HEADERS,
  ): void {
    if (this.firstTimestampMs === NO_TIMESTAMP) this.firstTimestampMs = timestampMs;
    if (timestampMs > this.maxTimestampMs) this.maxTimestampMs = timestampMs;
    const timestampDelta = timestampMs - this.firstTimestampMs;
    const offsetDelta = offset - this.baseOffset;
    const encodedHeaders = headers.length === 0 ? undefined : encodeHeaders(headers);
    const body = sizeOfBody(timestampDelta, offsetDelta, key, value, encodedHeaders);
    this.ensureRoom(body + 5);
    this.write(body, timestampDelta, offsetDelta, key, value, encodedHeaders);
    this.lastOffset = offset;
    this.recordCount += 1;
  }

  /** The batch ends at `lastOffset` although its last records are gone, so that the sequence numbers behind it stay true. */
  build(lastOffset = this.lastOffset): DefaultRecordBatch {
    const records = this.bytes.slice(0, this.at);
    if (spareBuffers.length < MAX_SPARE_BUFFERS) spareBuffers.push(this.bytes);
    this.bytes = records;
    const payload = this.compressionType === 'none' ? records : codecFor(this.compressionType).compress(records);
    const { logAppendTimeMs } = this.options;
    return new DefaultRecordBatch(
      {
        baseOffset: this.baseOffset,
        partitionLeaderEpoch: this.options.partitionLeaderEpoch ?? NO_PARTITION_LEADER_EPOCH,
        attributes: this.attributes(),
        lastOffsetDelta: lastOffset - this.baseOffset,
        firstTimestampMs: this.firstTimestampMs,
        maxTimestampMs: logAppendTimeMs ?? this.maxTimestampMs,
        producerId: this.producerId,
        producerEpoch: this.producerEpoch,
        baseSequence: this.baseSequence,
        recordCount: this.recordCount,
      },
      new BatchPayload(payload, this.compressionType),
    );
  }

  private attributes(): number {
    return (
      COMPRESSION_TYPES.indexOf(this.compressionType) |
      (this.options.logAppendTimeMs === undefined ? 0 : TIMESTAMP_TYPE_BIT) |
      (this.options.isTransactional === true ? TRANSACTIONAL_BIT : 0) |
      (this.options.isControlBatch === true ? CONTROL_BIT : 0)
    );
  }

  private ensureRoom(size: number): void {
    const needed = this.at + size;
    if (needed <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(needed, this.bytes.length * 2));
    grown.set(this.bytes.subarray(0, this.at));
    this.bytes = grown;
  }

  private write(
    body: number,
    timestampDelta: number,
    offsetDelta: number,
    key: Uint8Array | null,
    value: Uint8Array | null,
    headers: Uint8Array | undefined,
  ): void {
    const bytes = this.bytes;
    let at = writeVarint(bytes, this.at, body);
    bytes[at++] = 0;
    at = writeVarint(bytes, at, timestampDelta);
    at = writeVarint(bytes, at, offsetDelta);
    at = writeField(bytes, at, key);
    at = writeField(bytes, at, value);
    if (headers === undefined) {
      bytes[at++] = 0;
    } else {
      bytes.set(headers, at);
      at += headers.length;
    }
    this.at = at;
  }
}

/** The most that one record with this key and value can add to a batch, the batch's own header included: what the accumulator reserves. */
export function estimateSizeOf(key: Uint8Array | null, value: Uint8Array | null, headers: readonly RecordHeader[] = NO_HEADERS): number {
  const headerBytes = headers.length === 0 ? 1 : encodeHeaders(headers).length;
  return RECORD_BATCH_OVERHEAD + MAX_RECORD_OVERHEAD + sizeOfField(key) + sizeOfField(value) + headerBytes;
}

/** Bytes that a record takes in a batch, its length field included. */
export function sizeOfRecord(
  timestampDelta: number,
  offsetDelta: number,
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: readonly RecordHeader[] = NO_HEADERS,
): number {
  const body = sizeOfBody(timestampDelta, offsetDelta, key, value, headers.length === 0 ? undefined : encodeHeaders(headers));
  return sizeOfVarint(body) + body;
}

function sizeOfBody(
  timestampDelta: number,
  offsetDelta: number,
  key: Uint8Array | null,
  value: Uint8Array | null,
  headers: Uint8Array | undefined,
): number {
  return (
    1 + sizeOfVarint(timestampDelta) + sizeOfVarint(offsetDelta) + sizeOfField(key) + sizeOfField(value) + (headers === undefined ? 1 : headers.length)
  );
}

function sizeOfField(field: Uint8Array | null): number {
  return field === null ? 1 : sizeOfVarint(field.length) + field.length;
}

function writeField(bytes: Uint8Array, start: number, field: Uint8Array | null): number {
  if (field === null) return writeVarint(bytes, start, -1);
  const length = field.length;
  const at = writeVarint(bytes, start, length);
  // A short loop beats the call of `set` for the small fields that most records have.
  if (length < 32) for (let i = 0; i < length; i++) bytes[at + i] = field[i] as number;
  else bytes.set(field, at);
  return at + length;
}

function encodeHeaders(headers: readonly RecordHeader[]): Uint8Array {
  const keys = headers.map((header) => encodeUtf8(header.key));
  let size = sizeOfVarint(headers.length);
  headers.forEach((header, i) => (size += sizeOfField(keys[i] as Uint8Array) + sizeOfField(header.value)));
  const bytes = new Uint8Array(size);
  let at = writeVarint(bytes, 0, headers.length);
  headers.forEach((header, i) => {
    at = writeField(bytes, at, keys[i] as Uint8Array);
    at = writeField(bytes, at, header.value);
  });
  return bytes;
}
