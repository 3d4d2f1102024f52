import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

/** Spaces to tabs. */
export const unexpand = gnuProgram({
  name: 'unexpand',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Convert blanks in each FILE to tabs, writing to standard output.',
  options: { short: 'at:', long: { all: 'a', 'first-only': 'first-only', tabs: 't:' } },
  *run(tool) {
    const text = tool.options.value('t') ?? '8';
    if (!/^[1-9]\d*$/.test(text)) tool.fail(`tab size contains invalid character(s): ${quoteLocale(text)}`);
    const size = Number(text);
    const all = tool.options.has('a', 't') && !tool.options.has('first-only');
    yield* tool.forEachInput(function* (fd) {
      const source = tool.lines(fd);
      for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
        tool.print(batch.map((line) => unexpandLine(line, size, all)).join('\n') + (source.missingDelimiter ? '' : '\n'));
        yield* tool.maybeDrain();
      }
    });
  },
});

function unexpandLine(line: string, size: number, all: boolean): string {
  let out = '';
  let column = 0;
  let pending = 0;
  for (let at = 0; at < line.length; at++) {
    const character = line[at] as string;
    if (character === ' ') {
      pending += 1;
      column += 1;
      if (column % size === 0) {
        out += pending > 1 ? '\t' : ' ';
        pending = 0;
      }
    } else if (character === '\t') {
      out += '\t';
      pending = 0;
      column += size - (column % size);
    } else {
      out += ' '.repeat(pending) + character;
      pending = 0;
      column += 1;
      if (!all) return out + line.slice(at + 1);
    }
  }
  return out + ' '.repeat(pending);
}
