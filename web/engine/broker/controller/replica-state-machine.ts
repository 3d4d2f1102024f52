import type { PartitionState } from '../../admin/zk-topics-client';
import type { Op } from '../../kernel/task';
import type { StopReplicaResponse, TopicPartition } from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import type { ControllerBrokerRequestBatch } from './controller-broker-request-batch';
import { type ControllerContext, PartitionMap } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import { type LeaderAndIsr, type LeaderIsrAndControllerEpoch, nextLeaderAndIsr, NO_LEADER, type PartitionAndReplica, replicaName } from './leader-and-isr';

export type ReplicaPhase =
  | 'NonExistentReplica'
  | 'NewReplica'
  | 'OnlineReplica'
  | 'OfflineReplica'
  | 'ReplicaDeletionStarted'
  | 'ReplicaDeletionSuccessful'
  | 'ReplicaDeletionIneligible';

const VALID_PREVIOUS: Readonly<Record<ReplicaPhase, readonly ReplicaPhase[]>> = {
  NewReplica: ['NonExistentReplica'],
  OnlineReplica: ['NewReplica', 'OnlineReplica', 'OfflineReplica', 'ReplicaDeletionIneligible'],
  OfflineReplica: ['NewReplica', 'OnlineReplica', 'OfflineReplica', 'ReplicaDeletionIneligible'],
  ReplicaDeletionStarted: ['OfflineReplica'],
  ReplicaDeletionSuccessful: ['ReplicaDeletionStarted'],
  ReplicaDeletionIneligible: ['ReplicaDeletionStarted'],
  NonExistentReplica: ['ReplicaDeletionSuccessful'],
};

export type StopReplicaCallback = (response: StopReplicaResponse, replica: PartitionAndReplica) => void;

/** What the machine asks of topic deletion. */
export interface DeletionQuestions {
  isPartitionToBeDeleted(tp: TopicPartition): boolean;
}

/**
 * Which phase each replica is in, and the requests that bring it into another.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/ReplicaStateMachine.scala
 */
export class ReplicaStateMachine {
  private readonly phases = new PartitionMap<Map<number, ReplicaPhase>>();
  private readonly log: ClassLogger;

  constructor(
    private readonly env: ControllerEnvironment,
    private readonly context: ControllerContext,
    private readonly batch: ControllerBrokerRequestBatch,
    private readonly deletion: DeletionQuestions,
  ) {
    this.log = new ClassLogger(env.log, 'kafka.controller.ReplicaStateMachine', `[ReplicaStateMachine controllerId=${env.brokerId}] `);
  }

  *startup(): Op<void> {
    this.log.info('Initializing replica state');
    const all = this.context.replicasOf(this.context.assignments.keys());
    for (const replica of all) this.setPhase(replica, this.context.isOnline(replica.replica) ? 'OnlineReplica' : 'ReplicaDeletionIneligible');
    this.log.info('Triggering online replica state changes');
    yield* this.handleStateChanges(
      all.filter((replica) => this.context.isOnline(replica.replica)),
      'OnlineReplica',
    );
    const shown = all.map((replica) => `${replicaName(replica)} -> ${this.phaseOf(replica)}`);
    this.log.info(`Started replica state machine with initial state -> Map(${shown.join(', ')})`);
  }

  shutdown(): void {
    this.phases.clear();
    this.log.info('Stopped replica state machine');
  }

  phaseOf(replica: PartitionAndReplica): ReplicaPhase {
    return this.phases.get(replica)?.get(replica.replica) ?? 'NonExistentReplica';
  }

  replicasInPhase(topic: string, phase: ReplicaPhase): PartitionAndReplica[] {
    return this.phases
      .ofTopic(topic)
      .flatMap((tp) => [...(this.phases.get(tp) ?? [])].filter(([, each]) => each === phase).map(([replica]) => ({ ...tp, replica })));
  }

  areAllDeleted(topic: string): boolean {
    return this.context.replicasOfTopic(topic).every((replica) => this.phaseOf(replica) === 'ReplicaDeletionSuccessful');
  }

  private setPhase(replica: PartitionAndReplica, phase: ReplicaPhase): void {
    const replicas = this.phases.get(replica) ?? new Map<number, ReplicaPhase>();
    this.phases.set(replica, replicas);
    if (phase === 'NonExistentReplica') replicas.delete(replica.replica);
    else replicas.set(replica.replica, phase);
    if (replicas.size === 0) this.phases.delete(replica);
  }

