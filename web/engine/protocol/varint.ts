/**
 * Variable-length integers of the record format: zigzag, seven bits a byte, lowest first.
 *
 * Units: whole numbers within 53 bits; Kafka's varlongs are 64 bits wide, of which a session never uses the rest.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/utils/ByteUtils.java
 */

const TWO_POW_32 = 4294967296;

/** How many bytes `value` takes. */
export function sizeOfVarint(value: number): number {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  let size = 1;
  while (rest >= 128) {
    rest = Math.floor(rest / 128);
    size += 1;
  }
  return size;
}

/** Writes `value` at `at` and returns the position after it. */
export function writeVarint(bytes: Uint8Array, at: number, value: number): number {
  let rest = value >= 0 ? value * 2 : -value * 2 - 1;
  while (rest >= TWO_POW_32) {
    bytes[at++] = (rest % 128) | 128;
    rest = Math.floor(rest / 128);
  }
  rest = rest >>> 0;
  while (rest > 127) {
    bytes[at++] = (rest & 127) | 128;
    rest >>>= 7;
  }
  bytes[at++] = rest;
  return at;
}

/** Reads one number after another from `bytes`, beginning at `at`. Past the end it throws RangeError. */
export class VarintReader {
  constructor(
    readonly bytes: Uint8Array,
    public at = 0,
  ) {}

  readVarint(): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new RangeError('a varint runs past the end');
      value += (byte & 127) * scale;
      if (byte < 128) break;
      scale *= 128;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  /** The next `length` bytes, not copied; null when `length` is negative. */
  readBytes(length: number): Uint8Array | null {
    if (length < 0) return null;
    const from = this.at;
    this.at += length;
    if (this.at > this.bytes.length) throw new RangeError('a field runs past the end');
    return this.bytes.subarray(from, this.at);
  }
}
