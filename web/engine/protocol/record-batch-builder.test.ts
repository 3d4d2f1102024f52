import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBatches } from './decode-batches';
import type { RecordBatch } from './record-batch';
import { estimateSizeOf, RecordBatchBuilder } from './record-batch-builder';
import { decodeUtf8, encodeUtf8 } from './utf8';

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
const TIME = 1520000000000;

function oneRecord(options: ConstructorParameters<typeof RecordBatchBuilder>[0], key: Uint8Array | null, value: Uint8Array | null): RecordBatch {
  const builder = new RecordBatchBuilder(options);
  builder.tryAppend(TIME, key, value);
  return builder.build();
}

describe('bytes of the real classes', () => {
  test('a key and a value', () => {
    const batch = oneRecord({}, encodeUtf8('k1'), encodeUtf8('hello')).withBaseOffset(0, 0);
    expect(hex(batch.encode())).toBe(
      '00000000000000000000003f00000000023c6d2b5b00000000000000000161e70f600000000161e70f6000ffffffffffffffffffffffffffff000000011a000000046b310a68656c6c6f00',
    );
    expect([batch.sizeInBytes, batch.crc]).toEqual([75, 1013787483]);
  });

  test('two records without keys, five milliseconds apart', () => {
    const builder = new RecordBatchBuilder();
    builder.tryAppend(TIME, null, encodeUtf8('Hello world!'));
    builder.tryAppend(TIME + 5, null, encodeUtf8('Welcome to Kafka.'));
    const batch = builder.build().withBaseOffset(0, 0);
    expect([batch.sizeInBytes, batch.crc, batch.lastOffset]).toEqual([104, 3198418999, 1]);
  });

  test('what a broker stored for the console producer', () => {
    const keyed = new RecordBatchBuilder();
    keyed.tryAppend(1795411761394, encodeUtf8('alice'), encodeUtf8('espresso'));
    keyed.tryAppend(1795411761397, encodeUtf8('bob'), encodeUtf8('latte'));
    const first = keyed.build().withBaseOffset(0, 0);
    expect([first.sizeInBytes, first.crc]).toEqual([96, 1740406171]);
    const plain = new RecordBatchBuilder();
    plain.tryAppend(1795411762888, null, encodeUtf8('no key'));
    const second = plain.build().withBaseOffset(2, 0);
    expect([second.sizeInBytes, second.crc]).toEqual([74, 2619170580]);
  });

  test('a transactional batch and the marker that ends its transaction', () => {
    const data = oneRecord({ producerId: 4000, producerEpoch: 0, baseSequence: 0, isTransactional: true }, null, encodeUtf8('x'));
    expect([data.sizeInBytes, data.crc, data.lastSequence]).toEqual([69, 2895201145, 0]);
    const marker = oneRecord(
      { producerId: 4000, producerEpoch: 0, isTransactional: true, isControlBatch: true },
      new Uint8Array([0, 0, 0, 1]),
      new Uint8Array(6),
    );
    expect([marker.sizeInBytes, marker.crc]).toEqual([78, 3659305805]);
  });
});

const bytes = fc.option(fc.uint8Array({ maxLength: 200 }), { nil: null });
const records = fc.array(
  fc.record({
    delta: fc.integer({ min: -100000, max: 10_000_000_000 }),
    key: bytes,
    value: bytes,
    headers: fc.array(fc.record({ key: fc.string({ unit: 'grapheme' }), value: bytes }), { maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 40 },
);

test('what goes into a batch comes out of its bytes', () => {
  fc.assert(
    fc.property(records, fc.nat(), fc.integer({ min: -1, max: 1000 }), (input, baseOffset, epoch) => {
      const builder = new RecordBatchBuilder();
      for (const record of input) builder.tryAppend(TIME + record.delta, record.key, record.value, record.headers);
      const batch = builder.build().withBaseOffset(baseOffset, epoch);
      const encoded = batch.encode();
      const decoded = decodeBatches(encoded);
      expect(decoded).toHaveLength(1);
      const again = decoded[0] as RecordBatch;
      expect(again.isValid).toBe(true);
      expect(again.encode()).toEqual(encoded);
      expect([again.baseOffset, again.lastOffset, again.partitionLeaderEpoch]).toEqual([baseOffset, baseOffset + input.length - 1, epoch]);
      const seen = [...again.records()].map(({ offset, timestampMs, key, value, headers }) => ({ offset, timestampMs, key, value, headers }));
      expect(seen).toEqual(
        input.map(({ delta, key, value, headers }, i) => ({ offset: baseOffset + i, timestampMs: TIME + delta, key, value, headers })),
      );
      expect(again.maxTimestampMs).toBe(Math.max(...input.map((record) => TIME + record.delta)));
    }),
  );
});

test('no record is larger than its estimate', () => {
  fc.assert(
    fc.property(bytes, bytes, (key, value) => {
      expect(oneRecord({}, key, value).sizeInBytes).toBeLessThanOrEqual(estimateSizeOf(key, value));
    }),
  );
});

test('a byte that was changed on disk is noticed', () => {
  const encoded = oneRecord({}, null, encodeUtf8('hello')).encode();
  encoded[66] = 0x48;
  expect(decodeBatches(encoded)[0]?.isValid).toBe(false);
});

test('LogAppendTime gives every record the time of its append', () => {
  const batch = oneRecord({}, null, encodeUtf8('x')).withLogAppendTime(TIME + 77);
  expect([...batch.records()].map((record) => record.timestampMs)).toEqual([TIME + 77]);
  expect([batch.timestampType, decodeBatches(batch.encode())[0]?.isValid]).toEqual(['LogAppendTime', true]);
});

test('text survives UTF-8, and malformed bytes become the replacement character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(decodeUtf8(encodeUtf8(text))).toBe(text);
    }),
  );
  fc.assert(
    fc.property(fc.uint8Array(), (input) => {
      expect(decodeUtf8(input)).toBe(new TextDecoder('utf-8', { ignoreBOM: true }).decode(input));
    }),
  );
});
