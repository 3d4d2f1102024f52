/** The byte in od -c: a character, an escape or three octal digits. */
const NAMED_BYTES: Readonly<Record<number, string>> = { 0: '\\0', 7: '\\a', 8: '\\b', 9: '\\t', 10: '\\n', 11: '\\v', 12: '\\f', 13: '\\r' };

export function escapedByte(byte: number): string {
  return NAMED_BYTES[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : byte.toString(8).padStart(3, '0'));
}

export function printable(bytes: Uint8Array): string {
  let out = '';
  for (const byte of bytes) out += byte >= 32 && byte < 127 ? String.fromCharCode(byte) : '.';
  return out;
}

export function hex(value: number | bigint, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** Bytes as a number, the lowest first. */
export function littleEndian(bytes: Uint8Array): bigint {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return value;
}
