import type { KafkaZkClient } from '../admin/kafka-zk-client';
import type { BrokerRegistration } from '../admin/zk-json';
import type { KafkaConfig } from '../config/kafka-config';
import type { ZooKeeperClient } from '../zookeeper/client/zookeeper-client';
import type { DelayedTopicOperation } from './apis/delayed-topic-operation';
import type { ThrottledRequestReapers, TransactionCoordinatorLines } from './background-threads';
import type { BrokerEnvironment } from './broker-environment';
import { BrokerMetadataCheckpoint } from './broker-metadata-checkpoint';
import { BrokerTasks } from './broker-tasks';
import { ClassLogger } from './class-logger';
import type { KafkaController } from './controller/kafka-controller';
import type { DynamicConfigManager } from './dynamic-config-manager';
import type { GroupCoordinator } from './group/group-coordinator';
import type { KafkaScheduler } from './kafka-scheduler';
import type { LogManager } from './log/log-manager';
import type { MetadataCache } from './metadata-cache';
import type { RequestHandlerPool } from './network/request-handler-pool';
import type { SocketServer } from './network/socket-server';
import type { ProducerIdManager } from './producer-id-manager';
import type { DelayedOperation } from './replica/delayed-operation';
import { DelayedOperationPurgatory } from './replica/delayed-operation-purgatory';
import type { FetchManager } from './replica/fetch-manager';
import type { ReplicaManager } from './replica/replica-manager';

const REAPER_CLASS = 'kafka.server.DelayedOperationPurgatory$ExpiredOperationReaper';

/** What one broker is made of. A part is undefined before the start has come to it. */
export class BrokerParts {
  brokerId: number;
  clusterId = '';
  zooKeeperClient: ZooKeeperClient | undefined;
  zk: KafkaZkClient | undefined;
  scheduler: KafkaScheduler | undefined;
  reapers: ThrottledRequestReapers | undefined;
  logManager: LogManager | undefined;
  metadataCache: MetadataCache | undefined;
  socketServer: SocketServer | undefined;
  replicaManager: ReplicaManager | undefined;
  controller: KafkaController | undefined;
  topicPurgatory: DelayedOperationPurgatory<DelayedTopicOperation> | undefined;
  groupCoordinator: GroupCoordinator | undefined;
  producerIds: ProducerIdManager | undefined;
  transactions: TransactionCoordinatorLines | undefined;
  fetchManager: FetchManager | undefined;
  handlerPool: RequestHandlerPool | undefined;
  dynamicConfig: DynamicConfigManager | undefined;
  readonly log: ClassLogger;
  readonly tasks: BrokerTasks;

  constructor(
    readonly env: BrokerEnvironment,
    readonly config: KafkaConfig,
  ) {
    this.brokerId = config.number('broker.id');
    this.log = new ClassLogger(env.log, 'kafka.server.KafkaServer');
    this.tasks = new BrokerTasks(env.sim);
  }

  get rack(): string | null {
    return this.config.values.optionalString('broker.rack');
  }

  registration(): BrokerRegistration {
    const endPoints = this.config.advertisedListeners.map((each) => (each.host === '' ? { ...each, host: this.env.hostName } : each));
    return { id: this.brokerId, endPoints, rack: this.rack, jmxPort: -1, timestampMs: this.env.sim.dateMs() };
  }

  metadataCheckpoint(dir: string): BrokerMetadataCheckpoint {
    return new BrokerMetadataCheckpoint(this.env.disk, dir, new ClassLogger(this.env.log, 'kafka.server.BrokerMetadataCheckpoint'));
  }

  newPurgatory<T extends DelayedOperation>(name: string): DelayedOperationPurgatory<T> {
    const { sim, log } = this.env;
    return new DelayedOperationPurgatory<T>(sim, name, new ClassLogger(log, REAPER_CLASS, `[ExpirationReaper-${this.brokerId}-${name}]: `));
  }
}
