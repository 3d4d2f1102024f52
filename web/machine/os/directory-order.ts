const SEED = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476] as const;
const BLOCK_WORDS = 8;
const BLOCK_BYTES = 4 * BLOCK_WORDS;
const ROUND_2 = 0x5a827999;
const ROUND_3 = 0x6ed9eba1;

type Mix = (x: number, y: number, z: number) => number;
const choose: Mix = (x, y, z) => z ^ (x & (y ^ z));
const majority: Mix = (x, y, z) => (x & y) + ((x ^ y) & z);
const parity: Mix = (x, y, z) => x ^ y ^ z;

/** The three rounds: how words are mixed, what is added, the rotations, and the order in which a block's words are taken. */
const ROUNDS: readonly { readonly mix: Mix; readonly constant: number; readonly rotations: readonly number[]; readonly words: readonly number[] }[] = [
  { mix: choose, constant: 0, rotations: [3, 7, 11, 19], words: [0, 1, 2, 3, 4, 5, 6, 7] },
  { mix: majority, constant: ROUND_2, rotations: [3, 5, 9, 13], words: [1, 3, 5, 7, 0, 2, 4, 6] },
  { mix: parity, constant: ROUND_3, rotations: [3, 9, 11, 15], words: [3, 7, 2, 6, 1, 5, 0, 4] },
];

/**
 * Names in the order in which an ext4 directory hands them out (readdir): by the half MD4 of the name.
 *
 * Why: programs that do not sort show it, such as `find`, `ls -U` and Kafka when it loads its logs.
 * @source ext4's on-disk format: hashed directories, half_md4 without a seed of the file system's own
 */
export function inDirectoryOrder(names: readonly string[]): string[] {
  return names
    .map((name) => ({ name, hash: nameHash(name) }))
    .sort((a, b) => a.hash.major - b.hash.major || a.hash.minor - b.hash.minor)
    .map(({ name }) => name);
}

function nameHash(name: string): { major: number; minor: number } {
  const bytes = new TextEncoder().encode(name);
  const state: number[] = [...SEED];
  for (let at = 0; at < bytes.length; at += BLOCK_BYTES) transform(state, blockWords(bytes, at));
  return { major: ((state[1] as number) & ~1) >>> 0, minor: (state[2] as number) >>> 0 };
}

/** Eight words of the name from `at` on, filled up with its remaining length. */
function blockWords(bytes: Uint8Array, at: number): number[] {
  const left = bytes.length - at;
  const pad = Math.imul(left & 0xff, 0x01010101) | ((left & 0xffffff00) << 8);
  const length = Math.min(left, BLOCK_BYTES);
  const words: number[] = [];
  let word = pad;
  for (let i = 0; i < length; i++) {
    word = (((bytes[at + i] as number) << 24) >> 24) + (word << 8);
    if (i % 4 !== 3) continue;
    words.push(word | 0);
    word = pad;
  }
  if (words.length < BLOCK_WORDS) words.push(word | 0);
  while (words.length < BLOCK_WORDS) words.push(pad);
  return words;
}

function transform(state: number[], words: readonly number[]): void {
  let [a, b, c, d] = state as [number, number, number, number];
  for (const { mix, constant, rotations, words: order } of ROUNDS) {
    for (let step = 0; step < BLOCK_WORDS; step++) {
      const rotation = rotations[step % 4] as number;
      const sum = (a + mix(b, c, d) + (words[order[step] as number] as number) + constant) | 0;
      const rotated = (sum << rotation) | (sum >>> (32 - rotation));
      [a, b, c, d] = [d, rotated, b, c];
    }
  }
  state[0] = ((state[0] as number) + a) | 0;
  state[1] = ((state[1] as number) + b) | 0;
  state[2] = ((state[2] as number) + c) | 0;
  state[3] = ((state[3] as number) + d) | 0;
}
