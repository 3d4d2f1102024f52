import { javaStringHash } from './java-string-hash';
import type { TopicPartition } from './messages';

/**
 * The order in which Java's and Scala's hash collections hand out their elements.
 *
 * Why: Kafka prints such collections, and logs in the order in which it walks through them; a log line must list the partitions as the real one does.
 * @source scala 2.12 HashMap (trie), mutable.HashMap, mutable.HashSet; java.util.HashMap of Java 8
 */

/** Immutable sets and maps of up to four elements keep the order of insertion. */
const SMALL_IMMUTABLE = 4;
const INITIAL_TABLE = 16;
const LOAD_PER_MILLE = 750;
const INITIAL_FLAT_TABLE = 32;
const FLAT_LOAD_PER_MILLE = 450;

type Hash<T> = (item: T) => number;

/** `TopicPartition.hashCode`. */
export function topicPartitionHash(tp: TopicPartition): number {
  return (Math.imul(31, 31 + tp.partition) + javaStringHash(tp.topic)) | 0;
}

function improveTrieHash(code: number): number {
  let h = (code + ~(code << 9)) | 0;
  h ^= h >>> 14;
  h = (h + (h << 4)) | 0;
  return h ^ (h >>> 10);
}

/** scala.collection.immutable.Set and Map. */
export function scalaImmutableOrder<T>(items: readonly T[], hash: Hash<T>): T[] {
  if (items.length <= SMALL_IMMUTABLE) return [...items];
  const keyed = items.map((item) => ({ item, code: improveTrieHash(hash(item)) }));
  keyed.sort((a, b) => compareByFiveBits(a.code, b.code));
  return keyed.map((each) => each.item);
}

function compareByFiveBits(a: number, b: number): number {
  for (let shift = 0; shift < 32; shift += 5) {
    const difference = ((a >>> shift) & 31) - ((b >>> shift) & 31);
    if (difference !== 0) return difference;
  }
  return 0;
}

function reverseBytes(v: number): number {
  return ((v & 0xff) << 24) | ((v & 0xff00) << 8) | ((v >>> 8) & 0xff00) | (v >>> 24);
}

function improveTableHash(code: number, seed: number): number {
  const swapped = Math.imul(reverseBytes(Math.imul(code, 0x9e3775cd)), 0x9e3775cd);
  return (swapped >>> seed) | (swapped << (32 - seed));
}

function bits(tableSize: number): number {
  return 31 - Math.clz32(tableSize);
}

/** scala.collection.mutable.HashMap: a growing table of chains, walked from its end. Its hash keeps the seed of the first table. */
export function scalaMutableMapOrder<T>(items: readonly T[], hash: Hash<T>): T[] {
  const seed = bits(INITIAL_TABLE);
  const index = (item: T, size: number): number => (improveTableHash(hash(item), seed) >>> (32 - bits(size))) & (size - 1);
  let table: T[][] = Array.from({ length: INITIAL_TABLE }, () => []);
  let count = 0;
  for (const item of items) {
    (table[index(item, table.length)] as T[]).unshift(item);
    count += 1;
    if (count <= Math.floor((table.length * LOAD_PER_MILLE) / 1000)) continue;
    const larger: T[][] = Array.from({ length: table.length * 2 }, () => []);
    for (const chain of [...table].reverse()) for (const each of chain) (larger[index(each, larger.length)] as T[]).unshift(each);
    table = larger;
  }
  return table.reverse().flat();
}

/** scala.collection.mutable.HashSet: open addressing, walked from its start. */
export function scalaMutableSetOrder<T>(items: readonly T[], hash: Hash<T>): T[] {
  let table: (T | undefined)[] = new Array<T | undefined>(INITIAL_FLAT_TABLE).fill(undefined);
  let count = 0;
  const add = (item: T): void => {
    const size = table.length;
    let at = (improveTableHash(hash(item), bits(size)) >>> (32 - bits(size))) & (size - 1);
    while (table[at] !== undefined) at = (at + 1) % size;
    table[at] = item;
  };
  for (const item of items) {
    add(item);
    count += 1;
    if (count < Math.floor((table.length * FLAT_LOAD_PER_MILLE) / 1000)) continue;
    const old = table;
    table = new Array<T | undefined>(old.length * 2).fill(undefined);
    for (const each of old) if (each !== undefined) add(each);
  }
  return table.filter((each): each is T => each !== undefined);
}

/** java.util.HashMap and HashSet of Java 8, grown from their default size, or from the one that was asked for. */
export function javaHashOrder<T>(items: readonly T[], hash: Hash<T>, initialCapacity = INITIAL_TABLE): T[] {
  let size = 1;
  while (size < initialCapacity) size *= 2;
  while (items.length > size * 0.75) size *= 2;
  const bucket = (item: T): number => {
    const code = hash(item);
    return (code ^ (code >>> 16)) & (size - 1);
  };
  const keyed = items.map((item, position) => ({ item, position, bucket: bucket(item) }));
  keyed.sort((a, b) => a.bucket - b.bucket || a.position - b.position);
  return keyed.map((each) => each.item);
}
