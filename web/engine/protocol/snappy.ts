import { ByteSink } from './byte-sink';
import type { Codec } from './codec';
import { findMatches } from './match-finder';

/** What Java's SnappyOutputStream begins with: a magic number, and the versions 1 and 1. */
const STREAM_HEADER = new Uint8Array([0x82, 0x53, 0x4e, 0x41, 0x50, 0x50, 0x59, 0, 0, 0, 0, 1, 0, 0, 0, 1]);
const BLOCK_SIZE = 32768;

/**
 * Snappy in the framing of Java's library, as Kafka's clients use it.
 * Simplified: finds other repetitions than the real library, so sizes differ a little; what it writes, the real one reads.
 */
export const SNAPPY: Codec = {
  compress(bytes) {
    const sink = new ByteSink(bytes.length);
    sink.append(STREAM_HEADER);
    for (let from = 0; from < bytes.length; from += BLOCK_SIZE) {
      const block = compressBlock(bytes.subarray(from, from + BLOCK_SIZE));
      sink.int32(block.length);
      sink.append(block);
    }
    return sink.take();
  },
  decompress(bytes) {
    const sink = new ByteSink(bytes.length * 3);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (let at = STREAM_HEADER.length; at + 4 <= bytes.length; ) {
      const size = view.getInt32(at);
      decompressBlock(bytes.subarray(at + 4, at + 4 + size), sink);
      at += 4 + size;
    }
    return sink.take();
  },
};

function compressBlock(bytes: Uint8Array): Uint8Array {
  const sink = new ByteSink(bytes.length);
  let rest = bytes.length;
  for (; rest > 127; rest >>>= 7) sink.byte((rest & 127) | 128);
  sink.byte(rest);
  for (const { literalFrom, literalTo, distance, length } of findMatches(bytes, 0, bytes.length, 0)) {
    writeLiteral(sink, bytes, literalFrom, literalTo);
    for (let left = length; left > 0; left -= 64) writeCopy(sink, distance, Math.min(64, left));
  }
  return sink.take();
}

function writeLiteral(sink: ByteSink, bytes: Uint8Array, from: number, to: number): void {
  const last = to - from - 1;
  if (last < 0) return;
  if (last < 60) {
    sink.byte(last << 2);
  } else if (last < 256) {
    sink.byte(60 << 2);
    sink.byte(last);
  } else {
    sink.byte(61 << 2);
    sink.byte(last & 255);
    sink.byte(last >>> 8);
  }
  sink.append(bytes, from, to);
}

function writeCopy(sink: ByteSink, distance: number, length: number): void {
  sink.byte(((length - 1) << 2) | 2);
  sink.byte(distance & 255);
  sink.byte(distance >>> 8);
}

function decompressBlock(bytes: Uint8Array, sink: ByteSink): void {
  let at = 0;
  while ((bytes[at++] as number) > 127);
  while (at < bytes.length) {
    const tag = bytes[at++] as number;
    const kind = tag & 3;
    if (kind === 0) {
      let length = (tag >>> 2) + 1;
      const extra = length - 60;
      if (extra > 0) {
        length = 1;
        for (let i = 0; i < extra; i++) length += (bytes[at++] as number) * 256 ** i;
      }
      sink.append(bytes, at, at + length);
      at += length;
    } else if (kind === 1) {
      sink.copyBack(((tag >>> 5) << 8) | (bytes[at++] as number), ((tag >>> 2) & 7) + 4);
    } else {
      const width = kind === 2 ? 2 : 4;
      let distance = 0;
      for (let i = 0; i < width; i++) distance += (bytes[at++] as number) * 256 ** i;
      sink.copyBack(distance, (tag >>> 2) + 1);
    }
  }
}
