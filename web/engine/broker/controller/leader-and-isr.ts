import type { LeaderAndIsr, LeaderIsrAndControllerEpoch } from '../../admin/zk-json';
import type { TopicPartition } from '../../protocol/messages';

export type { LeaderAndIsr, LeaderIsrAndControllerEpoch };

export const NO_LEADER = -1;

/** The first state of a partition. */
export function initialLeaderAndIsr(leader: number, isr: readonly number[]): LeaderAndIsr {
  return { leader, leaderEpoch: 0, isr, zkVersion: 0 };
}

/** The next state: the epoch goes up whatever changes. */
export function nextLeaderAndIsr(current: LeaderAndIsr, change: { readonly leader?: number; readonly isr?: readonly number[] }): LeaderAndIsr {
  return {
    leader: change.leader ?? current.leader,
    isr: change.isr ?? current.isr,
    leaderEpoch: current.leaderEpoch + 1,
    zkVersion: current.zkVersion,
  };
}

export interface PartitionAndReplica extends TopicPartition {
  readonly replica: number;
}

/** `[Topic=t,Partition=0,Replica=1]`. */
export function replicaName(replica: PartitionAndReplica): string {
  return `[Topic=${replica.topic},Partition=${replica.partition},Replica=${replica.replica}]`;
}
