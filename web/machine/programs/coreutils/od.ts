import { escapedByte, hex, littleEndian, printable } from '../lib/dump-format';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';
import { parseSize } from '../lib/size-suffix';
import { concatBytes } from '../../os/text';

const NAMES = ['nul', 'soh', 'stx', 'etx', 'eot', 'enq', 'ack', 'bel', 'bs', 'ht', 'nl', 'vt', 'ff', 'cr', 'so', 'si', 'dle', 'dc1', 'dc2', 'dc3', 'dc4', 'nak', 'syn', 'etb', 'can', 'em', 'sub', 'esc', 'fs', 'gs', 'rs', 'us', 'sp'];
const OLD_TYPES: Readonly<Record<string, string>> = { a: 'a', b: 'o1', c: 'c', d: 'u2', i: 'd4', l: 'd8', o: 'o2', s: 'd2', x: 'x2', B: 'o2', h: 'x2' };
const WIDTHS: Readonly<Record<string, readonly number[]>> = { d: [4, 6, 11, 20], u: [3, 5, 10, 20], o: [3, 6, 11, 22], x: [2, 4, 8, 16] };

interface Format {
  readonly size: number;
  readonly width: number;
  readonly text: boolean;
  show(bytes: Uint8Array): string;
}

/** Dumps bytes. Simplified: no floating-point types. */
export const od = gnuProgram({
  name: 'od',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Write an unambiguous representation, octal bytes by default, of FILE to standard output.',
  options: {
    short: 'abcdhilosxA:j:N:t:vw::BS:',
    long: { 'address-radix': 'A:', 'skip-bytes': 'j:', 'read-bytes': 'N:', format: 't:', 'output-duplicates': 'v', width: 'w::', strings: 'S::' },
  },
  *run(tool) {
    const formats = formatsOf(tool);
    const parts: Uint8Array[] = [];
    yield* tool.forEachInput(function* (fd) {
      parts.push(yield* tool.readAll(fd));
    });
    if (parts.length === 0) return;
    const skip = sizeOf(tool, 'j') ?? 0;
    const all = concatBytes(parts);
    if (skip > all.length) tool.fail('cannot skip past end of combined input');
    const count = sizeOf(tool, 'N');
    dump(tool, all.subarray(skip, count === undefined ? undefined : skip + count), skip, formats);
  },
});

function sizeOf(tool: GnuTool, key: string): number | undefined {
  const text = tool.options.value(key);
  if (text === undefined) return undefined;
  const size = /^0x/i.test(text) ? Number(text) : parseSize(text);
  if (size === undefined || Number.isNaN(size)) tool.fail(`invalid -${key} argument '${text}'`);
  return size;
}

function formatsOf(tool: GnuTool): Format[] {
  const types: string[] = [];
  for (const { key, value } of tool.options.all) {
    if (key === 't') types.push(...((value as string).match(/[ac]z?|[doux][1248CSIL]?z?|./g) ?? []));
    else if (OLD_TYPES[key] !== undefined) types.push(OLD_TYPES[key] as string);
  }
  return (types.length === 0 ? ['o2'] : types).map((type) => formatOf(tool, type));
}

function formatOf(tool: GnuTool, type: string): Format {
  const match = /^([acdoux])([1248CSIL]?)(z?)$/.exec(type);
  if (match === null) return tool.fail(`invalid character '${type}' in type string ${quoteLocale(type)}`);
  const [, letter = '', sizeText = '', z = ''] = match;
  const text = z === 'z';
  if (letter === 'a') return { size: 1, width: 3, text, show: (bytes) => NAMES[(bytes[0] as number) & 127] ?? (((bytes[0] as number) & 127) === 127 ? 'del' : String.fromCharCode((bytes[0] as number) & 127)) };
  if (letter === 'c') return { size: 1, width: 3, text, show: (bytes) => escapedByte(bytes[0] as number) };
  const size = { C: 1, S: 2, I: 4, L: 8, '': 4 }[sizeText] ?? Number(sizeText);
  const power = [1, 2, 4, 8].indexOf(size);
  const width = (WIDTHS[letter] as readonly number[])[power] as number;
  const show = (bytes: Uint8Array): string => {
    const value = littleEndian(bytes);
    if (letter === 'd') return BigInt.asIntN(size * 8, value).toString();
    if (letter === 'u') return value.toString();
    return letter === 'x' ? hex(value, width) : value.toString(8).padStart(width, '0');
  };
  return { size, width, text, show };
}

function dump(tool: GnuTool, bytes: Uint8Array, offset: number, formats: readonly Format[]): void {
  const perLine = tool.options.has('w') ? Number(tool.options.value('w') ?? 32) : 16;
  const radix = tool.options.value('A') ?? 'o';
  const address = (at: number): string => (radix === 'n' ? '' : radix === 'd' ? String(at).padStart(7, '0') : radix === 'x' ? hex(at, 6) : at.toString(8).padStart(7, '0'));
  const columns = Math.max(...formats.map((format) => (perLine / format.size) * (format.width + 1)));
  let previous: string | undefined;
  let starred = false;
  for (let at = 0; at < bytes.length; at += perLine) {
    const line = bytes.subarray(at, at + perLine);
    const key = line.join();
    if (key === previous && line.length === perLine && !tool.options.has('v')) {
      if (!starred) tool.print('*\n');
      starred = true;
      continue;
    }
    previous = key;
    starred = false;
    formats.forEach((format, i) => {
      const head = i === 0 ? address(offset + at) : ' '.repeat(address(0).length);
      const cell = Math.floor(columns / (perLine / format.size));
      let row = '';
      for (let from = 0; from < line.length; from += format.size) {
        const unit = new Uint8Array(format.size);
        unit.set(line.subarray(from, from + format.size));
        row += format.show(unit).padStart(cell);
      }
      const tail = format.text ? `${' '.repeat(Math.max(0, cell * (perLine / format.size) - row.length))}  >${printable(line)}<` : '';
      tool.print(`${head}${row}${tail}\n`);
    });
  }
  if (radix !== 'n') tool.print(`${address(offset + bytes.length)}\n`);
}
