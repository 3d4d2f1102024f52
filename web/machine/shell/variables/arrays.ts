import { encodeBytes } from '../byte-text';

/** An indexed array: sparse, keys in ascending order. */
export class IndexedArray {
  private items = new Map<number, string>();
  private sorted = true;
  private last = -1;
  /** Declared, and nothing was assigned yet. */
  declaredOnly = false;

  static of(values: readonly string[]): IndexedArray {
    const array = new IndexedArray();
    values.forEach((value, index) => array.set(index, value));
    return array;
  }

  get size(): number {
    return this.items.size;
  }

  /** The highest index in use, -1 when there is none. */
  get highest(): number {
    return this.last;
  }

  get(index: number): string | undefined {
    return this.items.get(index);
  }

  set(index: number, value: string): void {
    this.declaredOnly = false;
    if (index > this.last) this.last = index;
    else if (!this.items.has(index)) this.sorted = false;
    this.items.set(index, value);
  }

  delete(index: number): void {
    this.items.delete(index);
    if (index === this.last) this.last = Math.max(-1, ...this.items.keys());
  }

  keys(): string[] {
    return this.entries().map(([index]) => String(index));
  }

  values(): string[] {
    return this.entries().map(([, value]) => value);
  }

  entries(): [number, string][] {
    if (!this.sorted) {
      this.items = new Map([...this.items].sort(([a], [b]) => a - b));
      this.sorted = true;
    }
    return [...this.items];
  }

  clone(): IndexedArray {
    const copy = new IndexedArray();
    copy.items = new Map(this.items);
    copy.sorted = this.sorted;
    copy.last = this.last;
    copy.declaredOnly = this.declaredOnly;
    return copy;
  }
}

const BUCKETS = 1024;

/**
 * An associative array. Its keys come in the order of bash's hash table, which scripts get to see.
 *
 * @source bash 5.2 hashlib.c
 */
export class AssociativeArray {
  private items = new Map<string, { value: string; readonly bucket: number; readonly order: number }>();
  private nextOrder = 0;
  declaredOnly = false;

  get size(): number {
    return this.items.size;
  }

  get(key: string): string | undefined {
    return this.items.get(key)?.value;
  }

  set(key: string, value: string): void {
    this.declaredOnly = false;
    const item = this.items.get(key);
    if (item !== undefined) item.value = value;
    else this.items.set(key, { value, bucket: bucketOf(key), order: this.nextOrder++ });
  }

  delete(key: string): void {
    this.items.delete(key);
  }

  entries(): [string, string][] {
    return [...this.items].sort(([, a], [, b]) => a.bucket - b.bucket || b.order - a.order).map(([key, item]) => [key, item.value]);
  }

  keys(): string[] {
    return this.entries().map(([key]) => key);
  }

  values(): string[] {
    return this.entries().map(([, value]) => value);
  }

  clone(): AssociativeArray {
    const copy = new AssociativeArray();
    copy.items = new Map([...this.items].map(([key, item]) => [key, { ...item }]));
    copy.nextOrder = this.nextOrder;
    copy.declaredOnly = this.declaredOnly;
    return copy;
  }
}

/** FNV-1 of the key's bytes. */
function bucketOf(key: string): number {
  let hash = 2166136261;
  for (const byte of encodeBytes(key)) hash = Math.imul(hash, 16777619) ^ ((byte << 24) >> 24);
  return (hash >>> 0) & (BUCKETS - 1);
}
