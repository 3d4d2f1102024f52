import type { Log } from '../log/log';
import { GroupMetadata, type StoredOffset } from './group-metadata';
import { readGroupMetadataValue, readGroupRecordKey, readOffsetCommitValue } from './group-records';

const READ_BYTES = 5 * 1024 * 1024;

/** Reads a partition of the offsets topic from its beginning to its end: the groups that its records leave, each with its offsets. */
export function loadGroups(log: Log): { readonly groups: readonly GroupMetadata[]; readonly batchCount: number } {
  const loaded = new LoadedGroups();
  let batchCount = 0;
  let offset = log.logStartOffset;
  while (offset < log.logEndOffset) {
    const { batches } = log.read(offset, READ_BYTES, { minOneMessage: true });
    if (batches.length === 0) break;
    for (const batch of batches) {
      batchCount += 1;
      offset = batch.lastOffset + 1;
      if (batch.isControlBatch) continue;
      for (const record of batch.records()) if (record.key !== null) loaded.take(record.key, record.value, batch.baseOffset);
    }
  }
  return { groups: loaded.finish(), batchCount };
}

class LoadedGroups {
  private readonly groups = new Map<string, GroupMetadata>();
  private readonly offsets = new Map<string, Map<string, StoredOffset>>();

  take(keyBytes: Uint8Array, value: Uint8Array | null, batchOffset: number): void {
    const key = readGroupRecordKey(keyBytes);
    if (key.kind === 'group') {
      if (value === null) this.groups.delete(key.groupId);
      else this.groups.set(key.groupId, readGroupMetadataValue(key.groupId, value));
      return;
    }
    const ofGroup = this.offsets.get(key.groupId) ?? new Map<string, StoredOffset>();
    this.offsets.set(key.groupId, ofGroup);
    const name = `${key.topic}-${key.partition}`;
    if (value === null) ofGroup.delete(name);
    else ofGroup.set(name, { appendedBatchOffset: batchOffset, committed: readOffsetCommitValue(value, key.topic, key.partition) });
  }

  finish(): GroupMetadata[] {
    for (const [groupId, stored] of this.offsets) {
      if (stored.size > 0 && !this.groups.has(groupId)) this.groups.set(groupId, new GroupMetadata(groupId, 'Empty'));
      this.groups.get(groupId)?.initializeOffsets(stored.values());
    }
    return [...this.groups.values()];
  }
}
