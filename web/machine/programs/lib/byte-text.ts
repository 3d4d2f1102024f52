import { decodeText, encodeText } from '../../os/text';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const LOST = /[\udc80-\udcff]/u;
const FIRST_ESCAPE = 0xdc00;

/** UTF-8 to text, without loss: a byte that is not UTF-8 becomes the lone surrogate U+DC00 + byte, and comes back as that byte. */
export function bytesToText(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return decodeWithEscapes(bytes);
  }
}

export function textToBytes(text: string): Uint8Array {
  if (!LOST.test(text)) return encodeText(text);
  const out: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (code >= FIRST_ESCAPE + 0x80 && code <= FIRST_ESCAPE + 0xff) out.push(code - FIRST_ESCAPE);
    else out.push(...encodeText(character));
  }
  return Uint8Array.from(out);
}

function decodeWithEscapes(bytes: Uint8Array): string {
  const parts: string[] = [];
  let good = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = characterLength(bytes, at);
    if (length > 0) {
      at += length;
      continue;
    }
    if (at > good) parts.push(strict.decode(bytes.subarray(good, at)));
    parts.push(String.fromCharCode(FIRST_ESCAPE + (bytes[at] as number)));
    at += 1;
    good = at;
  }
  parts.push(decodeText(bytes.subarray(good)));
  return parts.join('');
}

/** The bytes of the UTF-8 character that begins here; 0 when none does. */
function characterLength(bytes: Uint8Array, at: number): number {
  const first = bytes[at] as number;
  if (first < 0x80) return 1;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4 || at + length > bytes.length) return 0;
  for (let i = 1; i < length; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) return 0;
  const second = bytes[at + 1] as number;
  const bad = (first === 0xe0 && second < 0xa0) || (first === 0xed && second > 0x9f) || (first === 0xf0 && second < 0x90) || (first === 0xf4 && second > 0x8f);
  return bad ? 0 : length;
}

/** One character a byte (Latin-1), for programs that know only bytes. */
export function bytesToBinary(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += 8192) out += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return out;
}

export function binaryToBytes(text: string): Uint8Array {
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}

/** A binary string's UTF-8 reading, and back. */
export function textToBinary(text: string): string {
  return /^[\0-\x7f]*$/.test(text) ? text : bytesToBinary(textToBytes(text));
}
