import type { DefaultRecordBatch } from './default-record-batch';
import type { RecordHeader, RecordView } from './record-batch';
import { decodeUtf8 } from './utf8';
import { VarintReader } from './varint';

const NO_HEADERS: readonly RecordHeader[] = [];

/** A window on a batch's bytes; key, value and headers are cut out when somebody asks for them. */
class EncodedRecord implements RecordView {
  constructor(
    private readonly bytes: Uint8Array,
    readonly offset: number,
    readonly timestampMs: number,
    readonly sequence: number,
    readonly sizeInBytes: number,
    private readonly keyAt: number,
    private readonly keyLength: number,
    private readonly valueAt: number,
    private readonly valueLength: number,
  ) {}

  get key(): Uint8Array | null {
    return this.keyLength < 0 ? null : this.bytes.subarray(this.keyAt, this.keyAt + this.keyLength);
  }

  get value(): Uint8Array | null {
    return this.valueLength < 0 ? null : this.bytes.subarray(this.valueAt, this.valueAt + this.valueLength);
  }

  get headers(): readonly RecordHeader[] {
    const reader = new VarintReader(this.bytes, this.valueAt + Math.max(0, this.valueLength));
    const count = reader.readVarint();
    if (count === 0) return NO_HEADERS;
    const headers: RecordHeader[] = [];
    for (let i = 0; i < count; i++) {
      const key = decodeUtf8(reader.readBytes(reader.readVarint()) ?? new Uint8Array(0));
      headers.push({ key, value: reader.readBytes(reader.readVarint()) });
    }
    return headers;
  }
}

/** A sequence number some steps on; it wraps past 2^31 - 1 to 0. */
export function incrementSequence(baseSequence: number, increment: number): number {
  const sequence = baseSequence + increment;
  return sequence > 2147483647 ? sequence - 2147483648 : sequence;
}

/** The records of `batch`, whose uncompressed bytes are `plain`. Throws RangeError when the bytes end too early. */
export function* readRecords(batch: DefaultRecordBatch, plain: Uint8Array): IterableIterator<RecordView> {
  const reader = new VarintReader(plain);
  const { baseOffset, firstTimestampMs, baseSequence, recordCount } = batch;
  const appendTime = batch.timestampType === 'LogAppendTime' ? batch.maxTimestampMs : -1;
  for (let i = 0; i < recordCount; i++) {
    const start = reader.at;
    const bodyLength = reader.readVarint();
    const end = reader.at + bodyLength;
    if (bodyLength < 0 || end > plain.length) throw new RangeError('a record runs past the end of its batch');
    reader.at += 1;
    const timestampDelta = reader.readVarint();
    const offsetDelta = reader.readVarint();
    const keyLength = reader.readVarint();
    const keyAt = reader.at;
    if (keyLength > 0) reader.at += keyLength;
    const valueLength = reader.readVarint();
    const valueAt = reader.at;
    reader.at = end;
    yield new EncodedRecord(
      plain,
      baseOffset + offsetDelta,
      appendTime >= 0 ? appendTime : firstTimestampMs + timestampDelta,
      baseSequence < 0 ? -1 : incrementSequence(baseSequence, offsetDelta),
      end - start,
      keyAt,
      keyLength,
      valueAt,
      valueLength,
    );
  }
}
