import { gnuProgram } from '../lib/gnu-tool';
import { bytesToText } from '../lib/byte-text';
import { quoteName } from '../lib/quoting';
import { FileError } from '../../os/file-error';

/** Lines in reverse. */
export const tac = gnuProgram({
  name: 'tac',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Write each FILE to standard output, last line first.',
  options: { short: 'brs:', long: { before: 'b', regex: 'r', separator: 's:' } },
  *run(tool) {
    const separator = tool.options.value('s') ?? '\n';
    for (const operand of tool.operands.length === 0 ? ['-'] : tool.operands) {
      let fd: number;
      try {
        fd = tool.open(operand);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const action = error.code === 'EISDIR' ? `${quoteName(operand)}: read error: ` : `failed to open '${operand}' for reading: `;
        yield* tool.complain(`${action}${error.code === 'EISDIR' ? 'Invalid argument' : error.message}`);
        continue;
      }
      const records = bytesToText(yield* tool.readAll(fd)).split(separator);
      tool.close(fd);
      const last = records.pop() as string;
      tool.print(last + records.reverse().map((record) => record + separator).join(''));
      yield* tool.drain();
    }
  },
});
