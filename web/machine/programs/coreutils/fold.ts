import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';
import { binaryToBytes, bytesToText, textToBinary } from '../lib/byte-text';

/** Breaks long lines. */
export const fold = gnuProgram({
  name: 'fold',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Wrap input lines in each FILE, writing to standard output.',
  options: { short: 'bsw:', long: { bytes: 'b', spaces: 's', width: 'w:' }, digits: true },
  *run(tool) {
    const text = tool.options.value('w') ?? tool.options.value('#') ?? '80';
    if (!/^[1-9]\d*$/.test(text)) tool.fail(`invalid number of columns: ${quoteLocale(text)}${/^0+$/.test(text) ? ': Numerical result out of range' : ''}`);
    const width = Number(text);
    const bySpaces = tool.options.has('s');
    yield* tool.forEachInput(function* (fd) {
      const source = tool.lines(fd);
      for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
        tool.print(batch.map((line) => foldLine(line, width, bySpaces)).join('\n') + (source.missingDelimiter ? '' : '\n'));
        yield* tool.maybeDrain();
      }
    });
  },
});

/** GNU's fold counts bytes, and may break a character in two. */
function foldLine(line: string, width: number, bySpaces: boolean): string {
  const out: string[] = [];
  let current = '';
  let column = 0;
  const advance = (at: number, character: string): number => {
    if (character === '\t') return at + 8 - (at % 8);
    if (character === '\b') return Math.max(0, at - 1);
    if (character === '\r') return 0;
    return at + 1;
  };
  for (const character of textToBinary(line)) {
    let next = advance(column, character);
    if (next > width && current !== '') {
      const space = bySpaces ? Math.max(current.lastIndexOf(' '), current.lastIndexOf('\t')) : -1;
      const cut = space >= 0 ? space + 1 : current.length;
      out.push(current.slice(0, cut));
      current = current.slice(cut);
      column = [...current].reduce(advance, 0);
      next = advance(column, character);
    }
    current += character;
    column = next;
  }
  return bytesToText(binaryToBytes([...out, current].join('\n')));
}
