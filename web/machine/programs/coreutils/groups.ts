import { gnuProgram } from '../lib/gnu-tool';

/** The groups of the user. */
export const groups = gnuProgram({
  name: 'groups',
  usage: ['[OPTION]... [USERNAME]...'],
  about: 'Print group memberships for each USERNAME or, if no USERNAME is specified, for the current process.',
  options: { short: '' },
  *run(tool) {
    yield* tool.process.out(`${tool.process.machine.userName(tool.process.uid)}\n`);
  },
});
