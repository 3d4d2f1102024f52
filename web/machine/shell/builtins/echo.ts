import { decodeBytes, encodeBytes } from '../byte-text';
import { type BuiltinTable } from './builtin';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\',
};

/** Escapes of `echo -e` and `printf %b`. `\c` ends all output. Bytes come as lone surrogates where they make no characters. */
export function decodeEchoEscapes(text: string, leadingZero = true): { text: string; stop: boolean } {
  let stop = false;
  const octal = leadingZero ? '0([0-7]{0,3})' : '0?([0-7]{1,3})';
  const pattern = new RegExp(`\\\\(?:([abeEfnrtv\\\\])|(c)[\\s\\S]*|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|${octal})`, 'g');
  const out = text.replace(pattern, (whole, simple, end, hex, short, long, digits) => {
    if (simple !== undefined) return SIMPLE[simple as string] as string;
    if (end !== undefined) {
      stop = true;
      return '';
    }
    if (short !== undefined || long !== undefined) return String.fromCodePoint(Math.min(0x10ffff, parseInt((short ?? long) as string, 16)));
    if (hex !== undefined) return byteText(parseInt(hex as string, 16));
    if (digits !== undefined) return byteText(digits === '' ? 0 : parseInt(digits as string, 8) & 0xff);
    return whole as string;
  });
  return { text: joinBytes(out), stop };
}

export function byteText(byte: number): string {
  return String.fromCharCode(byte < 0x80 ? byte : 0xdc00 + byte);
}

/** Single bytes that together are UTF-8 become characters. */
function joinBytes(text: string): string {
  return /[\udc80-\udcff]{2}/.test(text) ? decodeBytes(encodeBytes(text)) : text;
}

export const ECHO: BuiltinTable = {
  *echo(call) {
    let newline = true;
    let escapes = call.shell.options.shopt('xpg_echo');
    let at = 0;
    for (; /^-[neE]+$/.test(call.args[at] ?? ''); at++) {
      for (const letter of (call.args[at] as string).slice(1)) {
        if (letter === 'n') newline = false;
        else escapes = letter === 'e';
      }
    }
    const text = call.args.slice(at).join(' ');
    const decoded = escapes ? decodeEchoEscapes(text) : { text, stop: false };
    yield* call.out(decoded.text + (newline && !decoded.stop ? '\n' : ''));
    return 0;
  },
};
