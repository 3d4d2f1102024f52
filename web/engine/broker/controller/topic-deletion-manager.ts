import type { Op } from '../../kernel/task';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import type { ControllerContext } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import { type PartitionAndReplica, replicaName } from './leader-and-isr';
import type { PartitionStateMachine } from './partition-state-machine';
import type { ReplicaStateMachine, StopReplicaCallback } from './replica-state-machine';
import { topicDeleted } from './trace-events';

/** What topic deletion needs of the controller. */
export interface DeletionActions {
  readonly context: ControllerContext;
  replicaStateMachine(): ReplicaStateMachine;
  partitionStateMachine(): PartitionStateMachine;
  sendUpdateMetadata(partitions: readonly TopicPartition[]): void;
  unwatchTopic(topic: string): void;
  readonly onReplicaStopped: StopReplicaCallback;
}

/**
 * Deletes topics, replica by replica. A topic with a replica on a dead broker, or that is being reassigned, waits.
 *
 * Trace: `topic.deleted`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/TopicDeletionManager.scala
 */
export class TopicDeletionManager {
  private readonly queued = new Set<string>();
  private readonly ineligible = new Set<string>();
  private partitionsBeingDeleted: TopicPartition[] = [];
  private readonly log: ClassLogger;
  private readonly enabled: boolean;

  constructor(
    private readonly env: ControllerEnvironment,
    private readonly actions: DeletionActions,
  ) {
    this.log = new ClassLogger(env.log, 'kafka.controller.TopicDeletionManager', `[Topic Deletion Manager ${env.brokerId}], `);
    this.enabled = env.config.boolean('delete.topic.enable');
  }

  get partitionsToBeDeleted(): readonly TopicPartition[] {
    return this.partitionsBeingDeleted;
  }

  get topicsToBeDeleted(): readonly string[] {
    return [...this.queued];
  }

  isQueued(topic: string): boolean {
    return this.queued.has(topic);
  }

  isPartitionToBeDeleted(tp: TopicPartition): boolean {
    return this.queued.has(tp.topic);
  }

  *init(topics: readonly string[], ineligible: readonly string[]): Op<void> {
    if (this.enabled) {
      for (const topic of topics) this.queued.add(topic);
      for (const topic of ineligible) if (this.queued.has(topic)) this.ineligible.add(topic);
      this.listPartitions();
      return;
    }
    this.log.info(`Removing Set(${topics.join(', ')}) since delete topic is disabled`);
    yield* this.env.zk.deleteTopicDeletions(topics);
  }

  reset(): void {
    this.queued.clear();
    this.ineligible.clear();
    this.partitionsBeingDeleted = [];
  }

  *enqueue(topics: readonly string[]): Op<void> {
    for (const topic of topics) this.queued.add(topic);
    this.listPartitions();
    yield* this.resume();
  }

  *resumeFor(topics: readonly string[]): Op<void> {
    const toResume = topics.filter((topic) => this.queued.has(topic));
    if (toResume.length === 0) return;
    for (const topic of toResume) this.ineligible.delete(topic);
    yield* this.resume();
  }

  *failReplicaDeletion(replicas: readonly PartitionAndReplica[]): Op<void> {
    const failed = replicas.filter((replica) => this.queued.has(replica.topic));
    if (failed.length === 0) return;
    yield* this.actions.replicaStateMachine().handleStateChanges(failed, 'ReplicaDeletionIneligible');
    this.markIneligible(failed.map((replica) => replica.topic));
    yield* this.resume();
  }

  *completeReplicaDeletion(replicas: readonly PartitionAndReplica[]): Op<void> {
    const done = replicas.filter((replica) => this.queued.has(replica.topic));
    this.log.debug(`Deletion successfully completed for replicas ${done.map(replicaName).join(',')}`);
    yield* this.actions.replicaStateMachine().handleStateChanges(done, 'ReplicaDeletionSuccessful');
    yield* this.resume();
  }

  markIneligible(topics: readonly string[]): void {
    const halted = [...new Set(topics)].filter((topic) => this.queued.has(topic));
    for (const topic of halted) this.ineligible.add(topic);
    if (halted.length > 0) this.log.info(`Halted deletion of topics ${halted.join(',')}`);
  }

