import type { Log } from '../../engine/broker/log/log';
import type { RecordBatch } from '../../engine/protocol/record-batch';
import { recordSnapshot } from '../record-snapshots';
import { RECORD_WINDOW, type RecordSnapshot } from '../snapshot';

interface Window {
  readonly logStartOffset: number;
  readonly logEndOffset: number;
  readonly segments: number;
  readonly records: readonly RecordSnapshot[];
}

const windows = new WeakMap<Log, Window>();

/** The newest records of a log, oldest first. Made anew only when the log has changed, from its last batches alone. */
export function recordWindow(log: Log): readonly RecordSnapshot[] {
  const known = windows.get(log);
  const segments = log.segments.size;
  if (known !== undefined && known.logEndOffset === log.logEndOffset && known.logStartOffset === log.logStartOffset && known.segments === segments) return known.records;
  const records = newestRecords(log);
  windows.set(log, { logStartOffset: log.logStartOffset, logEndOffset: log.logEndOffset, segments, records });
  return records;
}

function newestRecords(log: Log): RecordSnapshot[] {
  const batches: RecordBatch[] = [];
  let count = 0;
  for (const segment of [...log.segments.all].reverse()) {
    const own = segment.records.batches;
    for (let i = own.length - 1; i >= 0 && count < RECORD_WINDOW; i--) {
      const batch = own[i] as RecordBatch;
      batches.unshift(batch);
      count += batch.recordCount;
    }
    if (count >= RECORD_WINDOW) break;
  }
  let skip = Math.max(0, count - RECORD_WINDOW);
  const out: RecordSnapshot[] = [];
  for (const batch of batches) {
    if (skip >= batch.recordCount) {
      skip -= batch.recordCount;
      continue;
    }
    for (const record of batch.records()) {
      if (skip > 0) skip -= 1;
      else if (record.offset >= log.logStartOffset) out.push(recordSnapshot(record, batch));
    }
  }
  return out;
}
