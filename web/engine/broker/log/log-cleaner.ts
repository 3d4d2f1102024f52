import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import { OffsetCheckpointFile } from './checkpoint-file';
import { Cleaner } from './cleaner';
import { findFilthiestLog, type LogToClean } from './log-to-clean';
import type { Log } from './log';
import { KafkaStorageError } from './log-dir-failure-channel';
import type { LogEnvironment } from './log-environment';
import { deleteOldSegments } from './log-retention';

export const CLEANER_CHECKPOINT_FILE = 'cleaner-offset-checkpoint';

export interface CleanerConfig {
  readonly isEnabled: boolean;
  readonly threads: number;
  /** How long the thread sleeps when there was nothing to clean. */
  readonly backoffMs: number;
}

/**
 * Compacts the dirtiest compacted log, again and again.
 *
 * Units: ms. Log lines under `kafka.log.LogCleaner`, which the broker writes to a file of its own.
 * Simplified: one thread whatever log.cleaner.threads says; a cleaning takes no simulated time, so it cannot be interrupted.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogCleaner.scala
 */
export class LogCleaner {
  private readonly checkpoints: Map<string, OffsetCheckpointFile>;
  private readonly paused = new Set<string>();
  private readonly logger: ClassLogger;
  private readonly cleaner: Cleaner;
  private isRunning = false;

  constructor(
    private readonly env: LogEnvironment,
    private readonly config: CleanerConfig,
    logDirs: readonly string[],
    private readonly logs: ReadonlyMap<string, Log>,
  ) {
    this.logger = new ClassLogger(env.log, 'kafka.log.LogCleaner');
    this.cleaner = new Cleaner(env);
    const { disk, failures } = env;
    this.checkpoints = new Map(logDirs.map((dir) => [dir, new OffsetCheckpointFile({ disk, failures, logDir: dir }, CLEANER_CHECKPOINT_FILE)]));
  }

  startup(): void {
    if (this.config.threads <= 0) return;
    this.isRunning = true;
    this.logger.info('Starting the log cleaner');
    this.threadLogger.info('Starting');
    this.env.scheduler.schedule(() => this.cleanOrSleep());
  }

  shutdown(): void {
    this.logger.info('Shutting down the log cleaner.');
    if (!this.isRunning) return;
    this.isRunning = false;
    for (const state of ['Shutting down', 'Stopped', 'Shutdown completed']) this.threadLogger.info(state);
  }

  /** The log is about to be deleted. */
  abortCleaning(topicPartition: TopicPartition): void {
    this.abortAndPauseCleaning(topicPartition);
    this.resumeCleaning(topicPartition);
    this.logger.info(`The cleaning for partition ${topicPartitionName(topicPartition)} is aborted`);
  }

  abortAndPauseCleaning(topicPartition: TopicPartition): void {
    this.paused.add(topicPartitionName(topicPartition));
    this.logger.info(`The cleaning for partition ${topicPartitionName(topicPartition)} is aborted and paused`);
  }

  resumeCleaning(topicPartition: TopicPartition): void {
    this.paused.delete(topicPartitionName(topicPartition));
    this.logger.info(`Compaction for partition ${topicPartitionName(topicPartition)} is resumed`);
  }

  /** Up to where each log is clean, by `topic-partition`. */
  get cleanOffsets(): ReadonlyMap<string, number> {
    return new Map([...this.checkpoints].flatMap(([dir, checkpoint]) => [...(this.accessing(dir, () => checkpoint.read()) ?? [])]));
  }

  /** Rewrites a checkpoint without the logs that are gone, and with `update`. */
  updateCheckpoints(dir: string, update?: { readonly log: Log; readonly offset: number }): void {
    const checkpoint = this.checkpoints.get(dir);
    if (checkpoint === undefined) return;
    this.accessing(dir, () => this.rewrite(checkpoint, update));
  }

  private rewrite(checkpoint: OffsetCheckpointFile, update?: { readonly log: Log; readonly offset: number }): void {
    const offsets = checkpoint.read();
    if (update !== undefined) offsets.set(topicPartitionName(update.log.topicPartition), update.offset);
    const entries: (readonly [TopicPartition, number])[] = [];
    for (const [name, offset] of offsets) {
      const log = this.logs.get(name);
      if (log !== undefined) entries.push([log.topicPartition, offset]);
    }
    checkpoint.write(entries);
  }

  /** The log was cut at `offset`: what is dirty begins there at the latest. */
  maybeTruncateCheckpoint(log: Log, offset: number): void {
    if (!log.config.compact) return;
    const clean = this.cleanOffsets.get(topicPartitionName(log.topicPartition)) ?? 0;
    if (clean > offset) this.updateCheckpoints(log.parentDir, { log, offset });
  }

  /** A directory that failed has no checkpoint any more. */
  handleLogDirFailure(dir: string): void {
    this.logger.info(`Stopping cleaning logs in dir ${dir}`);
    this.checkpoints.delete(dir);
  }

  private accessing<T>(dir: string, work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
      this.logger.error(`Failed to access checkpoint file ${CLEANER_CHECKPOINT_FILE} in dir ${dir}`, error.throwable);
      return undefined;
    }
  }

  private get threadLogger(): ClassLogger {
    return new ClassLogger(this.env.log, 'kafka.log.LogCleaner', '[kafka-log-cleaner-thread-0]: ');
  }

  private clean(target: LogToClean): void {
    this.attempt(target.log, () => {
      const { endOffset, summary } = this.cleaner.clean(target);
      this.threadLogger.info(summary);
      this.updateCheckpoints(target.log.parentDir, { log: target.log, offset: endOffset });
    });
  }

  private attempt(log: Log, work: () => void): void {
    const describe = (): string => `Failed to clean up log for ${topicPartitionName(log.topicPartition)} in dir ${log.parentDir} due to IOException`;
    this.env.failures.attempt(log.parentDir, describe, work);
  }

  private cleanOrSleep(): void {
    if (!this.isRunning) return;
    const candidates = [...this.logs].filter(([name]) => !this.paused.has(name)).map(([, log]) => log);
    const filthiest = findFilthiestLog(candidates, this.cleanOffsets, this.env.sim.dateMs());
    if (filthiest !== undefined) this.clean(filthiest);
    for (const log of candidates) if (log.config.compact && log.config.delete) this.attempt(log, () => void deleteOldSegments(log));
    this.env.scheduler.schedule(() => this.cleanOrSleep(), { delayMs: filthiest === undefined ? this.config.backoffMs : 1 });
  }
}
