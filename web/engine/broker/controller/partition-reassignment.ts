import { topicPartitionStatePath, ZK_PATHS } from '../../admin/zk-paths';
import type { Op } from '../../kernel/task';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import type { ControllerBrokerRequestBatch } from './controller-broker-request-batch';
import type { ControllerContext } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import { nextLeaderAndIsr } from './leader-and-isr';
import type { PartitionStateMachine } from './partition-state-machine';
import type { ReplicaStateMachine } from './replica-state-machine';
import type { TopicDeletionManager } from './topic-deletion-manager';

export interface ReassignmentParts {
  readonly context: ControllerContext;
  readonly partitions: PartitionStateMachine;
  readonly replicas: ReplicaStateMachine;
  readonly deletion: TopicDeletionManager;
  readonly batch: ControllerBrokerRequestBatch;
  sendUpdateMetadata(partitions?: readonly TopicPartition[]): void;
  /** A reassigned partition's ISR changed. */
  onIsrChange(tp: TopicPartition): void;
}

/**
 * Moves partitions to other brokers: new replicas are added and catch up, then the old ones go.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala onPartitionReassignment
 */
export class PartitionReassignment {
  constructor(
    private readonly env: ControllerEnvironment,
    private readonly parts: ReassignmentParts,
    private readonly log: ClassLogger,
  ) {}

  /** Reads what is asked for, into the context. */
  *read(): Op<TopicPartition[]> {
    const asked = yield* this.env.zk.getPartitionReassignment();
    for (const { topic, partition, replicas } of asked) {
      this.parts.context.reassigned.set(topicPartitionName({ topic, partition }), { tp: { topic, partition }, newReplicas: replicas });
    }
    return asked.map(({ topic, partition }) => ({ topic, partition }));
  }

  *trigger(partitions: readonly TopicPartition[]): Op<void> {
    for (const tp of partitions) yield* this.triggerOne(tp);
  }

  private *triggerOne(tp: TopicPartition): Op<void> {
    const name = topicPartitionName(tp);
    const { context, deletion } = this.parts;
    const newReplicas = context.reassigned.get(name)?.newReplicas ?? [];
    if (deletion.isQueued(tp.topic)) {
      this.log.error(`Skipping reassignment of ${name} since the topic is currently being deleted`);
      yield* this.remove(tp);
    } else if (!context.assignments.has(tp)) {
      this.log.error(`Ignoring request to reassign partition ${name} that doesn't exist.`);
      yield* this.remove(tp);
    } else if (sameList(context.assignmentOf(tp), newReplicas)) {
      this.log.info(`Partition ${name} to be reassigned is already assigned to replicas ${newReplicas.join(',')}. Ignoring request for partition reassignment.`);
      yield* this.remove(tp);
    } else {
      this.log.info(`Handling reassignment of partition ${name} to new replicas ${newReplicas.join(',')}`);
      this.env.zk.client.registerZNodeChangeHandler({ path: topicPartitionStatePath(tp), handleDataChange: () => this.parts.onIsrChange(tp) });
      deletion.markIneligible([tp.topic]);
      yield* this.advance(tp);
    }
  }

  /** Does the first half, or the second when the new replicas are in sync. */
  *advance(tp: TopicPartition): Op<void> {
    const newReplicas = this.newReplicasOf(tp);
    const state = yield* this.env.zk.getTopicPartitionState(tp);
    const caughtUp = state !== undefined && newReplicas.every((id) => state.isr.includes(id));
    if (caughtUp) yield* this.finish(tp, newReplicas);
    else yield* this.addReplicas(tp, newReplicas);
  }

  *onIsrChanged(tp: TopicPartition): Op<void> {
    const name = topicPartitionName(tp);
    if (!this.parts.context.isReassigned(tp)) return;
    const newReplicas = this.newReplicasOf(tp);
    const state = yield* this.env.zk.getTopicPartitionState(tp);
    if (state === undefined) {
      this.log.error(`Error handling reassignment of partition ${name} to replicas ${newReplicas.join(',')} as it was never created`);
      return;
    }
    const caughtUp = newReplicas.filter((id) => state.isr.includes(id));
    const counted = `${caughtUp.length}/${newReplicas.length} replicas have caught up with the leader for partition ${name} being reassigned.`;
    if (caughtUp.length === newReplicas.length) {
      this.log.info(`${counted} Resuming partition reassignment`);
      yield* this.advance(tp);
    } else {
      const missing = newReplicas.filter((id) => !state.isr.includes(id));
      this.log.info(`${counted} Replica(s) ${missing.join(',')} still need to catch up`);
    }
  }

  private newReplicasOf(tp: TopicPartition): readonly number[] {
    return this.parts.context.reassigned.get(topicPartitionName(tp))?.newReplicas ?? [];
  }

