import { traceEvent } from '../../kernel/trace';

interface GroupEvent {
  readonly groupId: string;
  readonly generationId: number;
  readonly coordinator: number;
}

export const groupRebalancing = traceEvent<GroupEvent & { readonly members: readonly string[] }>('group.rebalancing');
/** The leader's assignment is known and every member may fetch it. */
export const groupStable = traceEvent<
  GroupEvent & { readonly members: readonly { readonly memberId: string; readonly clientId: string; readonly partitions: readonly string[] }[] }
>('group.stable');
export const groupEmpty = traceEvent<GroupEvent>('group.empty');
export const memberFailed = traceEvent<GroupEvent & { readonly memberId: string }>('member.failed');
export const offsetsCommitted = traceEvent<{
  readonly groupId: string;
  readonly offsets: readonly { readonly topic: string; readonly partition: number; readonly offset: number }[];
}>('offsets.committed');
