import { DiskFullError } from '../../kernel/disk';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import { ClassLogger } from '../class-logger';

/** A log could not do its work because its disk failed: KAFKA_STORAGE_ERROR (56). */
export class KafkaStorageError extends Error {}

/**
 * Hears of disk errors. The first in a log directory takes the directory offline; a broker without log directories halts.
 *
 * Errors: `guard` turns a disk error into KafkaStorageError, after it was logged; others pass.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/LogDirFailureChannel.scala
 */
export class LogDirFailureChannel {
  private readonly offlineDirs = new Set<string>();
  private readonly logger: ClassLogger;

  /** `onFailure` is called once for each directory, not inside the call that failed. */
  constructor(
    private readonly sim: Simulation,
    log: LogSink,
    private readonly onFailure: (dir: string) => void,
  ) {
    this.logger = new ClassLogger(log, 'kafka.server.LogDirFailureChannel');
  }

  /** Does `work` in log directory `dir`; `message` says in Kafka's words what failed. */
  guard<T>(dir: string, message: () => string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      const exception = javaException(error);
      if (exception === undefined) throw error;
      const text = message();
      this.logger.error(text, exception);
      if (!this.offlineDirs.has(dir)) {
        this.offlineDirs.add(dir);
        this.sim.at(this.sim.nowUs, this.onFailure, dir);
      }
      throw new KafkaStorageError(text);
    }
  }

  /** Like `guard`, for work that nobody waits for. */
  attempt(dir: string, message: () => string, work: () => void): void {
    try {
      this.guard(dir, message, work);
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
    }
  }
}

/** What Java throws for an error of the disk; undefined for an error of another kind. */
function javaException(error: unknown): string | undefined {
  if (error instanceof DiskFullError) return `java.io.IOException: ${error.message}`;
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  const path = 'path' in error ? String(error.path) : '';
  if (error.code === 'ENOENT') return `java.nio.file.NoSuchFileException: ${path}`;
  return `java.io.IOException: ${path === '' ? error.message : `${path}: ${error.message}`}`;
}
