import type { AdminClient, GroupOffset } from '../../../../engine/clients/admin/admin-client';
import type { Op } from '../../../../engine/kernel/task';
import { javaHashOrder, scalaImmutableOrder, topicPartitionHash } from '../../../../engine/protocol/jvm-hash-order';

/** All offsets that the group has committed, in the order of the maps through which the real tool passes them. */
export function* groupOffsets(admin: AdminClient, groupId: string): Op<GroupOffset[]> {
  const offsets = yield* admin.listGroupOffsets(groupId);
  return scalaImmutableOrder(javaHashOrder(offsets, topicPartitionHash), topicPartitionHash);
}
