import type { RecordBatch, RecordView } from '../../../../engine/protocol/record-batch';
import { javaStringHash } from '../../../../engine/protocol/java-string-hash';
import { scalaMutableMapOrder } from '../../../../engine/protocol/jvm-hash-order';
import { concatBytes, encodeText } from '../../../os/text';
import { readGroupValue, readMessageKey, readOffsetValue, type StoredGroup } from '../../lib/offsets-topic-records';
import { crc32 } from './crc32';
import { type Deserializer, deserializerOf } from './deserializers';

export interface FormattedRecord {
  readonly topic: string;
  readonly timestampType: RecordBatch['timestampType'];
  readonly record: RecordView;
}

/** How records are shown. `format` may throw KafkaError (a deserializer's). */
export interface MessageFormatter {
  format(record: FormattedRecord): Uint8Array;
}

/** `key.deserializer` or `value.deserializer` names a class that is not there. */
export class MissingClassError extends Error {}

const NOTHING = new Uint8Array(0);
const NULL_TEXT = encodeText('null');

function isTrue(properties: ReadonlyMap<string, string>, name: string): boolean {
  return properties.get(name)?.trim().toLowerCase() === 'true';
}

/**
 * Columns timestamp, key and value with separators. @source kafka 1.1.0 core/.../tools/ConsoleConsumer.scala DefaultMessageFormatter
 */
class DefaultMessageFormatter implements MessageFormatter {
  private readonly printTimestamp: boolean;
  private readonly printKey: boolean;
  private readonly printValue: boolean;
  private readonly keySeparator: Uint8Array;
  private readonly lineSeparator: Uint8Array;
  private readonly keyDeserializer: Deserializer | undefined;
  private readonly valueDeserializer: Deserializer | undefined;

  constructor(properties: ReadonlyMap<string, string>) {
    this.printTimestamp = isTrue(properties, 'print.timestamp');
    this.printKey = isTrue(properties, 'print.key');
    this.printValue = properties.has('print.value') ? isTrue(properties, 'print.value') : true;
    this.keySeparator = encodeText(properties.get('key.separator') ?? '\t');
    this.lineSeparator = encodeText(properties.get('line.separator') ?? '\n');
    this.keyDeserializer = this.deserializer(properties.get('key.deserializer'));
    this.valueDeserializer = this.deserializer(properties.get('value.deserializer'));
  }

  format({ record, timestampType }: FormattedRecord): Uint8Array {
    const parts: Uint8Array[] = [];
    if (this.printTimestamp) {
      const text = record.timestampMs >= 0 ? `${timestampType}:${record.timestampMs}` : 'NO_TIMESTAMP';
      parts.push(encodeText(text), this.separator(this.printKey || this.printValue));
    }
    if (this.printKey) parts.push(this.text(this.keyDeserializer, record.key), this.separator(this.printValue));
    if (this.printValue) parts.push(this.text(this.valueDeserializer, record.value), this.lineSeparator);
    return concatBytes(parts);
  }

  private separator(hasColumnAfter: boolean): Uint8Array {
    return hasColumnAfter ? this.keySeparator : this.lineSeparator;
  }

  private text(deserializer: Deserializer | undefined, bytes: Uint8Array | null): Uint8Array {
    const nonNull = bytes ?? NULL_TEXT;
    return deserializer === undefined ? nonNull : encodeText(deserializer(nonNull));
  }

  private deserializer(className: string | undefined): Deserializer | undefined {
    if (className === undefined) return undefined;
    const found = deserializerOf(className);
    if (found === undefined) throw new MissingClassError(className);
    return found;
  }
}

class NoOpMessageFormatter implements MessageFormatter {
  format(): Uint8Array {
    return NOTHING;
  }
}

/** The checksum that the message has in the format of release 0.10. */
class ChecksumMessageFormatter implements MessageFormatter {
  private readonly prefix: string;

  constructor(properties: ReadonlyMap<string, string>) {
    const topic = properties.get('topic');
    this.prefix = topic === undefined ? '' : `${topic}:`;
  }

  format({ record, timestampType }: FormattedRecord): Uint8Array {
    return encodeText(`${this.prefix}checksum:${crc32(legacyMessage(record, timestampType))}\n`);
  }
}

