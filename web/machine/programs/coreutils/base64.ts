import { bytesToText } from '../lib/byte-text';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base 64, both ways. */
export const base64 = gnuProgram({
  name: 'base64',
  usage: ['[OPTION]... [FILE]'],
  about: 'Base64 encode or decode FILE, or standard input, to standard output.',
  options: { short: 'diw:', long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w:' } },
  *run(tool) {
    const { operands, options } = tool;
    if (operands.length > 1) tool.usageError(`extra operand ${quoteLocale(operands[1] as string)}`);
    const wrap = options.value('w') ?? '76';
    if (!/^\d+$/.test(wrap)) tool.fail(`invalid wrap size: ${quoteLocale(wrap)}`);
    const fd = operands[0] === undefined ? 0 : yield* tool.tryOpen(operands[0]);
    if (fd === undefined) return 1;
    const bytes = yield* tool.readAll(fd);
    if (!options.has('d')) {
      const text = encode(bytes);
      const width = Number(wrap);
      const lines = width === 0 ? [text] : (text.match(new RegExp(`.{1,${width}}`, 'g')) ?? []);
      tool.print(lines.map((line) => (width === 0 ? line : `${line}\n`)).join(''));
      return 0;
    }
    const text = bytesToText(bytes).replace(options.has('i') ? /[^A-Za-z0-9+/=]/g : /\n/g, '');
    const good = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?/.exec(text)?.[0] ?? '';
    yield* tool.printBytes(decode(good));
    if (good.length < text.length) {
      const rest = /^[A-Za-z0-9+/]*/.exec(text.slice(good.length))?.[0] ?? '';
      yield* tool.printBytes(decode(rest.slice(0, rest.length % 4 === 1 ? rest.length - 1 : rest.length)));
      tool.fail('invalid input');
    }
    return 0;
  },
});

function encode(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(at, at + 3);
    const bits = (a << 16) | (b << 8) | c;
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(bits >> shift) & 63] as string);
    out += at + 2 < bytes.length ? digits.join('') : at + 1 < bytes.length ? `${digits.slice(0, 3).join('')}=` : `${digits.slice(0, 2).join('')}==`;
  }
  return out;
}

function decode(text: string): Uint8Array {
  const digits = text.replace(/=/g, '');
  const out = new Uint8Array(Math.floor((digits.length * 3) / 4));
  for (let at = 0, to = 0; to < out.length; at += 4) {
    let bits = 0;
    for (let i = 0; i < 4; i++) bits = (bits << 6) | Math.max(0, ALPHABET.indexOf(digits[at + i] ?? 'A'));
    for (let i = 0; i < 3 && to < out.length; i++) out[to++] = (bits >> (16 - 8 * i)) & 0xff;
  }
  return out;
}
