import { AdminZkClient } from '../admin/admin-zk-client';
import { KafkaZkClient } from '../admin/kafka-zk-client';
import type { BrokerRegistration } from '../admin/zk-json';
import { KafkaConfig } from '../config/kafka-config';
import type { Op } from '../kernel/task';
import { sleep } from '../kernel/waitables';
import { ZooKeeperClient } from '../zookeeper/client/zookeeper-client';
import { KAFKA_COMMIT_ID, KAFKA_VERSION } from '../release/api-version';
import { KafkaApis } from './apis/kafka-apis';
import type { DelayedTopicOperation } from './apis/delayed-topic-operation';
import { ThrottledRequestReapers, TransactionCoordinatorLines } from './background-threads';
import type { BrokerEnvironment } from './broker-environment';
import { BrokerMetadataCheckpoint } from './broker-metadata-checkpoint';
import { BrokerTasks } from './broker-tasks';
import { ClassLogger } from './class-logger';
import { controlledShutdown } from './controlled-shutdown';
import { KafkaController } from './controller/kafka-controller';
import { DynamicConfigManager } from './dynamic-config-manager';
import { findBrokerId, newClusterId } from './find-broker-id';
import { createGroupCoordinator } from './group/create-group-coordinator';
import type { GroupCoordinator } from './group/group-coordinator';
import { OFFSETS_TOPIC } from './group/group-metadata-manager';
import { KafkaScheduler } from './kafka-scheduler';
import { LogManager, logManagerOptions, NoLogDirError } from './log/log-manager';
import { MetadataCache } from './metadata-cache';
import { RequestHandlerPool } from './network/request-handler-pool';
import { SocketServer } from './network/socket-server';
import { ProducerIdManager } from './producer-id-manager';
import type { DelayedOperation } from './replica/delayed-operation';
import { DelayedOperationPurgatory } from './replica/delayed-operation-purgatory';
import { FetchManager } from './replica/fetch-manager';
import { FetchSessionCache } from './replica/fetch-session-cache';
import { Leadership } from './replica/leadership';
import type { Partition } from './replica/partition';
import type { ParkedRequest } from './replica/parked-request';
import { ReplicaManager } from './replica/replica-manager';
import { FatalStartupError, startupThrowable, STILL_STARTING } from './startup-error';
import { brokerStopped, brokerUp } from './trace-events';

export type BrokerState = 'starting' | 'running' | 'stopping' | 'stopped';

const NO_BROKER_ID = -1;
const REAPER_CLASS = 'kafka.server.DelayedOperationPurgatory$ExpiredOperationReaper';
const QUIET_US = 0;

/** What the steps of a start take, in us, beside what they wait for: classes to load, mostly. */
const STEP_US = {
  boot: 180_000,
  zooKeeperClient: 15_000,
  clusterId: 150_000,
  config: 40_000,
  quotas: 15_000,
  logs: 15_000,
  socketServer: 180_000,
  replicaManager: 10_000,
  controller: 60_000,
  coordinators: 40_000,
  apis: 40_000,
} as const;

/** What ends of threads take at a stop, in us: each looks up once in 200 ms. */
const REAPER_STOP_US = { topic: 140_000, group: 135_000, replicas: 390_000, requests: 30_000, logs: 20_000 } as const;

/**
 * One Kafka broker.
 *
 * `startup` ends when it is registered and answers; it throws FatalStartupError when it logged why it cannot. `halt` is what a kill does: nothing is said or saved any more.
 * Trace: `broker.up`, `broker.stopped`.
 * Errors: the constructor throws ConfigException and IllegalConfigException for settings that make no sense.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaServer.scala
 */
export class KafkaServer {
  readonly config: KafkaConfig;
  state: BrokerState = 'starting';
  brokerId: number;
  clusterId = '';
  /** Undefined before that part was started. */
  replicaManager: ReplicaManager | undefined;
  groupCoordinator: GroupCoordinator | undefined;
  controller: KafkaController | undefined;
  logManager: LogManager | undefined;
  metadataCache: MetadataCache | undefined;
  fetchManager: FetchManager | undefined;
  socketServer: SocketServer | undefined;

