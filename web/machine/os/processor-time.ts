import type { Simulation } from '../../engine/kernel/simulation';
import type { Op } from '../../engine/kernel/task';
import { Delay } from '../../engine/kernel/waitables';
import { COSTS } from './costs';

/**
 * The processor time of one process.
 *
 * Units: us of simulated time. Small amounts add up, and are slept off together.
 */
export class ProcessorTime {
  /** All that was slept off. */
  usedUs = 0;
  private debtUs = 0;

  constructor(private readonly sim: Simulation) {}

  owe(us: number): void {
    this.debtUs += us;
  }

  *spend(us: number): Op<void> {
    this.debtUs += us;
    if (this.debtUs >= COSTS.quantumUs) yield* this.pay();
  }

  *sleep(us: number): Op<void> {
    yield new Delay(this.sim, us + this.take());
  }

  /** Sleeps off what is left. */
  *settle(): Op<void> {
    if (this.debtUs > 0) yield* this.pay();
  }

  private *pay(): Op<void> {
    yield new Delay(this.sim, this.take());
  }

  private take(): number {
    const debt = this.debtUs;
    this.debtUs = 0;
    this.usedUs += debt;
    return debt;
  }
}
