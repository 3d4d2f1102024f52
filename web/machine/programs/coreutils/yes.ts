import { textToBytes } from '../lib/byte-text';
import { gnuProgram } from '../lib/gnu-tool';

const BLOCK_BYTES = 8192;

/** A line, for ever. */
export const yes = gnuProgram({
  name: 'yes',
  usage: ['[STRING]...', 'OPTION'],
  about: 'Repeatedly output a line with all specified STRING(s), or y.',
  options: { short: '+' },
  *run(tool) {
    const line = `${tool.operands.length === 0 ? 'y' : tool.operands.join(' ')}\n`;
    const block = textToBytes(line.repeat(Math.max(1, Math.floor(BLOCK_BYTES / line.length))));
    for (;;) yield* tool.process.out(block);
  },
});
