import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

const RELEASE = '4.15.0-23-generic';
const VERSION = '#25-Ubuntu SMP Wed May 23 18:02:16 UTC 2018';

/** What the system is. */
export const uname = gnuProgram({
  name: 'uname',
  usage: ['[OPTION]...'],
  about: 'Print certain system information. With no OPTION, same as -s.',
  options: {
    short: 'asnrvmpio',
    long: { all: 'a', 'kernel-name': 's', nodename: 'n', 'kernel-release': 'r', 'kernel-version': 'v', machine: 'm', processor: 'p', 'hardware-platform': 'i', 'operating-system': 'o' },
  },
  *run(tool) {
    if (tool.operands[0] !== undefined) tool.usageError(`extra operand ${quoteLocale(tool.operands[0])}`);
    const all = tool.options.has('a');
    const parts: readonly (readonly [string, string])[] = [
      ['s', 'Linux'], ['n', tool.process.machine.hostname], ['r', RELEASE], ['v', VERSION], ['m', 'x86_64'], ['p', 'unknown'], ['i', 'unknown'], ['o', 'GNU/Linux'],
    ];
    const none = tool.options.all.length === 0;
    const shown = parts.filter(([key, text]) => (none ? key === 's' : all ? text !== 'unknown' : tool.options.has(key)));
    yield* tool.process.out(`${shown.map(([, text]) => text).join(' ')}\n`);
  },
});

