import type { LogConfig } from '../../config/log-config';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import { Log } from './log';
import { LogCleaner } from './log-cleaner';
import { LogDeletionQueue } from './log-deletion-queue';
import type { LogDirCheckpoints } from './log-dir-checkpoints';
import { KafkaStorageError, LogDirFailureChannel } from './log-dir-failure-channel';
import { LogDirOpener } from './log-dir-opener';
import type { LogEnvironment, LogManagerEnvironment } from './log-environment';
import { CLEAN_SHUTDOWN_FILE, DELETE_DIR_SUFFIX } from './log-file-names';
import type { LogManagerOptions } from './log-manager-options';
import { deleteOldSegments } from './log-retention';

const INITIAL_TASK_DELAY_MS = 30_000;
const PRODUCER_EXPIRATION_CHECK_MS = 600_000;
/** Periods beyond this many ms never come round in a session. */
const NEVER_MS = 1e15;

/** No log directory can be used: the process ends at once. */
export class NoLogDirError extends Error {}

/**
 * All logs of a broker: finds them on disk at the start, makes and deletes them, and does what is due from time to time.
 *
 * Units: ms. Log lines under `kafka.log.LogManager`.
 * Errors: KafkaStorageError from `getOrCreateLog`, `asyncDelete` and truncation when the directory's disk fails; what nobody waits for only takes the directory offline.
 * Simplified: no future logs (moving a replica between log directories).
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogManager.scala
 */
export class LogManager {
  readonly cleaner: LogCleaner | undefined;
  private readonly env: LogEnvironment;
  private liveDirs: readonly string[];
  private defaultConfig: LogConfig;
  /** By `topic-partition`, in the order of their making. */
  private readonly logs = new Map<string, Log>();
  private readonly checkpoints = new Map<string, LogDirCheckpoints>();
  private readonly deletions: LogDeletionQueue;
  private readonly logger: ClassLogger;

  /** Loads all logs. Throws LogLoadError when a directory is there that holds no log, NoLogDirError when no directory can be used. */
  constructor(
    env: LogManagerEnvironment,
    private readonly options: LogManagerOptions,
  ) {
    this.env = { ...env, failures: new LogDirFailureChannel(env.sim, env.log) };
    this.logger = new ClassLogger(env.log, 'kafka.log.LogManager');
    this.defaultConfig = options.defaultConfig;
    this.deletions = new LogDeletionQueue(this.env, this.logger, () => this.defaultConfig.fileDeleteDelayMs);
    const opener = new LogDirOpener(this.env, options, this.logger);
    for (const dir of options.logDirs) {
      const checkpoints = opener.tryOpen(dir);
      if (checkpoints !== undefined) this.checkpoints.set(dir, checkpoints);
    }
    this.liveDirs = [...this.checkpoints.keys()];
    if (this.liveDirs.length === 0) {
      this.logger.fatal(`Shutdown broker because none of the specified log dirs from ${options.logDirs.join(', ')} can be created or validated`);
      throw new NoLogDirError();
    }
    for (const [name, log] of opener.loadLogs(this.checkpoints, (log) => this.deletions.add(log))) this.logs.set(name, log);
    if (options.cleanerConfig.isEnabled) this.cleaner = new LogCleaner(this.env, options.cleanerConfig, this.liveDirs, this.logs);
  }

  /** Hears of the disk's errors. */
  get failures(): LogDirFailureChannel {
    return this.env.failures;
  }

  get liveLogDirs(): readonly string[] {
    return this.liveDirs;
  }

  /** Takes a directory and its logs out of service. False when it was the last one: the broker must halt. */
  handleLogDirFailure(dir: string): boolean {
    this.logger.info(`Stopping serving logs in dir ${dir}`);
    this.liveDirs = this.liveDirs.filter((live) => live !== dir);
    if (this.liveDirs.length === 0) {
      this.logger.fatal(`Shutdown broker because all log dirs in ${this.options.logDirs.join(', ')} have failed`);
      return false;
    }
    this.checkpoints.delete(dir);
    this.cleaner?.handleLogDirFailure(dir);
    const offline = [...this.logs].filter(([, log]) => log.parentDir === dir).map(([name]) => name);
    for (const name of offline) this.logs.delete(name);
    this.logger.info(
      `Logs for partitions ${offline.join(',')} are offline and logs for future partitions  are offline due to failure on log directory ${dir}`,
    );
    return true;
  }

