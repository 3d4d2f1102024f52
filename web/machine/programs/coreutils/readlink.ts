import { FileError } from '../../os/file-error';
import { parentPath } from '../../os/file-system';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';

/** Where a symbolic link leads. */
export const readlink = gnuProgram({
  name: 'readlink',
  usage: ['[OPTION]... FILE...'],
  about: 'Print value of a symbolic link or canonical file name.',
  options: { short: 'fmneqsvz', long: { canonicalize: 'f', 'canonicalize-existing': 'e', 'canonicalize-missing': 'm', 'no-newline': 'n', quiet: 'q', silent: 's', verbose: 'v', zero: 'z' } },
  *run(tool) {
    const { options, operands, process } = tool;
    if (operands.length === 0) tool.usageError('missing operand');
    const end = options.has('n') && operands.length === 1 ? '' : options.has('z') ? '\0' : '\n';
    for (const operand of operands) {
      try {
        if (options.has('f', 'e', 'm')) {
          const path = process.files.resolve(operand);
          if (options.has('e')) process.files.stat(operand);
          if (!options.has('m') && !process.files.exists(operand) && !process.files.exists(parentPath(path))) throw new FileError('ENOENT');
          tool.print((options.has('m') && !process.files.exists(operand) ? path : process.files.realPath(operand)) + end);
        } else {
          const node = process.files.stat(operand, false);
          if (node.kind !== 'symlink') throw new FileError('EINVAL');
          tool.print(node.target + end);
        }
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (options.has('v')) yield* tool.complain(`${quoteName(operand)}: ${error.message}`);
        tool.status = 1;
      }
    }
  },
});
