import { AdminZkClient } from '../admin/admin-zk-client';
import { KafkaZkClient } from '../admin/kafka-zk-client';
import type { Op } from '../kernel/task';
import { sleep } from '../kernel/waitables';
import { ZooKeeperClient } from '../zookeeper/client/zookeeper-client';
import type { DelayedTopicOperation } from './apis/delayed-topic-operation';
import { KafkaApis } from './apis/kafka-apis';
import { ThrottledRequestReapers, TransactionCoordinatorLines } from './background-threads';
import type { BrokerParts } from './broker-parts';
import { ClassLogger } from './class-logger';
import { KafkaController } from './controller/kafka-controller';
import { DynamicConfigManager } from './dynamic-config-manager';
import { findBrokerId, newClusterId } from './find-broker-id';
import { createGroupCoordinator } from './group/create-group-coordinator';
import type { GroupCoordinator } from './group/group-coordinator';
import { OFFSETS_TOPIC } from './group/group-metadata-manager';
import { KafkaScheduler } from './kafka-scheduler';
import { LogManager } from './log/log-manager';
import { logManagerOptions } from './log/log-manager-options';
import { MetadataCache } from './metadata-cache';
import { RequestHandlerPool } from './network/request-handler-pool';
import { SocketServer } from './network/socket-server';
import { ProducerIdManager } from './producer-id-manager';
import type { DelayedOperationPurgatory } from './replica/delayed-operation-purgatory';
import { FetchManager } from './replica/fetch-manager';
import { FetchSessionCache } from './replica/fetch-session-cache';
import { Leadership } from './replica/leadership';
import { ReplicaManager } from './replica/replica-manager';

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

/**
 * Makes a broker's parts, one after the other, up to the one that answers requests.
 *
 * Errors: those of ZooKeeper, of the disk and of the socket; see `startupThrowable`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaServer.scala startup
 */
export class BrokerStartup {
  constructor(private readonly parts: BrokerParts) {}

  *run(): Op<void> {
    yield* sleep(this.parts.env.sim, STEP_US.boot);
    this.parts.log.info('starting');
    yield* this.connectToZooKeeper();
    yield* this.startStorage();
    yield* this.register();
    yield* this.startCoordinators();
  }

  private *connectToZooKeeper(): Op<void> {
    const { parts } = this;
    const { sim, host, log, javaEnvironment } = parts.env;
    const { config } = parts;
    const connectString = config.string('zookeeper.connect');
    parts.log.info(`Connecting to zookeeper on ${connectString}`);
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
    parts.zooKeeperClient = client;
    const zk = new KafkaZkClient(client, log);
    yield* client.connectAndWait();
    parts.zk = zk;
    yield* zk.createTopLevelPaths();
    yield* sleep(sim, STEP_US.clusterId);
    parts.clusterId = (yield* zk.getClusterId()) ?? (yield* zk.createOrGetClusterId(newClusterId(sim.random('cluster id'))));
    parts.log.info(`Cluster ID = ${parts.clusterId}`);
    const stored = config.logDirs.map((dir) => parts.metadataCheckpoint(dir).read()).filter((id): id is number => id !== undefined);
    parts.brokerId = yield* findBrokerId(config, zk, stored);
    parts.log.prefix = `[KafkaServer id=${parts.brokerId}] `;
    yield* sleep(sim, STEP_US.config);
    const configLog = new ClassLogger(log, 'kafka.server.KafkaConfig');
    configLog.info(config.block);
    configLog.info(config.block);
  }

  private *startStorage(): Op<void> {
    const { parts } = this;
    const { sim, disk, host, log } = parts.env;
    const { config, brokerId, tasks } = parts;
    const zk = parts.zk as KafkaZkClient;
    const scheduler = new KafkaScheduler(sim);
    parts.scheduler = scheduler;
    yield* sleep(sim, STEP_US.quotas);
    parts.reapers = new ThrottledRequestReapers(sim, log);
    const overrides = yield* zk.getTopicConfigs(yield* zk.getAllTopicsInCluster());
    yield* sleep(sim, STEP_US.logs);
    const logManager = new LogManager({ sim, disk, log, scheduler }, logManagerOptions(config, overrides));
    parts.logManager = logManager;
    logManager.startup();
    const metadataCache = new MetadataCache();
    parts.metadataCache = metadataCache;
    yield* sleep(sim, STEP_US.socketServer);
    const server = new ClassLogger(log, 'kafka.network.SocketServer', `[SocketServer brokerId=${brokerId}] `);
    parts.socketServer = new SocketServer(sim, host, config.listeners, { server, acceptor: new ClassLogger(log, 'kafka.network.Acceptor') });
    parts.socketServer.startup();
    yield* sleep(sim, STEP_US.replicaManager);
    parts.replicaManager = new ReplicaManager({
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
      exit: (code) => parts.env.onExit?.(code),
    });
    parts.replicaManager.startup();
  }