  private readonly log: ClassLogger;
  private readonly tasks: BrokerTasks;
  private scheduler: KafkaScheduler | undefined;
  private zk: KafkaZkClient | undefined;
  private zooKeeperClient: ZooKeeperClient | undefined;
  private reapers: ThrottledRequestReapers | undefined;
  private handlerPool: RequestHandlerPool | undefined;
  private topicPurgatory: DelayedOperationPurgatory<DelayedTopicOperation> | undefined;
  private producerIds: ProducerIdManager | undefined;
  private transactions: TransactionCoordinatorLines | undefined;
  private dynamicConfig: DynamicConfigManager | undefined;

  constructor(
    private readonly env: BrokerEnvironment,
    props: ReadonlyMap<string, string>,
  ) {
    this.config = new KafkaConfig(props);
    this.brokerId = this.config.number('broker.id');
    this.log = new ClassLogger(env.log, 'kafka.server.KafkaServer');
    this.tasks = new BrokerTasks(env.sim);
  }

  // For views

  get host(): string {
    return this.env.host.name;
  }

  /** `kafka:9092`. */
  get advertised(): string {
    const [first] = this.config.advertisedListeners;
    return first === undefined ? '' : `${first.host}:${first.port}`;
  }

  get rack(): string | null {
    return this.config.values.optionalString('broker.rack');
  }

  get isController(): boolean {
    return this.state !== 'stopped' && this.controller?.isActive === true;
  }

  get partitions(): readonly Partition[] {
    return this.replicaManager?.partitions ?? [];
  }

  /** Long polls and acks=all that wait here. */
  get parkedRequests(): readonly ParkedRequest[] {
    return this.replicaManager?.parkedRequests ?? [];
  }

  // Start

  *startup(): Op<void> {
    try {
      yield* sleep(this.env.sim, STEP_US.boot);
      this.log.info('starting');
      yield* this.connectToZooKeeper();
      yield* this.startStorage();
      yield* this.register();
      yield* this.startCoordinators();
    } catch (error) {
      if (error instanceof NoLogDirError) yield* this.exitAtOnce();
      const throwable = startupThrowable(error);
      if (throwable === undefined) throw error;
      this.log.fatal('Fatal error during KafkaServer startup. Prepare to shutdown', throwable);
      yield* this.shutdown();
      throw new FatalStartupError(throwable);
    }
    this.state = 'running';
    const appInfo = new ClassLogger(this.env.log, 'org.apache.kafka.common.utils.AppInfoParser');
    appInfo.info(`Kafka version : ${KAFKA_VERSION}`);
    appInfo.info(`Kafka commitId : ${KAFKA_COMMIT_ID}`);
    this.log.info('started');
    const up = this.env.sim.trace.channel(brokerUp);
    if (up.hot) up.emit({ brokerId: this.brokerId, host: this.host });
  }

  private *connectToZooKeeper(): Op<void> {
    const { sim, host, log, javaEnvironment } = this.env;
    const { config } = this;
    const connectString = config.string('zookeeper.connect');
    this.log.info(`Connecting to zookeeper on ${connectString}`);
    yield* sleep(sim, STEP_US.zooKeeperClient);
    const client = new ZooKeeperClient(
      { sim, host, log, javaEnvironment },
      {
        connectString,
        sessionTimeoutMs: config.number('zookeeper.session.timeout.ms'),
        connectionTimeoutMs: config.zkConnectionTimeoutMs,
        maxInFlightRequests: config.number('zookeeper.max.in.flight.requests'),
      },
    );
    this.zooKeeperClient = client;
    const zk = new KafkaZkClient(client, log);
    yield* client.connectAndWait();
    this.zk = zk;
    yield* zk.createTopLevelPaths();
    yield* sleep(sim, STEP_US.clusterId);
    this.clusterId = (yield* zk.getClusterId()) ?? (yield* zk.createOrGetClusterId(newClusterId(sim.random('cluster id'))));
    this.log.info(`Cluster ID = ${this.clusterId}`);
    const stored = config.logDirs.map((dir) => this.metadataCheckpoint(dir).read()).filter((id): id is number => id !== undefined);
    this.brokerId = yield* findBrokerId(config, zk, stored);
    this.log.prefix = `[KafkaServer id=${this.brokerId}] `;
    yield* sleep(sim, STEP_US.config);
    const configLog = new ClassLogger(log, 'kafka.server.KafkaConfig');
    configLog.info(config.block);
    configLog.info(config.block);
  }

