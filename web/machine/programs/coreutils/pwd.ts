import { gnuProgram } from '../lib/gnu-tool';

/** The working directory. */
export const pwd = gnuProgram({
  name: 'pwd',
  usage: ['[OPTION]...'],
  about: 'Print the full filename of the current working directory.',
  options: { short: 'LP', long: { logical: 'L', physical: 'P' } },
  *run(tool) {
    const { process } = tool;
    if (tool.operands.length > 0) yield* tool.complain('ignoring non-option arguments', 0);
    const logical = process.env.get('PWD');
    const physical = process.files.realPath(process.cwd);
    const usable = tool.options.last('L', 'P') === 'L' && logical !== undefined && process.files.tryStat(logical) === process.files.tryStat(process.cwd);
    tool.print(`${usable ? logical : physical}\n`);
  },
});
