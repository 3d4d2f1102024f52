import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LZ4 } from './lz4';
import { RecordBatchBuilder } from './record-batch-builder';
import { SNAPPY } from './snappy';
import { decodeBatches } from './decode-batches';
import { decodeUtf8, encodeUtf8 } from './utf8';

const text = fc.array(fc.constantFrom('a', 'kafka', 'partition', '0', ' ', 'x'.repeat(300)), { maxLength: 400 }).map((words) => encodeUtf8(words.join('')));

test.each([
  ['snappy', SNAPPY],
  ['lz4', LZ4],
] as const)('%s gives back what it was given', (_, codec) => {
  const roundTrip = (bytes: Uint8Array): void => {
    expect(codec.decompress(codec.compress(bytes))).toEqual(bytes);
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 500 }), roundTrip));
  fc.assert(fc.property(text, roundTrip), { numRuns: 50 });
  roundTrip(new Uint8Array(200_000).map((_, i) => (i * i) >>> 7));
});

test('the headers are those of the real libraries', () => {
  // KafkaLZ4BlockOutputStream of no bytes; the third byte of the descriptor is a checksum.
  expect([...LZ4.compress(new Uint8Array(0))]).toEqual([0x04, 0x22, 0x4d, 0x18, 0x60, 0x40, 0x82, 0, 0, 0, 0]);
  // "aaaaaaaa": length 8, one literal, a copy of 7 from 1 back.
  expect([...SNAPPY.compress(encodeUtf8('aaaaaaaa'))].slice(16)).toEqual([0, 0, 0, 6, 8, 0, 0x61, 0x1a, 1, 0]);
});

test('a compressed batch is smaller, and reads as it was written', () => {
  const builder = new RecordBatchBuilder({ compressionType: 'snappy' });
  for (let i = 0; i < 50; i++) builder.tryAppend(1520000000000, null, encodeUtf8(`the same words again and again ${i}`));
  const batch = builder.build();
  expect(batch.sizeInBytes).toBeLessThan(builder.sizeInBytes / 2);
  const [again] = decodeBatches(batch.encode());
  expect(again?.isValid).toBe(true);
  expect([...(again?.records() ?? [])].map((record) => decodeUtf8(record.value!)).at(-1)).toBe('the same words again and again 49');
});
