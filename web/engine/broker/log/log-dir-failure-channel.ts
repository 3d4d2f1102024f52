import { ioExceptionOf } from '../../kernel/disk-error';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import { ClassLogger } from '../class-logger';

/** A log could not do its work because its disk failed: KAFKA_STORAGE_ERROR (56). */
export class KafkaStorageError extends Error {
  constructor(
    message: string,
    private readonly ioException: string,
  ) {
    super(message);
  }

  /** As a log shows it. */
  get throwable(): string {
    return `org.apache.kafka.common.errors.KafkaStorageException: ${this.message}\nCaused by: ${this.ioException}`;
  }
}

/**
 * Hears of disk errors. The first in a log directory takes the directory offline; a broker without log directories halts.
 *
 * Errors: `guard` turns a disk error into KafkaStorageError, after it was logged; others pass.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/LogDirFailureChannel.scala
 */
export class LogDirFailureChannel {
  private readonly offlineDirs = new Set<string>();
  private readonly logger: ClassLogger;
  private unhandled: string[] = [];
  private handler: ((dir: string) => void) | undefined;

  constructor(
    private readonly sim: Simulation,
    log: LogSink,
  ) {
    this.logger = new ClassLogger(log, 'kafka.server.LogDirFailureChannel');
  }

  /** Calls `handler` once for each directory that fails or has failed, not inside the call that failed. */
  handleWith(handler: (dir: string) => void): void {
    this.handler = handler;
    for (const dir of this.unhandled) this.sim.at(this.sim.nowUs, handler, dir);
    this.unhandled = [];
  }

  /** Does `work` in log directory `dir`; `message` says in Kafka's words what failed. */
  guard<T>(dir: string, message: () => string, work: () => T): T {
    try {
      return work();
    } catch (error) {
      const exception = ioExceptionOf(error);
      if (exception === undefined) throw error;
      const text = message();
      this.logger.error(text, exception);
      this.takeOffline(dir);
      throw new KafkaStorageError(text, exception);
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

  private takeOffline(dir: string): void {
    if (this.offlineDirs.has(dir)) return;
    this.offlineDirs.add(dir);
    if (this.handler === undefined) this.unhandled.push(dir);
    else this.sim.at(this.sim.nowUs, this.handler, dir);
  }
}
