import { COMPRESSION_TYPES } from './codec';
import { ATTRIBUTES_AT, BatchPayload, CRC_AT, DefaultRecordBatch, LOG_OVERHEAD, RECORD_BATCH_OVERHEAD } from './default-record-batch';
import { readInt64 } from './int64';

/** Bytes that are no record batch. */
export class CorruptRecordError extends Error {}

/** As many whole batches as `bytes` holds. A piece at the end that is shorter than its batch is left out, as a log's reader does. Throws CorruptRecordError. */
export function decodeBatches(bytes: Uint8Array): DefaultRecordBatch[] {
  const batches: DefaultRecordBatch[] = [];
  let at = 0;
  for (;;) {
    const batch = decodeBatch(bytes, at);
    if (batch === undefined) return batches;
    batches.push(batch);
    at += batch.sizeInBytes;
  }
}

/** The batch that begins at `at`; undefined when it is not whole. Does not check the checksum: see `isValid`. Throws CorruptRecordError. */
export function decodeBatch(bytes: Uint8Array, at: number): DefaultRecordBatch | undefined {
  const rest = bytes.length - at;
  if (rest < LOG_OVERHEAD) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, rest);
  const length = view.getInt32(8);
  if (length < 14) {
    throw new CorruptRecordError(`Record size is less than the minimum record overhead (14)`);
  }
  const size = LOG_OVERHEAD + length;
  if (rest < size) return undefined;
  const magic = view.getInt8(16);
  if (magic !== 2 || size < RECORD_BATCH_OVERHEAD) throw new CorruptRecordError(`Found invalid record batch header with magic ${magic}`);
  const attributes = view.getInt16(ATTRIBUTES_AT);
  return new DefaultRecordBatch(
    {
      baseOffset: readInt64(view, 0),
      partitionLeaderEpoch: view.getInt32(12),
      attributes,
      lastOffsetDelta: view.getInt32(23),
      firstTimestampMs: readInt64(view, 27),
      maxTimestampMs: readInt64(view, 35),
      producerId: readInt64(view, 43),
      producerEpoch: view.getInt16(51),
      baseSequence: view.getInt32(53),
      recordCount: view.getInt32(57),
    },
    new BatchPayload(bytes.subarray(at + RECORD_BATCH_OVERHEAD, at + size), COMPRESSION_TYPES[attributes & 7] ?? 'none'),
    view.getUint32(CRC_AT),
  );
}
