import { expect, test } from 'vitest';
import { crc32c } from './crc32c';
import { javaStringHash, kafkaAbs } from './java-string-hash';
import { murmur2 } from './murmur2';
import { encodeUtf8 } from './utf8';
import { sizeOfVarint, VarintReader, writeVarint } from './varint';

test('murmur2 of keys, as the real partitioner computes it', () => {
  const vectors: readonly (readonly [string, number])[] = [
    ['', 275646681],
    ['a', -1563381124],
    ['21', -973932308],
    ['foobar', -790332482],
    ['user-1', 1404122828],
    ['a-little-bit-long-string', -985981536],
    ['a-little-bit-longer-string', -1486304829],
    ['héllo', 614509002],
    ['€', -1352192002],
  ];
  for (const [key, hash] of vectors) expect(murmur2(encodeUtf8(key)), key).toBe(hash);
});

test('the partition of the offsets topic that a group belongs to', () => {
  const partitionOf = (group: string): number => kafkaAbs(javaStringHash(group)) % 50;
  expect(['g1', 'my-group', 'test', 'console-consumer-12345', 'polygenelubricants'].map(partitionOf)).toEqual([42, 12, 48, 6, 0]);
});

test('crc32c of the standard check input, whole and in two pieces', () => {
  const input = encodeUtf8('123456789');
  expect(crc32c(input)).toBe(0xe3069283);
  expect(crc32c(input, 4, 9, crc32c(input, 0, 4))).toBe(0xe3069283);
});

test('varints of known numbers, and back', () => {
  const encode = (value: number): string => {
    const bytes = new Uint8Array(10);
    const end = writeVarint(bytes, 0, value);
    expect(sizeOfVarint(value)).toBe(end);
    expect(new VarintReader(bytes).readVarint()).toBe(value);
    return Array.from(bytes.subarray(0, end), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  expect([0, -1, 1, -2, 63, -64, 64, 127, 128, 300, 8191, 8192, 2147483647].map(encode)).toEqual(
    '00 01 02 03 7e 7f 8001 fe01 8002 d804 fe7f 808001 feffffff0f'.split(' '),
  );
  for (const value of [4294967295, 4294967296, -4294967296, 2 ** 51, -(2 ** 51)]) encode(value);
});
