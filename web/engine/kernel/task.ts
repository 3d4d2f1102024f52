import type { SimEvent } from './event-queue';
import type { Simulation } from './simulation';

/** Who waits for something and is told once that it happened. */
export interface Waiter {
  wake(value: unknown): void;
}

/** Something that can be waited for: `yield` it in a task. `park` may call `wake` at once. */
export interface Waitable {
  park(waiter: Waiter): void;
  /** The waiter no longer waits; it must not be woken by this any more. */
  unpark(waiter: Waiter): void;
}

/** A computation that waits by yielding: call it with `yield*`. */
export type Op<T> = Generator<Waitable, T, unknown>;

/** Waits for `waitable` and returns what it was woken with. */
export function* waitFor<T>(waitable: Waitable): Op<T> {
  return (yield waitable) as T;
}

export type TaskOutcome<T> = { readonly value: T } | { readonly error: unknown };

type State = 'ready' | 'running' | 'parked' | 'done';

/**
 * A running generator. It continues through the event queue (never inside the call that woke it), so the order of tasks is that of the queue.
 */
export class Task<T = unknown> implements Waiter {
  private state: State = 'ready';
  private waitingFor: Waitable | undefined;
  private wakeEvent: SimEvent | undefined;
  private interruption: { error: unknown } | undefined;
  outcome: TaskOutcome<T> | undefined;

  constructor(
    private readonly sim: Simulation,
    private readonly body: Op<T>,
    private readonly onDone: (outcome: TaskOutcome<T>) => void,
  ) {
    this.wakeEvent = sim.at(sim.nowUs, Task.resume, this as Task<unknown>);
  }

  get done(): boolean {
    return this.state === 'done';
  }

  wake(value: unknown): void {
    if (this.state !== 'parked' || this.wakeEvent !== undefined || this.wakeWhileHeld) return;
    this.pendingValue = value;
    this.waitingFor = undefined;
    this.wakeEvent = this.sim.at(this.sim.nowUs, Task.resume, this as Task<unknown>);
  }

  /** Throws `error` into the task where it waits; when it runs right now, at its next wait. A later interruption replaces one that was not delivered yet. */
  interrupt(error: unknown): void {
    if (this.state === 'done') return;
    this.interruption = { error };
    if (this.state !== 'parked') return;
    if (this.waitingFor !== undefined) {
      this.waitingFor.unpark(this);
      this.waitingFor = undefined;
    }
    if (this.wakeEvent === undefined && !this.wakeWhileHeld) {
      this.wakeEvent = this.sim.at(this.sim.nowUs, Task.resume, this as Task<unknown>);
    }
  }

  /** The task never runs again; `onDone` is not called and its `finally` blocks do not run, as for a killed process. */
  abandon(): void {
    if (this.state === 'done') return;
    this.waitingFor?.unpark(this);
    this.waitingFor = undefined;
    this.sim.cancel(this.wakeEvent);
    this.wakeEvent = undefined;
    this.state = 'done';
  }

  /** While held the task does not continue; what would have woken it is remembered. */
  hold(): void {
    this.held = true;
  }

  release(): void {
    if (!this.held) return;
    this.held = false;
    if (!this.wakeWhileHeld) return;
    this.wakeWhileHeld = false;
    this.wakeEvent = this.sim.at(this.sim.nowUs, Task.resume, this as Task<unknown>);
  }

  private held = false;
  private wakeWhileHeld = false;
  private pendingValue: unknown = undefined;

  private static resume(task: Task<unknown>): void {
    task.wakeEvent = undefined;
    if (task.held) {
      task.wakeWhileHeld = true;
      return;
    }
    const value = task.pendingValue;
    task.pendingValue = undefined;
    task.advance(value);
  }

  private advance(value: unknown): void {
    this.state = 'running';
    let result: IteratorResult<Waitable, T>;
    try {
      if (this.interruption !== undefined) {
        const { error } = this.interruption;
        this.interruption = undefined;
        result = this.body.throw(error);
      } else {
        result = this.body.next(value);
      }
    } catch (error) {
      this.finish({ error });
      return;
    }
    if (this.isDone()) return;
    if (result.done === true) {
      this.finish({ value: result.value });
      return;
    }
    this.state = 'parked';
    this.waitingFor = result.value;
    if (this.interruption !== undefined) {
      this.waitingFor = undefined;
      this.wakeEvent = this.sim.at(this.sim.nowUs, Task.resume, this as Task<unknown>);
      return;
    }
    result.value.park(this);
  }

  /** Abandoned while it ran (a process that killed itself). */
  private isDone(): boolean {
    return this.state === 'done';
  }

  private finish(outcome: TaskOutcome<T>): void {
    if (this.state === 'done') return;
    this.state = 'done';
    this.outcome = outcome;
    this.onDone(outcome);
  }
}

/** Starts a task at the present instant. An error that `onDone` does not look at is our bug and must be thrown by it. */
export function spawn<T>(sim: Simulation, body: Op<T>, onDone: (outcome: TaskOutcome<T>) => void = throwError): Task<T> {
  return new Task(sim, body, onDone);
}

function throwError(outcome: TaskOutcome<unknown>): void {
  if ('error' in outcome) throw outcome.error;
}
