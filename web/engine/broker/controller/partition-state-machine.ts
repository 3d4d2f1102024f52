import type { PartitionState } from '../../admin/zk-topics-client';
import { logConfigFromProps } from '../../config/log-config';
import type { Op } from '../../kernel/task';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import type { ControllerBrokerRequestBatch } from './controller-broker-request-batch';
import { type ControllerContext, PartitionMap } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import { initialLeaderAndIsr, type LeaderAndIsr, type LeaderIsrAndControllerEpoch } from './leader-and-isr';
import { ELECTIONS, type ElectionStrategy } from './partition-leader-election';
import { leaderElected } from './trace-events';

export type PartitionPhase = 'NonExistentPartition' | 'NewPartition' | 'OnlinePartition' | 'OfflinePartition';

const VALID_PREVIOUS: Readonly<Record<PartitionPhase, readonly PartitionPhase[]>> = {
  NewPartition: ['NonExistentPartition'],
  OnlinePartition: ['NewPartition', 'OnlinePartition', 'OfflinePartition'],
  OfflinePartition: ['NewPartition', 'OnlinePartition', 'OfflinePartition'],
  NonExistentPartition: ['OfflinePartition'],
};

const STRATEGY_NAMES: Readonly<Record<ElectionStrategy, string>> = {
  offline: 'OfflinePartitionLeaderElectionStrategy',
  reassign: 'ReassignPartitionLeaderElectionStrategy',
  preferred: 'PreferredReplicaPartitionLeaderElectionStrategy',
  controlledShutdown: 'ControlledShutdownPartitionLeaderElectionStrategy',
};

/**
 * Which phase each partition is in, and what must be done to bring it into another: above all, electing its leader.
 *
 * Trace: `leader.elected`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/PartitionStateMachine.scala
 */
export class PartitionStateMachine {
  private readonly phases = new PartitionMap<PartitionPhase>();
  /** Offline and new ones: what an election is tried for when a broker comes or goes. */
  private readonly withoutLeader = new Map<string, TopicPartition>();
  private readonly log: ClassLogger;
  private readonly stateChangeLog: ClassLogger;

  constructor(
    private readonly env: ControllerEnvironment,
    private readonly context: ControllerContext,
    private readonly batch: ControllerBrokerRequestBatch,
    private readonly isQueuedForDeletion: (topic: string) => boolean,
  ) {
    this.log = new ClassLogger(env.log, 'kafka.controller.PartitionStateMachine', `[PartitionStateMachine controllerId=${env.brokerId}] `);
    this.stateChangeLog = new ClassLogger(env.log, 'state.change.logger', `[Controller id=${env.brokerId}] `);
  }

  *startup(): Op<void> {
    this.log.info('Initializing partition state');
    for (const tp of this.context.assignments.keys()) {
      const state = this.context.leadership.get(tp);
      this.setPhase(tp, state === undefined ? 'NewPartition' : this.context.isOnline(state.leader) ? 'OnlinePartition' : 'OfflinePartition');
    }
    this.log.info('Triggering online partition state changes');
    yield* this.triggerOnline();
    const all = this.phases.entries().map(([tp, phase]) => `${topicPartitionName(tp)} -> ${phase}`);
    this.log.info(`Started partition state machine with initial state -> Map(${all.join(', ')})`);
  }

  shutdown(): void {
    this.phases.clear();
    this.withoutLeader.clear();
    this.log.info('Stopped partition state machine');
  }

  phaseOf(tp: TopicPartition): PartitionPhase {
    return this.phases.get(tp) ?? 'NonExistentPartition';
  }

  *triggerOnline(): Op<void> {
    const partitions = [...this.withoutLeader.values()].filter((tp) => !this.isQueuedForDeletion(tp.topic));
    yield* this.handleStateChanges(partitions, 'OnlinePartition', 'offline');
  }

  *handleStateChanges(partitions: readonly TopicPartition[], target: PartitionPhase, strategy?: ElectionStrategy): Op<void> {
    if (partitions.length === 0) return;
    const valid = partitions.filter((tp) => VALID_PREVIOUS[target].includes(this.phaseOf(tp)));
    if (target === 'OnlinePartition') {
      const isNew = (tp: TopicPartition): boolean => this.phaseOf(tp) === 'NewPartition';
      const fresh = valid.filter(isNew);
      const others = valid.filter((tp) => !isNew(tp));
      if (fresh.length > 0) yield* this.initialize(fresh);
      if (others.length > 0 && strategy !== undefined) yield* this.elect(others, strategy);
    } else {
      for (const tp of valid) this.setPhase(tp, target);
    }
    this.batch.send();
  }

  private setPhase(tp: TopicPartition, phase: PartitionPhase): void {
    const name = topicPartitionName(tp);
    if (phase === 'NonExistentPartition') this.phases.delete(tp);
    else this.phases.set(tp, phase);
    if (phase === 'NewPartition' || phase === 'OfflinePartition') this.withoutLeader.set(name, tp);
    else this.withoutLeader.delete(name);
  }