  *handleStateChanges(replicas: readonly PartitionAndReplica[], target: ReplicaPhase, onStopReplica?: StopReplicaCallback): Op<void> {
    if (replicas.length === 0) return;
    const byBroker = new Map<number, PartitionAndReplica[]>();
    for (const replica of replicas) byBroker.set(replica.replica, [...(byBroker.get(replica.replica) ?? []), replica]);
    for (const [brokerId, ofBroker] of byBroker) {
      const valid = ofBroker.filter((replica) => VALID_PREVIOUS[target].includes(this.phaseOf(replica)));
      if (target === 'OfflineReplica') yield* this.becomeOffline(brokerId, valid);
      else for (const replica of valid) this.change(replica, target, onStopReplica);
    }
    this.batch.send();
  }

  private change(replica: PartitionAndReplica, target: ReplicaPhase, onStopReplica: StopReplicaCallback | undefined): void {
    if (target === 'NewReplica' && !this.tellNewReplica(replica)) return;
    if (target === 'OnlineReplica') this.tellOnlineReplica(replica);
    if (target === 'ReplicaDeletionStarted') {
      this.batch.addStopReplica(replica.replica, replica, {
        deletePartition: true,
        onResponse: (response) => onStopReplica?.(response, replica),
      });
    }
    if (target === 'NonExistentReplica') {
      this.context.assignments.set(
        replica,
        this.context.assignmentOf(replica).filter((id) => id !== replica.replica),
      );
    }
    this.setPhase(replica, target);
  }

  /** False when it is to lead already, which a new replica cannot. */
  private tellNewReplica(replica: PartitionAndReplica): boolean {
    const state = this.context.leadership.get(replica);
    if (state === undefined) return true;
    if (state.leader === replica.replica) return false;
    this.batch.addLeaderAndIsr([replica.replica], replica, state, { replicas: this.context.assignmentOf(replica), isNew: true });
    return true;
  }

  private tellOnlineReplica(replica: PartitionAndReplica): void {
    const assignment = this.context.assignmentOf(replica);
    if (this.phaseOf(replica) === 'NewReplica') {
      if (!assignment.includes(replica.replica)) this.context.assignments.set(replica, [...assignment, replica.replica]);
      return;
    }
    const state = this.context.leadership.get(replica);
    if (state !== undefined) this.batch.addLeaderAndIsr([replica.replica], replica, state, { replicas: assignment, isNew: false });
  }

  /** It is told to stop, and its partitions' ISRs lose it. */
  private *becomeOffline(brokerId: number, replicas: readonly PartitionAndReplica[]): Op<void> {
    for (const replica of replicas) this.batch.addStopReplica(brokerId, replica, { deletePartition: false });
    const led = replicas.filter((replica) => this.context.leadership.has(replica));
    const changed = yield* this.removeFromIsrs(brokerId, led);
    for (const { tp, state } of changed) {
      if (!this.deletion.isPartitionToBeDeleted(tp)) {
        const replicaIds = this.context.assignmentOf(tp);
        const others = replicaIds.filter((id) => id !== brokerId);
        this.batch.addLeaderAndIsr(others, tp, state, { replicas: replicaIds, isNew: false });
      }
      this.setPhase({ ...tp, replica: brokerId }, 'OfflineReplica');
    }
  }

  private *removeFromIsrs(brokerId: number, partitions: readonly TopicPartition[]): Op<PartitionState[]> {
    const { zk } = this.env;
    const results: PartitionState[] = [];
    let remaining: readonly TopicPartition[] = partitions.map(({ topic, partition }) => ({ topic, partition }));
    while (remaining.length > 0) {
      const updates: { tp: TopicPartition; leaderAndIsr: LeaderAndIsr }[] = [];
      for (const { tp, state } of yield* zk.getTopicPartitionStates(remaining)) {
        if (state.controllerEpoch > this.context.epoch) continue;
        if (state.isr.includes(brokerId)) updates.push({ tp, leaderAndIsr: without(state, brokerId) });
        else results.push({ tp, state: this.remember(tp, state) });
      }
      const { successful, toRetry } = yield* zk.updateLeaderAndIsr(updates, this.context.epoch);
      for (const { tp, leaderAndIsr } of successful) results.push({ tp, state: this.remember(tp, leaderAndIsr) });
      remaining = toRetry;
    }
    return results;
  }

  private remember(tp: TopicPartition, state: LeaderAndIsr): LeaderIsrAndControllerEpoch {
    const known = { ...state, controllerEpoch: this.context.epoch };
    this.context.leadership.set(tp, known);
    return known;
  }
}

/** The last member of an ISR stays in it, so that it may lead again when it is back. */
function without(state: LeaderAndIsr, brokerId: number): LeaderAndIsr {
  return nextLeaderAndIsr(state, {
    leader: state.leader === brokerId ? NO_LEADER : state.leader,
    isr: state.isr.length === 1 ? state.isr : state.isr.filter((id) => id !== brokerId),
  });
}
