import type { AdminZkClient } from '../../admin/admin-zk-client';
import type { KafkaZkClient } from '../../admin/kafka-zk-client';
import type { KafkaConfig } from '../../config/kafka-config';
import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import type { SimulatedApi } from '../../protocol/messages';
import type { BrokerTasks } from '../broker-tasks';
import type { ClassLogger } from '../class-logger';
import type { KafkaController } from '../controller/kafka-controller';
import type { GroupCoordinator } from '../group/group-coordinator';
import type { MetadataCache } from '../metadata-cache';
import type { IncomingRequest } from '../network/incoming-request';
import type { ProducerIdManager } from '../producer-id-manager';
import type { DelayedOperationPurgatory } from '../replica/delayed-operation-purgatory';
import type { FetchManager } from '../replica/fetch-manager';
import type { Leadership } from '../replica/leadership';
import type { ReplicaManager } from '../replica/replica-manager';
import type { DelayedTopicOperation } from './delayed-topic-operation';

/** What the handlers of requests work with: the parts of one broker. */
export interface ApiEnvironment {
  readonly sim: Simulation;
  readonly tasks: BrokerTasks;
  readonly brokerId: number;
  readonly clusterId: string;
  readonly config: KafkaConfig;
  readonly zk: KafkaZkClient;
  readonly adminZk: AdminZkClient;
  readonly metadataCache: MetadataCache;
  readonly replicaManager: ReplicaManager;
  readonly leadership: Leadership;
  readonly fetchManager: FetchManager;
  readonly groupCoordinator: GroupCoordinator;
  readonly controller: KafkaController;
  readonly producerIds: ProducerIdManager;
  readonly topicPurgatory: DelayedOperationPurgatory<DelayedTopicOperation>;
  readonly log: ClassLogger;
}

/** Answers at once, later, or as an operation during which the request's thread is taken. */
export type Handler<A extends SimulatedApi> = (env: ApiEnvironment, request: IncomingRequest<A>) => Op<void> | void;

export type Handlers = { readonly [A in SimulatedApi]?: Handler<A> };
