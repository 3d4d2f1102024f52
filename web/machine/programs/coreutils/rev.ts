import { gnuProgram } from '../lib/gnu-tool';

/** Lines with their characters in reverse. */
export const rev = gnuProgram({
  name: 'rev',
  usage: ['[options] [<file> ...]'],
  about: 'Reverse lines characterwise.',
  version: 'from util-linux 2.38.1',
  options: { short: '' },
  *run(tool) {
    yield* tool.forEachInput(function* (fd) {
      const source = tool.lines(fd);
      for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
        const lines = batch.map((line) => [...line].reverse().join(''));
        tool.print(lines.join('\n') + (source.missingDelimiter ? '' : '\n'));
        yield* tool.maybeDrain();
      }
    });
  },
});
