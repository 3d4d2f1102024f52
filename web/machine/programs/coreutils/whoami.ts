import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

/** The user's name. */
export const whoami = gnuProgram({
  name: 'whoami',
  usage: ['[OPTION]...'],
  about: 'Print the user name associated with the current effective user ID.',
  options: { short: '' },
  *run(tool) {
    if (tool.operands[0] !== undefined) tool.usageError(`extra operand ${quoteLocale(tool.operands[0])}`);
    yield* tool.process.out(`${tool.process.machine.userName(tool.process.uid)}\n`);
  },
});
