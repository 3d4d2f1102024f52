import { type Check, whatDiffers } from './check';
import type { WorldView } from './world-view';

/** How one step stands. */
export interface StepState {
  readonly met: boolean;
  /** One sentence; null when met. */
  readonly differs: string | null;
}

const WAITS = 'The steps before this one come first.';

/** Which steps of a lab were met. One that was met stays met, whatever happens to the world after. */
export class LabProgress {
  private readonly met: boolean[];
  private states: readonly StepState[];

  constructor(private readonly checks: readonly (readonly Check[])[]) {
    this.met = checks.map((each) => each.length === 0);
    this.states = this.met.map((met) => ({ met, differs: null }));
  }

  get steps(): readonly StepState[] {
    return this.states;
  }

  /** Index of the first step that is not met; the number of steps when all are. */
  get current(): number {
    const index = this.met.indexOf(false);
    return index < 0 ? this.met.length : index;
  }

  /**
   * Looks at the world and returns the indexes of the steps that are met now and were not before.
   * Steps are met in their order: a later one waits for those before it, so that a lab cannot be finished from its end.
   */
  update(world: WorldView): readonly number[] {
    const news: number[] = [];
    let current = this.current;
    let differs: string | null = null;
    while (current < this.checks.length) {
      differs = firstDifference(this.checks[current] as readonly Check[], world);
      if (differs !== null) break;
      this.met[current] = true;
      news.push(current);
      current += 1;
    }
    this.states = this.met.map((met, index) => ({ met, differs: met ? null : index === current ? differs : WAITS }));
    return news;
  }
}

function firstDifference(checks: readonly Check[], world: WorldView): string | null {
  for (const check of checks) {
    const differs = whatDiffers(check, world);
    if (differs !== null) return differs;
  }
  return null;
}