/** Magic, attributes, timestamp, key and value of a message of format v1. */
function legacyMessage(record: RecordView, timestampType: string): Uint8Array {
  const head = new DataView(new ArrayBuffer(10));
  head.setUint8(0, 1);
  head.setUint8(1, timestampType === 'LogAppendTime' ? 8 : 0);
  head.setBigInt64(2, BigInt(record.timestampMs));
  return concatBytes([new Uint8Array(head.buffer), ...sizedField(record.key), ...sizedField(record.value)]);
}

function sizedField(bytes: Uint8Array | null): Uint8Array[] {
  const size = new DataView(new ArrayBuffer(4));
  size.setInt32(0, bytes === null ? -1 : bytes.length);
  return [new Uint8Array(size.buffer), bytes ?? NOTHING];
}

/** Committed offsets of `__consumer_offsets`; its other records are passed over. */
class OffsetsMessageFormatter implements MessageFormatter {
  format({ record }: FormattedRecord): Uint8Array {
    const key = record.key === null ? undefined : readMessageKey(record.key);
    if (key?.kind !== 'offset') return NOTHING;
    return encodeText(`[${key.group},${key.topic},${key.partition}]::${record.value === null ? 'NULL' : offsetText(record.value)}\n`);
  }
}

function offsetText(value: Uint8Array): string {
  const { offset, metadata, commitTimestampMs, expireTimestampMs } = readOffsetValue(value);
  const shown = metadata === '' ? 'NO_METADATA' : metadata;
  return `[OffsetMetadata[${offset},${shown}],CommitTime ${commitTimestampMs},ExpirationTime ${expireTimestampMs}]`;
}

/** Groups of `__consumer_offsets`; its other records are passed over. */
class GroupMetadataMessageFormatter implements MessageFormatter {
  format({ record }: FormattedRecord): Uint8Array {
    const key = record.key === null ? undefined : readMessageKey(record.key);
    if (key?.kind !== 'group') return NOTHING;
    return encodeText(`${key.group}::${record.value === null ? 'NULL' : groupText(key.group, readGroupValue(record.value))}\n`);
  }
}

function groupText(groupId: string, group: StoredGroup): string {
  const state = group.members.length === 0 ? 'Empty' : 'Stable';
  const members = scalaMutableMapOrder(group.members, (each) => javaStringHash(each.memberId)).map((each) => {
    const times = `sessionTimeoutMs=${each.sessionTimeoutMs}, rebalanceTimeoutMs=${each.rebalanceTimeoutMs}`;
    const protocols = `supportedProtocols=List(${group.protocol ?? ''})`;
    return `${each.memberId} -> MemberMetadata(memberId=${each.memberId}, clientId=${each.clientId}, clientHost=${each.clientHost}, ${times}, ${protocols}, )`;
  });
  const protocolType = group.protocolType === '' ? 'None' : `Some(${group.protocolType})`;
  return `GroupMetadata(groupId=${groupId}, generation=${group.generationId}, protocolType=${protocolType}, currentState=${state}, members=Map(${members.join(', ')}))`;
}

const MANAGER = 'kafka.coordinator.group.GroupMetadataManager$';
const FORMATTERS: Readonly<Record<string, (properties: ReadonlyMap<string, string>) => MessageFormatter>> = {
  'kafka.tools.DefaultMessageFormatter': (properties) => new DefaultMessageFormatter(properties),
  // Beside what the default one prints it logs every record, at a level that the tools do not show.
  'kafka.tools.LoggingMessageFormatter': (properties) => new DefaultMessageFormatter(properties),
  'kafka.tools.NoOpMessageFormatter': () => new NoOpMessageFormatter(),
  'kafka.tools.ChecksumMessageFormatter': (properties) => new ChecksumMessageFormatter(properties),
  [`${MANAGER}OffsetsMessageFormatter`]: () => new OffsetsMessageFormatter(),
  [`${MANAGER}GroupMetadataMessageFormatter`]: () => new GroupMetadataMessageFormatter(),
};

/** undefined for a class that is not there. Throws MissingClassError. */
export function formatterOf(className: string): ((properties: ReadonlyMap<string, string>) => MessageFormatter) | undefined {
  return FORMATTERS[className];
}
