import { describe, expect, it } from 'vitest';
import { shareStructure } from './share-structure';

describe('sharing structure between snapshots', () => {
  it('gives the old object when nothing differs', () => {
    const old = { a: [1, { b: 2 }], c: null };
    expect(shareStructure(old, { a: [1, { b: 2 }], c: null })).toBe(old);
  });

  it('keeps the parts that are equal and takes the others', () => {
    const old = { brokers: [{ id: 1 }, { id: 2 }], nowUs: 1 };
    const next = shareStructure(old, { brokers: [{ id: 1 }, { id: 3 }], nowUs: 2 });
    expect(next).toEqual({ brokers: [{ id: 1 }, { id: 3 }], nowUs: 2 });
    expect(next.brokers[0]).toBe(old.brokers[0]);
  });

  it('sees lists that grew, shrank or became something else', () => {
    expect(shareStructure<unknown>([1, 2], [1])).toEqual([1]);
    expect(shareStructure<unknown>([1], [1, 2])).toEqual([1, 2]);
    expect(shareStructure<unknown>([1], { 0: 1 })).toEqual({ 0: 1 });
    expect(shareStructure<unknown>({ a: 1, b: 2 }, { a: 1 })).toEqual({ a: 1 });
  });
});