  /** The first leader of a new partition is its first live replica. */
  private *initialize(partitions: readonly TopicPartition[]): Op<void> {
    const controllerEpoch = this.context.epoch;
    const states: PartitionState[] = [];
    for (const tp of partitions) {
      const replicas = this.context.assignmentOf(tp);
      const live = replicas.filter((id) => this.context.isOnline(id));
      const [leader] = live;
      if (leader !== undefined) states.push({ tp, state: { ...initialLeaderAndIsr(leader, live), controllerEpoch } });
      else this.logNobodyAlive(tp, replicas);
    }
    const responses = yield* this.env.zk.createTopicPartitionStatesRaw(states);
    for (const [i, { tp, state }] of states.entries()) {
      if (responses[i]?.code !== 'Ok') continue;
      this.became(tp, state);
      this.batch.addLeaderAndIsr(state.isr, tp, state, { replicas: this.context.assignmentOf(tp), isNew: true });
    }
  }

  private logNobodyAlive(tp: TopicPartition, replicas: readonly number[]): void {
    const { brokerId } = this.env;
    const { epoch, liveIds } = this.context;
    this.stateChangeLog.error(
      `Controller ${brokerId} epoch ${epoch} initiated state change for partition ${topicPartitionName(tp)} from NewPartition to OnlinePartition failed`,
      `kafka.common.StateChangeFailedException: Controller ${brokerId} epoch ${epoch} encountered error during state change of partition ` +
        `${topicPartitionName(tp)} from New to Online, assigned replicas are [${replicas.join(',')}], live brokers are [Set(${liveIds.join(', ')})]. No assigned replica is alive.`,
    );
  }

  private *elect(partitions: readonly TopicPartition[], strategy: ElectionStrategy): Op<void> {
    let remaining = partitions;
    while (remaining.length > 0) remaining = yield* this.electOnce(remaining, strategy);
  }

  /** Returns the partitions whose state was written by somebody else in between. */
  private *electOnce(partitions: readonly TopicPartition[], strategy: ElectionStrategy): Op<readonly TopicPartition[]> {
    const { zk } = this.env;
    const updates: { tp: TopicPartition; leaderAndIsr: LeaderAndIsr }[] = [];
    const recipients = new PartitionMap<readonly number[]>();
    for (const { tp, state: current } of yield* zk.getTopicPartitionStates(partitions)) {
      if (current.controllerEpoch > this.context.epoch) continue;
      const election = ELECTIONS[strategy]({
        current,
        assignment: this.context.assignmentOf(tp),
        reassignment: this.context.reassigned.get(topicPartitionName(tp))?.newReplicas ?? [],
        shuttingDown: this.context.shuttingDown,
        uncleanAllowed: strategy === 'offline' && (yield* this.mayBeUnclean(tp, current)),
        isOnline: (id) => this.context.isOnline(id),
      });
      if (election.elected === undefined) this.logFailed(tp, strategy);
      else {
        updates.push({ tp, leaderAndIsr: election.elected });
        recipients.set(tp, election.recipients);
      }
    }
    const controllerEpoch = this.context.epoch;
    const { successful, toRetry, failed } = yield* zk.updateLeaderAndIsr(updates, controllerEpoch);
    for (const { tp, leaderAndIsr } of successful) {
      const decided = { ...leaderAndIsr, controllerEpoch };
      this.became(tp, decided);
      this.batch.addLeaderAndIsr(recipients.get(tp) ?? [], tp, decided, { replicas: this.context.assignmentOf(tp), isNew: false });
    }
    for (const { tp } of failed) this.logFailed(tp, strategy);
    return toRetry;
  }

  /** Only when no replica in sync is alive is it asked whether another may lead. */
  private *mayBeUnclean(tp: TopicPartition, current: LeaderIsrAndControllerEpoch): Op<boolean> {
    if (current.isr.some((id) => this.context.isOnline(id))) return false;
    const overrides = yield* this.env.zk.getEntityConfigs('topics', tp.topic);
    return logConfigFromProps(this.env.config.logConfigDefaults, overrides).uncleanLeaderElectionEnable;
  }

  private became(tp: TopicPartition, state: LeaderIsrAndControllerEpoch): void {
    const previous = this.context.leadership.get(tp);
    this.context.leadership.set(tp, state);
    this.setPhase(tp, 'OnlinePartition');
    const elected = this.env.sim.trace.channel(leaderElected);
    if (!elected.hot) return;
    const { leader, leaderEpoch, isr } = state;
    elected.emit({ topic: tp.topic, partition: tp.partition, leader, leaderEpoch, isr, previousLeader: previous?.leader ?? -1 });
  }

  private logFailed(tp: TopicPartition, strategy: ElectionStrategy): void {
    const phase = this.phaseOf(tp);
    this.stateChangeLog.error(
      `Controller ${this.env.brokerId} epoch ${this.context.epoch} initiated state change for partition ${topicPartitionName(tp)} from ${phase} to OnlinePartition failed`,
      `kafka.common.StateChangeFailedException: Failed to elect leader for partition ${topicPartitionName(tp)} under strategy ${STRATEGY_NAMES[strategy]}`,
    );
  }
}
