import type { Request, Response } from './messages';
import type { RecordBatch } from './record-batch';

/** Bytes of a request's or response's fixed part: length, header and the fields around the partitions. */
const FIXED_BYTES = 40;
/** Bytes of one partition's fields, without its batches. */
const PARTITION_BYTES = 38;

interface Partitioned {
  readonly partitions?: readonly { readonly batches?: readonly RecordBatch[] }[] | null;
}

/**
 * How many bytes a message takes on the wire.
 * Simplified: fields other than record batches are counted by typical sizes, not one by one.
 */
export function sizeOfMessage(message: Request | Response): number {
  const partitions = (message.body as Partitioned).partitions;
  if (!Array.isArray(partitions)) return FIXED_BYTES;
  let size = FIXED_BYTES;
  for (const partition of partitions as readonly { readonly batches?: readonly RecordBatch[] }[]) {
    size += PARTITION_BYTES;
    if (partition.batches === undefined) continue;
    for (const batch of partition.batches) size += batch.sizeInBytes;
  }
  return size;
}