  get allLogs(): readonly Log[] {
    return [...this.logs.values()];
  }

  get currentDefaultConfig(): LogConfig {
    return this.defaultConfig;
  }

  reconfigureDefaultLogConfig(config: LogConfig): void {
    this.defaultConfig = config;
  }

  logsByTopic(topic: string): Log[] {
    return this.allLogs.filter((log) => log.topicPartition.topic === topic);
  }

  getLog(topicPartition: TopicPartition): Log | undefined {
    return this.logs.get(topicPartitionName(topicPartition));
  }

  /** Begins the periodic work; the first of it comes after 30 s. */
  startup(): void {
    const { options } = this;
    this.logger.info(`Starting log cleanup with a period of ${options.retentionCheckMs} ms.`);
    this.every(options.retentionCheckMs, () => this.cleanupLogs());
    this.logger.info(`Starting log flusher with a default period of ${options.flushCheckMs} ms.`);
    this.every(Number(options.flushCheckMs), () => this.flushDirtyLogs());
    this.every(options.recoveryPointCheckpointMs, () => this.task('kafka-recovery-point-checkpoint', () => this.checkpointLogRecoveryOffsets()));
    this.every(options.startOffsetCheckpointMs, () => this.task('kafka-log-start-offset-checkpoint', () => this.checkpointLogStartOffsets()));
    this.every(PRODUCER_EXPIRATION_CHECK_MS, () => this.removeExpiredProducers());
    this.env.scheduler.schedule(() => this.deletions.run(), { delayMs: INITIAL_TASK_DELAY_MS });
    this.cleaner?.startup();
  }

  /** The clean end: flushes, closes, writes the checkpoints and the marker that lets the next start trust the files. */
  shutdown(): void {
    this.logger.info('Shutting down.');
    this.cleaner?.shutdown();
    for (const dir of this.liveDirs) this.closeLogsIn(dir);
    this.logger.info('Shutdown complete.');
  }

  getOrCreateLog(topicPartition: TopicPartition, config: LogConfig): Log {
    const name = topicPartitionName(topicPartition);
    const existing = this.logs.get(name);
    if (existing !== undefined) return existing;
    const parent = this.nextLogDir();
    const options = {
      config,
      logStartOffset: 0,
      recoveryPoint: 0,
      maxProducerIdExpirationMs: this.options.maxProducerIdExpirationMs,
      hadCleanShutdown: false,
    };
    const log = this.env.failures.guard(
      parent,
      () => `Error while creating log for ${name} in dir ${parent}`,
      () => new Log(this.env, `${parent}/${name}`, options),
    );
    this.logs.set(name, log);
    this.logger.info(`Created log for partition ${name} in ${parent} with properties {${config.listing}}.`);
    return log;
  }

  /** Cuts logs; partitions without a log are skipped. */
  truncateTo(offsets: Iterable<readonly [TopicPartition, number]>): void {
    let hasTruncated = false;
    for (const [topicPartition, offset] of offsets) {
      const log = this.getLog(topicPartition);
      if (log === undefined) continue;
      const stopsCleaner = this.cleaner !== undefined && offset < log.activeSegment.baseOffset;
      if (stopsCleaner) this.cleaner?.abortAndPauseCleaning(topicPartition);
      const describe = (): string => `Error while truncating log to offset ${offset} for ${log.name} in dir ${log.parentDir}`;
      this.env.failures.attempt(log.parentDir, describe, () => {
        if (log.truncateTo(offset)) hasTruncated = true;
      });
      if (!stopsCleaner) continue;
      this.cleaner?.maybeTruncateCheckpoint(log, log.activeSegment.baseOffset);
      this.cleaner?.resumeCleaning(topicPartition);
    }
    if (hasTruncated) this.checkpointLogRecoveryOffsets();
  }

  /** Empties a log and lets it begin at `offset`. */
  truncateFullyAndStartAt(topicPartition: TopicPartition, offset: number): void {
    const log = this.getLog(topicPartition);
    if (log === undefined) return;
    this.cleaner?.abortAndPauseCleaning(topicPartition);
    const describe = (): string => `Error while truncating the entire log for ${log.name} in dir ${log.parentDir}`;
    this.env.failures.attempt(log.parentDir, describe, () => log.truncateFullyAndStartAt(offset));
    this.cleaner?.maybeTruncateCheckpoint(log, log.activeSegment.baseOffset);
    this.cleaner?.resumeCleaning(topicPartition);
    this.checkpointRecoveryOffsetsIn(log.parentDir);
  }

