import type { Op } from '../../kernel/task';
import { Condition } from '../../kernel/waitables';

/** One at a time, in the order of asking. */
export class Lock {
  private held = false;
  private readonly freed = new Condition();

  *run<T>(body: Op<T>): Op<T> {
    while (this.held) yield this.freed;
    this.held = true;
    try {
      return yield* body;
    } finally {
      this.held = false;
      this.freed.notifyOne();
    }
  }
}
