import { ByteSink } from './byte-sink';
import type { Codec } from './codec';
import { findMatches } from './match-finder';

const MAGIC = 0x184d2204;
/** Version 1, blocks that do not depend on each other; blocks of at most 64 kB. */
const FLAGS = 0x60;
const BLOCK_DESCRIPTOR = 0x40;
const HEADER_SIZE = 7;
const MAX_BLOCK_SIZE = 65536;
const NOT_COMPRESSED = 0x80000000;
/** A block ends with at least five bytes as they are. */
const LAST_LITERALS = 5;

/**
 * The LZ4 frame format, as Kafka's clients write it.
 * Simplified: finds other repetitions than the real library, so sizes differ a little; what it writes, the real one reads.
 */
export const LZ4: Codec = {
  compress(bytes) {
    const sink = new ByteSink(bytes.length);
    sink.int32LittleEndian(MAGIC);
    sink.byte(FLAGS);
    sink.byte(BLOCK_DESCRIPTOR);
    sink.byte((xxHash32(new Uint8Array([FLAGS, BLOCK_DESCRIPTOR])) >>> 8) & 255);
    for (let from = 0; from < bytes.length; from += MAX_BLOCK_SIZE) {
      const plain = bytes.subarray(from, from + MAX_BLOCK_SIZE);
      const block = compressBlock(plain);
      const isSmaller = block.length < plain.length;
      sink.int32LittleEndian(isSmaller ? block.length : plain.length | NOT_COMPRESSED);
      sink.append(isSmaller ? block : plain);
    }
    sink.int32LittleEndian(0);
    return sink.take();
  },
  decompress(bytes) {
    const sink = new ByteSink(bytes.length * 3);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = HEADER_SIZE; at + 4 <= bytes.length; ) {
      const header = view.getUint32(at, true);
      if (header === 0) break;
      const size = header & 0x7fffffff;
      const block = bytes.subarray(at + 4, at + 4 + size);
      if (header >= NOT_COMPRESSED) sink.append(block);
      else decompressBlock(block, sink);
      at += 4 + size;
    }
    return sink.take();
  },
};

function compressBlock(bytes: Uint8Array): Uint8Array {
  const sink = new ByteSink(bytes.length);
  for (const { literalFrom, literalTo, distance, length } of findMatches(bytes, 0, bytes.length, LAST_LITERALS)) {
    const literals = literalTo - literalFrom;
    const extra = length === 0 ? 0 : length - 4;
    sink.byte((Math.min(15, literals) << 4) | Math.min(15, extra));
    writeLength(sink, literals);
    sink.append(bytes, literalFrom, literalTo);
    if (length === 0) continue;
    sink.byte(distance & 255);
    sink.byte(distance >>> 8);
    writeLength(sink, extra);
  }
  return sink.take();
}

/** What does not fit into the four bits of a token. */
function writeLength(sink: ByteSink, length: number): void {
  if (length < 15) return;
  let rest = length - 15;
  for (; rest >= 255; rest -= 255) sink.byte(255);
  sink.byte(rest);
}

function decompressBlock(bytes: Uint8Array, sink: ByteSink): void {
  let at = 0;
  const readLength = (short: number): number => {
    let length = short;
    if (short < 15) return length;
    for (let byte = 255; byte === 255; ) {
      byte = bytes[at++] as number;
      length += byte;
    }
    return length;
  };
  while (at < bytes.length) {
    const token = bytes[at++] as number;
    const literals = readLength(token >>> 4);
    sink.append(bytes, at, at + literals);
    at += literals;
    if (at >= bytes.length) return;
    const distance = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
    at += 2;
    sink.copyBack(distance, readLength(token & 15) + 4);
  }
}

const PRIME2 = 0x85ebca77;
const PRIME3 = 0xc2b2ae3d;
const PRIME1 = 0x9e3779b1;
const PRIME5 = 0x165667b1;

/** xxHash32 with seed 0 of fewer than four bytes, which is all that a frame's header needs. */
function xxHash32(bytes: Uint8Array): number {
  let hash = (PRIME5 + bytes.length) | 0;
  for (const byte of bytes) {
    hash = (hash + Math.imul(byte, PRIME5)) | 0;
    hash = Math.imul((hash << 11) | (hash >>> 21), PRIME1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME2);
  hash = Math.imul(hash ^ (hash >>> 13), PRIME3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
