import { concatBytes } from '../../os/text';
import { escapedByte, hex, littleEndian, printable } from '../lib/dump-format';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { parseSize } from '../lib/size-suffix';
import type { Program } from '../../os/program';

const ROW = 16;

type Row = (bytes: Uint8Array) => string;

const words = (digits: number, width: number, radix: number): Row => (bytes) => {
  let out = '';
  for (let at = 0; at < ROW; at += 2) {
    out += at < bytes.length ? littleEndian(bytes.subarray(at, at + 2)).toString(radix).padStart(digits, '0').padStart(width) : ' '.repeat(width);
  }
  return out;
};

const bytesRow = (show: (byte: number) => string): Row => (bytes) => Array.from({ length: ROW }, (_, i) => (i < bytes.length ? ` ${show(bytes[i] as number)}` : '    ')).join('');

/** The formats, by option: what stands after the address. */
const FORMATS: Readonly<Record<string, Row>> = {
  default: words(4, 5, 16),
  b: bytesRow((byte) => byte.toString(8).padStart(3, '0')),
  c: bytesRow((byte) => escapedByte(byte).padStart(3)),
  d: words(5, 8, 10),
  o: words(6, 8, 8),
  x: words(4, 8, 16),
  C: (bytes) => {
    const half = (from: number): string => Array.from({ length: 8 }, (_, i) => (from + i < bytes.length ? hex(bytes[from + i] as number, 2) : '  ')).join(' ');
    return `  ${half(0)}  ${half(8)}  |${printable(bytes)}|`;
  },
};

function dumper(name: string, canonical: boolean): Program {
  return gnuProgram({
    name,
    usage: ['[options] <file>...'],
    about: 'Display file contents in hexadecimal, decimal, octal, or ascii.',
    version: 'from util-linux 2.38.1',
    options: { short: 'bcCdoxe:f:n:s:vL', long: { canonical: 'C', length: 'n:', skip: 's:', 'no-squeezing': 'v' } },
    *run(tool) {
      const parts: Uint8Array[] = [];
      yield* tool.forEachInput(function* (fd) {
        parts.push(yield* tool.readAll(fd));
      });
      if (parts.length === 0) return 1;
      const skip = parseSize(tool.options.value('s') ?? '0') ?? 0;
      const length = parseSize(tool.options.value('n') ?? '');
      dump(tool, concatBytes(parts).subarray(skip, length === undefined ? undefined : skip + length), skip, canonical);
    },
  });
}

/** Dumps bytes. `hd` is `hexdump -C`. Simplified: no formats of one's own (-e, -f). */
export const hexdump = dumper('hexdump', false);
export const hd = dumper('hd', true);

function dump(tool: GnuTool, bytes: Uint8Array, skip: number, canonical: boolean): void {
  const keys = [...'bcCdox'].filter((key) => tool.options.has(key));
  const key = canonical ? 'C' : (keys.at(-1) ?? 'default');
  const width = key === 'C' ? 8 : 7;
  const format = FORMATS[key] as Row;
  let previous: string | undefined;
  let starred = false;
  for (let at = 0; at < bytes.length; at += ROW) {
    const row = bytes.subarray(at, at + ROW);
    const text = row.join();
    if (text === previous && row.length === ROW && !tool.options.has('v')) {
      if (!starred) tool.print('*\n');
      starred = true;
      continue;
    }
    previous = text;
    starred = false;
    tool.print(`${hex(skip + at, width)}${format(row)}\n`);
  }
  if (bytes.length > 0) tool.print(`${hex(skip + bytes.length, width)}\n`);
}
