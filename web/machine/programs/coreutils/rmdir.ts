import { FileError } from '../../os/file-error';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteShell } from '../lib/quoting';

/** Removes empty directories. */
export const rmdir = gnuProgram({
  name: 'rmdir',
  usage: ['[OPTION]... DIRECTORY...'],
  about: 'Remove the DIRECTORY(ies), if they are empty.',
  options: { short: 'pv', long: { 'ignore-fail-on-non-empty': 'ignore', parents: 'p', verbose: 'v' } },
  *run(tool) {
    if (tool.operands.length === 0) tool.usageError('missing operand');
    for (const operand of tool.operands) {
      let path = operand.replace(/(.)\/+$/, '$1');
      for (;;) {
        if (tool.options.has('v')) tool.print(`${tool.name}: removing directory, ${quoteShell(path)}\n`);
        try {
          tool.process.files.removeDirectory(path);
        } catch (error) {
          if (!(error instanceof FileError)) throw error;
          if (error.code !== 'ENOTEMPTY' || !tool.options.has('ignore')) {
            const what = path === operand || !tool.options.has('p') ? 'failed to remove' : 'failed to remove directory';
            yield* tool.complain(`${what} ${quoteShell(path)}: ${error.message}`);
          }
          break;
        }
        const slash = path.lastIndexOf('/');
        if (!tool.options.has('p') || slash <= 0) break;
        path = path.slice(0, slash);
      }
    }
  },
});
