import { gnuProgram } from '../lib/gnu-tool';

const PROCESSORS = 4;

/** How many processors the laptop has. */
export const nproc = gnuProgram({
  name: 'nproc',
  usage: ['[OPTION]...'],
  about: 'Print the number of processing units available to the current process.',
  options: { short: '', long: { all: 'all', ignore: 'ignore:' } },
  *run(tool) {
    yield* tool.process.out(`${Math.max(1, PROCESSORS - Number(tool.options.value('ignore') ?? 0))}\n`);
  },
});
