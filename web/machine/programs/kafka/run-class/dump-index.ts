import type { Op } from '../../../../engine/kernel/task';
import type { DefaultRecordBatch } from '../../../../engine/protocol/default-record-batch';
import { UncaughtException } from '../../lib/jvm';
import { batchesOf } from './dump-log';
import type { SegmentFile } from './segment-file';

const OFFSET_ENTRY_BYTES = 8;
const TIME_ENTRY_BYTES = 12;
/** So many lines are printed at once; an active time index has hundreds of thousands. */
const LINES_AT_ONCE = 1000;

export interface IndexDumpOptions {
  readonly sanityOnly: boolean;
  readonly verifyOnly: boolean;
}

/** By file: what the indexes say and the log does not. */
export interface IndexMismatches {
  readonly index: Map<string, (readonly [number, number])[]>;
  readonly timeIndex: Map<string, string[]>;
}

interface OffsetEntry {
  readonly relativeOffset: number;
  readonly position: number;
}

/** Entries of an offset index; those that are only preallocated are zeros. */
class OffsetEntries {
  readonly count: number;
  private readonly view: DataView;

  constructor(file: SegmentFile) {
    const bytes = file.read();
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.count = Math.floor(file.sizeInBytes / OFFSET_ENTRY_BYTES);
  }

  entry(index: number): OffsetEntry {
    const at = index * OFFSET_ENTRY_BYTES;
    if (at + OFFSET_ENTRY_BYTES > this.view.byteLength) return { relativeOffset: 0, position: 0 };
    return { relativeOffset: this.view.getInt32(at), position: this.view.getInt32(at + 4) };
  }

  /** Where to begin to look for an offset: the binary search of the real index, over its zeros too. */
  lookup(relativeOffset: number): number {
    if (this.count === 0 || this.entry(0).relativeOffset > relativeOffset) return 0;
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      const found = this.entry(middle).relativeOffset;
      if (found === relativeOffset) return this.entry(middle).position;
      if (found < relativeOffset) low = middle;
      else high = middle - 1;
    }
    return this.entry(low).position;
  }
}

class CorruptIndex extends UncaughtException {
  constructor(message: string, check: string) {
    super({
      text: `kafka.log.CorruptIndexException: ${message}`,
      frames: [check, 'kafka.tools.DumpLogSegments$.kafka$tools$DumpLogSegments$$dumpIndex(DumpLogSegments.scala:185)'],
    });
  }
}

export function* dumpIndex(file: SegmentFile, options: IndexDumpOptions, mismatches: IndexMismatches): Op<void> {
  const base = file.baseOffset;
  const log = file.sibling('.log').read();
  const entries = new OffsetEntries(file);
  if (options.sanityOnly) {
    const last = entries.count === 0 ? base : base + entries.entry(entries.count - 1).relativeOffset;
    if (entries.count > 0 && last <= base) {
      const where = `index file (${file.absolutePath}) has non-zero size but the last offset is ${last} which is no greater than the base offset ${base}.`;
      throw new CorruptIndex(`Corrupt index found, ${where}`, 'kafka.log.OffsetIndex.sanityCheck(OffsetIndex.scala:191)');
    }
    file.jvm.out.println(`${file.path} passed sanity check.`);
    return;
  }
  for (let i = 0; i < entries.count; i++) {
    const entry = entries.entry(i);
    const offset = base + entry.relativeOffset;
    const first = firstOffsetAt(log, entry.position);
    if (first !== offset) mismatches.index.set(file.absolutePath, [[offset, first], ...(mismatches.index.get(file.absolutePath) ?? [])]);
    if (entry.relativeOffset === 0 && i > 0) return;
    if (!options.verifyOnly) file.jvm.out.println(`offset: ${offset} position: ${entry.position}`);
    if (i % LINES_AT_ONCE === 0) yield* file.jvm.out.flush();
  }
}

