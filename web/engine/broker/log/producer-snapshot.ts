import { Bytes, type Disk, readFile } from '../../kernel/disk';
import { crc32c } from '../../protocol/crc32c';
import { readInt64, writeInt64 } from '../../protocol/int64';
import { ProducerStateEntry } from './producer-state-entry';

const VERSION = 1;
const HEADER_SIZE = 10;
const CRC_AT = 2;
const ENTRIES_AT = 6;
const ENTRY_SIZE = 46;

/** A `.snapshot` file that cannot be used. The message is Kafka's. */
export class CorruptSnapshotError extends Error {}

/**
 * Writes what a log knows of its producers, so that a restart need not read the whole log.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/ProducerStateManager.scala writeSnapshot
 */
export function writeProducerSnapshot(disk: Disk, path: string, entries: readonly ProducerStateEntry[]): void {
  const bytes = new Uint8Array(HEADER_SIZE + entries.length * ENTRY_SIZE);
  const view = new DataView(bytes.buffer);
  view.setInt16(0, VERSION);
  view.setInt32(ENTRIES_AT, entries.length);
  entries.forEach((entry, i) => {
    const at = HEADER_SIZE + i * ENTRY_SIZE;
    writeInt64(view, at, entry.producerId);
    view.setInt16(at + 8, entry.producerEpoch);
    view.setInt32(at + 10, entry.lastSequence);
    writeInt64(view, at + 14, entry.lastDataOffset);
    view.setInt32(at + 22, entry.lastOffsetDelta);
    writeInt64(view, at + 26, entry.lastTimestampMs);
    view.setInt32(at + 34, entry.coordinatorEpoch);
    writeInt64(view, at + 38, entry.currentTxnFirstOffset ?? -1);
  });
  view.setUint32(CRC_AT, crc32c(bytes, ENTRIES_AT));
  disk.create(path).append(new Bytes(bytes));
}

/** Throws CorruptSnapshotError. */
export function readProducerSnapshot(disk: Disk, path: string): ProducerStateEntry[] {
  const file = disk.open(path);
  const bytes = file === undefined ? new Uint8Array(0) : readFile(file);
  if (bytes.length < HEADER_SIZE) throw new CorruptSnapshotError("Snapshot failed schema validation: Error reading field 'version': java.nio.BufferUnderflowException");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const version = view.getInt16(0);
  if (version !== VERSION) throw new CorruptSnapshotError(`Snapshot contained an unknown file version ${version}`);
  const stored = view.getUint32(CRC_AT);
  const computed = crc32c(bytes, ENTRIES_AT);
  if (stored !== computed) {
    throw new CorruptSnapshotError(`Snapshot is corrupt (CRC is no longer valid). Stored crc: ${stored}. Computed crc: ${computed}`);
  }
  const count = Math.min(view.getInt32(ENTRIES_AT), Math.floor((bytes.length - HEADER_SIZE) / ENTRY_SIZE));
  return Array.from({ length: count }, (_, i) => readEntry(view, HEADER_SIZE + i * ENTRY_SIZE));
}

function readEntry(view: DataView, at: number): ProducerStateEntry {
  const entry = new ProducerStateEntry(readInt64(view, at));
  entry.addBatch(view.getInt16(at + 8), {
    lastSequence: view.getInt32(at + 10),
    lastOffset: readInt64(view, at + 14),
    offsetDelta: view.getInt32(at + 22),
    timestampMs: readInt64(view, at + 26),
  });
  entry.coordinatorEpoch = view.getInt32(at + 34);
  const firstOffset = readInt64(view, at + 38);
  entry.currentTxnFirstOffset = firstOffset >= 0 ? firstOffset : undefined;
  return entry;
}
