import type { Simulation } from '../../kernel/simulation';
import type { ClassLogger } from '../class-logger';
import type { DelayedOperation } from './delayed-operation';

/**
 * Where operations wait, each under the keys whose change may complete it.
 *
 * Cost: a check looks at the operations of one key only.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/DelayedOperation.scala DelayedOperationPurgatory
 */
export class DelayedOperationPurgatory<T extends DelayedOperation> {
  private readonly watchers = new Map<unknown, Set<T>>();
  /** Everything that waits now, oldest first. */
  readonly waiting = new Set<T>();

  constructor(
    private readonly sim: Simulation,
    readonly name: string,
    private readonly log: ClassLogger,
  ) {
    this.log.info('Starting');
  }

  get size(): number {
    return this.waiting.size;
  }

  /** Tries at once, else lets it wait under every key. True when it is complete on return. */
  tryCompleteElseWatch(operation: T, keys: readonly unknown[]): boolean {
    if (operation.tryComplete()) return true;
    if (operation.completed) return false;
    operation.watchedUnder = keys;
    operation.onDone = this.forget as (operation: DelayedOperation) => void;
    for (const key of keys) this.watch(key, operation);
    this.waiting.add(operation);
    operation.timer = this.sim.after(Math.max(0, operation.delayMs) * 1000, this.expire, operation);
    return false;
  }

  /** Tries those that wait under `key`; returns how many that completed. */
  checkAndComplete(key: unknown): number {
    const watching = this.watchers.get(key);
    if (watching === undefined) return 0;
    let completed = 0;
    for (const operation of [...watching]) if (!operation.completed && operation.tryComplete()) completed += 1;
    return completed;
  }

  /** The real one says so after the tick of its reaper; the lines are all that is left of it here. */
  shutdown(): void {
    this.log.info('Shutting down');
    this.halt();
    this.log.info('Stopped');
    this.log.info('Shutdown completed');
  }

  halt(): void {
    for (const operation of this.waiting) this.sim.cancel(operation.timer);
    this.waiting.clear();
    this.watchers.clear();
  }

  private watch(key: unknown, operation: T): void {
    const watching = this.watchers.get(key);
    if (watching === undefined) this.watchers.set(key, new Set([operation]));
    else watching.add(operation);
  }

  private readonly forget = (operation: T): void => {
    this.sim.cancel(operation.timer);
    this.waiting.delete(operation);
    for (const key of operation.watchedUnder) {
      const watching = this.watchers.get(key);
      if (watching === undefined) continue;
      watching.delete(operation);
      if (watching.size === 0) this.watchers.delete(key);
    }
  };

  private readonly expire = (operation: T): void => {
    if (operation.forceComplete()) operation.onExpiration();
  };
}
