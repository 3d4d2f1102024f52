import { FileError } from '../../os/file-error';
import { gnuProgram, type GnuTool } from '../lib/gnu-tool';
import { quoteLocale, quoteName, quoteShell } from '../lib/quoting';
import { parseSize } from '../lib/size-suffix';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Cuts a file into files. */
export const split = gnuProgram({
  name: 'split',
  usage: ['[OPTION]... [FILE [PREFIX]]'],
  about: 'Output pieces of FILE to PREFIXaa, PREFIXab, ...; default size is 1000 lines, and default PREFIX is x.',
  options: {
    short: 'a:b:C:del:n:ut:x',
    long: { 'suffix-length': 'a:', 'additional-suffix': 'additional:', bytes: 'b:', 'line-bytes': 'C:', 'numeric-suffixes': 'd', lines: 'l:', number: 'n:', verbose: 'verbose', separator: 't:' },
    digits: true,
  },
  *run(tool) {
    const [input = '-', prefix = 'x'] = tool.operands;
    let fd: number;
    try {
      fd = tool.open(input);
    } catch (error) {
      if (error instanceof FileError) return tool.fail(`cannot open ${quoteShell(input)} for reading: ${error.message}`);
      throw error;
    }
    const bytes = yield* tool.readAll(fd);
    const pieces = piecesOf(tool, bytes);
    const length = Number(tool.options.value('a') ?? 2);
    for (const [i, piece] of pieces.entries()) {
      const name = `${prefix}${suffixOf(tool, i, length)}${tool.options.value('additional') ?? ''}`;
      if (tool.options.has('verbose')) tool.print(`creating file ${quoteShell(name)}\n`);
      try {
        tool.process.files.writeFile(name, piece);
      } catch (error) {
        if (error instanceof FileError) tool.fail(`${quoteName(name)}: ${error.message}`);
        throw error;
      }
    }
    return 0;
  },
});

function suffixOf(tool: GnuTool, index: number, length: number): string {
  const digits = tool.options.has('d') ? '0123456789' : tool.options.has('x') ? '0123456789abcdef' : LETTERS;
  let out = '';
  for (let rest = index, i = 0; i < length; i++, rest = Math.floor(rest / digits.length)) out = (digits[rest % digits.length] as string) + out;
  if (index >= parseInt(`1${'0'.repeat(length)}`, digits.length)) tool.fail('output file suffixes exhausted');
  return out;
}

function piecesOf(tool: GnuTool, bytes: Uint8Array): Uint8Array[] {
  const { options } = tool;
  const pieces: Uint8Array[] = [];
  const count = options.value('n');
  const sizeText = options.value('b') ?? options.value('C');
  if (count !== undefined) {
    const parts = Number(count.replace(/^l\//, ''));
    if (!(parts >= 1)) tool.fail(`invalid number of chunks: ${quoteLocale(count)}`);
    const size = Math.floor(bytes.length / parts);
    for (let i = 0; i < parts; i++) pieces.push(bytes.subarray(i * size, i === parts - 1 ? undefined : (i + 1) * size));
    return pieces;
  }
  if (sizeText !== undefined) {
    const size = parseSize(sizeText);
    if (size === undefined || size === 0) return tool.fail(`invalid number of bytes: ${quoteLocale(sizeText)}`);
    for (let at = 0; at < bytes.length; at += size) pieces.push(bytes.subarray(at, at + size));
    return pieces;
  }
  const linesText = options.value('l') ?? options.value('#') ?? '1000';
  const lines = parseSize(linesText);
  if (lines === undefined || lines === 0) return tool.fail(`invalid number of lines: ${quoteLocale(linesText)}`);
  let start = 0;
  let seen = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    seen += 1;
    if (seen % lines !== 0) continue;
    pieces.push(bytes.subarray(start, at + 1));
    start = at + 1;
  }
  if (start < bytes.length) pieces.push(bytes.subarray(start));
  return pieces;
}
