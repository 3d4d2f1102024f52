import type { KafkaServer } from '../broker/kafka-server';

/** What invariants look at. */
export interface World {
  /** All brokers, stopped ones too. */
  readonly brokers: readonly KafkaServer[];
}

/** Something that holds after every event. One is made for each run, since it may remember. */
export interface Invariant {
  readonly name: string;
  /** What is wrong, in a sentence; undefined while it holds. */
  violation(world: World): string | undefined;
}

export class InvariantViolation extends Error {
  constructor(
    readonly invariant: string,
    readonly what: string,
  ) {
    super(`${invariant}: ${what}`);
  }
}

/** Throws InvariantViolation at the first that does not hold. */
export function checkInvariants(invariants: readonly Invariant[], world: World): void {
  for (const invariant of invariants) {
    const what = invariant.violation(world);
    if (what !== undefined) throw new InvariantViolation(invariant.name, what);
  }
}

export function liveBrokers(world: World): KafkaServer[] {
  return world.brokers.filter((broker) => broker.state !== 'stopped');
}
