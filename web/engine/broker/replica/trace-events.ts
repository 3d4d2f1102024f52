import { traceEvent } from '../../kernel/trace';

export interface PartitionEvent {
  readonly brokerId: number;
  readonly topic: string;
  readonly partition: number;
}

export const isrShrunk = traceEvent<PartitionEvent & { readonly from: readonly number[]; readonly to: readonly number[] }>('isr.shrunk');
export const isrExpanded = traceEvent<PartitionEvent & { readonly from: readonly number[]; readonly to: readonly number[] }>('isr.expanded');
/** This broker became the partition's leader. */
export const leaderStarted = traceEvent<PartitionEvent & { readonly leaderEpoch: number; readonly logEndOffset: number }>('leader.started');
/** This broker became a follower of `leader`. */
export const followerStarted = traceEvent<PartitionEvent & { readonly leaderEpoch: number; readonly leader: number }>('follower.started');
/** Batches were written to this broker's log, by a client or copied from the leader. Offsets are inclusive. */
export const recordsAppended = traceEvent<PartitionEvent & { readonly firstOffset: number; readonly lastOffset: number; readonly fromLeader: boolean }>(
  'records.appended',
);
export const highWatermarkAdvanced = traceEvent<PartitionEvent & { readonly highWatermark: number }>('high-watermark.advanced');
/** A follower cut its log so that it agrees with its leader. */
export const logTruncated = traceEvent<PartitionEvent & { readonly to: number }>('log.truncated');
/** A request waits at a broker: a long poll, or acks=all. */
export const requestParked = traceEvent<{ readonly brokerId: number; readonly api: string; readonly clientId: string; readonly connectionId: string }>(
  'request.parked',
);
