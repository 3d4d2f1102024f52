import { FileError } from '../../os/file-error';
import { columnsOf } from '../../os/line-discipline';
import { bytesToText } from '../lib/byte-text';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';

interface Counts {
  lines: number;
  words: number;
  characters: number;
  bytes: number;
  longest: number;
}

const COLUMNS: readonly (readonly [string, keyof Counts])[] = [['l', 'lines'], ['w', 'words'], ['m', 'characters'], ['c', 'bytes'], ['L', 'longest']];

/** Counts lines, words, characters and bytes. */
export const wc = gnuProgram({
  name: 'wc',
  usage: ['[OPTION]... [FILE]...', '[OPTION]... --files0-from=F'],
  about: 'Print newline, word, and byte counts for each FILE, and a total line if more than one FILE is specified.',
  options: { short: 'clmwL', long: { bytes: 'c', chars: 'm', lines: 'l', words: 'w', 'max-line-length': 'L', 'files0-from': 'files0-from:', total: 'total:' } },
  *run(tool) {
    const asked = COLUMNS.filter(([key]) => tool.options.has(key)).map(([, name]) => name);
    const columns: readonly (keyof Counts)[] = asked.length === 0 ? ['lines', 'words', 'bytes'] : asked;
    const rows: { counts: Counts; name: string }[] = [];
    const total = zero();
    const needText = columns.some((name) => name !== 'lines' && name !== 'bytes');
    const operands = tool.operands.length === 0 ? ['-'] : tool.operands;
    const width = columns.length === 1 && operands.length === 1 ? 1 : widthFor(tool, operands);
    for (const operand of operands) {
      const counts = yield* countOne(tool, operand, needText);
      if (counts === undefined) continue;
      for (const key of Object.keys(total) as (keyof Counts)[]) {
        total[key] = key === 'longest' ? Math.max(total[key], counts[key]) : total[key] + counts[key];
      }
      rows.push({ counts, name: tool.operands.length === 0 ? '' : operand });
      tool.print(row(counts, rows.at(-1)?.name ?? '', columns, width));
    }
    if (operands.length > 1) tool.print(row(total, 'total', columns, width));
  },
});

function zero(): Counts {
  return { lines: 0, words: 0, characters: 0, bytes: 0, longest: 0 };
}

function row(counts: Counts, name: string, columns: readonly (keyof Counts)[], width: number): string {
  return `${columns.map((key) => String(counts[key]).padStart(width)).join(' ')}${name === '' ? '' : ` ${name}`}\n`;
}

/** Wide enough for the sum of the sizes; 7 when a size is not known before. */
function widthFor(tool: GnuTool, operands: readonly string[]): number {
  let sum = 0;
  let least = 1;
  for (const operand of operands) {
    const node = operand === '-' ? nodeOfInput(tool) : tool.process.files.tryStat(operand);
    if (node === undefined && operand !== '-') continue;
    if (node?.kind === 'regular') sum += node.sizeInBytes;
    else least = 7;
  }
  return Math.max(least, String(sum).length);
}

function nodeOfInput(tool: GnuTool): { kind: 'regular'; sizeInBytes: number } | undefined {
  const file = tool.process.descriptor(0) as { kind: string; file?: { sizeInBytes: number } };
  return file.kind === 'regular' && file.file !== undefined ? { kind: 'regular', sizeInBytes: file.file.sizeInBytes } : undefined;
}

function* countOne(tool: GnuTool, operand: string, needText: boolean) {
  const counts = zero();
  try {
    const fd = tool.open(operand);
    if (needText) countText(yield* tool.readAll(fd), counts);
    else {
      for (let chunk = yield* tool.process.read(fd); chunk !== null; chunk = yield* tool.process.read(fd)) {
        counts.bytes += chunk.length;
        for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) counts.lines += 1;
      }
    }
    tool.close(fd);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(`${quoteName(operand)}: ${error.message}`);
    return error.code === 'EISDIR' ? counts : undefined;
  }
  return counts;
}

function countText(bytes: Uint8Array, counts: Counts): void {
  const text = bytesToText(bytes);
  counts.bytes = bytes.length;
  counts.words = text.match(/[^\s]+/g)?.length ?? 0;
  const lines = text.split('\n');
  counts.lines = lines.length - 1;
  for (const character of text) if (!/[\udc80-\udcff]/u.test(character)) counts.characters += 1;
  for (const line of lines) counts.longest = Math.max(counts.longest, displayWidth(line));
}

function displayWidth(line: string): number {
  let width = 0;
  for (const character of line) {
    if (character === '\t') width += 8 - (width % 8);
    else if (character === '\r' || character === '\f') width = 0;
    else if (character >= ' ') width += columnsOf(character.codePointAt(0) as number);
  }
  return width;
}
