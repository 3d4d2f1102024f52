import type { Assignment } from '../../protocol/messages';
import { ByteReader } from './byte-reader';
import { ByteWriter } from './byte-writer';
import { decodeAssignment, decodeSubscription, encodeAssignment, encodeSubscription } from './consumer-protocol';
import { GroupMetadata, type OffsetAndMetadata } from './group-metadata';
import { MemberMetadata } from './member-metadata';

/**
 * The keys and values of the records in `__consumer_offsets`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupMetadataManager.scala
 */
const OFFSET_KEY_VERSION = 1;
const GROUP_KEY_VERSION = 2;
const VALUE_VERSION = 1;

export type GroupRecordKey =
  | { readonly kind: 'offset'; readonly groupId: string; readonly topic: string; readonly partition: number }
  | { readonly kind: 'group'; readonly groupId: string };

export function offsetCommitKey(groupId: string, topic: string, partition: number): Uint8Array {
  return new ByteWriter().int16(OFFSET_KEY_VERSION).string(groupId).string(topic).int32(partition).finish();
}

export function offsetCommitValue(committed: OffsetAndMetadata): Uint8Array {
  return new ByteWriter()
    .int16(VALUE_VERSION)
    .int64(committed.offset)
    .string(committed.metadata)
    .int64(committed.commitTimestampMs)
    .int64(committed.expireTimestampMs)
    .finish();
}

export function groupMetadataKey(groupId: string): Uint8Array {
  return new ByteWriter().int16(GROUP_KEY_VERSION).string(groupId).finish();
}

export function groupMetadataValue(group: GroupMetadata, assignments: ReadonlyMap<string, Assignment>): Uint8Array {
  const { members, protocol } = group;
  const out = new ByteWriter()
    .int16(VALUE_VERSION)
    .string(group.protocolType ?? '')
    .int32(group.generationId)
    .string(protocol ?? null)
    .string(group.leaderId ?? null)
    .int32(members.length);
  for (const member of members) {
    out
      .string(member.memberId)
      .string(member.clientId)
      .string(member.clientHost)
      .int32(member.rebalanceTimeoutMs)
      .int32(member.sessionTimeoutMs)
      .byteArray(encodeSubscription(member.metadata(protocol as string)))
      .byteArray(encodeAssignment(assignments.get(member.memberId)));
  }
  return out.finish();
}

export function readGroupRecordKey(bytes: Uint8Array): GroupRecordKey {
  const reader = new ByteReader(bytes);
  const version = reader.int16();
  const groupId = reader.string();
  if (version === GROUP_KEY_VERSION) return { kind: 'group', groupId };
  return { kind: 'offset', groupId, topic: reader.string(), partition: reader.int32() };
}

export function readOffsetCommitValue(bytes: Uint8Array, topic: string, partition: number): OffsetAndMetadata {
  const reader = new ByteReader(bytes);
  reader.int16();
  return {
    topic,
    partition,
    offset: reader.int64(),
    metadata: reader.string(),
    commitTimestampMs: reader.int64(),
    expireTimestampMs: reader.int64(),
  };
}

export function readGroupMetadataValue(groupId: string, bytes: Uint8Array): GroupMetadata {
  const reader = new ByteReader(bytes);
  reader.int16();
  const protocolType = reader.string();
  const generationId = reader.int32();
  const protocol = reader.nullableString();
  const leaderId = reader.nullableString();
  const count = reader.int32();
  const group = new GroupMetadata(groupId, count === 0 ? 'Empty' : 'Stable');
  for (let i = 0; i < count; i++) group.add(readMember(reader, protocolType, protocol ?? ''));
  group.generationId = generationId;
  group.protocolType = protocolType === '' ? undefined : protocolType;
  group.protocol = protocol ?? undefined;
  group.leaderId = leaderId ?? undefined;
  return group;
}

function readMember(reader: ByteReader, protocolType: string, protocol: string): MemberMetadata {
  const memberId = reader.string();
  const clientId = reader.string();
  const clientHost = reader.string();
  const rebalanceTimeoutMs = reader.int32();
  const sessionTimeoutMs = reader.int32();
  const subscription = decodeSubscription(reader.byteArray() as Uint8Array);
  const assignment = decodeAssignment(reader.byteArray() as Uint8Array);
  const protocols = [{ name: protocol, metadata: subscription }];
  const member = new MemberMetadata(memberId, clientId, clientHost, rebalanceTimeoutMs, sessionTimeoutMs, protocolType, protocols);
  member.assignment = assignment;
  return member;
}
