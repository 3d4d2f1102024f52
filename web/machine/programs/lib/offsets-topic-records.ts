import { decodeText } from '../../os/text';

/** What a record of `__consumer_offsets` is about. */
export type OffsetsTopicKey =
  | { readonly kind: 'offset'; readonly group: string; readonly topic: string; readonly partition: number }
  | { readonly kind: 'group'; readonly group: string };

export interface CommittedOffset {
  readonly offset: number;
  readonly metadata: string;
  readonly commitTimestampMs: number;
  readonly expireTimestampMs: number;
}

export interface StoredMember {
  readonly memberId: string;
  readonly clientId: string;
  readonly clientHost: string;
  readonly rebalanceTimeoutMs: number;
  readonly sessionTimeoutMs: number;
  readonly partitions: readonly { readonly topic: string; readonly partition: number }[];
}

export interface StoredGroup {
  readonly protocolType: string;
  readonly generationId: number;
  readonly protocol: string | null;
  readonly leader: string | null;
  readonly members: readonly StoredMember[];
}

/** Reads Kafka's primitive types, big endian. Past the end it throws RangeError. */
class ByteReader {
  private readonly view: DataView;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  int16(): number {
    this.at += 2;
    return this.view.getInt16(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.view.getInt32(this.at - 4);
  }

  /** Rounded beyond 2^53. */
  int64(): number {
    this.at += 8;
    return Number(this.view.getBigInt64(this.at - 8));
  }

  string(): string {
    return this.nullableString() ?? '';
  }

  nullableString(): string | null {
    const length = this.int16();
    return length < 0 ? null : decodeText(this.take(length));
  }

  byteString(): Uint8Array {
    return this.take(Math.max(this.int32(), 0));
  }

  private take(length: number): Uint8Array {
    if (this.at + length > this.bytes.length) throw new RangeError('a field runs past the end');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** undefined for a key of a version that is not known. */
export function readMessageKey(key: Uint8Array): OffsetsTopicKey | undefined {
  const reader = new ByteReader(key);
  const version = reader.int16();
  if (version === 0 || version === 1) return { kind: 'offset', group: reader.string(), topic: reader.string(), partition: reader.int32() };
  if (version === 2) return { kind: 'group', group: reader.string() };
  return undefined;
}

/** @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupMetadataManager.scala readOffsetMessageValue */
export function readOffsetValue(value: Uint8Array): CommittedOffset {
  const reader = new ByteReader(value);
  const version = reader.int16();
  const offset = reader.int64();
  const metadata = reader.string();
  const commitTimestampMs = reader.int64();
  return { offset, metadata, commitTimestampMs, expireTimestampMs: version >= 1 ? reader.int64() : -1 };
}

/** @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupMetadataManager.scala readGroupMessageValue */
export function readGroupValue(value: Uint8Array): StoredGroup {
  const reader = new ByteReader(value);
  const version = reader.int16();
  const protocolType = reader.string();
  const generationId = reader.int32();
  const protocol = reader.nullableString();
  const leader = reader.nullableString();
  const count = reader.int32();
  const members = Array.from({ length: count }, () => readMember(reader, version));
  return { protocolType, generationId, protocol, leader, members };
}

function readMember(reader: ByteReader, version: number): StoredMember {
  const memberId = reader.string();
  const clientId = reader.string();
  const clientHost = reader.string();
  const rebalanceTimeoutMs = version >= 1 ? reader.int32() : 0;
  const sessionTimeoutMs = reader.int32();
  reader.byteString();
  const partitions = readAssignment(reader.byteString());
  return { memberId, clientId, clientHost, rebalanceTimeoutMs: version >= 1 ? rebalanceTimeoutMs : sessionTimeoutMs, sessionTimeoutMs, partitions };
}

function readAssignment(bytes: Uint8Array): { topic: string; partition: number }[] {
  if (bytes.length === 0) return [];
  const reader = new ByteReader(bytes);
  reader.int16();
  const partitions: { topic: string; partition: number }[] = [];
  const topics = reader.int32();
  for (let i = 0; i < topics; i++) {
    const topic = reader.string();
    const count = reader.int32();
    for (let j = 0; j < count; j++) partitions.push({ topic, partition: reader.int32() });
  }
  return partitions;
}
