import type { SimEvent } from './event-queue';
import type { Simulation } from './simulation';
import { type Op, type Waitable, type Waiter, waitFor } from './task';

/** Wakes its one waiter after `delayUs`. */
export class Delay implements Waitable {
  private event: SimEvent | undefined;

  constructor(
    private readonly sim: Simulation,
    private readonly delayUs: number,
  ) {}

  park(waiter: Waiter): void {
    this.event = this.sim.after(this.delayUs, wakeWaiter, waiter);
  }

  unpark(): void {
    this.sim.cancel(this.event);
  }
}

function wakeWaiter(waiter: Waiter): void {
  waiter.wake(undefined);
}

export function* sleep(sim: Simulation, delayUs: number): Op<void> {
  yield new Delay(sim, delayUs);
}

/** A list of waiters. Test the state in a loop: `while (!ready()) yield condition;` */
export class Condition implements Waitable {
  private waiters: Waiter[] = [];

  get waiting(): number {
    return this.waiters.length;
  }

  park(waiter: Waiter): void {
    this.waiters.push(waiter);
  }

  unpark(waiter: Waiter): void {
    const at = this.waiters.indexOf(waiter);
    if (at >= 0) this.waiters.splice(at, 1);
  }

  notifyAll(value?: unknown): void {
    if (this.waiters.length === 0) return;
    const waiters = this.waiters;
    this.waiters = [];
    for (const waiter of waiters) waiter.wake(value);
  }

  notifyOne(value?: unknown): void {
    this.waiters.shift()?.wake(value);
  }
}

/** A value, or an error, that comes once. `yield* future.wait()` returns or throws it. */
export class Future<T> implements Waitable {
  private outcome: { readonly value: T } | { readonly error: unknown } | undefined;
  private readonly condition = new Condition();
  private callbacks: ((future: Future<T>) => void)[] = [];

  get done(): boolean {
    return this.outcome !== undefined;
  }

  /** The value when there is one; undefined while pending or failed. */
  get value(): T | undefined {
    return this.outcome !== undefined && 'value' in this.outcome ? this.outcome.value : undefined;
  }

  get error(): unknown {
    return this.outcome !== undefined && 'error' in this.outcome ? this.outcome.error : undefined;
  }

  get failed(): boolean {
    return this.outcome !== undefined && 'error' in this.outcome;
  }

  /** The first outcome counts; later ones are ignored. */
  resolve(value: T): void {
    this.settle({ value });
  }

  fail(error: unknown): void {
    this.settle({ error });
  }

  /** Calls back at the outcome, or now when it has come. */
  whenDone(callback: (future: Future<T>) => void): void {
    if (this.outcome !== undefined) callback(this);
    else this.callbacks.push(callback);
  }

  *wait(): Op<T> {
    if (this.outcome === undefined) yield this;
    const outcome = this.outcome as unknown as { readonly value: T } | { readonly error: unknown };
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  park(waiter: Waiter): void {
    if (this.outcome !== undefined) waiter.wake(undefined);
    else this.condition.park(waiter);
  }

  unpark(waiter: Waiter): void {
    this.condition.unpark(waiter);
  }

  private settle(outcome: { readonly value: T } | { readonly error: unknown }): void {
    if (this.outcome !== undefined) return;
    this.outcome = outcome;
    this.condition.notifyAll();
    const callbacks = this.callbacks;
    this.callbacks = [];
    for (const callback of callbacks) callback(this);
  }
}

/** Values in order, for one or more takers. */
export class Mailbox<T> implements Waitable {
  private readonly items: T[] = [];
  private readonly condition = new Condition();

  get size(): number {
    return this.items.length;
  }

  put(item: T): void {
    this.items.push(item);
    this.condition.notifyOne();
  }

  tryTake(): T | undefined {
    return this.items.shift();
  }

  *take(): Op<T> {
    while (this.items.length === 0) yield this;
    return this.items.shift() as T;
  }

  park(waiter: Waiter): void {
    if (this.items.length > 0) waiter.wake(undefined);
    else this.condition.park(waiter);
  }

  unpark(waiter: Waiter): void {
    this.condition.unpark(waiter);
  }
}

/** Waits for the first of several. Woken with the index of the one that came. */
class FirstOf implements Waitable {
  private readonly arms: Waiter[] = [];

  constructor(private readonly waitables: readonly Waitable[]) {}

  park(waiter: Waiter): void {
    let done = false;
    this.waitables.forEach((waitable, index) => {
      if (done) return;
      const arm: Waiter = {
        wake: () => {
          if (done) return;
          done = true;
          this.release(arm);
          waiter.wake(index);
        },
      };
      this.arms.push(arm);
      waitable.park(arm);
    });
  }

  unpark(): void {
    this.release(undefined);
  }

  private release(except: Waiter | undefined): void {
    this.arms.forEach((arm, index) => {
      if (arm !== except) (this.waitables[index] as Waitable).unpark(arm);
    });
  }
}

/** Waits for the first of `waitables` and returns its index. */
export function firstOf(...waitables: Waitable[]): Op<number> {
  return waitFor<number>(new FirstOf(waitables));
}
