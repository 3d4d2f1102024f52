import { brokerIdPath, topicPath, ZK_PATHS } from '../../admin/zk-paths';
import type { BrokerRegistration } from '../../admin/zk-json';
import type { Op } from '../../kernel/task';
import { Future } from '../../kernel/waitables';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { type ControlledShutdownResponse, type StopReplicaResponse, type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { KeeperError } from '../../zookeeper/client/keeper-error';
import { ClassLogger } from '../class-logger';
import { KafkaScheduler } from '../kafka-scheduler';
import type { CachedBroker } from '../metadata-cache';
import { ControllerBrokerRequestBatch } from './controller-broker-request-batch';
import { ControllerChannelManager } from './controller-channel-manager';
import { ControllerContext } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import { ControllerEventQueue } from './controller-event-queue';
import { type PartitionAndReplica, replicaName } from './leader-and-isr';
import { PartitionReassignment } from './partition-reassignment';
import { PartitionStateMachine } from './partition-state-machine';
import { PreferredReplicaElection } from './preferred-replica-election';
import { ReplicaStateMachine } from './replica-state-machine';
import { TopicDeletionManager } from './topic-deletion-manager';
import { brokerLost, controllerElected, topicCreated } from './trace-events';

const NOBODY = -1;
const FIRST_EPOCH = 1;
const FIRST_EPOCH_ZK_VERSION = 1;
const REBALANCE_DELAY_MS = 5000;

/** The znode of the controller was taken by somebody else meanwhile. */
class ControllerMovedError extends Error {}

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
  private activeControllerId = NOBODY;
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

  constructor(
    private readonly env: ControllerEnvironment,
    private readonly registration: () => BrokerRegistration,
  ) {
    const { brokerId, config } = env;
    const { context } = this;
    this.log = new ClassLogger(env.log, 'kafka.controller.KafkaController', `[Controller id=${brokerId}] `);
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
      onReplicaStopped: (response, replica) => this.enqueue('TopicDeletionStopReplicaResponseReceived', () => this.onReplicaStopped(response, replica)),
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
  }

  get isActive(): boolean {
    return this.activeControllerId === this.env.brokerId;
  }

  /** It has begun its work: the brokers hear of its decisions. */
  get isReady(): boolean {
    return this.isActive && this.scheduler !== undefined;
  }

  get epoch(): number {
    return this.context.epoch;
  }

  startup(): void {
    this.env.zk.client.registerStateChangeHandler({
      name: 'controller-state-change-handler',
      beforeInitializingSession: () => this.onSessionExpired(),
      afterInitializingSession: () => this.enqueueAlways('RegisterBrokerAndReelect', () => this.registerBrokerAndReelect()),
    });
    this.enqueueAlways('Startup', () => this.processStartup());
    this.env.tasks.start(this.events.run());
  }

  shutdown(): void {
    this.events.close();
    this.onControllerResignation();
  }

  /** Answers when leaders have moved. */
  controlledShutdown(brokerId: number, respond: (response: ControlledShutdownResponse) => void): void {
    this.enqueueAlways('ControlledShutdown', () => this.doControlledShutdown(brokerId, respond));
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

  // Election

  private *onSessionExpired(): Op<void> {
    const processed = new Future<void>();
    this.events.clearAndPut({
      name: 'Expire',
      process: () => this.expire(processed),
    });
    yield* processed.wait();
  }

  // eslint-disable-next-line require-yield -- an event, which may wait
  private *expire(processed: Future<void>): Op<void> {
    processed.resolve(undefined);
    this.activeControllerId = NOBODY;
    this.onControllerResignation();
  }

  private *registerBrokerAndReelect(): Op<void> {
    try {
      yield* this.env.zk.registerBroker(this.registration());
    } catch (error) {
      if (!(error instanceof KeeperError)) throw error;
      this.log.error('Error processing event RegisterBrokerAndReelect', `${error.javaClass}: ${error.message}`);
      return;
    }
    yield* this.reelect();
  }

  private *processStartup(): Op<void> {
    yield* this.watchController();
    yield* this.elect();
  }

  private *watchController(): Op<void> {
    yield* this.env.zk.registerZNodeChangeHandlerAndCheckExistence({
      path: ZK_PATHS.controller,
      handleCreation: () => this.enqueueAlways('ControllerChange', () => this.maybeResign()),
      handleDeletion: () => this.enqueueAlways('Reelect', () => this.reelect()),
      handleDataChange: () => this.enqueueAlways('ControllerChange', () => this.maybeResign()),
    });
  }

  private *maybeResign(): Op<void> {
    const wasActive = this.isActive;
    yield* this.watchController();
    this.activeControllerId = (yield* this.env.zk.getControllerId()) ?? NOBODY;
    if (wasActive && !this.isActive) this.onControllerResignation();
  }

  private *reelect(): Op<void> {
    yield* this.maybeResign();
    yield* this.elect();
  }

  private *elect(): Op<void> {
    const { zk, brokerId, sim } = this.env;
    const timestampMs = sim.dateMs();
    this.activeControllerId = (yield* zk.getControllerId()) ?? NOBODY;
    if (this.activeControllerId !== NOBODY) {
      this.log.debug(`Broker ${this.activeControllerId} has been elected as the controller, so stopping the election process.`);
      return;
    }
    try {
      yield* zk.registerController(brokerId, timestampMs);
      this.log.info(`${brokerId} successfully elected as the controller`);
      this.activeControllerId = brokerId;
      yield* this.onControllerFailover();
    } catch (error) {
      if (error instanceof KeeperError && error.code === 'NodeExists') yield* this.lostElection();
      else if (error instanceof KeeperError || error instanceof ControllerMovedError) yield* this.triggerControllerMove(error);
      else throw error;
    }
  }

  private *lostElection(): Op<void> {
    this.activeControllerId = (yield* this.env.zk.getControllerId()) ?? NOBODY;
    if (this.activeControllerId !== NOBODY) this.log.debug(`Broker ${this.activeControllerId} was elected as controller instead of broker ${this.env.brokerId}`);
    else this.log.warn('A controller has been elected but just resigned, this will result in another round of election');
  }

  private *triggerControllerMove(error: Error): Op<void> {
    this.log.error(`Error while electing or becoming controller on broker ${this.env.brokerId}`, `${error.message}`);
    this.onControllerResignation();
    this.activeControllerId = NOBODY;
    yield* this.env.zk.deleteController();
  }

  // Becoming and ceasing to be the controller

  private *onControllerFailover(): Op<void> {
    const { zk, config } = this.env;
    this.log.info('Reading controller epoch from ZooKeeper');
    yield* this.readControllerEpoch();
    this.log.info('Incrementing controller epoch in ZooKeeper');
    yield* this.incrementControllerEpoch();
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
    if (config.boolean('auto.leader.rebalance.enable')) this.scheduleRebalance(REBALANCE_DELAY_MS);
  }

  private *readControllerEpoch(): Op<void> {
    const found = yield* this.env.zk.getControllerEpoch();
    if (found === undefined) return;
    this.context.epoch = found.epoch;
    this.context.epochZkVersion = found.stat.version;
    this.log.info(`Initialized controller epoch to ${found.epoch} and zk version ${found.stat.version}`);
  }

  private *incrementControllerEpoch(): Op<void> {
    const { context } = this;
    const { zk } = this.env;
    const next = context.epoch + 1;
    const written = yield* zk.setControllerEpochRaw(next, context.epochZkVersion);
    if (written.code === 'Ok') {
      context.epoch = next;
      context.epochZkVersion = written.stat?.version ?? 0;
    } else if (written.code === 'NoNode' && (yield* zk.createControllerEpochRaw(FIRST_EPOCH)).code === 'Ok') {
      context.epoch = FIRST_EPOCH;
      context.epochZkVersion = FIRST_EPOCH_ZK_VERSION;
    } else {
      throw new ControllerMovedError('Controller moved to another broker. Aborting controller startup procedure');
    }
    this.log.info(`Epoch incremented to ${context.epoch}`);
  }

  private *registerHandlers(): Op<void> {
    const { zk } = this.env;
    const onChildren = (path: string, name: string, process: () => Op<void>): void =>
      zk.client.registerZNodeChildChangeHandler({ path, handleChildChange: () => this.enqueue(name, process) });
    onChildren(ZK_PATHS.brokerIds, 'BrokerChange', () => this.onBrokerChange());
    onChildren(ZK_PATHS.topics, 'TopicChange', () => this.onTopicChange());
    onChildren(ZK_PATHS.deleteTopics, 'TopicDeletion', () => this.onTopicDeletion());
    onChildren(ZK_PATHS.isrChangeNotification, 'IsrChangeNotification', () => this.onIsrChangeNotification());
    yield* this.watchPreferredElection();
    yield* this.watchReassignment();
  }

  private *watchPreferredElection(): Op<boolean> {
    return yield* this.env.zk.registerZNodeChangeHandlerAndCheckExistence({
      path: ZK_PATHS.preferredReplicaElection,
      handleCreation: () => this.enqueue('PreferredReplicaLeaderElection', () => this.onPreferredElection()),
    });
  }

  private *watchReassignment(): Op<boolean> {
    return yield* this.env.zk.registerZNodeChangeHandlerAndCheckExistence({
      path: ZK_PATHS.reassignPartitions,
      handleCreation: () => this.enqueue('PartitionReassignment', () => this.onReassignment()),
    });
  }

  private *initializeContext(): Op<void> {
    const { context } = this;
    const { zk } = this.env;
    context.setLiveBrokers((yield* zk.getAllBrokersInCluster()).map(cachedBroker));
    yield* this.readTopics(yield* zk.getAllTopicsInCluster());
    yield* this.watchBrokers(context.liveOrShuttingDownIds);
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

  /** Watches new topics and learns their assignment. Returns their partitions. */
  private *readTopics(topics: readonly string[]): Op<TopicPartition[]> {
    const { zk } = this.env;
    for (const topic of topics) {
      this.context.topics.add(topic);
      zk.client.registerZNodeChangeHandler({
        path: topicPath(topic),
        handleDataChange: () => this.enqueue('PartitionModifications', () => this.onPartitionModifications(topic)),
      });
    }
    const added: TopicPartition[] = [];
    for (const [topic, assignment] of yield* zk.getPartitionAssignmentForTopics(topics)) {
      for (const [partition, replicas] of assignment) {
        added.push({ topic, partition });
        this.context.assignments.set({ topic, partition }, replicas);
      }
    }
    return added;
  }

  private *watchBrokers(brokerIds: readonly number[]): Op<void> {
    this.log.debug(`Register BrokerModifications handler for Set(${brokerIds.join(', ')})`);
    for (const id of brokerIds) {
      yield* this.env.zk.registerZNodeChangeHandlerAndCheckExistence({
        path: brokerIdPath(id),
        handleDataChange: () => this.enqueue('BrokerModifications', () => this.onBrokerModified(id)),
      });
    }
  }

  private unwatchBrokers(brokerIds: readonly number[]): void {
    this.log.debug(`Unregister BrokerModifications handler for Set(${brokerIds.join(', ')})`);
    for (const id of brokerIds) this.env.zk.client.unregisterZNodeChangeHandler(brokerIdPath(id));
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
    this.unwatchBrokers(this.context.liveOrShuttingDownIds);
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

  // Brokers come and go

  private *onBrokerChange(): Op<void> {
    const { context } = this;
    const current = (yield* this.env.zk.getAllBrokersInCluster()).map(cachedBroker);
    const currentIds = current.map((broker) => broker.id);
    const known = context.liveOrShuttingDownIds;
    const added = currentIds.filter((id) => !known.includes(id)).sort(byNumber);
    const dead = known.filter((id) => !currentIds.includes(id)).sort(byNumber);
    context.setLiveBrokers(current);
    const all = [...currentIds].sort(byNumber).join(',');
    this.log.info(`Newly added brokers: ${added.join(',')}, deleted brokers: ${dead.join(',')}, all live brokers: ${all}`);
    for (const broker of current) if (added.includes(broker.id)) this.channels?.addBroker(broker);
    for (const id of dead) this.channels?.removeBroker(id);
    if (added.length > 0) yield* this.onBrokerStartup(added);
    if (dead.length > 0) yield* this.onBrokerFailure(dead);
  }

  private *onBrokerStartup(brokerIds: readonly number[]): Op<void> {
    this.log.info(`New broker startup callback for ${brokerIds.join(',')}`);
    this.sendUpdateMetadata();
    const onThem = this.context.replicasOnBrokers(brokerIds);
    yield* this.replicas.handleStateChanges(onThem, 'OnlineReplica');
    yield* this.partitions.triggerOnline();
    for (const { tp, newReplicas } of [...this.context.reassigned.values()]) {
      if (newReplicas.some((id) => brokerIds.includes(id))) yield* this.reassignment.advance(tp);
    }
    const toDelete = onThem.filter((replica) => this.deletion.isQueued(replica.topic));
    if (toDelete.length > 0) {
      this.log.info(
        `Some replicas ${toDelete.map(replicaName).join(',')} for topics scheduled for deletion ${this.deletion.topicsToBeDeleted.join(',')} ` +
          `are on the newly restarted brokers ${brokerIds.join(',')}. Signaling restart of topic deletion for these topics`,
      );
      yield* this.deletion.resumeFor([...new Set(toDelete.map((replica) => replica.topic))]);
    }
    yield* this.watchBrokers(brokerIds);
  }

  private *onBrokerFailure(brokerIds: readonly number[]): Op<void> {
    this.log.info(`Broker failure callback for ${brokerIds.join(',')}`);
    const lost = this.env.sim.trace.channel(brokerLost);
    if (lost.hot) for (const brokerId of brokerIds) lost.emit({ brokerId });
    const wereShuttingDown = brokerIds.filter((id) => this.context.shuttingDown.delete(id));
    this.log.info(`Removed ArrayBuffer(${wereShuttingDown.join(', ')}) from list of shutting down brokers.`);
    yield* this.onReplicasBecomeOffline(this.context.replicasOnBrokers(brokerIds));
    this.unwatchBrokers(brokerIds);
  }

  private *onReplicasBecomeOffline(replicas: readonly PartitionAndReplica[]): Op<void> {
    const isQueued = (replica: PartitionAndReplica): boolean => this.deletion.isQueued(replica.topic);
    const withoutLeader = this.context.leadership
      .entries()
      .filter(([tp, state]) => !this.context.isOnline(state.leader) && !this.deletion.isQueued(tp.topic))
      .map(([tp]) => tp);
    yield* this.partitions.handleStateChanges(withoutLeader, 'OfflinePartition');
    yield* this.partitions.triggerOnline();
    yield* this.replicas.handleStateChanges(
      replicas.filter((replica) => !isQueued(replica)),
      'OfflineReplica',
    );
    const toDelete = replicas.filter(isQueued);
    if (toDelete.length > 0) yield* this.deletion.failReplicaDeletion(toDelete);
    if (withoutLeader.length === 0) this.sendUpdateMetadata();
  }

  private *onBrokerModified(brokerId: number): Op<void> {
    const registered = yield* this.env.zk.getBroker(brokerId);
    if (registered === undefined || this.context.broker(brokerId) === undefined) return;
    const updated = cachedBroker(registered);
    this.log.info(`Broker info update callback for ${brokerId}`);
    this.context.setLiveBrokers([...this.context.liveOrShuttingDownBrokers.filter((broker) => broker.id !== brokerId), updated]);
    this.sendUpdateMetadata();
  }

  private *doControlledShutdown(brokerId: number, respond: (response: ControlledShutdownResponse) => void): Op<void> {
    const { context } = this;
    const refuse = (errorCode: ErrorCode): void => respond({ errorCode, partitionsRemaining: [] });
    if (!this.isActive) {
      refuse(ERRORS.STALE_CONTROLLER_EPOCH);
      return;
    }
    this.log.info(`Shutting down broker ${brokerId}`);
    if (context.broker(brokerId) === undefined) {
      refuse(ERRORS.BROKER_NOT_AVAILABLE);
      return;
    }
    context.shuttingDown.add(brokerId);
    this.log.debug(`All shutting down brokers: ${[...context.shuttingDown].join(',')}`);
    this.log.debug(`Live brokers: ${context.liveIds.join(',')}`);
    const replicated = context.partitionsOnBroker(brokerId).filter((tp) => context.assignmentOf(tp).length > 1 && context.leadership.has(tp));
    const isLed = (tp: TopicPartition): boolean => context.leadership.get(tp)?.leader === brokerId;
    const followed = replicated.filter((tp) => !isLed(tp));
    yield* this.partitions.handleStateChanges(replicated.filter(isLed), 'OnlinePartition', 'controlledShutdown');
    for (const tp of followed) this.batch.addStopReplica(brokerId, tp, { deletePartition: false });
    this.batch.send();
    yield* this.replicas.handleStateChanges(
      followed.map((tp) => ({ ...tp, replica: brokerId })),
      'OfflineReplica',
    );
    respond({ errorCode: ERRORS.NONE, partitionsRemaining: replicated.filter(isLed) });
  }

  // Topics come, grow and go

  private *onTopicChange(): Op<void> {
    const { context } = this;
    const topics = yield* this.env.zk.getAllTopicsInCluster();
    const present = new Set(topics);
    const added = topics.filter((topic) => !context.topics.has(topic));
    const deleted = [...context.topics].filter((topic) => !present.has(topic));
    for (const topic of deleted) context.removeTopic(topic);
    const partitions = yield* this.readTopics(added);
    const assigned = partitions.map((tp) => `${topicPartitionName(tp)} -> Vector(${context.assignmentOf(tp).join(', ')})`);
    this.log.info(
      `New topics: [Set(${added.join(', ')})], deleted topics: [Set(${deleted.join(', ')})], new partition replica assignment [Map(${assigned.join(', ')})]`,
    );
    if (partitions.length > 0) yield* this.onNewPartitions(partitions);
    const created = this.env.sim.trace.channel(topicCreated);
    if (created.hot) for (const topic of added) created.emit({ topic, partitions: context.assignments.ofTopic(topic).length });
  }

  private *onNewPartitions(partitions: readonly TopicPartition[]): Op<void> {
    this.log.info(`New partition creation callback for ${partitions.map(topicPartitionName).join(',')}`);
    const replicas = this.context.replicasOf(partitions);
    yield* this.partitions.handleStateChanges(partitions, 'NewPartition');
    yield* this.replicas.handleStateChanges(replicas, 'NewReplica');
    yield* this.partitions.handleStateChanges(partitions, 'OnlinePartition', 'offline');
    yield* this.replicas.handleStateChanges(replicas, 'OnlineReplica');
  }

  private *onPartitionModifications(topic: string): Op<void> {
    const { context } = this;
    const assignment = (yield* this.env.zk.getPartitionAssignmentForTopics([topic])).get(topic) ?? new Map<number, readonly number[]>();
    // The watch was used up by the change; the read above has left the next one.
    const added = [...assignment].filter(([partition]) => !context.assignments.has({ topic, partition }));
    if (this.deletion.isQueued(topic)) {
      const which = added.map(([partition]) => partition).join(',');
      this.log.error(`Skipping adding partitions ${which} for topic ${topic} since it is currently being deleted`);
      return;
    }
    if (added.length === 0) return;
    const shown = added.map(([partition, replicas]) => `${topic}-${partition} -> Vector(${replicas.join(', ')})`);
    this.log.info(`New partitions to be added Map(${shown.join(', ')})`);
    for (const [partition, replicas] of added) context.assignments.set({ topic, partition }, replicas);
    yield* this.onNewPartitions(added.map(([partition]) => ({ topic, partition })));
  }

  private *onTopicDeletion(): Op<void> {
    const { context } = this;
    const { zk, config } = this.env;
    const asked = yield* zk.getTopicDeletions();
    this.log.debug(`Delete topics listener fired for topics ${asked.join(',')} to be deleted`);
    const unknown = asked.filter((topic) => !context.topics.has(topic));
    if (unknown.length > 0) {
      this.log.warn(`Ignoring request to delete non-existing topics ${unknown.join(',')}`);
      yield* zk.deleteTopicDeletions(unknown);
    }
    const topics = asked.filter((topic) => context.topics.has(topic));
    if (!config.boolean('delete.topic.enable')) {
      this.log.info(`Removing Set(${topics.join(', ')}) since delete topic is disabled`);
      yield* zk.deleteTopicDeletions(topics);
      return;
    }
    if (topics.length === 0) return;
    this.log.info(`Starting topic deletion for topics ${topics.join(',')}`);
    const moving = new Set([...context.reassigned.values()].map((each) => each.tp.topic));
    this.deletion.markIneligible(topics.filter((topic) => moving.has(topic)));
    yield* this.deletion.enqueue(topics);
  }

  private *onReplicaStopped(response: StopReplicaResponse, replica: PartitionAndReplica): Op<void> {
    const failed = response.errorCode !== ERRORS.NONE || response.partitions.some((each) => each.errorCode !== ERRORS.NONE);
    this.log.debug(`Delete topic callback invoked for ${replicaName(replica)}`);
    if (failed) yield* this.deletion.failReplicaDeletion([replica]);
    else yield* this.deletion.completeReplicaDeletion([replica]);
  }

  // Leaders and ISRs change

  private *onIsrChangeNotification(): Op<void> {
    const { zk } = this.env;
    const numbers = yield* zk.getAllIsrChangeNotifications();
    const changed = yield* zk.getPartitionsFromIsrChangeNotifications(numbers);
    if (changed.length > 0) {
      for (const { tp, state } of yield* zk.getTopicPartitionStates(changed)) this.context.leadership.set(tp, state);
      const brokers = this.context.liveOrShuttingDownIds.join(', ');
      this.log.debug(`Sending MetadataRequest to Brokers: ArrayBuffer(${brokers}) for TopicPartitions: Vector(${changed.map(topicPartitionName).join(', ')})`);
      this.sendUpdateMetadata(changed);
    }
    yield* zk.deleteIsrChangeNotifications(numbers);
  }

  private *onPreferredElection(): Op<void> {
    if (!(yield* this.watchPreferredElection())) return;
    const asked = yield* this.env.zk.getPreferredReplicaElection();
    const beingDeleted = asked.filter((tp) => this.deletion.isQueued(tp.topic));
    if (beingDeleted.length > 0) {
      const which = beingDeleted.map(topicPartitionName).join(', ');
      this.log.error(`Skipping preferred replica election for partitions Set(${which}) since the respective topics are being deleted`);
    }
    yield* this.preferred.elect(
      asked.filter((tp) => !this.deletion.isQueued(tp.topic)),
      { isAutomatic: false },
    );
    yield* this.watchPreferredElection();
  }

  private *onReassignment(): Op<void> {
    if (!(yield* this.watchReassignment())) return;
    yield* this.reassignment.trigger(yield* this.reassignment.read());
    yield* this.watchReassignment();
  }

  private scheduleRebalance(delayMs: number): void {
    const periodMs = this.env.config.number('leader.imbalance.check.interval.seconds') * 1000;
    const { preferred } = this;
    const again = (): void => this.scheduleRebalance(periodMs);
    this.scheduler?.schedule(
      () =>
        this.enqueue('AutoPreferredReplicaLeaderElection', function* () {
          yield* preferred.rebalance();
          again();
        }),
      { delayMs },
    );
  }

  private sendUpdateMetadata(partitions?: readonly TopicPartition[]): void {
    this.batch.addUpdateMetadata(this.context.liveOrShuttingDownIds, partitions);
    this.batch.send();
  }
}

function cachedBroker(registration: BrokerRegistration): CachedBroker {
  return { id: registration.id, rack: registration.rack, endPoints: registration.endPoints };
}

function byNumber(a: number, b: number): number {
  return a - b;
}