  *resume(): Op<void> {
    const topics = [...this.queued];
    if (topics.length > 0) this.log.info(`Handling deletion for topics ${topics.join(',')}`);
    const replicas = this.actions.replicaStateMachine();
    for (const topic of topics) {
      if (replicas.areAllDeleted(topic)) {
        yield* this.complete(topic);
        this.log.info(`Deletion of topic ${topic} successfully completed`);
      } else {
        const started = replicas.replicasInPhase(topic, 'ReplicaDeletionStarted');
        if (started.length > 0) this.logProgress(topic, started);
        else yield* this.retryIneligible(topic);
      }
      if (this.isEligible(topic)) {
        this.log.info(`Deletion of topic ${topic} (re)started`);
        yield* this.start(topic);
      } else if (this.ineligible.has(topic)) {
        this.log.info(`Not retrying deletion of topic ${topic} at this time since it is marked ineligible for deletion`);
      }
    }
  }

  private isEligible(topic: string): boolean {
    const inProgress = this.actions.replicaStateMachine().replicasInPhase(topic, 'ReplicaDeletionStarted').length > 0;
    return this.queued.has(topic) && !inProgress && !this.ineligible.has(topic);
  }

  private logProgress(topic: string, started: readonly PartitionAndReplica[]): void {
    const ids = [...new Set(started.map((each) => each.replica))].join(',');
    const partitions = [...new Set(started.map(topicPartitionName))].join(',');
    this.log.info(`Deletion for replicas ${ids} for partition ${partitions} of topic ${topic} in progress`);
  }

  private *retryIneligible(topic: string): Op<void> {
    const failed = this.actions.replicaStateMachine().replicasInPhase(topic, 'ReplicaDeletionIneligible');
    if (failed.length === 0) return;
    this.log.info(`Retrying delete topic for topic ${topic} since replicas ${failed.map(replicaName).join(',')} were not successfully deleted`);
    yield* this.actions.replicaStateMachine().handleStateChanges(failed, 'OfflineReplica');
  }

  private *start(topic: string): Op<void> {
    this.log.info(`Topic deletion callback for ${topic}`);
    const partitions = this.actions.context.assignments.ofTopic(topic);
    this.actions.sendUpdateMetadata(partitions);
    this.log.info(`Partition deletion callback for ${partitions.map(topicPartitionName).join(',')}`);
    const { context } = this.actions;
    const machine = this.actions.replicaStateMachine();
    const all = context.replicasOf(partitions);
    const dead = all.filter((replica) => !context.isOnline(replica.replica));
    const toDelete = all.filter((replica) => context.isOnline(replica.replica) && machine.phaseOf(replica) !== 'ReplicaDeletionSuccessful');
    yield* machine.handleStateChanges(dead, 'ReplicaDeletionIneligible');
    yield* machine.handleStateChanges(toDelete, 'OfflineReplica');
    this.log.debug(`Deletion started for replicas ${toDelete.map(replicaName).join(',')}`);
    yield* machine.handleStateChanges(toDelete, 'ReplicaDeletionStarted', this.actions.onReplicaStopped);
    if (dead.length > 0) {
      this.log.debug(`Dead Replicas (${dead.map(replicaName).join(',')}) found for topic ${topic}`);
      this.markIneligible([topic]);
    }
  }

  private *complete(topic: string): Op<void> {
    const { context } = this.actions;
    this.actions.unwatchTopic(topic);
    const machine = this.actions.replicaStateMachine();
    const partitions = context.assignments.ofTopic(topic);
    yield* machine.handleStateChanges(machine.replicasInPhase(topic, 'ReplicaDeletionSuccessful'), 'NonExistentReplica');
    yield* this.actions.partitionStateMachine().handleStateChanges(partitions, 'OfflinePartition');
    yield* this.actions.partitionStateMachine().handleStateChanges(partitions, 'NonExistentPartition');
    this.queued.delete(topic);
    this.listPartitions();
    const { zk } = this.env;
    yield* zk.deleteTopicZNode(topic);
    yield* zk.deleteTopicConfigs([topic]);
    yield* zk.deleteTopicDeletions([topic]);
    context.removeTopic(topic);
    const deleted = this.env.sim.trace.channel(topicDeleted);
    if (deleted.hot) deleted.emit({ topic });
  }

  private listPartitions(): void {
    this.partitionsBeingDeleted = [...this.queued].flatMap((topic) => this.actions.context.assignments.ofTopic(topic));
  }
}
