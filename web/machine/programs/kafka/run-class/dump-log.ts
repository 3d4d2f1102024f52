import type { Op } from '../../../../engine/kernel/task';
import { CorruptRecordError, decodeBatch } from '../../../../engine/protocol/decode-batches';
import type { DefaultRecordBatch } from '../../../../engine/protocol/default-record-batch';
import type { RecordBatch, RecordView } from '../../../../engine/protocol/record-batch';
import { UncaughtException } from '../../lib/jvm';
import type { RecordParser } from './record-parsers';
import type { SegmentFile } from './segment-file';

/** By file: offsets that do not follow each other. */
export type NonConsecutivePairs = Map<string, (readonly [number, number])[]>;

export interface LogDumpOptions {
  readonly printData: boolean;
  readonly isDeep: boolean;
  readonly parser: RecordParser;
  readonly gaps: NonConsecutivePairs;
}

/** Batches of a file with the byte at which each begins, up to a piece that is not whole. */
export function* batchesOf(bytes: Uint8Array): Generator<{ batch: DefaultRecordBatch; position: number }, number> {
  let position = 0;
  for (;;) {
    const batch = decodeBatch(bytes, position);
    if (batch === undefined) return position;
    yield { batch, position };
    position += batch.sizeInBytes;
  }
}

export function* dumpLog(file: SegmentFile, options: LogDumpOptions): Op<void> {
  const { out } = file.jvm;
  out.println(`Starting offset: ${file.baseOffset}`);
  const bytes = file.read();
  const batches = batchesOf(bytes);
  let lastOffset = -1;
  for (;;) {
    const next = nextBatch(batches);
    if (next.done === true) {
      const trailing = bytes.length - next.value;
      if (trailing > 0) out.println(`Found ${trailing} invalid bytes at the end of ${file.name}`);
      return;
    }
    const { batch, position } = next.value;
    if (!options.isDeep) out.println(batchLine(batch, position));
    else {
      for (const record of batch.records()) {
        if (lastOffset !== -1 && record.offset !== lastOffset + 1) noteGap(options.gaps, file, [lastOffset, record.offset]);
        lastOffset = record.offset;
        out.println(recordLine(batch, record, position) + content(batch, record, options));
      }
    }
    yield* out.flush();
  }
}

function nextBatch(batches: ReturnType<typeof batchesOf>): ReturnType<ReturnType<typeof batchesOf>['next']> {
  try {
    return batches.next();
  } catch (error) {
    if (!(error instanceof CorruptRecordError)) throw error;
    const text = `org.apache.kafka.common.errors.CorruptRecordException: ${error.message}`;
    throw new UncaughtException({ text, frames: [] });
  }
}

function noteGap(gaps: NonConsecutivePairs, file: SegmentFile, pair: readonly [number, number]): void {
  gaps.set(file.absolutePath, [pair, ...(gaps.get(file.absolutePath) ?? [])]);
}

function batchLine(batch: RecordBatch, position: number): string {
  const sequences = `baseSequence: ${batch.baseSequence} lastSequence: ${batch.lastSequence}`;
  const producer = `producerId: ${batch.producerId} producerEpoch: ${batch.producerEpoch}`;
  return (
    `baseOffset: ${batch.baseOffset} lastOffset: ${batch.lastOffset} ${sequences} ${producer} ` +
    `partitionLeaderEpoch: ${batch.partitionLeaderEpoch} isTransactional: ${batch.isTransactional} position: ${position} ` +
    `${batch.timestampType}: ${batch.maxTimestampMs} isvalid: ${batch.isValid} size: ${batch.sizeInBytes} magic: 2 ` +
    `compresscodec: ${batch.compressionType.toUpperCase()} crc: ${batch.crc}`
  );
}

function recordLine(batch: RecordBatch, record: RecordView, position: number): string {
  const sizes = `keysize: ${record.key?.length ?? -1} valuesize: ${record.value?.length ?? -1}`;
  const producer = `producerId: ${batch.producerId} producerEpoch: ${batch.producerEpoch} sequence: ${record.sequence}`;
  return (
    `offset: ${record.offset} position: ${position} ${batch.timestampType}: ${record.timestampMs} isvalid: true ${sizes} magic: 2 ` +
    `compresscodec: ${batch.compressionType.toUpperCase()} ${producer} isTransactional: ${batch.isTransactional} ` +
    `headerKeys: [${record.headers.map((each) => each.key).join(',')}]`
  );
}

function content(batch: RecordBatch, record: RecordView, options: LogDumpOptions): string {
  if (batch.isControlBatch) return controlText(record);
  if (!options.printData) return '';
  const { key, payload } = options.parser(record);
  return (key === undefined ? '' : ` key: ${key}`) + (payload === undefined ? '' : ` payload: ${payload}`);
}

/** Key: version and type, both of two bytes; value: version of two bytes and the coordinator's epoch of four. */
function controlText(record: RecordView): string {
  const { key, value } = record;
  if (key === null || value === null || key.length < 4 || value.length < 6) return ' controlType: UNKNOWN(-1)';
  const type = new DataView(key.buffer, key.byteOffset).getInt16(2);
  const epoch = new DataView(value.buffer, value.byteOffset).getInt32(2);
  if (type !== 0 && type !== 1) return ` controlType: UNKNOWN(${type})`;
  return ` endTxnMarker: ${type === 0 ? 'ABORT' : 'COMMIT'} coordinatorEpoch: ${epoch}`;
}
