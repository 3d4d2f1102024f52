import { FileError } from '../../os/file-error';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';
import { parentPath } from '../../os/file-system';

/** Paths without symbolic links. */
export const realpath = gnuProgram({
  name: 'realpath',
  usage: ['[OPTION]... FILE...'],
  about: 'Print the resolved absolute file name; all but the last component must exist.',
  options: {
    short: 'eLmPqsz',
    long: { 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', logical: 'L', physical: 'P', quiet: 'q', 'relative-to': 'relative-to:', 'relative-base': 'relative-base:', strip: 's', 'no-symlinks': 's', zero: 'z' },
  },
  *run(tool) {
    if (tool.operands.length === 0) tool.usageError('missing operand');
    const { files } = tool.process;
    const base = tool.options.value('relative-to');
    for (const operand of tool.operands) {
      try {
        if (operand === '') throw new FileError('ENOENT');
        let path = files.resolve(operand);
        if (!tool.options.has('s') && (files.exists(operand) || !tool.options.has('m'))) {
          if (tool.options.has('e')) files.stat(operand);
          const parent = parentPath(path);
          if (!files.exists(operand) && !files.exists(parent)) throw new FileError('ENOENT');
          path = files.realPath(operand);
        }
        tool.print(`${base === undefined ? path : relative(files.exists(base) ? files.realPath(base) : files.resolve(base), path)}${tool.options.has('z') ? '\0' : '\n'}`);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (tool.options.has('q')) tool.status = 1;
        else yield* tool.complain(`${operand === '' ? "''" : quoteName(operand)}: ${error.message}`);
      }
    }
  },
});

function relative(base: string, path: string): string {
  const from = base.split('/').filter((part) => part !== '');
  const to = path.split('/').filter((part) => part !== '');
  let common = 0;
  while (common < from.length && common < to.length && from[common] === to[common]) common += 1;
  return [...from.slice(common).map(() => '..'), ...to.slice(common)].join('/') || '.';
}
