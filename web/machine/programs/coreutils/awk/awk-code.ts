import type { Op } from '../../../../engine/kernel/task';
import { type Value, toBoolean } from './awk-value';

/** An expression ready to run: at once when nothing in it waits, else as an operation. */
export interface Code {
  readonly now: (() => Value) | undefined;
  readonly wait: () => Op<Value>;
}

/** How a statement ended. */
export type Outcome = 'normal' | 'break' | 'continue' | 'next' | 'nextfile' | 'exit' | 'return';

export interface Action {
  readonly now: (() => Outcome) | undefined;
  readonly wait: () => Op<Outcome>;
}

/** `exit` or `next` in a function: leaves all calls. */
export class Unwind {
  constructor(readonly outcome: 'exit' | 'next') {}
}

export function* run(action: Action): Op<Outcome> {
  return action.now === undefined ? yield* action.wait() : action.now();
}

export function* valueOf(code: Code): Op<Value> {
  return code.now === undefined ? yield* code.wait() : code.now();
}

export function waitNow<T>(now: () => T): () => Op<T> {
  return function* () {
    return now();
  };
}

export function immediate(now: () => Value): Code {
  return { now, wait: waitNow(now) };
}

export function waiting(wait: () => Op<Value>): Code {
  return { now: undefined, wait };
}

/** An operation on values that are all evaluated first, in order. */
export function strict(args: readonly Code[], combine: (...values: Value[]) => Value): Code {
  const [a, b, c] = args.map((arg) => arg.now);
  if (args.every((arg) => arg.now !== undefined)) {
    if (args.length === 0) return immediate(() => combine());
    if (args.length === 1) return immediate(() => combine((a as () => Value)()));
    if (args.length === 2) return immediate(() => combine((a as () => Value)(), (b as () => Value)()));
    if (args.length === 3) return immediate(() => combine((a as () => Value)(), (b as () => Value)(), (c as () => Value)()));
    return immediate(() => combine(...args.map((arg) => (arg.now as () => Value)())));
  }
  return waiting(function* () {
    const values: Value[] = [];
    for (const arg of args) values.push(yield* valueOf(arg));
    return combine(...values);
  });
}

export function choose(test: Code, yes: Code, no: Code): Code {
  const { now: condition } = test;
  const { now: first } = yes;
  const { now: second } = no;
  if (condition !== undefined && first !== undefined && second !== undefined) return immediate(() => (toBoolean(condition()) ? first() : second()));
  return waiting(function* () {
    return yield* valueOf(toBoolean(yield* valueOf(test)) ? yes : no);
  });
}

export function fromCode(code: Code, outcome: (value: Value) => Outcome): Action {
  const { now } = code;
  if (now !== undefined) {
    const act = (): Outcome => outcome(now());
    return { now: act, wait: waitNow(act) };
  }
  return {
    now: undefined,
    *wait() {
      return outcome(yield* code.wait());
    },
  };
}
