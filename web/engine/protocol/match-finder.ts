const MIN_HASH_BITS = 8;
const MAX_HASH_BITS = 14;
const MULTIPLIER = 0x1e35a7bd;

/** A run of bytes as they are, and then `length` bytes that were there `distance` bytes before; no copy (length 0) at the end. */
export interface Match {
  readonly literalFrom: number;
  readonly literalTo: number;
  readonly distance: number;
  readonly length: number;
}

/**
 * Cuts `bytes[from, to)` into runs and repetitions of four bytes or more, greedily, as snappy and LZ4 both do.
 * The last `tail` bytes are always part of a run.
 */
export function* findMatches(bytes: Uint8Array, from: number, to: number, tail: number): IterableIterator<Match> {
  const bits = hashBits(to - from);
  const table = new Int32Array(1 << bits).fill(-1);
  const limit = to - tail;
  let literalFrom = from;
  let at = from;
  while (at + 4 <= limit) {
    const word = readWord(bytes, at);
    const slot = Math.imul(word, MULTIPLIER) >>> (32 - bits);
    const candidate = table[slot] as number;
    table[slot] = at;
    if (candidate < 0 || at - candidate > 65535 || readWord(bytes, candidate) !== word) {
      at += 1;
      continue;
    }
    let length = 4;
    while (at + length < limit && bytes[candidate + length] === bytes[at + length]) length += 1;
    yield { literalFrom, literalTo: at, distance: at - candidate, length };
    at += length;
    literalFrom = at;
  }
  yield { literalFrom, literalTo: to, distance: 0, length: 0 };
}

/** A table as large as the input: to clear a large one for a few records would cost more than the search. */
function hashBits(size: number): number {
  let bits = MIN_HASH_BITS;
  while (bits < MAX_HASH_BITS && 1 << bits < size) bits += 1;
  return bits;
}

function readWord(bytes: Uint8Array, at: number): number {
  return (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
}
