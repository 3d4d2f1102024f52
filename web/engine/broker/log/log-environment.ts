import type { Disk } from '../../kernel/disk';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { KafkaScheduler } from '../kafka-scheduler';
import type { LogDirFailureChannel } from './log-dir-failure-channel';

/** What a log manager needs of the broker it belongs to. */
export interface LogManagerEnvironment {
  readonly sim: Simulation;
  readonly disk: Disk;
  readonly log: LogSink;
  readonly scheduler: KafkaScheduler;
}

/** What a log needs of its manager. */
export interface LogEnvironment extends LogManagerEnvironment {
  readonly failures: LogDirFailureChannel;
}
