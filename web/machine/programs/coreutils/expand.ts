import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

/** Tabs to spaces. */
export const expand = gnuProgram({
  name: 'expand',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Convert tabs in each FILE to spaces, writing to standard output.',
  options: { short: 'it:', long: { initial: 'i', tabs: 't:' }, digits: true },
  *run(tool) {
    const next = tabStops(tool);
    const initial = tool.options.has('i');
    yield* tool.forEachInput(function* (fd) {
      const source = tool.lines(fd);
      for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
        tool.print(batch.map((line) => expandLine(line, next, initial)).join('\n') + (source.missingDelimiter ? '' : '\n'));
        yield* tool.maybeDrain();
      }
    });
  },
});

function tabStops(tool: GnuTool): (column: number) => number {
  const text = tool.options.value('t') ?? tool.options.value('#') ?? '8';
  const stops = text.split(/[, ]+/).map((each) => {
    if (!/^\d+$/.test(each)) tool.fail(`tab size contains invalid character(s): ${quoteLocale(each)}`);
    if (Number(each) === 0) tool.fail('tab size cannot be 0');
    return Number(each);
  });
  const [single] = stops;
  if (stops.length === 1) return (column) => column + (single as number) - (column % (single as number));
  return (column) => stops.find((stop) => stop > column) ?? column + 1;
}

function expandLine(line: string, next: (column: number) => number, initial: boolean): string {
  if (!line.includes('\t')) return line;
  let out = '';
  let column = 0;
  let converting = true;
  for (const character of line) {
    if (character === '\t' && converting) {
      const stop = next(column);
      out += ' '.repeat(stop - column);
      column = stop;
    } else {
      if (initial && character !== ' ') converting = false;
      out += character;
      column = character === '\b' ? Math.max(0, column - 1) : column + 1;
    }
  }
  return out;
}