  /** Takes a log away at once; its directory is renamed and its files go file.delete.delay.ms later. Undefined when there is none. Throws KafkaStorageError. */
  asyncDelete(topicPartition: TopicPartition): Log | undefined {
    const name = topicPartitionName(topicPartition);
    const log = this.logs.get(name);
    if (log === undefined) return undefined;
    this.logs.delete(name);
    if (this.cleaner !== undefined) {
      this.cleaner.abortCleaning(topicPartition);
      this.cleaner.updateCheckpoints(log.parentDir);
    }
    this.env.failures.guard(
      log.parentDir,
      () => `Error while renaming dir for ${name} in log dir ${log.parentDir}`,
      () => log.renameDir(`${name}.${this.env.sim.random('log.delete').hex(32)}${DELETE_DIR_SUFFIX}`),
    );
    this.checkpointRecoveryOffsetsIn(log.parentDir);
    this.checkpointStartOffsetsIn(log.parentDir);
    this.deletions.add(log);
    this.logger.info(`Log for partition ${name} is renamed to ${log.dir} and is scheduled for deletion`);
    return log;
  }

  checkpointLogRecoveryOffsets(): void {
    for (const dir of this.liveDirs) this.checkpointRecoveryOffsetsIn(dir);
  }

  checkpointLogStartOffsets(): void {
    for (const dir of this.liveDirs) this.checkpointStartOffsetsIn(dir);
  }

  /** Retention; compacted logs are left to the cleaner. */
  cleanupLogs(): void {
    for (const log of this.allLogs) {
      if (log.config.compact) continue;
      const describe = (): string => `Error while deleting segments for ${log.name} in dir ${log.parentDir}`;
      this.env.failures.attempt(log.parentDir, describe, () => void deleteOldSegments(log));
    }
  }

  /** What fails here leaves the directory as a kill would: the next start recovers its logs. */
  private closeLogsIn(dir: string): void {
    try {
      this.env.failures.guard(dir, () => `Error while closing logs in dir ${dir}`, () => {
        for (const log of this.logsIn(dir)) {
          log.flush();
          log.close();
        }
        this.checkpointRecoveryOffsetsIn(dir);
        this.checkpointStartOffsetsIn(dir);
        this.env.disk.create(`${dir}/${CLEAN_SHUTDOWN_FILE}`);
      });
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
      this.logger.error(`There was an error in one of the threads during LogManager shutdown: ${error.throwable.split('\n')[0]}`);
    }
  }

  /** What a scheduled task throws is logged by the scheduler and goes no further. */
  private task(name: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
      new ClassLogger(this.env.log, 'kafka.utils.KafkaScheduler').error(`Uncaught exception in scheduled task '${name}'`, error.throwable);
    }
  }

  private every(periodMs: number, run: () => void): void {
    if (periodMs < NEVER_MS) this.env.scheduler.schedule(run, { delayMs: INITIAL_TASK_DELAY_MS, periodMs });
  }

  private flushDirtyLogs(): void {
    const nowMs = this.env.sim.dateMs();
    for (const log of this.allLogs) if (nowMs - log.lastFlushTimeMs >= log.config.flushMs) log.flush();
  }

  private removeExpiredProducers(): void {
    const nowMs = this.env.sim.dateMs();
    for (const log of this.allLogs) log.producerStateManager.removeExpiredProducers(nowMs);
  }

  private logsIn(dir: string): Log[] {
    return this.allLogs.filter((log) => log.parentDir === dir);
  }

  private checkpointRecoveryOffsetsIn(dir: string): void {
    const logs = this.logsIn(dir);
    if (logs.length > 0) this.checkpoints.get(dir)?.writeRecoveryPoints(logs);
  }

  private checkpointStartOffsetsIn(dir: string): void {
    const logs = this.logsIn(dir);
    if (logs.length > 0) this.checkpoints.get(dir)?.writeLogStartOffsets(logs);
  }

  /** The directory with the fewest logs. */
  private nextLogDir(): string {
    const [first, ...others] = this.liveDirs as [string, ...string[]];
    return others.reduce((best, dir) => (this.logsIn(dir).length < this.logsIn(best).length ? dir : best), first);
  }
}
