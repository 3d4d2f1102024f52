import type { RecordBatch, RecordView } from '../engine/protocol/record-batch';
import { decodeText } from '../machine/os/text';
import { RECORD_TEXT_BYTES, type RecordSnapshot } from './snapshot';

/** A record as a view is told of it: its texts cut, its kind named. */
export function recordSnapshot(record: RecordView, batch: RecordBatch): RecordSnapshot {
  return {
    offset: record.offset,
    timestampMs: record.timestampMs,
    key: cutText(record.key),
    value: batch.isControlBatch ? null : cutText(record.value),
    keySize: record.key?.length ?? -1,
    valueSize: record.value?.length ?? -1,
    kind: kindOf(record, batch),
  };
}

/** The first `count` records of some batches, from an offset on. */
export function firstRecords(batches: readonly RecordBatch[], count: number, fromOffset = 0): RecordSnapshot[] {
  const out: RecordSnapshot[] = [];
  for (const batch of batches) {
    if (batch.lastOffset < fromOffset) continue;
    for (const record of batch.records()) {
      if (record.offset < fromOffset) continue;
      if (out.length >= count) return out;
      out.push(recordSnapshot(record, batch));
    }
  }
  return out;
}

function kindOf(record: RecordView, batch: RecordBatch): RecordSnapshot['kind'] {
  if (batch.isControlBatch) return record.key?.[3] === 1 ? 'commit' : 'abort';
  return record.value === null ? 'tombstone' : 'data';
}

function cutText(bytes: Uint8Array | null): string | null {
  if (bytes === null) return null;
  return decodeText(bytes.length > RECORD_TEXT_BYTES ? bytes.subarray(0, RECORD_TEXT_BYTES) : bytes);
}
