import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import { TestSyntaxError, evaluateTest } from '../lib/test-expression';
import { quoteLocale } from '../lib/quoting';

function* evaluate(process: Process, args: readonly string[]) {
  try {
    return evaluateTest(process, args) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestSyntaxError)) throw error;
    yield* process.err(`${process.argv[0]}: ${error.message}\n`);
    return 2;
  }
}

/** The external test. */
export const test: Program = {
  name: 'test',
  main: (process) => evaluate(process, process.args),
};

/** The external `[`. */
export const bracket: Program = {
  name: '[',
  *main(process) {
    const { args } = process;
    if (args.at(-1) !== ']') {
      yield* process.err(`[: missing ${quoteLocale(']')}\n`);
      return 2;
    }
    return yield* evaluate(process, args.slice(0, -1));
  },
};
