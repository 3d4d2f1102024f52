import type { Signal } from '../../os/signals';

/** What `trap` may name besides signals. */
export type PseudoSignal = 'EXIT' | 'ERR' | 'DEBUG' | 'RETURN';
export type TrapName = PseudoSignal | Signal;

/** The actions that `trap` set: '' ignores. And the signals that arrived and wait for the end of the present command. */
export class Traps {
  readonly actions = new Map<TrapName, string>();
  readonly pending: Signal[] = [];
  /** Signals that were ignored when the shell started: they stay so. */
  readonly alwaysIgnored = new Set<Signal>();

  /** A subshell keeps only what is ignored. */
  forSubshell(): Traps {
    const copy = new Traps();
    for (const [name, action] of this.actions) if (action === '') copy.actions.set(name, action);
    for (const signal of this.alwaysIgnored) copy.alwaysIgnored.add(signal);
    return copy;
  }
}