  private metadataCheckpoint(dir: string): BrokerMetadataCheckpoint {
    return new BrokerMetadataCheckpoint(this.env.disk, dir, new ClassLogger(this.env.log, 'kafka.server.BrokerMetadataCheckpoint'));
  }

  private *startStorage(): Op<void> {
    const { sim, disk, host, log } = this.env;
    const { config, brokerId, tasks } = this;
    const zk = this.zk as KafkaZkClient;
    const scheduler = new KafkaScheduler(sim);
    this.scheduler = scheduler;
    yield* sleep(sim, STEP_US.quotas);
    this.reapers = new ThrottledRequestReapers(sim, log);
    const overrides = yield* zk.getTopicConfigs(yield* zk.getAllTopicsInCluster());
    yield* sleep(sim, STEP_US.logs);
    const logManager = new LogManager({ sim, disk, log, scheduler }, logManagerOptions(config, overrides));
    this.logManager = logManager;
    logManager.startup();
    const metadataCache = new MetadataCache();
    this.metadataCache = metadataCache;
    yield* sleep(sim, STEP_US.socketServer);
    const server = new ClassLogger(log, 'kafka.network.SocketServer', `[SocketServer brokerId=${brokerId}] `);
    this.socketServer = new SocketServer(sim, host, config.listeners, { server, acceptor: new ClassLogger(log, 'kafka.network.Acceptor') });
    this.socketServer.startup();
    yield* sleep(sim, STEP_US.replicaManager);
    this.replicaManager = new ReplicaManager({
      sim,
      host,
      disk,
      log,
      tasks,
      brokerId,
      config,
      zk,
      scheduler,
      logManager,
      metadataCache,
      exit: (code) => this.env.onExit?.(code),
    });
    this.replicaManager.startup();
  }

  private *register(): Op<void> {
    const zk = this.zk as KafkaZkClient;
    yield* zk.registerBroker(this.registration());
    for (const dir of this.config.logDirs) {
      const checkpoint = this.metadataCheckpoint(dir);
      if (checkpoint.read() === undefined) checkpoint.write(this.brokerId, this.env.sim.dateMs());
    }
  }

  private registration(): BrokerRegistration {
    const endPoints = this.config.advertisedListeners.map((each) => (each.host === '' ? { ...each, host: this.env.hostName } : each));
    return { id: this.brokerId, endPoints, rack: this.rack, jmxPort: -1, timestampMs: this.env.sim.dateMs() };
  }

