import { gnuProgram } from '../lib/gnu-tool';

/** Where a command is. Debian's `which` says nothing about what it does not find. */
export const which = gnuProgram({
  name: 'which',
  usage: ['[-as] args'],
  about: 'Locate a command.',
  options: { short: 'as' },
  *run(tool) {
    const { process, options } = tool;
    if (tool.operands.length === 0) return 1;
    for (const name of tool.operands) {
      const found: string[] = [];
      for (const directory of name.includes('/') ? [''] : (process.env.get('PATH') ?? '').split(':')) {
        const path = name.includes('/') ? name : `${directory === '' ? '.' : directory}/${name}`;
        const node = process.files.tryStat(path);
        if (node?.kind === 'regular' && process.files.may(node, 'execute')) found.push(path);
      }
      if (found.length === 0) tool.status = 1;
      else if (!options.has('s')) for (const path of options.has('a') ? found : found.slice(0, 1)) tool.print(`${path}\n`);
    }
    yield* tool.drain();
  },
});
