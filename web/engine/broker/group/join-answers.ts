import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { JoinGroupRequest, JoinGroupResponse } from '../../protocol/messages';
import type { GroupMetadata } from './group-metadata';
import type { MemberMetadata } from './member-metadata';

/** Why a group does not take a member in; NONE when it does. */
export function membershipError(group: GroupMetadata, request: JoinGroupRequest): ErrorCode {
  const names = request.protocols.map((each) => each.name);
  if (!group.is('Empty') && (group.protocolType !== request.protocolType || !group.supportsProtocols(names))) {
    return ERRORS.INCONSISTENT_GROUP_PROTOCOL;
  }
  if (group.is('Empty') && (names.length === 0 || request.protocolType === '')) return ERRORS.INCONSISTENT_GROUP_PROTOCOL;
  if (group.is('Dead') || (request.memberId !== '' && !group.has(request.memberId))) return ERRORS.UNKNOWN_MEMBER_ID;
  return ERRORS.NONE;
}

export function joinError(memberId: string, errorCode: ErrorCode): JoinGroupResponse {
  return { errorCode, generationId: 0, protocol: '', leaderId: '', memberId, members: [] };
}

/** What a member hears when the generation begins: its leader also hears of the others. */
export function joinResponse(group: GroupMetadata, member: MemberMetadata): JoinGroupResponse {
  const protocol = group.protocol as string;
  const members = group.isLeader(member.memberId) ? group.members.map((each) => ({ memberId: each.memberId, metadata: each.metadata(protocol) })) : [];
  return { errorCode: ERRORS.NONE, generationId: group.generationId, protocol, leaderId: group.leaderId ?? '', memberId: member.memberId, members };
}
