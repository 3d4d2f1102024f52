import type { KafkaConfig } from '../../config/kafka-config';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { Host } from '../../network/host';
import type { BrokerTasks } from '../broker-tasks';
import type { Partition } from './partition';

/** What a fetcher needs of its broker. */
export interface FetcherHost {
  readonly sim: Simulation;
  readonly host: Host;
  readonly sink: LogSink;
  readonly tasks: BrokerTasks;
  readonly brokerId: number;
  readonly config: KafkaConfig;
  truncateTo(partition: Partition, offset: number): void;
  truncateFullyAndStartAt(partition: Partition, offset: number): void;
  /** The broker must end: its log is ahead of a leader that may not lose data. */
  onFatalExit(): void;
}
