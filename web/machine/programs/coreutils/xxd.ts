import { FileError } from '../../os/file-error';
import { concatBytes } from '../../os/text';
import { bytesToText } from '../lib/byte-text';
import { hex, printable } from '../lib/dump-format';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';

/** A hex dump, or with -r bytes from one. */
export const xxd = gnuProgram({
  name: 'xxd',
  usage: ['[options] [infile [outfile]]'],
  about: 'Make a hex dump or do the reverse.',
  version: '2022-01-14 by Juergen Weigert et al.',
  options: { short: 'abc:eEg:hil:o:prs:uv', long: { plain: 'p', ps: 'p', revert: 'r', cols: 'c:', len: 'l:', seek: 's:', bits: 'b', groupsize: 'g:', upper: 'u' } },
  *run(tool) {
    const [input = '-', output] = tool.operands;
    let fd: number;
    try {
      fd = tool.open(input);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.process.err(`xxd: ${input}: ${error.message}\n`);
      return 2;
    }
    const bytes = yield* tool.readAll(fd);
    if (tool.options.has('r')) {
      const out = revert(bytesToText(bytes), tool.options.has('p'));
      if (output === undefined) yield* tool.printBytes(out);
      else tool.process.files.writeFile(output, out);
      return;
    }
    const from = numberOf(tool, 's') ?? 0;
    const length = numberOf(tool, 'l');
    const start = from < 0 ? Math.max(0, bytes.length + from) : from;
    const text = dump(tool, bytes.subarray(start, length === undefined ? undefined : start + length), start);
    if (output === undefined) tool.print(text);
    else tool.process.files.writeFile(output, text);
  },
});

function numberOf(tool: GnuTool, key: string): number | undefined {
  const text = tool.options.value(key);
  return text === undefined ? undefined : Number(text.replace(/^\+/, ''));
}

function dump(tool: GnuTool, bytes: Uint8Array, start: number): string {
  const { options } = tool;
  const bits = options.has('b');
  const plain = options.has('p');
  const columns = numberOf(tool, 'c') ?? (plain ? 30 : bits ? 6 : options.has('i') ? 12 : 16);
  const group = numberOf(tool, 'g') ?? (bits ? 1 : options.has('e') ? 4 : 2);
  const show = (byte: number): string => {
    const text = bits ? byte.toString(2).padStart(8, '0') : hex(byte, 2);
    return options.has('u') ? text.toUpperCase() : text;
  };
  if (plain) {
    let out = '';
    for (let at = 0; at < bytes.length; at += columns) out += `${[...bytes.subarray(at, at + columns)].map(show).join('')}\n`;
    return out;
  }
  const size = bits ? 8 : 2;
  const groups = Math.ceil(columns / (group || columns));
  const width = columns * size + (group === 0 ? 0 : groups - 1);
  let out = '';
  for (let at = 0; at < bytes.length; at += columns) {
    const row = bytes.subarray(at, at + columns);
    let cells = '';
    for (let i = 0; i < (options.has('e') && group > 0 ? Math.ceil(row.length / group) * group : row.length); i++) {
      if (i > 0 && group > 0 && i % group === 0) cells += ' ';
      const from = options.has('e') && group > 0 ? i - (i % group) + (group - 1 - (i % group)) : i;
      cells += row[from] === undefined ? '  ' : show(row[from] as number);
    }
    out += `${hex(start + at, 8)}: ${cells.padEnd(width)}  ${printable(row)}\n`;
  }
  return out;
}

function revert(text: string, plain: boolean): Uint8Array {
  const parts: Uint8Array[] = [];
  let position = 0;
  for (const line of text.split('\n')) {
    let digits = line;
    if (!plain) {
      const match = /^([0-9a-fA-F]+): ((?:[0-9a-fA-F]+ ?)*)/.exec(line);
      if (match === null) continue;
      const address = parseInt(match[1] as string, 16);
      if (address > position) parts.push(new Uint8Array(address - position));
      position = Math.max(position, address);
      digits = match[2] as string;
    }
    const pairs = digits.replace(/[^0-9a-fA-F]/g, '').match(/../g) ?? [];
    parts.push(Uint8Array.from(pairs, (pair) => parseInt(pair, 16)));
    position += pairs.length;
  }
  return concatBytes(parts);
}
