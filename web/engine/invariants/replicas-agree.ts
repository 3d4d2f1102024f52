import type { Partition } from '../broker/replica/partition';
import type { RecordBatch } from '../protocol/record-batch';
import { type Invariant, liveBrokers } from './invariant';

const READ_BYTES = 1024 * 1024;

/**
 * Below both high watermarks, two replicas of a partition hold the same batches.
 *
 * Cost: what was compared once is not compared again, as logs are only cut above the high watermark.
 */
export function replicasAgree(): Invariant {
  const compared = new Map<string, number>();
  return {
    name: 'replicas agree',
    violation(world) {
      const byName = new Map<string, { brokerId: number; partition: Partition }>();
      for (const broker of liveBrokers(world)) {
        for (const partition of broker.partitions) {
          const first = byName.get(partition.name);
          if (first === undefined) {
            byName.set(partition.name, { brokerId: broker.brokerId, partition });
            continue;
          }
          const end = Math.min(first.partition.local?.highWatermark ?? 0, partition.local?.highWatermark ?? 0);
          const key = `${partition.name} on ${first.brokerId} and ${broker.brokerId}`;
          const from = compared.get(key) ?? 0;
          if (end <= from) continue;
          if (!agree(first.partition, partition, from, end)) return `${key} differ between ${from} and ${end}`;
          compared.set(key, end);
        }
      }
      return undefined;
    },
  };
}

function agree(a: Partition, b: Partition, from: number, end: number): boolean {
  const start = Math.max(from, a.local?.logStartOffset ?? 0, b.local?.logStartOffset ?? 0);
  for (let offset = start; offset < end; ) {
    const [first, second] = [batchAt(a, offset), batchAt(b, offset)];
    if (first === undefined || second === undefined) return false;
    if (first.baseOffset !== second.baseOffset || first.lastOffset !== second.lastOffset || first.crc !== second.crc) return false;
    offset = first.lastOffset + 1;
  }
  return true;
}

function batchAt(partition: Partition, offset: number): RecordBatch | undefined {
  return partition.local?.log.read(offset, READ_BYTES, { minOneMessage: true }).batches[0];
}
