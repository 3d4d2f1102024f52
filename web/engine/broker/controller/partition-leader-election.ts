import { type LeaderAndIsr, nextLeaderAndIsr } from './leader-and-isr';

export type ElectionStrategy = 'offline' | 'reassign' | 'preferred' | 'controlledShutdown';

/** What an election may look at. */
export interface Electorate {
  readonly current: LeaderAndIsr;
  /** In order of preference. */
  readonly assignment: readonly number[];
  /** Where the partition is going, while it is being reassigned. */
  readonly reassignment: readonly number[];
  readonly shuttingDown: ReadonlySet<number>;
  readonly uncleanAllowed: boolean;
  isOnline(brokerId: number): boolean;
}

export interface Election {
  /** Undefined when nobody can be elected. */
  readonly elected: LeaderAndIsr | undefined;
  /** Who is told. */
  readonly recipients: readonly number[];
}

/** How each strategy chooses. @source kafka 1.1.0 core/src/main/scala/kafka/controller/PartitionStateMachine.scala */
export const ELECTIONS: Readonly<Record<ElectionStrategy, (electorate: Electorate) => Election>> = {
  offline: (electorate) => {
    const { current, assignment, uncleanAllowed } = electorate;
    const online = assignment.filter((id) => electorate.isOnline(id));
    const clean = online.find((id) => current.isr.includes(id));
    const leader = clean ?? (uncleanAllowed ? online[0] : undefined);
    const isr = clean === undefined ? [leader as number] : current.isr.filter((id) => electorate.isOnline(id));
    return { elected: leader === undefined ? undefined : nextLeaderAndIsr(current, { leader, isr }), recipients: online };
  },
  reassign: (electorate) => {
    const { current, reassignment } = electorate;
    const leader = reassignment.find((id) => electorate.isOnline(id) && current.isr.includes(id));
    return { elected: leader === undefined ? undefined : nextLeaderAndIsr(current, { leader }), recipients: reassignment };
  },
  preferred: (electorate) => {
    const { current, assignment } = electorate;
    const [first] = assignment;
    const possible = first !== undefined && electorate.isOnline(first) && current.isr.includes(first);
    return { elected: possible ? nextLeaderAndIsr(current, { leader: first }) : undefined, recipients: assignment };
  },
  controlledShutdown: (electorate) => {
    const { current, assignment, shuttingDown } = electorate;
    const online = assignment.filter((id) => electorate.isOnline(id));
    const leader = online.find((id) => current.isr.includes(id) && !shuttingDown.has(id));
    const isr = current.isr.filter((id) => !shuttingDown.has(id));
    return { elected: leader === undefined ? undefined : nextLeaderAndIsr(current, { leader, isr }), recipients: online };
  },
};