/** The first record from a byte of the log on. */
function firstOffsetAt(log: Uint8Array, position: number): number {
  const first = batchesOf(log.subarray(position)).next();
  if (first.done === true) throw new UncaughtException({ text: 'java.util.NoSuchElementException', frames: [] });
  for (const record of first.value.batch.records()) return record.offset;
  return first.value.batch.baseOffset;
}

export function* dumpTimeIndex(file: SegmentFile, options: IndexDumpOptions, mismatches: IndexMismatches): Op<void> {
  const base = file.baseOffset;
  const log = file.sibling('.log').read();
  const offsets = new OffsetEntries(file.sibling('.index'));
  const times = new TimeEntries(file);
  if (options.sanityOnly) {
    times.sanityCheck(file.absolutePath);
    file.jvm.out.println(`${file.path} passed sanity check.`);
    return;
  }
  const problems = (text: string): void => {
    mismatches.timeIndex.set(file.absolutePath, [...(mismatches.timeIndex.get(file.absolutePath) ?? []), text]);
  };
  const batches = [...batchesOf(log)];
  let lines: string[] = [];
  let previousMs = -1;
  for (let i = 0; i < times.count; i++) {
    const { timestampMs, relativeOffset } = times.entry(i);
    const offset = base + relativeOffset;
    const position = offsets.lookup(relativeOffset);
    const batch = batches.find((each) => each.position >= position && each.batch.lastOffset >= offset)?.batch;
    if (batch === undefined || batch.lastOffset !== offset) {
      if (i < LINES_AT_ONCE) problems(`  Index timestamp: ${timestampMs}, log timestamp: ${batch?.lastOffset ?? -1}`);
    } else {
      const maxMs = largestTimestamp(batch);
      if (maxMs !== timestampMs) problems(`  Index timestamp: ${timestampMs}, log timestamp: ${maxMs}`);
      if (previousMs >= timestampMs) problems(`  Index timestamp: ${timestampMs}, Previously indexed timestamp: ${previousMs}`);
      if (relativeOffset === 0 && i > 0) break;
    }
    if (!options.verifyOnly) lines.push(`timestamp: ${timestampMs} offset: ${offset}\n`);
    previousMs = timestampMs;
    if (lines.length < LINES_AT_ONCE) continue;
    file.jvm.out.print(lines.join(''));
    lines = [];
    yield* file.jvm.out.flush();
    yield* file.jvm.process.spend(LINES_AT_ONCE);
  }
  file.jvm.out.print(lines.join(''));
}

function largestTimestamp(batch: DefaultRecordBatch): number {
  let largest = -1;
  for (const record of batch.records()) largest = Math.max(largest, record.timestampMs);
  return largest;
}

/** Entries of a time index; those that are only preallocated are zeros. */
class TimeEntries {
  readonly count: number;
  private readonly view: DataView;

  constructor(file: SegmentFile) {
    const bytes = file.read();
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.count = Math.floor(file.sizeInBytes / TIME_ENTRY_BYTES);
  }

  entry(index: number): { readonly timestampMs: number; readonly relativeOffset: number } {
    const at = index * TIME_ENTRY_BYTES;
    if (at + TIME_ENTRY_BYTES > this.view.byteLength) return { timestampMs: 0, relativeOffset: 0 };
    return { timestampMs: Number(this.view.getBigInt64(at)), relativeOffset: this.view.getInt32(at + 8) };
  }

  sanityCheck(path: string): void {
    if (this.count === 0) return;
    const [first, last] = [this.entry(0), this.entry(this.count - 1)];
    if (last.timestampMs >= first.timestampMs) return;
    const what = `has non-zero size but the last timestamp is ${last.timestampMs} which is less than the first timestamp ${first.timestampMs}`;
    throw new CorruptIndex(`Corrupt time index found, time index file (${path}) ${what}`, 'kafka.log.TimeIndex.sanityCheck(TimeIndex.scala:217)');
  }
}
