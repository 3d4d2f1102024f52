import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { DescribedGroup } from '../../protocol/messages';
import type { GroupMetadata } from './group-metadata';
import { NO_ASSIGNMENT } from './member-metadata';

const NO_SUBSCRIPTION = { topics: [] };

export function emptyDescription(groupId: string, state: string, errorCode: ErrorCode): DescribedGroup {
  return { errorCode, groupId, state, protocolType: '', protocol: '', members: [] };
}

/** What a coordinator says of a group. Subscriptions and assignments are shown only while it is stable. */
export function describeGroup(group: GroupMetadata): DescribedGroup {
  const { protocol } = group;
  const stable = group.is('Stable') && protocol !== undefined;
  return {
    errorCode: ERRORS.NONE,
    groupId: group.groupId,
    state: group.state,
    protocolType: group.protocolType ?? '',
    protocol: stable ? protocol : '',
    members: group.members.map((member) => ({
      memberId: member.memberId,
      clientId: member.clientId,
      clientHost: member.clientHost,
      metadata: stable ? member.metadata(protocol) : NO_SUBSCRIPTION,
      assignment: stable ? (member.assignment ?? NO_ASSIGNMENT) : NO_ASSIGNMENT,
    })),
  };
}
