import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';

/** Thrown into a wait that took too long. */
class TimedOut {}

/** Runs `body`, but no longer than `us`. */
export function* withTimeout<T>(shell: Shell, us: number, body: Op<T>): Op<T | 'timeout'> {
  const { sim } = shell.process.machine;
  const reason = new TimedOut();
  const event = sim.after(us, () => shell.process.interrupt(reason), undefined);
  try {
    return yield* body;
  } catch (error) {
    if (error === reason) return 'timeout';
    throw error;
  } finally {
    sim.cancel(event);
  }
}
