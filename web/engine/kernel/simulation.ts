import { EventQueue, SimEvent } from './event-queue';
import { Random } from './random';
import { Trace } from './trace';

/** Why a run returned: nothing is pending, the time was reached, or the budget of events was used up. */
export type RunResult = 'idle' | 'time' | 'budget';

export interface SimulationOptions {
  readonly seed: number;
  /** Milliseconds since 1970 at simulated time 0. */
  readonly startDateMs?: number;
}

/** 2018-06-20 10:00:00 UTC. */
const DEFAULT_START_DATE_MS = 1529488800000;

/**
 * The clock and the queue of what will happen. One synchronous loop; nothing in it reads a real clock.
 *
 * Units: simulated time is in whole microseconds since the session began (`...Us`); dates are in milliseconds since 1970 (`...Ms`).
 */
export class Simulation {
  readonly seed: number;
  readonly startDateMs: number;
  readonly trace: Trace;
  nowUs = 0;
  /** How many events have run. */
  eventNumber = 0;
  private sequence = 0;
  private readonly queue = new EventQueue();
  private readonly randoms = new Map<string, Random>();

  constructor(options: SimulationOptions) {
    this.seed = options.seed;
    this.startDateMs = options.startDateMs ?? DEFAULT_START_DATE_MS;
    this.trace = new Trace(this);
  }

  get pending(): number {
    return this.queue.size;
  }

  get nextEventUs(): number | undefined {
    return this.queue.peek()?.timeUs;
  }

  /** The simulated date in whole milliseconds since 1970. */
  dateMs(): number {
    return this.startDateMs + Math.floor(this.nowUs / 1000);
  }

  /** Calls `fn(arg)` at `timeUs`, or now when that is past. */
  at<T>(timeUs: number, fn: (arg: T) => void, arg: T): SimEvent {
    const time = timeUs > this.nowUs ? Math.ceil(timeUs) : this.nowUs;
    const event = new SimEvent(time, this.sequence++, fn as (arg: never) => void, arg);
    this.queue.push(event);
    return event;
  }

  /** Calls `fn(arg)` after `delayUs`. */
  after<T>(delayUs: number, fn: (arg: T) => void, arg: T): SimEvent {
    return this.at(this.nowUs + delayUs, fn, arg);
  }

  /** True when the event was still pending. */
  cancel(event: SimEvent | undefined): boolean {
    return event !== undefined && this.queue.remove(event);
  }

  /** The stream of random numbers of that name; made at its first use. */
  random(name: string): Random {
    let random = this.randoms.get(name);
    if (random === undefined) {
      random = new Random(this.seed, name);
      this.randoms.set(name, random);
    }
    return random;
  }

  /** Runs one event. False when nothing is pending. */
  step(): boolean {
    const event = this.queue.pop();
    if (event === undefined) return false;
    this.nowUs = event.timeUs;
    this.eventNumber += 1;
    (event.fn as (arg: unknown) => void)(event.arg);
    return true;
  }

  /** Runs the events up to and including `untilUs`, at most `maxEvents` of them. On 'time' and 'idle' the clock stands at `untilUs`. */
  run(untilUs: number, maxEvents = Infinity): RunResult {
    for (let count = 0; ; count++) {
      const next = this.queue.peek();
      if (next === undefined || next.timeUs > untilUs) {
        if (Number.isFinite(untilUs) && untilUs > this.nowUs) this.nowUs = untilUs;
        return next === undefined ? 'idle' : 'time';
      }
      if (count >= maxEvents) return 'budget';
      this.step();
    }
  }
}
