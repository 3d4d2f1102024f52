import { topicPath, ZK_PATHS } from '../../admin/zk-paths';
import type { BrokerRegistration } from '../../admin/zk-json';
import type { Op } from '../../kernel/task';
import { type ControlledShutdownResponse, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import { KafkaScheduler } from '../kafka-scheduler';
import { BrokerChanges, cachedBroker } from './broker-changes';
import { ControllerBrokerRequestBatch } from './controller-broker-request-batch';
import { ControllerChannelManager } from './controller-channel-manager';
import { ControllerContext } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import { ControllerElection } from './controller-election';
import { takeControllerEpoch } from './controller-epoch';
import type { ControllerParts } from './controller-parts';
import { ControllerEventQueue } from './controller-event-queue';
import { LeadershipChanges } from './leadership-changes';
import { PartitionReassignment } from './partition-reassignment';
import { PartitionStateMachine } from './partition-state-machine';
import { PreferredReplicaElection } from './preferred-replica-election';
import { ReplicaStateMachine } from './replica-state-machine';
import { TopicChanges } from './topic-changes';
import { TopicDeletionManager } from './topic-deletion-manager';
import { controllerElected } from './trace-events';

const REBALANCE_DELAY_MS = 5000;

/**
 * Every broker has one; at most one in the cluster is active, and decides who leads which partition.
 *
 * Why: it watches ZooKeeper, and tells the brokers by requests what changed for them.
 * Trace: `controller.elected`, `leader.elected`, `topic.created`, `topic.deleted`, `broker.lost`.
 * Simplified: no failed log directories.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala
 */
export class KafkaController {
  readonly context = new ControllerContext();
  private readonly election: ControllerElection;
  private readonly log: ClassLogger;
  private readonly events: ControllerEventQueue;
  private scheduler: KafkaScheduler | undefined;
  private channels: ControllerChannelManager | undefined;
  private readonly batch: ControllerBrokerRequestBatch;
  private readonly partitions: PartitionStateMachine;
  private readonly replicas: ReplicaStateMachine;
  private readonly deletion: TopicDeletionManager;
  private readonly preferred: PreferredReplicaElection;
  private readonly reassignment: PartitionReassignment;
  private readonly brokerChanges: BrokerChanges;
  private readonly topicChanges: TopicChanges;
  private readonly leadershipChanges: LeadershipChanges;

  constructor(
    private readonly env: ControllerEnvironment,
    registration: () => BrokerRegistration,
  ) {
    const { brokerId, config } = env;
    const { context } = this;
    this.log = new ClassLogger(env.log, 'kafka.controller.KafkaController', `[Controller id=${brokerId}] `);
    this.election = new ControllerElection(env, this.log, {
      registration,
      enqueue: (name, process) => this.enqueueAlways(name, process),
      clearQueueAndPut: (name, process) => this.events.clearAndPut({ name, process }),
      onWon: () => this.onControllerFailover(),
      onLost: () => this.onControllerResignation(),
    });
    const queueLog = new ClassLogger(env.log, 'kafka.controller.ControllerEventManager$ControllerEventThread', `[ControllerEventThread controllerId=${brokerId}] `);
    this.events = new ControllerEventQueue(queueLog);
    this.batch = new ControllerBrokerRequestBatch({
      controllerId: brokerId,
      context,
      interBrokerListenerName: config.interBrokerListenerName,
      channelManager: () => this.channels,
      partitionsBeingDeleted: () => this.deletion.partitionsToBeDeleted,
      isBeingDeleted: (tp) => this.deletion.isPartitionToBeDeleted(tp),
      onLeaderAndIsrResponse: () => {},
    });
    const isQueued = (topic: string): boolean => this.deletion.isQueued(topic);
    this.partitions = new PartitionStateMachine(env, context, this.batch, isQueued);
    this.deletion = new TopicDeletionManager(env, {
      context,
      replicaStateMachine: () => this.replicas,
      partitionStateMachine: () => this.partitions,
      sendUpdateMetadata: (tps) => this.sendUpdateMetadata(tps),
      unwatchTopic: (topic) => env.zk.client.unregisterZNodeChangeHandler(topicPath(topic)),
      onReplicaStopped: (response, replica) => this.enqueue('TopicDeletionStopReplicaResponseReceived', () => this.topicChanges.onReplicaStopped(response, replica)),
    });
    this.replicas = new ReplicaStateMachine(env, context, this.batch, this.deletion);
    this.preferred = new PreferredReplicaElection(env, context, this.partitions, isQueued, this.log);
    this.reassignment = new PartitionReassignment(
      env,
      {
        context,
        partitions: this.partitions,
        replicas: this.replicas,
        deletion: this.deletion,
        batch: this.batch,
        sendUpdateMetadata: (tps) => this.sendUpdateMetadata(tps),
        onIsrChange: (tp) => this.enqueue('PartitionReassignmentIsrChange', () => this.reassignment.onIsrChanged(tp)),
      },
      this.log,
    );
    const parts: ControllerParts = {
      env,
      context,
      log: this.log,
      batch: this.batch,
      partitions: this.partitions,
      replicas: this.replicas,
      deletion: this.deletion,
      preferred: this.preferred,
      reassignment: this.reassignment,
      isActive: () => this.isActive,
      channels: () => this.channels,
      scheduler: () => this.scheduler,
      enqueue: (name, process) => this.enqueue(name, process),
      sendUpdateMetadata: (tps) => this.sendUpdateMetadata(tps),
    };
    this.brokerChanges = new BrokerChanges(parts);
    this.topicChanges = new TopicChanges(parts);
    this.leadershipChanges = new LeadershipChanges(parts);
  }

  get isActive(): boolean {
    return this.election.isWon;
  }

  /** It has begun its work: the brokers hear of its decisions. */
  get isReady(): boolean {
    return this.isActive && this.scheduler !== undefined;
  }

  get epoch(): number {
    return this.context.epoch;
  }

  startup(): void {
    this.election.startup();
    this.env.tasks.start(this.events.run());
  }

  shutdown(): void {
    this.events.close();
    this.onControllerResignation();
  }

  /** Answers when leaders have moved. */
  controlledShutdown(brokerId: number, respond: (response: ControlledShutdownResponse) => void): void {
    this.enqueueAlways('ControlledShutdown', () => this.brokerChanges.controlledShutdown(brokerId, respond));
  }

  /** What only the active controller does. */
  private enqueue(name: string, process: () => Op<void>): void {
    const ifActive = (): boolean => this.isActive;
    this.events.put({
      name,
      *process() {
        if (ifActive()) yield* process();
      },
    });
  }

  private enqueueAlways(name: string, process: () => Op<void>): void {
    this.events.put({ name, process });
  }

  // Becoming and ceasing to be the controller

  private *onControllerFailover(): Op<void> {
    const { zk, config } = this.env;
    yield* takeControllerEpoch(zk, this.context, this.log);
    this.log.info('Registering handlers');
    yield* this.registerHandlers();
    this.log.info('Deleting log dir event notifications');
    yield* zk.deleteLogDirEventNotifications();
    this.log.info('Deleting isr change notifications');
    yield* zk.deleteIsrChangeNotifications();
    this.log.info('Initializing controller context');
    yield* this.initializeContext();
    this.log.info('Fetching topic deletions in progress');
    const { toBeDeleted, ineligible } = yield* this.fetchTopicDeletions();
    this.log.info('Initializing topic deletion manager');
    yield* this.deletion.init(toBeDeleted, ineligible);
    this.log.info('Sending update metadata request');
    this.sendUpdateMetadata();
    yield* this.replicas.startup();
    yield* this.partitions.startup();
    this.log.info(`Ready to serve as the new controller with epoch ${this.epoch}`);
    const elected = this.env.sim.trace.channel(controllerElected);
    if (elected.hot) elected.emit({ brokerId: this.env.brokerId, epoch: this.epoch });
    yield* this.reassignment.trigger([...this.context.reassigned.values()].map((each) => each.tp));
    yield* this.deletion.resume();
    yield* this.preferred.elect(yield* this.preferred.pending(), { isAutomatic: false });
    this.log.info('Starting the controller scheduler');
    this.scheduler = new KafkaScheduler(this.env.sim);
    if (config.boolean('auto.leader.rebalance.enable')) this.leadershipChanges.scheduleRebalance(REBALANCE_DELAY_MS);
  }

  private *registerHandlers(): Op<void> {
    const { zk } = this.env;
    const onChildren = (path: string, name: string, process: () => Op<void>): void =>
      zk.client.registerZNodeChildChangeHandler({ path, handleChildChange: () => this.enqueue(name, process) });
    onChildren(ZK_PATHS.brokerIds, 'BrokerChange', () => this.brokerChanges.onBrokerChange());
    onChildren(ZK_PATHS.topics, 'TopicChange', () => this.topicChanges.onTopicChange());
    onChildren(ZK_PATHS.deleteTopics, 'TopicDeletion', () => this.topicChanges.onTopicDeletion());
    onChildren(ZK_PATHS.isrChangeNotification, 'IsrChangeNotification', () => this.leadershipChanges.onIsrChangeNotification());
    yield* this.leadershipChanges.watchPreferredElection();
    yield* this.leadershipChanges.watchReassignment();
  }

  private *initializeContext(): Op<void> {
    const { context } = this;
    const { zk } = this.env;
    context.setLiveBrokers((yield* zk.getAllBrokersInCluster()).map(cachedBroker));
    yield* this.topicChanges.readTopics(yield* zk.getAllTopicsInCluster());
    yield* this.brokerChanges.watchBrokers(context.liveOrShuttingDownIds);
    for (const { tp, state } of yield* zk.getTopicPartitionStates(context.assignments.keys())) context.leadership.set(tp, state);
    this.channels = this.newChannelManager();
    for (const broker of context.liveOrShuttingDownBrokers) this.channels.addBroker(broker);
    yield* this.reassignment.read();
    const moving = [...context.reassigned.values()].map((each) => `${topicPartitionName(each.tp)} -> Vector(${each.newReplicas.join(', ')})`);
    this.log.info(`Partitions being reassigned: Map(${moving.join(', ')})`);
    this.log.info(`Currently active brokers in the cluster: Set(${context.liveIds.join(', ')})`);
    this.log.info(`Currently shutting brokers in the cluster: Set()`);
    this.log.info(`Current list of topics in the cluster: Set(${[...context.topics].join(', ')})`);
  }

  private newChannelManager(): ControllerChannelManager {
    const { sim, host, log, tasks, brokerId, config } = this.env;
    return new ControllerChannelManager(
      {
        sim,
        host,
        log,
        tasks,
        brokerId,
        interBrokerListenerName: config.interBrokerListenerName,
        socketTimeoutMs: config.number('controller.socket.timeout.ms'),
      },
      () => this.epoch,
    );
  }

  private *fetchTopicDeletions(): Op<{ toBeDeleted: readonly string[]; ineligible: readonly string[] }> {
    const toBeDeleted = yield* this.env.zk.getTopicDeletions();
    const withOffline = this.context.assignments.entries().filter(([, replicas]) => !replicas.every((id) => this.context.isOnline(id)));
    const moving = [...this.context.reassigned.values()].map((each) => each.tp.topic);
    const ineligible = [...new Set([...withOffline.map(([tp]) => tp.topic), ...moving])];
    this.log.info(`List of topics to be deleted: ${toBeDeleted.join(',')}`);
    this.log.info(`List of topics ineligible for deletion: ${ineligible.join(',')}`);
    return { toBeDeleted, ineligible };
  }

  private onControllerResignation(): void {
    const { client } = this.env.zk;
    this.log.debug('Resigning');
    for (const path of [ZK_PATHS.isrChangeNotification, ZK_PATHS.topics, ZK_PATHS.deleteTopics, ZK_PATHS.brokerIds]) client.unregisterZNodeChildChangeHandler(path);
    for (const path of [ZK_PATHS.reassignPartitions, ZK_PATHS.preferredReplicaElection]) client.unregisterZNodeChangeHandler(path);
    this.brokerChanges.unwatchBrokers(this.context.liveOrShuttingDownIds);
    for (const topic of this.context.topics) client.unregisterZNodeChangeHandler(topicPath(topic));
    this.deletion.reset();
    this.scheduler?.shutdown();
    this.scheduler = undefined;
    this.partitions.shutdown();
    this.replicas.shutdown();
    this.channels?.shutdown();
    this.channels = undefined;
    this.context.reset();
    this.log.info('Resigned');
  }

  private sendUpdateMetadata(partitions?: readonly TopicPartition[]): void {
    this.batch.addUpdateMetadata(this.context.liveOrShuttingDownIds, partitions);
    this.batch.send();
  }
}
