import type { SimEvent } from '../kernel/event-queue';
import type { Simulation } from '../kernel/simulation';

interface Scheduled {
  readonly run: () => void;
  readonly periodUs: number | undefined;
  event: SimEvent | undefined;
}

/**
 * Runs functions later or periodically, until it is shut down. A function that starts a task itself must not be started again before that ends.
 * @source kafka 1.1.0 core/src/main/scala/kafka/utils/KafkaScheduler.scala
 */
export class KafkaScheduler {
  private readonly pending = new Set<Scheduled>();
  private open = true;

  constructor(private readonly sim: Simulation) {}

  /** Once after `delayMs`, and then every `periodMs` when that is given. */
  schedule(run: () => void, options: { delayMs?: number; periodMs?: number } = {}): void {
    if (!this.open) return;
    const scheduled: Scheduled = { run, periodUs: options.periodMs === undefined ? undefined : options.periodMs * 1000, event: undefined };
    this.pending.add(scheduled);
    this.arm(scheduled, (options.delayMs ?? 0) * 1000);
  }

  shutdown(): void {
    this.open = false;
    for (const each of this.pending) this.sim.cancel(each.event);
    this.pending.clear();
  }

  private arm(scheduled: Scheduled, delayUs: number): void {
    scheduled.event = this.sim.after(delayUs, this.fire, scheduled);
  }

  private readonly fire = (scheduled: Scheduled): void => {
    if (scheduled.periodUs === undefined) this.pending.delete(scheduled);
    else this.arm(scheduled, scheduled.periodUs);
    scheduled.run();
  };
}
