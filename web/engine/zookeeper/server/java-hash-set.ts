import { javaStringHash } from '../../protocol/java-string-hash';

const INITIAL_CAPACITY = 8;

/**
 * A set of strings that iterates as Java 7's `HashSet` does.
 *
 * Why: ZooKeeper answers `ls` in that order, and the image of the course runs it on Java 7.
 * @source openjdk 7u65 java/util/HashMap.java
 */
export class JavaHashSet {
  private buckets: string[][] = emptyBuckets(INITIAL_CAPACITY);
  private count = 0;

  get size(): number {
    return this.count;
  }

  has(value: string): boolean {
    return this.bucketOf(value).includes(value);
  }

  add(value: string): void {
    let bucket = this.bucketOf(value);
    if (bucket.includes(value)) return;
    if (this.count >= this.buckets.length * 0.75 && bucket.length > 0) {
      this.grow();
      bucket = this.bucketOf(value);
    }
    bucket.unshift(value);
    this.count += 1;
  }

  delete(value: string): void {
    const bucket = this.bucketOf(value);
    const at = bucket.indexOf(value);
    if (at < 0) return;
    bucket.splice(at, 1);
    this.count -= 1;
  }

  toArray(): string[] {
    return this.buckets.flat();
  }

  private bucketOf(value: string): string[] {
    return this.buckets[spread(javaStringHash(value)) & (this.buckets.length - 1)] as string[];
  }

  /** Moves each chain from its head on, so that it comes out reversed, as the original does. */
  private grow(): void {
    const old = this.buckets;
    this.buckets = emptyBuckets(old.length * 2);
    for (const bucket of old) for (const value of bucket) this.bucketOf(value).unshift(value);
  }
}

function emptyBuckets(count: number): string[][] {
  return Array.from({ length: count }, () => []);
}

function spread(hash: number): number {
  const h = hash ^ (hash >>> 20) ^ (hash >>> 12);
  return h ^ (h >>> 7) ^ (h >>> 4);
}
