import type { KafkaZkClient } from '../../admin/kafka-zk-client';
import type { KafkaConfig } from '../../config/kafka-config';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { Host } from '../../network/host';
import type { BrokerTasks } from '../broker-tasks';

/** What a controller needs of the broker it runs in. */
export interface ControllerEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly log: LogSink;
  readonly tasks: BrokerTasks;
  readonly brokerId: number;
  readonly config: KafkaConfig;
  readonly zk: KafkaZkClient;
}
