import { topicPartitionName } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import type { Log } from './log';
import type { LogEnvironment } from './log-environment';

/**
 * Deletes logs whose directories have been renamed, one after the other, each some time after that.
 *
 * Units: ms.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/LogManager.scala deleteLogs
 */
export class LogDeletionQueue {
  private readonly waiting: { readonly log: Log; readonly sinceMs: number }[] = [];

  constructor(
    private readonly env: LogEnvironment,
    private readonly logger: ClassLogger,
    private readonly delayMs: () => number,
  ) {}

  add(log: Log): void {
    this.waiting.push({ log, sinceMs: this.env.sim.dateMs() });
  }

  /** Deletes what has waited long enough, waits for the rest, and looks again after the delay. */
  run(): void {
    for (let next = this.waiting[0]; next !== undefined; next = this.waiting[0]) {
      const waitMs = next.sinceMs + this.delayMs() - this.env.sim.dateMs();
      if (waitMs > 0) {
        this.env.scheduler.schedule(() => this.run(), { delayMs: waitMs });
        return;
      }
      this.waiting.shift();
      this.delete(next.log);
    }
    this.env.scheduler.schedule(() => this.run(), { delayMs: this.delayMs() });
  }

  private delete(log: Log): void {
    const name = topicPartitionName(log.topicPartition);
    const describe = (): string => `Error while deleting log for ${name} in dir ${log.parentDir}`;
    this.env.failures.attempt(log.parentDir, describe, () => {
      log.delete();
      this.logger.info(`Deleted log for partition ${name} in ${log.dir}.`);
    });
  }
}
