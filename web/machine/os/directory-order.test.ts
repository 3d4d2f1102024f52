import { expect, test } from 'vitest';
import { inDirectoryOrder } from './directory-order';

test('names come in the order of a real ext4 directory', () => {
  const names = Array.from({ length: 50 }, (_, index) => `__consumer_offsets-${index}`);
  const numbers = inDirectoryOrder(names).map((name) => Number(name.slice(19)));
  expect(numbers).toEqual([
    32, 4, 7, 22, 26, 46, 28, 49, 5, 31, 30, 16, 2, 11, 14, 0, 15, 39, 8, 29, 21, 20, 36, 17, 40, 13, 38, 42, 12, 41, 45, 3, 1, 35, 23, 44, 25, 34, 24, 33, 37, 10, 43, 19, 6, 9,
    47, 27, 18, 48,
  ]);
});
