import type { ClassLogger } from '../class-logger';
import { CheckpointError, OffsetCheckpointFile } from './checkpoint-file';
import type { Log } from './log';
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
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogManager.scala checkpointLogRecoveryOffsetsInDir
 */
export class LogDirCheckpoints {
  private readonly recoveryPoints: OffsetCheckpointFile;
  private readonly logStartOffsets: OffsetCheckpointFile;

  constructor(
    private readonly env: LogEnvironment,
    private readonly dir: string,
    private readonly logger: ClassLogger,
  ) {
    this.recoveryPoints = new OffsetCheckpointFile(env.disk, `${dir}/${RECOVERY_POINT_FILE}`);
    this.logStartOffsets = new OffsetCheckpointFile(env.disk, `${dir}/${LOG_START_OFFSET_FILE}`);
  }

  /** A file that cannot be read counts as empty. */
  read(): RememberedOffsets {
    return {
      recoveryPoints: this.readFile(this.recoveryPoints, RECOVERY_POINT_FILE),
      logStartOffsets: this.readFile(this.logStartOffsets, LOG_START_OFFSET_FILE),
    };
  }

  writeRecoveryPoints(logs: readonly Log[]): void {
    this.attempt(RECOVERY_POINT_FILE, () => {
      this.recoveryPoints.write(logs.map((log) => [log.topicPartition, log.recoveryPoint] as const));
      for (const log of logs) log.deleteSnapshotsAfterRecoveryPointCheckpoint();
    });
  }

  writeLogStartOffsets(logs: readonly Log[]): void {
    const moved = logs.filter((log) => log.logStartOffset > log.segments.first.baseOffset);
    this.attempt(LOG_START_OFFSET_FILE, () => this.logStartOffsets.write(moved.map((log) => [log.topicPartition, log.logStartOffset] as const)));
  }

  private attempt(name: string, work: () => void): void {
    this.env.failures.attempt(this.dir, () => `Error while writing to checkpoint file ${this.dir}/${name}`, work);
  }

  private readFile(file: OffsetCheckpointFile, name: string): Map<string, number> {
    try {
      return file.read();
    } catch (error) {
      if (!(error instanceof CheckpointError)) throw error;
      const exception = `org.apache.kafka.common.errors.KafkaStorageException: Error while reading checkpoint file ${this.dir}/${name}`;
      this.logger.warn(`Error occurred while reading ${name} file of directory ${this.dir}`, `${exception}\nCaused by: java.io.IOException: ${error.message}`);
      if (name === RECOVERY_POINT_FILE) this.logger.warn('Resetting the recovery checkpoint to 0');
      return new Map();
    }
  }
}
