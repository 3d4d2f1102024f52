import { decodeText, encodeText } from '../os/text';

const ESCAPE = 0xdc00;

/** Bytes as text. A byte that is no UTF-8 becomes a lone surrogate (U+DC80 and up), so that `encodeBytes` gives it back. */
export function decodeBytes(bytes: Uint8Array): string {
  const text = decodeText(bytes);
  if (!text.includes('\ufffd')) return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? `\ufeff${text}` : text;
  let out = '';
  for (let at = 0; at < bytes.length; ) {
    const length = sequenceLength(bytes, at);
    if (length === 0) {
      out += String.fromCharCode(ESCAPE + (bytes[at] as number));
      at += 1;
    } else {
      out += decodeText(bytes.subarray(at, at + length));
      at += length;
    }
  }
  return out;
}

/** How long the UTF-8 sequence at `at` is, 0 when there is none. */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return length;
}

export function encodeBytes(text: string): Uint8Array {
  if (!/[\udc80-\udcff]/.test(text)) return encodeText(text);
  const out: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    if (character.length === 1 && code >= ESCAPE + 0x80 && code <= ESCAPE + 0xff) out.push(code - ESCAPE);
    else out.push(...encodeText(character));
  }
  return Uint8Array.from(out);
}
