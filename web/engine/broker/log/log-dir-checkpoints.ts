import type { ClassLogger } from '../class-logger';
import { OffsetCheckpointFile } from './checkpoint-file';
import type { Log } from './log';
import { KafkaStorageError } from './log-dir-failure-channel';
import type { LogEnvironment } from './log-environment';

const RECOVERY_POINT_FILE = 'recovery-point-offset-checkpoint';
const LOG_START_OFFSET_FILE = 'log-start-offset-checkpoint';

/** What a log directory remembers of its logs, by `topic-partition`. */
export interface RememberedOffsets {
  readonly recoveryPoints: ReadonlyMap<string, number>;
  readonly logStartOffsets: ReadonlyMap<string, number>;
}

/**
 * The two files of a log directory that say up to where each log is flushed, and where it begins when that is inside a segment.
 *
 * Errors: writing throws KafkaStorageError.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogManager.scala checkpointLogRecoveryOffsetsInDir
 */
export class LogDirCheckpoints {
  private readonly recoveryPoints: OffsetCheckpointFile;
  private readonly logStartOffsets: OffsetCheckpointFile;

  constructor(
    env: LogEnvironment,
    private readonly dir: string,
    private readonly logger: ClassLogger,
  ) {
    const place = { disk: env.disk, failures: env.failures, logDir: dir };
    this.recoveryPoints = new OffsetCheckpointFile(place, RECOVERY_POINT_FILE);
    this.logStartOffsets = new OffsetCheckpointFile(place, LOG_START_OFFSET_FILE);
  }

  /** A file that cannot be read counts as empty. */
  read(): RememberedOffsets {
    return {
      recoveryPoints: this.readFile(this.recoveryPoints, RECOVERY_POINT_FILE),
      logStartOffsets: this.readFile(this.logStartOffsets, LOG_START_OFFSET_FILE),
    };
  }

  writeRecoveryPoints(logs: readonly Log[]): void {
    this.recoveryPoints.write(logs.map((log) => [log.topicPartition, log.recoveryPoint] as const));
    for (const log of logs) log.deleteSnapshotsAfterRecoveryPointCheckpoint();
  }

  writeLogStartOffsets(logs: readonly Log[]): void {
    const moved = logs.filter((log) => log.logStartOffset > log.segments.first.baseOffset);
    this.logStartOffsets.write(moved.map((log) => [log.topicPartition, log.logStartOffset] as const));
  }

  private readFile(file: OffsetCheckpointFile, name: string): Map<string, number> {
    try {
      return file.read();
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
      this.logger.warn(`Error occurred while reading ${name} file of directory ${this.dir}`, error.throwable);
      if (name === RECOVERY_POINT_FILE) this.logger.warn('Resetting the recovery checkpoint to 0');
      return new Map();
    }
  }
}
