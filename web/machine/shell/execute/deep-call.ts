import type { Op, Waitable } from '../../../engine/kernel/task';

/** A computation that is to run on the shell's own stack instead of JavaScript's. */
class DeepCall implements Waitable {
  constructor(readonly body: Op<unknown>) {}

  park(): void {
    throw new Error('a deep call outside runDeep');
  }

  unpark(): void {
    // Never parked.
  }
}

/**
 * Runs `body` and returns its result, like `yield*`, but without nesting generators: the depth of shell functions must not depend on
 * a browser's stack. Only inside `runDeep`.
 */
export function* deep<T>(body: Op<T>): Op<T> {
  return (yield new DeepCall(body)) as T;
}

/** Runs a computation whose parts call `deep`. */
export function* runDeep<T>(root: Op<T>): Op<T> {
  const stack: Op<unknown>[] = [root];
  let resume: { value: unknown } | { error: unknown } = { value: undefined };
  for (;;) {
    const top = stack.at(-1) as Op<unknown>;
    let step: IteratorResult<Waitable, unknown>;
    try {
      step = 'error' in resume ? top.throw(resume.error) : top.next(resume.value);
    } catch (error) {
      stack.pop();
      if (stack.length === 0) throw error;
      resume = { error };
      continue;
    }
    if (step.done === true) {
      stack.pop();
      if (stack.length === 0) return step.value as T;
      resume = { value: step.value };
    } else if (step.value instanceof DeepCall) {
      stack.push(step.value.body);
      resume = { value: undefined };
    } else {
      try {
        resume = { value: yield step.value };
      } catch (error) {
        resume = { error };
      }
    }
  }
}
