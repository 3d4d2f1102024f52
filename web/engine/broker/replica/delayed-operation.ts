import type { SimEvent } from '../../kernel/event-queue';

/**
 * Something that is answered when a condition holds, or when its time is up; exactly once.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/DelayedOperation.scala
 */
export abstract class DelayedOperation {
  private done = false;
  timer: SimEvent | undefined;
  /** What it is watched under, so that it can be taken off everywhere when it is done. */
  watchedUnder: readonly unknown[] = [];
  onDone: ((operation: DelayedOperation) => void) | undefined;

  constructor(readonly delayMs: number) {}

  get completed(): boolean {
    return this.done;
  }

  /** Looks at the condition and calls `forceComplete` when it holds. True when that completed it. */
  abstract tryComplete(): boolean;
  /** Called once, when the operation is done for whatever reason. */
  abstract onComplete(): void;
  /** Called after `onComplete` when it was the time that ran out. */
  onExpiration(): void {}

  /** True when this call completed it. */
  forceComplete(): boolean {
    if (this.done) return false;
    this.done = true;
    this.onDone?.(this);
    this.onComplete();
    return true;
  }
}
