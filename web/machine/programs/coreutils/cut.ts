import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { bytesToText, textToBytes } from '../lib/byte-text';
import { quoteLocale } from '../lib/quoting';

interface Range {
  readonly from: number;
  readonly to: number;
}

/** Parts of lines: bytes, characters (the same thing in GNU's cut) or fields. */
export const cut = gnuProgram({
  name: 'cut',
  usage: ['OPTION... [FILE]...'],
  about: 'Print selected parts of lines from each FILE to standard output.',
  options: {
    short: 'b:c:d:f:nsz',
    long: {
      bytes: 'b:', characters: 'c:', delimiter: 'd:', fields: 'f:', complement: 'complement', 'only-delimited': 's', 'output-delimiter': 'output-delimiter:',
      'zero-terminated': 'z',
    },
  },
  *run(tool) {
    const cutLine = cutterOf(tool);
    const delimiter = tool.options.has('z') ? 0 : 10;
    const end = String.fromCharCode(delimiter);
    yield* tool.forEachInput(function* (fd) {
      const source = tool.lines(fd, delimiter);
      for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
        let out = '';
        for (const line of batch) {
          const shown = cutLine(line);
          if (shown !== undefined) out += shown + end;
        }
        tool.print(out);
        yield* tool.maybeDrain();
      }
    });
  },
});

function cutterOf(tool: GnuTool): (line: string) => string | undefined {
  const { options } = tool;
  const lists = options.all.filter((option) => ['b', 'c', 'f'].includes(option.key));
  if (lists.length > 1) tool.usageError('only one list may be specified');
  const list = lists[0];
  if (list === undefined) return tool.usageError('you must specify a list of bytes, characters, or fields');
  const delimiter = options.value('d') ?? '\t';
  if (list.key !== 'f' && options.has('d')) tool.usageError('an input delimiter may be specified only when operating on fields');
  if (list.key !== 'f' && options.has('s')) tool.usageError('suppressing non-delimited lines makes sense\n\tonly when operating on fields');
  if (textToBytes(delimiter).length > 1) tool.usageError('the delimiter must be a single character');
  const ranges = rangesOf(tool, list.value as string, list.key === 'f');
  const wanted = options.has('complement') ? complementOf(ranges) : ranges;
  if (list.key !== 'f') return (line) => cutBytes(line, wanted, options.value('output-delimiter'));
  const separator = delimiter === '' ? '\0' : delimiter;
  const joiner = options.value('output-delimiter') ?? separator;
  return (line) => {
    if (!line.includes(separator)) return options.has('s') ? undefined : line;
    const fields = line.split(separator);
    const out: string[] = [];
    for (const { from, to } of wanted) for (let i = from; i <= to && i <= fields.length; i++) out.push(fields[i - 1] as string);
    return out.join(joiner);
  };
}

function cutBytes(line: string, ranges: readonly Range[], joiner: string | undefined): string {
  const ascii = /^[\0-\x7f]*$/.test(line);
  if (ascii) return ranges.map(({ from, to }) => line.slice(from - 1, to)).filter((part) => part !== '').join(joiner ?? '');
  const bytes = textToBytes(line);
  const parts = ranges.map(({ from, to }) => bytesToText(bytes.subarray(from - 1, Math.min(bytes.length, to)))).filter((part) => part !== '');
  return bytesToText(textToBytes(parts.join(joiner ?? '')));
}

/** `1,3-5,7-` in order, overlaps joined. */
function rangesOf(tool: GnuTool, text: string, fields: boolean): Range[] {
  const what = fields ? 'field' : 'byte/character position';
  const ranges: Range[] = [];
  for (const part of text.split(/[, ]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(part);
    if (match === null) return tool.usageError(fields ? `invalid field value ${quoteLocale(part)}` : `invalid byte/character position ${quoteLocale(part.replace(/^\d*-?\d*/, ''))}`);
    const [, low = '', dash = '', high = ''] = match;
    if (part === '-') return tool.usageError('invalid range with no endpoint: -');
    if (low === '' && dash === '') return tool.usageError(fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
    const from = low === '' ? 1 : Number(low);
    const to = dash === '' ? from : high === '' ? Infinity : Number(high);
    if (from === 0) return tool.usageError(fields ? 'fields are numbered from 1' : 'byte/character positions are numbered from 1');
    if (to < from) return tool.usageError(`invalid decreasing range`);
    if (!Number.isSafeInteger(from)) return tool.usageError(`${what} ${quoteLocale(part)} is too large`);
    ranges.push({ from, to });
  }
  ranges.sort((a, b) => a.from - b.from);
  const joined: Range[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last !== undefined && range.from <= last.to) joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    else joined.push(range);
  }
  return joined;
}

function complementOf(ranges: readonly Range[]): Range[] {
  const out: Range[] = [];
  let next = 1;
  for (const { from, to } of ranges) {
    if (from > next) out.push({ from: next, to: from - 1 });
    next = to + 1;
  }
  if (Number.isFinite(next)) out.push({ from: next, to: Infinity });
  return out;
}
