import type { Disk } from '../../kernel/disk';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { KafkaScheduler } from '../kafka-scheduler';

/** What logs need of the broker they belong to. */
export interface LogEnvironment {
  readonly sim: Simulation;
  readonly disk: Disk;
  readonly log: LogSink;
  readonly scheduler: KafkaScheduler;
}