  private *startCoordinators(): Op<void> {
    const { sim, host, log } = this.env;
    const { config, brokerId, tasks } = this;
    const zk = this.zk as KafkaZkClient;
    yield* sleep(sim, STEP_US.controller);
    const controller = new KafkaController({ sim, host, log, tasks, brokerId, config, zk }, () => this.registration());
    this.controller = controller;
    this.topicPurgatory = this.newPurgatory('topic');
    controller.startup();
    const partitionCount = (yield* zk.getTopicPartitionCount(OFFSETS_TOPIC)) ?? config.number('offsets.topic.num.partitions');
    const groupCoordinator = createGroupCoordinator({
      sim,
      log,
      tasks,
      brokerId,
      config,
      partitionCount,
      scheduler: this.scheduler as KafkaScheduler,
      replicaManager: this.replicaManager as ReplicaManager,
      heartbeats: this.newPurgatory('Heartbeat'),
      joins: this.newPurgatory('Rebalance'),
    });
    this.groupCoordinator = groupCoordinator;
    yield* sleep(sim, STEP_US.coordinators);
    groupCoordinator.startup();
    const producerIds = new ProducerIdManager(brokerId, zk, new ClassLogger(log, 'kafka.coordinator.transaction.ProducerIdManager', `[ProducerId Manager ${brokerId}]: `));
    this.producerIds = producerIds;
    yield* producerIds.startup();
    this.transactions = new TransactionCoordinatorLines(log, brokerId);
    this.transactions.startup();
    yield* sleep(sim, STEP_US.apis);
    this.startRequestHandlers(controller, groupCoordinator, producerIds);
    this.dynamicConfig = new DynamicConfigManager({ sim, log, tasks, zk, config, logManager: this.logManager as LogManager });
    this.dynamicConfig.startup();
    yield* sleep(sim, STEP_US.apis);
  }

  private newPurgatory<T extends DelayedOperation>(name: string): DelayedOperationPurgatory<T> {
    const { sim, log } = this.env;
    return new DelayedOperationPurgatory<T>(sim, name, new ClassLogger(log, REAPER_CLASS, `[ExpirationReaper-${this.brokerId}-${name}]: `));
  }

  private startRequestHandlers(controller: KafkaController, groupCoordinator: GroupCoordinator, producerIds: ProducerIdManager): void {
    const { sim, log } = this.env;
    const { config, brokerId, tasks, clusterId } = this;
    const zk = this.zk as KafkaZkClient;
    const replicaManager = this.replicaManager as ReplicaManager;
    const sessions = new FetchSessionCache(sim, config.number('max.incremental.fetch.session.cache.slots'), `fetch sessions ${brokerId}`);
    const fetchManager = new FetchManager(sessions, () => sim.dateMs());
    this.fetchManager = fetchManager;
    const leadership = new Leadership(replicaManager, (leads, follows) => {
      for (const { topic, partition } of leads) if (topic === OFFSETS_TOPIC) groupCoordinator.handleImmigration(partition);
      for (const { topic, partition } of follows) if (topic === OFFSETS_TOPIC) groupCoordinator.handleEmigration(partition);
    });
    const apis = new KafkaApis({
      sim,
      tasks,
      brokerId,
      clusterId,
      config,
      zk,
      adminZk: new AdminZkClient(zk, sim.random('replica placement'), log),
      metadataCache: this.metadataCache as MetadataCache,
      replicaManager,
      leadership,
      fetchManager,
      groupCoordinator,
      controller,
      producerIds,
      topicPurgatory: this.topicPurgatory as DelayedOperationPurgatory<DelayedTopicOperation>,
      log: new ClassLogger(log, 'kafka.server.KafkaApis', `[KafkaApi-${brokerId}] `),
    });
    const poolLog = new ClassLogger(log, 'kafka.server.KafkaRequestHandlerPool', `[Kafka Request Handler on Broker ${brokerId}], `);
    const channel = (this.socketServer as SocketServer).requestChannel;
    this.handlerPool = new RequestHandlerPool(sim, tasks, channel, apis.handle, config.number('num.io.threads'), poolLog);
  }

  // Stop

  /** The clean end: leaders move elsewhere, logs are closed, the session ends. Once stopped, it says its line and does nothing. */
  *shutdown(): Op<void> {
    this.log.info('shutting down');
    if (this.state === 'stopped' || this.state === 'stopping') return;
    yield* this.stopParts();
  }

  /** What it says when it is told to stop before it has started: it cannot, so its process halts. */
  refuseShutdown(): void {
    this.log.info('shutting down');
    this.log.fatal('Fatal error during KafkaServer shutdown.', STILL_STARTING);
  }

