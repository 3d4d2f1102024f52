const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/**
 * The 32-bit murmur2 hash that the producer's default partitioner takes of a key. Signed, as in Java.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/utils/Utils.java murmur2
 */
export function murmur2(bytes: Uint8Array): number {
  const length = bytes.length;
  let h = SEED ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let k =
      (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24);
    k = Math.imul(k, M);
    k ^= k >>> R;
    k = Math.imul(k, M);
    h = Math.imul(h, M) ^ k;
  }
  const tail = length - at;
  if (tail >= 3) h ^= (bytes[at + 2] as number) << 16;
  if (tail >= 2) h ^= (bytes[at + 1] as number) << 8;
  if (tail >= 1) h = Math.imul(h ^ (bytes[at] as number), M);
  h ^= h >>> 13;
  h = Math.imul(h, M);
  h ^= h >>> 15;
  return h | 0;
}

/** Drops the sign bit, as the partitioner does before it takes the remainder. */
export function toPositive(hash: number): number {
  return hash & 0x7fffffff;
}