  private *addReplicas(tp: TopicPartition, newReplicas: readonly number[]): Op<void> {
    const name = topicPartitionName(tp);
    const { context, replicas } = this.parts;
    this.log.info(`New replicas ${newReplicas.join(',')} for partition ${name} being reassigned not yet caught up with the leader`);
    const current = context.assignmentOf(tp);
    const added = newReplicas.filter((id) => !current.includes(id));
    const both = [...new Set([...newReplicas, ...current])];
    yield* this.updateAssignment(tp, both);
    yield* this.updateLeaderEpochAndSend(tp, both, both);
    for (const replica of added) yield* replicas.handleStateChanges([{ ...tp, replica }], 'NewReplica');
    this.log.info(`Waiting for new replicas ${newReplicas.join(',')} for partition ${name} being reassigned to catch up with the leader`);
  }

  private *finish(tp: TopicPartition, newReplicas: readonly number[]): Op<void> {
    const { context, replicas, deletion } = this.parts;
    const old = context.assignmentOf(tp).filter((id) => !newReplicas.includes(id));
    for (const replica of newReplicas) yield* replicas.handleStateChanges([{ ...tp, replica }], 'OnlineReplica');
    yield* this.moveLeaderIfRequired(tp, newReplicas);
    const toStop = old.map((replica) => ({ ...tp, replica }));
    for (const phase of ['OfflineReplica', 'ReplicaDeletionStarted', 'ReplicaDeletionSuccessful', 'NonExistentReplica'] as const) {
      yield* replicas.handleStateChanges(toStop, phase);
    }
    yield* this.updateAssignment(tp, newReplicas);
    yield* this.remove(tp);
    this.parts.sendUpdateMetadata([tp]);
    yield* deletion.resumeFor([tp.topic]);
  }

  private *moveLeaderIfRequired(tp: TopicPartition, newReplicas: readonly number[]): Op<void> {
    const name = topicPartitionName(tp);
    const { context, partitions } = this.parts;
    const leader = context.leadership.get(tp)?.leader ?? -1;
    const all = context.assignmentOf(tp);
    context.assignments.set(tp, newReplicas);
    if (!newReplicas.includes(leader)) {
      this.log.info(`Leader ${leader} for partition ${name} being reassigned, is not in the new list of replicas ${newReplicas.join(',')}. Re-electing leader`);
      yield* partitions.handleStateChanges([tp], 'OnlinePartition', 'reassign');
    } else if (context.isOnline(leader)) {
      this.log.info(`Leader ${leader} for partition ${name} being reassigned, is already in the new list of replicas ${newReplicas.join(',')} and is alive`);
      yield* this.updateLeaderEpochAndSend(tp, all, newReplicas);
    } else {
      this.log.info(`Leader ${leader} for partition ${name} being reassigned, is already in the new list of replicas ${newReplicas.join(',')} but is dead`);
      yield* partitions.handleStateChanges([tp], 'OnlinePartition', 'reassign');
    }
  }

  private *updateAssignment(tp: TopicPartition, replicas: readonly number[]): Op<void> {
    const { context } = this.parts;
    context.assignments.set(tp, replicas);
    const whole = new Map(context.assignments.ofTopic(tp.topic).map((each) => [each.partition, context.assignmentOf(each)]));
    yield* this.env.zk.setTopicAssignment(tp.topic, whole);
    this.log.info(`Updated assigned replicas for partition ${topicPartitionName(tp)} being reassigned to ${replicas.join(',')}`);
  }

  /** Tells the replicas under a new epoch, without another leader or ISR. */
  private *updateLeaderEpochAndSend(tp: TopicPartition, recipients: readonly number[], replicas: readonly number[]): Op<void> {
    const { context, batch } = this.parts;
    this.log.debug(`Updating leader epoch for partition ${topicPartitionName(tp)}`);
    for (;;) {
      const state = yield* this.env.zk.getTopicPartitionState(tp);
      if (state === undefined) return;
      const controllerEpoch = context.epoch;
      const { successful } = yield* this.env.zk.updateLeaderAndIsr([{ tp, leaderAndIsr: nextLeaderAndIsr(state, {}) }], controllerEpoch);
      const [updated] = successful;
      if (updated === undefined) continue;
      const decided = { ...updated.leaderAndIsr, controllerEpoch };
      this.log.info(`Updated leader epoch for partition ${topicPartitionName(tp)} to ${decided.leaderEpoch}`);
      context.leadership.set(tp, decided);
      batch.addLeaderAndIsr(recipients, tp, decided, { replicas, isNew: false });
      batch.send();
      return;
    }
  }

  /** It is done, or was refused; the request goes from ZooKeeper with the last of them. */
  private *remove(tp: TopicPartition): Op<void> {
    const { reassigned } = this.parts.context;
    this.env.zk.client.unregisterZNodeChangeHandler(topicPartitionStatePath(tp));
    this.log.info(`Removing partition ${topicPartitionName(tp)} from the list of reassigned partitions in zookeeper`);
    reassigned.delete(topicPartitionName(tp));
    if (reassigned.size === 0) {
      this.log.info(`No more partitions need to be reassigned. Deleting zk path ${ZK_PATHS.reassignPartitions}`);
      yield* this.env.zk.deletePartitionReassignment();
    } else {
      yield* this.env.zk.setOrCreatePartitionReassignment([...reassigned.values()].map((each) => ({ ...each.tp, replicas: each.newReplicas })));
    }
  }
}

function sameList(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((id, i) => id === b[i]);
}
