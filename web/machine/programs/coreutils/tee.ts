import { FileError } from '../../os/file-error';
import type { OpenFile } from '../../os/open-file';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';

/** Copies its input to its output and to files. */
export const tee = gnuProgram({
  name: 'tee',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Copy standard input to each FILE, and also to standard output.',
  options: { short: 'aip', long: { append: 'a', 'ignore-interrupts': 'i', 'output-error': 'p' } },
  *run(tool) {
    const { process } = tool;
    const append = tool.options.has('a');
    if (tool.options.has('i')) process.onSignal('SIGINT', 'ignore');
    const fds: number[] = [];
    for (const operand of tool.operands) {
      try {
        const file: OpenFile = process.files.open(operand, { write: true, create: true, append, truncate: !append });
        const fd = Math.max(2, ...process.fds.keys()) + 1;
        process.fds.set(fd, file);
        fds.push(fd);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(`${quoteName(operand)}: ${error.message}`);
      }
    }
    for (let chunk = yield* process.read(0); chunk !== null; chunk = yield* process.read(0)) {
      yield* process.out(chunk);
      for (const fd of fds) yield* process.write(fd, chunk);
    }
  },
});