  private *stopParts(): Op<void> {
    const wasRunning = this.state === 'running';
    this.state = 'stopping';
    const { sim, host } = this.env;
    if (wasRunning && this.config.boolean('controlled.shutdown.enable')) {
      yield* controlledShutdown({ sim, host, tasks: this.tasks, zk: this.zk as KafkaZkClient, config: this.config, brokerId: this.brokerId }, this.log);
    }
    this.dynamicConfig?.shutdown();
    this.socketServer?.stopProcessingRequests();
    yield* sleep(sim, this.handlerPool === undefined ? QUIET_US : REAPER_STOP_US.requests);
    this.handlerPool?.shutdown();
    if (this.scheduler === undefined) this.logNullScheduler();
    this.scheduler?.shutdown();
    yield* this.stopCoordinators();
    yield* this.stopStorage();
    if (this.zk !== undefined) yield* this.zk.close();
    else this.zooKeeperClient?.halt();
    if (this.reapers !== undefined) yield* this.reapers.shutdown();
    this.socketServer?.shutdown();
    this.tasks.halt();
    this.stopped(true);
    this.log.info('shut down completed');
  }

  private *stopCoordinators(): Op<void> {
    const { sim, log } = this.env;
    if (this.handlerPool !== undefined) new ClassLogger(log, 'kafka.server.KafkaApis', `[KafkaApi-${this.brokerId}] `).info('Shutdown complete.');
    if (this.topicPurgatory !== undefined) {
      yield* sleep(sim, REAPER_STOP_US.topic);
      this.topicPurgatory.shutdown();
    }
    this.transactions?.shutdown(() => this.producerIds?.shutdown());
    if (this.groupCoordinator !== undefined) {
      yield* sleep(sim, REAPER_STOP_US.group);
      this.groupCoordinator.shutdown();
    }
  }

  private *stopStorage(): Op<void> {
    const { sim } = this.env;
    if (this.replicaManager !== undefined) {
      this.replicaManager.isShuttingDown = true;
      this.replicaManager.shutdown();
      yield* sleep(sim, REAPER_STOP_US.replicas);
    }
    if (this.logManager !== undefined) {
      this.logManager.shutdown();
      yield* sleep(sim, REAPER_STOP_US.logs);
    }
    this.controller?.shutdown();
  }

  /** A stop before the scheduler was made trips over it, harmlessly; the words are those of the JVM. */
  private logNullScheduler(): void {
    const isJava8 = this.env.javaEnvironment?.get('java.version')?.startsWith('1.8') === true;
    const why = 'Cannot invoke "kafka.utils.KafkaScheduler.shutdown()" because the return value of "kafka.server.KafkaServer.kafkaScheduler()" is null';
    const utils = new ClassLogger(this.env.log, 'kafka.utils.CoreUtils$');
    utils.warn(isJava8 ? 'null' : why, isJava8 ? 'java.lang.NullPointerException' : `java.lang.NullPointerException: ${why}`);
  }

  /** What `Exit.halt` does: nothing more is said. */
  private *exitAtOnce(): Op<never> {
    this.halt();
    this.env.onExit?.(1);
    yield* sleep(this.env.sim, QUIET_US);
    throw new FatalStartupError('no log directory');
  }

  /** The process was killed: sockets close, memory is gone, files stay as they are. */
  halt(): void {
    if (this.state === 'stopped') return;
    this.tasks.halt();
    this.scheduler?.shutdown();
    this.handlerPool?.halt();
    this.topicPurgatory?.halt();
    this.groupCoordinator?.halt();
    this.replicaManager?.halt();
    this.socketServer?.close();
    this.zooKeeperClient?.halt();
    this.stopped(false);
  }

  private stopped(clean: boolean): void {
    this.state = 'stopped';
    const channel = this.env.sim.trace.channel(brokerStopped);
    if (channel.hot && this.brokerId !== NO_BROKER_ID) channel.emit({ brokerId: this.brokerId, host: this.host, clean });
  }
}
