import type { RecordView } from '../../../../engine/protocol/record-batch';
import { javaStringHash } from '../../../../engine/protocol/java-string-hash';
import { scalaMutableMapOrder } from '../../../../engine/protocol/jvm-hash-order';
import { decodeText } from '../../../os/text';
import type { OptionSet } from '../../lib/joptsimple';
import { UncaughtException } from '../../lib/jvm';
import { readGroupValue, readMessageKey, readOffsetValue } from '../../lib/offsets-topic-records';
import { CLASS_NOT_FOUND_FRAMES } from '../../lib/stack-trace';

export interface ParsedRecord {
  readonly key?: string;
  readonly payload?: string;
}

/** How the content of a record is shown. Throws UncaughtException for what it cannot read. */
export type RecordParser = (record: RecordView) => ParsedRecord;

type Decoder = (bytes: Uint8Array) => string;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}

const DECODERS: Readonly<Record<string, Decoder>> = {
  'kafka.serializer.StringDecoder': decodeText,
  'kafka.serializer.DefaultDecoder': (bytes) => `[B@${(0x1b2c3d4 + bytes.length).toString(16)}`,
  'kafka.serializer.LongDecoder': (bytes) => (bytes.length === 8 ? viewOf(bytes).getBigInt64(0).toString() : '0'),
  'kafka.serializer.IntegerDecoder': (bytes) => (bytes.length === 4 ? String(viewOf(bytes).getInt32(0)) : '0'),
};

function decoderOf(className: string): Decoder {
  const decoder = DECODERS[className];
  if (decoder !== undefined) return decoder;
  throw new UncaughtException({ text: `java.lang.ClassNotFoundException: ${className}`, frames: CLASS_NOT_FOUND_FRAMES });
}

export function recordParserFor(options: OptionSet): RecordParser {
  if (options.has('offsets-decoder')) return parseOffsetsTopic;
  if (options.has('transaction-log-decoder')) return parseTransactionLog;
  const value = decoderOf(options.valueOf('value-decoder-class') as string);
  const key = decoderOf(options.valueOf('key-decoder-class') as string);
  return (record) => {
    if (record.value === null) return {};
    return { key: record.key === null ? undefined : key(record.key), payload: value(record.value) };
  };
}

function failed(text: string): UncaughtException {
  return new UncaughtException({ text, frames: ['kafka.tools.DumpLogSegments.main(DumpLogSegments.scala)'] });
}

function parseOffsetsTopic(record: RecordView): ParsedRecord {
  if (record.value === null) return {};
  if (record.key === null) throw failed('kafka.common.KafkaException: Failed to decode message using offset topic decoder (message had a missing key)');
  const key = readKey(record.key);
  if (key.kind === 'offset') {
    const { offset, metadata } = readOffsetValue(record.value);
    return { key: `offset::${key.group}:${key.topic}:${key.partition}`, payload: metadata === '' ? String(offset) : `${offset}:${metadata}` };
  }
  const group = readGroupValue(record.value);
  const members = scalaMutableMapOrder(group.members, (each) => javaStringHash(each.memberId)).map((each) => {
    return `${each.memberId}=[${each.partitions.map((tp) => `${tp.topic}-${tp.partition}`).join(', ')}]`;
  });
  const { protocolType, protocol, generationId } = group;
  const payload = JSON.stringify({ protocolType, protocol, generationId, assignment: `{${members.join(',')}}` });
  return { key: JSON.stringify({ metadata: key.group }), payload };
}

function readKey(bytes: Uint8Array): NonNullable<ReturnType<typeof readMessageKey>> {
  try {
    const key = readMessageKey(bytes);
    if (key !== undefined) return key;
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  throw failed('kafka.common.KafkaException: Failed to decode message using offset topic decoder (message had an invalid key)');
}

function parseTransactionLog(): ParsedRecord {
  throw failed('java.lang.UnsupportedOperationException: --transaction-log-decoder is not simulated yet');
}
