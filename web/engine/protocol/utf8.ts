/** UTF-8 without the platform's encoder, so that the engine needs nothing but the language. */

const REPLACEMENT = 0xfffd;

/** Unpaired surrogates become `?`, as Java's encoder makes them. */
export function encodeUtf8(text: string): Uint8Array {
  const length = text.length;
  let ascii = 0;
  while (ascii < length && text.charCodeAt(ascii) < 128) ascii++;
  const bytes = new Uint8Array(ascii === length ? length : ascii + (length - ascii) * 3);
  for (let i = 0; i < ascii; i++) bytes[i] = text.charCodeAt(i);
  let at = ascii;
  for (let i = ascii; i < length; i++) {
    let code = text.codePointAt(i) as number;
    if (code > 0xffff) i++;
    else if (code >= 0xd800 && code <= 0xdfff) code = 0x3f;
    if (code < 0x80) {
      bytes[at++] = code;
    } else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 63);
      bytes[at++] = 0x80 | ((code >> 6) & 63);
      bytes[at++] = 0x80 | (code & 63);
    }
  }
  return at === bytes.length ? bytes : bytes.slice(0, at);
}

/** Malformed bytes become U+FFFD, one for each longest piece that could have begun a character. */
export function decodeUtf8(bytes: Uint8Array): string {
  const units: number[] = [];
  let text = '';
  let at = 0;
  while (at < bytes.length) {
    const code = decodeOne(bytes, at);
    at += code.length;
    if (code.point > 0xffff) units.push(0xd800 + ((code.point - 0x10000) >> 10), 0xdc00 + ((code.point - 0x10000) & 0x3ff));
    else units.push(code.point);
    if (units.length > 4096) {
      text += String.fromCharCode(...units);
      units.length = 0;
    }
  }
  return text + String.fromCharCode(...units);
}

interface Decoded {
  readonly point: number;
  readonly length: number;
}
const ASCII: readonly Decoded[] = Array.from({ length: 128 }, (_, point) => ({ point, length: 1 }));

/** Lead byte -> continuation bytes, its own bits, and the bounds of the first continuation byte (which keep overlong forms out). */
function decodeOne(bytes: Uint8Array, at: number): Decoded {
  const lead = bytes[at] as number;
  if (lead < 0x80) return ASCII[lead] as Decoded;
  let following = 0;
  let point = 0;
  let low = 0x80;
  let high = 0xbf;
  if (lead >= 0xc2 && lead <= 0xdf) [following, point] = [1, lead & 31];
  else if (lead >= 0xe0 && lead <= 0xef) {
    [following, point] = [2, lead & 15];
    if (lead === 0xe0) low = 0xa0;
    if (lead === 0xed) high = 0x9f;
  } else if (lead >= 0xf0 && lead <= 0xf4) {
    [following, point] = [3, lead & 7];
    if (lead === 0xf0) low = 0x90;
    if (lead === 0xf4) high = 0x8f;
  } else return { point: REPLACEMENT, length: 1 };
  for (let i = 1; i <= following; i++) {
    const byte = bytes[at + i];
    if (byte === undefined || byte < low || byte > high) return { point: REPLACEMENT, length: i };
    point = (point << 6) | (byte & 63);
    low = 0x80;
    high = 0xbf;
  }
  return { point, length: following + 1 };
}
