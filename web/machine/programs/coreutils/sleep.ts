import { gnuProgram } from '../lib/gnu-tool';
import { parseDuration } from '../lib/duration';
import { quoteLocale } from '../lib/quoting';

/** Waits. */
export const sleep = gnuProgram({
  name: 'sleep',
  usage: ['NUMBER[SUFFIX]...', 'OPTION'],
  about: "Pause for NUMBER seconds, where NUMBER is an integer or floating-point. SUFFIX may be 's','m','h', or 'd', for seconds, minutes, hours, days.",
  options: { short: '' },
  *run(tool) {
    if (tool.operands.length === 0) tool.usageError('missing operand');
    let totalUs = 0;
    let bad = false;
    for (const operand of tool.operands) {
      const us = parseDuration(operand);
      if (us === undefined) yield* tool.complain(`invalid time interval ${quoteLocale(operand)}`);
      bad ||= us === undefined;
      totalUs += us ?? 0;
    }
    if (bad) tool.usageError('');
    yield* tool.process.sleep(totalUs);
  },
});
