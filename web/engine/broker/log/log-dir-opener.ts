import { topicPartitionName } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import { Log } from './log';
import { LogDirCheckpoints, type RememberedOffsets } from './log-dir-checkpoints';
import { KafkaStorageError } from './log-dir-failure-channel';
import type { LogEnvironment } from './log-environment';
import { CLEAN_SHUTDOWN_FILE, DELETE_DIR_SUFFIX, nameOf, parseLogDirName } from './log-file-names';
import { LogLoadError } from './log-load-error';
import type { LogManagerOptions } from './log-manager-options';

const LOCK_FILE = '.lock';

/**
 * What a start finds on disk: makes log directories that are missing, and loads the logs in them.
 *
 * Errors: a directory whose disk fails is left out; LogLoadError for a directory in it that is no log, or for the same log twice.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogManager.scala loadLogs
 */
export class LogDirOpener {
  private readonly found = new Map<string, Log>();

  constructor(
    private readonly env: LogEnvironment,
    private readonly options: LogManagerOptions,
    private readonly logger: ClassLogger,
  ) {}

  /** undefined when the directory cannot be used. */
  tryOpen(dir: string): LogDirCheckpoints | undefined {
    try {
      return this.env.failures.guard(dir, () => `Failed to create or validate data directory ${dir}`, () => this.open(dir));
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
      return undefined;
    }
  }

  /** By name. `onDeleted` is given the logs that were being deleted. */
  loadLogs(dirs: ReadonlyMap<string, LogDirCheckpoints>, onDeleted: (log: Log) => void): ReadonlyMap<string, Log> {
    const { sim } = this.env;
    this.logger.info('Loading logs.');
    const startMs = sim.dateMs();
    try {
      for (const [dir, checkpoints] of dirs) this.loadLogsIn(dir, checkpoints, onDeleted);
    } catch (error) {
      if (error instanceof LogLoadError) this.logger.error(`There was an error in one of the threads during logs loading: ${error.javaClass}: ${error.message}`);
      throw error;
    }
    this.logger.info(`Logs loading complete in ${sim.dateMs() - startMs} ms.`);
    return this.found;
  }

  private loadLogsIn(dir: string, checkpoints: LogDirCheckpoints, onDeleted: (log: Log) => void): void {
    const { disk, failures } = this.env;
    const marker = `${dir}/${CLEAN_SHUTDOWN_FILE}`;
    const hadCleanShutdown = disk.exists(marker);
    const remembered = checkpoints.read();
    for (const name of disk.list(dir)) {
      if (disk.open(`${dir}/${name}`) !== undefined) continue;
      failures.attempt(dir, () => `Error while loading log dir ${dir}`, () => {
        const log = this.load(`${dir}/${name}`, remembered, hadCleanShutdown);
        if (nameOf(log.dir).endsWith(DELETE_DIR_SUFFIX)) onDeleted(log);
        else this.keep(log);
      });
    }
    disk.remove(marker);
  }

  private open(dir: string): LogDirCheckpoints {
    const { disk } = this.env;
    if (!disk.exists(dir)) {
      this.logger.info(`Log directory '${dir}' not found, creating it.`);
      disk.makeDirectories(dir);
    }
    if (!disk.exists(`${dir}/${LOCK_FILE}`)) disk.create(`${dir}/${LOCK_FILE}`);
    return new LogDirCheckpoints(this.env, dir, this.logger);
  }

  private load(dir: string, remembered: RememberedOffsets, hadCleanShutdown: boolean): Log {
    const topicPartition = parseLogDirName(dir);
    const name = topicPartitionName(topicPartition);
    return new Log(this.env, dir, {
      config: this.options.topicConfigs.get(topicPartition.topic) ?? this.options.defaultConfig,
      logStartOffset: remembered.logStartOffsets.get(name) ?? 0,
      recoveryPoint: remembered.recoveryPoints.get(name) ?? 0,
      maxProducerIdExpirationMs: this.options.maxProducerIdExpirationMs,
      hadCleanShutdown,
    });
  }

  private keep(log: Log): void {
    const name = topicPartitionName(log.topicPartition);
    const previous = this.found.get(name);
    if (previous !== undefined) {
      throw new LogLoadError(
        'java.lang.IllegalStateException',
        `Duplicate log directories for ${name} are found in both ${log.dir} and ${previous.dir}. It is likely because log directory failure ` +
          'happened while broker was replacing current replica with future replica. Recover broker from this failure by manually deleting one of ' +
          'the two directories for this partition. It is recommended to delete the partition in the log directory that is known to have failed recently.',
      );
    }
    this.found.set(name, log);
  }
}
