import type { Simulation } from '../kernel/simulation';
import { type Op, spawn, type Task } from '../kernel/task';

/** Thrown into a broker's tasks where they wait when its process ends. Nothing but the task's end may come of it. */
export class BrokerHalted extends Error {}

/** The threads of one broker, so that they end with it. */
export class BrokerTasks {
  private readonly running = new Set<Task>();
  private readonly cleanUps = new Set<() => void>();
  private halted = false;

  constructor(private readonly sim: Simulation) {}

  /** Starts a task at the present instant. An error that leaves it is our bug. */
  start(body: Op<void>, onDone?: () => void): void {
    if (this.halted) return;
    const task: Task<void> = spawn(this.sim, body, (outcome) => {
      this.running.delete(task as Task);
      if ('error' in outcome) {
        if (outcome.error instanceof BrokerHalted) return;
        throw outcome.error;
      }
      if (!this.halted) onDone?.();
    });
    this.running.add(task as Task);
  }

  /** Calls back when the process ends, so that what a kernel closes is closed. Returns how to take it back. */
  onHalt(cleanUp: () => void): () => void {
    this.cleanUps.add(cleanUp);
    return () => this.cleanUps.delete(cleanUp);
  }

  halt(): void {
    this.halted = true;
    for (const cleanUp of this.cleanUps) cleanUp();
    for (const task of [...this.running]) task.interrupt(new BrokerHalted());
  }
}
