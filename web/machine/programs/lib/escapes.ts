import { textToBinary } from './byte-text';

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\', '"': '"',
};

/**
 * Backslash escapes of echo -e (`\0nnn`), of printf's format (`\nnn`) and of its %b (both). Takes and gives binary strings (a character a byte).
 * `stopped` is true when `\c` ended the output.
 */
export function unescapeBackslashes(text: string, kind: 'echo' | 'printf' | 'percent-b'): { text: string; stopped: boolean } {
  if (!text.includes('\\')) return { text, stopped: false };
  let out = '';
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\' || at === text.length - 1) {
      out += text[at] as string;
      continue;
    }
    const next = text[at + 1] as string;
    if (next === 'c') return { text: out, stopped: true };
    const simple = next === '"' && kind === 'echo' ? undefined : SIMPLE[next];
    if (simple !== undefined) {
      out += simple;
      at += 1;
      continue;
    }
    const octal = kind === 'printf' ? /^[0-7]{1,3}/ : kind === 'echo' ? /^0[0-7]{0,3}/ : /^(?:0[0-7]{0,3}|[1-7][0-7]{0,2})/;
    const digits = octal.exec(text.slice(at + 1))?.[0];
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(text.slice(at + 1));
    const unicode = kind === 'echo' ? null : /^(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(text.slice(at + 1));
    if (digits !== undefined) {
      out += String.fromCharCode(parseInt(digits, 8) & 0xff);
      at += digits.length;
    } else if (hex !== null) {
      out += String.fromCharCode(parseInt(hex[1] as string, 16));
      at += hex[0].length;
    } else if (unicode !== null) {
      out += textToBinary(String.fromCodePoint(parseInt((unicode[1] ?? unicode[2]) as string, 16)));
      at += unicode[0].length;
    } else out += '\\';
  }
  return { text: out, stopped: false };
}
