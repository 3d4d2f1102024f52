import { decodeBytes } from '../byte-text';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', E: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', "'": "'", '"': '"', '?': '?',
};

/** The inside of `$'...'`. Bytes above 0x7f that are given one by one are joined as UTF-8 where they make characters. */
export function decodeAnsiC(text: string): string {
  let bytes: number[] = [];
  let out = '';
  const flush = (): void => {
    if (bytes.length > 0) out += decodeBytes(Uint8Array.from(bytes));
    bytes = [];
  };
  const pattern = /\\(?:([abeEfnrtv\\'"?])|x([0-9A-Fa-f]{1,2})|u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([0-7]{1,3})|c([\s\S]))|[\s\S]/gu;
  for (const match of text.matchAll(pattern)) {
    const [whole, simple, hex, short, long, octal, control] = match;
    const byte = hex !== undefined ? parseInt(hex, 16) : octal !== undefined ? parseInt(octal, 8) & 0xff : -1;
    if (byte === 0) break;
    if (byte > 0) {
      bytes.push(byte);
      continue;
    }
    flush();
    if (simple !== undefined) out += SIMPLE[simple] as string;
    else if (short !== undefined || long !== undefined) out += String.fromCodePoint(Math.min(0x10ffff, parseInt((short ?? long) as string, 16)));
    else if (control !== undefined) out += String.fromCharCode(control.charCodeAt(0) & 0x1f);
    else out += whole;
  }
  flush();
  return out;
}
