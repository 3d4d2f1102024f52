import type { SegmentFile } from './segment-file';

const SNAPSHOT_HEADER_BYTES = 10;
const SNAPSHOT_ENTRY_BYTES = 46;
const TRANSACTION_ENTRY_BYTES = 34;

/**
 * What a broker remembers of each idempotent producer. Version (2), checksum (4), count (4), then entries.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/ProducerStateManager.scala readSnapshot
 */
export function dumpProducerSnapshot(file: SegmentFile): void {
  const bytes = file.read();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const count = bytes.length < SNAPSHOT_HEADER_BYTES ? 0 : view.getInt32(6);
  for (let i = 0; i < count; i++) {
    const at = SNAPSHOT_HEADER_BYTES + i * SNAPSHOT_ENTRY_BYTES;
    if (at + SNAPSHOT_ENTRY_BYTES > bytes.length) return;
    file.jvm.out.println(producerText(view, at));
  }
}

function producerText(view: DataView, at: number): string {
  const lastSequence = view.getInt32(at + 10);
  const offsetDelta = view.getInt32(at + 22);
  const firstOffset = view.getBigInt64(at + 38);
  const open = firstOffset < 0n ? 'None' : `Some(${firstOffset})`;
  const producer = `producerId: ${view.getBigInt64(at)} producerEpoch: ${view.getInt16(at + 8)} coordinatorEpoch: ${view.getInt32(at + 34)}`;
  const batch =
    `firstSequence: ${lastSequence - offsetDelta} lastSequence: ${lastSequence} lastOffset: ${view.getBigInt64(at + 14)} ` +
    `offsetDelta: ${offsetDelta} timestamp: ${view.getBigInt64(at + 26)}`;
  return `${producer} currentTxnFirstOffset: ${open} ${lastSequence < 0 ? '' : batch}`;
}

/** The aborted transactions of a segment. @source kafka 1.1.0 core/src/main/scala/kafka/log/TransactionIndex.scala */
export function dumpTransactionIndex(file: SegmentFile): void {
  const bytes = file.read();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 0; at + TRANSACTION_ENTRY_BYTES <= bytes.length; at += TRANSACTION_ENTRY_BYTES) {
    file.jvm.out.println(
      `version: ${view.getInt16(at)} producerId: ${view.getBigInt64(at + 2)} firstOffset: ${view.getBigInt64(at + 10)} ` +
        `lastOffset: ${view.getBigInt64(at + 18)} lastStableOffset: ${view.getBigInt64(at + 26)}`,
    );
  }
}