  private *register(): Op<void> {
    const { parts } = this;
    const zk = parts.zk as KafkaZkClient;
    yield* zk.registerBroker(parts.registration());
    for (const dir of parts.config.logDirs) {
      const checkpoint = parts.metadataCheckpoint(dir);
      if (checkpoint.read() === undefined) checkpoint.write(parts.brokerId, parts.env.sim.dateMs());
    }
  }

  private *startCoordinators(): Op<void> {
    const { parts } = this;
    const { sim, host, log } = parts.env;
    const { config, brokerId, tasks } = parts;
    const zk = parts.zk as KafkaZkClient;
    yield* sleep(sim, STEP_US.controller);
    const controller = new KafkaController({ sim, host, log, tasks, brokerId, config, zk }, () => parts.registration());
    parts.controller = controller;
    parts.topicPurgatory = parts.newPurgatory('topic');
    controller.startup();
    const partitionCount = (yield* zk.getTopicPartitionCount(OFFSETS_TOPIC)) ?? config.number('offsets.topic.num.partitions');
    const groupCoordinator = createGroupCoordinator({
      sim,
      log,
      tasks,
      brokerId,
      config,
      partitionCount,
      scheduler: parts.scheduler as KafkaScheduler,
      replicaManager: parts.replicaManager as ReplicaManager,
      heartbeats: parts.newPurgatory('Heartbeat'),
      joins: parts.newPurgatory('Rebalance'),
    });
    parts.groupCoordinator = groupCoordinator;
    yield* sleep(sim, STEP_US.coordinators);
    groupCoordinator.startup();
    const producerIds = new ProducerIdManager(brokerId, zk, new ClassLogger(log, 'kafka.coordinator.transaction.ProducerIdManager', `[ProducerId Manager ${brokerId}]: `));
    parts.producerIds = producerIds;
    yield* producerIds.startup();
    parts.transactions = new TransactionCoordinatorLines(log, brokerId);
    parts.transactions.startup();
    yield* sleep(sim, STEP_US.apis);
    this.startRequestHandlers(controller, groupCoordinator, producerIds);
    parts.dynamicConfig = new DynamicConfigManager({ sim, log, tasks, zk, config, logManager: parts.logManager as LogManager });
    parts.dynamicConfig.startup();
    yield* sleep(sim, STEP_US.apis);
  }

  private startRequestHandlers(controller: KafkaController, groupCoordinator: GroupCoordinator, producerIds: ProducerIdManager): void {
    const { parts } = this;
    const { sim, log } = parts.env;
    const { config, brokerId, tasks, clusterId } = parts;
    const zk = parts.zk as KafkaZkClient;
    const replicaManager = parts.replicaManager as ReplicaManager;
    const sessions = new FetchSessionCache(sim, config.number('max.incremental.fetch.session.cache.slots'), `fetch sessions ${brokerId}`);
    const fetchManager = new FetchManager(sessions, () => sim.dateMs());
    parts.fetchManager = fetchManager;
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
      metadataCache: parts.metadataCache as MetadataCache,
      replicaManager,
      leadership,
      fetchManager,
      groupCoordinator,
      controller,
      producerIds,
      topicPurgatory: parts.topicPurgatory as DelayedOperationPurgatory<DelayedTopicOperation>,
      log: new ClassLogger(log, 'kafka.server.KafkaApis', `[KafkaApi-${brokerId}] `),
    });
    const poolLog = new ClassLogger(log, 'kafka.server.KafkaRequestHandlerPool', `[Kafka Request Handler on Broker ${brokerId}], `);
    const channel = (parts.socketServer as SocketServer).requestChannel;
    parts.handlerPool = new RequestHandlerPool(sim, tasks, channel, apis.handle, config.number('num.io.threads'), poolLog);
  }
}
