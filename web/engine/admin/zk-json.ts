import type { Stat } from '../zookeeper/client/messages';
import { javaStringHash } from '../protocol/java-string-hash';
import { scalaImmutableOrder } from '../protocol/jvm-hash-order';
import type { TopicPartition } from '../protocol/messages';
import { decodeUtf8, encodeUtf8 } from '../protocol/utf8';
import { kafkaException } from './admin-errors';
import { inPropertiesOrder } from './properties-order';
import type { ReplicaAssignment } from './replica-placement';

/** `PLAINTEXT://kafka:9092` of a registered broker. */
export interface BrokerEndPoint {
  readonly listenerName: string;
  readonly securityProtocol: string;
  readonly host: string;
  readonly port: number;
}

/** What a broker writes of itself when it registers. */
export interface BrokerRegistration {
  readonly id: number;
  readonly endPoints: readonly BrokerEndPoint[];
  readonly rack: string | null;
  readonly jmxPort: number;
  /** Milliseconds since 1970. */
  readonly timestampMs: number;
}

/** The state of a partition; `zkVersion` is that of its znode. */
export interface LeaderAndIsr {
  /** -1 for none. */
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  readonly zkVersion: number;
}

export interface LeaderIsrAndControllerEpoch extends LeaderAndIsr {
  readonly controllerEpoch: number;
}

export interface PartitionReassignment extends TopicPartition {
  readonly replicas: readonly number[];
}

type Json = Record<string, unknown>;

function toBytes(json: Json): Uint8Array {
  return encodeUtf8(JSON.stringify(json));
}

/** The object in the data; undefined when it is none, as for a znode that somebody wrote by hand. */
function parseObject(data: Uint8Array | null): Json | undefined {
  if (data === null) return undefined;
  try {
    const value: unknown = JSON.parse(decodeUtf8(data));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** `{"a":..}` in exactly this order: names that look like numbers would be sorted by JavaScript. */
function orderedObject(entries: readonly (readonly [string, unknown])[]): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
}

export function encodeController(brokerId: number, timestampMs: number): Uint8Array {
  return toBytes({ version: 1, brokerid: brokerId, timestamp: String(timestampMs) });
}

export function decodeController(data: Uint8Array | null): number | undefined {
  const id = parseObject(data)?.brokerid;
  return typeof id === 'number' ? id : undefined;
}

/** Field order: that of Scala's hash map. */
export function encodeBroker(broker: BrokerRegistration): Uint8Array {
  const plaintext = broker.endPoints.find((each) => each.securityProtocol === 'PLAINTEXT');
  return toBytes({
    listener_security_protocol_map: Object.fromEntries(
      broker.endPoints.map((each) => [each.listenerName, each.securityProtocol]),
    ),
    endpoints: broker.endPoints.map((each) => `${each.listenerName}://${each.host}:${each.port}`),
    ...(broker.rack === null ? {} : { rack: broker.rack }),
    jmx_port: broker.jmxPort,
    host: plaintext?.host ?? null,
    timestamp: String(broker.timestampMs),
    port: plaintext?.port ?? -1,
    version: 4,
  });
}

/** Throws KafkaException. */
export function decodeBroker(id: number, data: Uint8Array | null): BrokerRegistration {
  const json = parseObject(data);
  if (json === undefined)
    throw kafkaException(`Failed to parse ZooKeeper registration for broker ${id}: ${decodeUtf8(data ?? new Uint8Array(0))}`);
  const protocols = (json.listener_security_protocol_map ?? {}) as Record<string, string>;
  const endPoints = ((json.endpoints ?? []) as string[]).map((text) => endPointOf(text, protocols));
  return {
    id,
    endPoints,
    rack: typeof json.rack === 'string' ? json.rack : null,
    jmxPort: Number(json.jmx_port ?? -1),
    timestampMs: Number(json.timestamp ?? 0),
  };
}

function endPointOf(text: string, protocols: Record<string, string>): BrokerEndPoint {
  const match = /^(.*):\/\/\[?([0-9a-zA-Z\-%._:]*)\]?:(-?[0-9]+)$/.exec(text);
  if (match === null) throw kafkaException(`Unable to parse ${text} to a broker endpoint`);
  const listenerName = match[1] as string;
  return {
    listenerName,
    securityProtocol: protocols[listenerName] ?? listenerName,
    host: match[2] as string,
    port: Number(match[3]),
  };
}

/** Partitions in the order in which the real map hands them out: as they are put in up to four, by hash beyond. */
export function encodeTopic(assignment: ReplicaAssignment): Uint8Array {
  const names = scalaImmutableOrder([...assignment.keys()].map(String), javaStringHash);
  const partitions = orderedObject(names.map((name) => [name, assignment.get(Number(name))] as const));
  return encodeUtf8(`{"version":1,"partitions":${partitions}}`);
}

/** In the stored order; empty when the data is no assignment. */
export function decodeTopic(data: Uint8Array | null): Map<number, readonly number[]> {
  const partitions = parseObject(data)?.partitions;
  if (typeof partitions !== 'object' || partitions === null || data === null) return new Map();
  const byName = partitions as Record<string, number[]>;
  const names = [...decodeUtf8(data).matchAll(/"(\d+)"\s*:\s*\[/g)].map((match) => match[1] as string);
  return new Map(names.filter((name) => Object.hasOwn(byName, name)).map((name) => [Number(name), byName[name] as number[]]));
}

export function encodePartitionState(state: Omit<LeaderIsrAndControllerEpoch, 'zkVersion'>): Uint8Array {
  const { controllerEpoch, leader, leaderEpoch, isr } = state;
  return toBytes({ controller_epoch: controllerEpoch, leader, version: 1, leader_epoch: leaderEpoch, isr });
}

export function decodePartitionState(data: Uint8Array | null, stat: Stat): LeaderIsrAndControllerEpoch | undefined {
  const json = parseObject(data);
  if (json === undefined) return undefined;
  return {
    leader: Number(json.leader),
    leaderEpoch: Number(json.leader_epoch),
    isr: (json.isr ?? []) as number[],
    controllerEpoch: Number(json.controller_epoch),
    zkVersion: stat.version,
  };
}

export function encodeConfig(config: ReadonlyMap<string, string>): Uint8Array {
  return encodeUtf8(`{"version":1,"config":${orderedObject([...inPropertiesOrder(config)])}}`);
}

/** In the order of Java's Properties; empty when there is nothing. */
export function decodeConfig(data: Uint8Array | null): Map<string, string> {
  const config = parseObject(data)?.config;
  if (typeof config !== 'object' || config === null) return new Map();
  return inPropertiesOrder(new Map(Object.entries(config).map(([name, value]) => [name, String(value)])));
}

export function encodeConfigChange(sanitizedEntityPath: string): Uint8Array {
  return toBytes({ version: 2, entity_path: sanitizedEntityPath });
}

/** `topics/orders`; undefined for data that is no notification. */
export function decodeConfigChange(data: Uint8Array | null): string | undefined {
  const path = parseObject(data)?.entity_path;
  return typeof path === 'string' ? path : undefined;
}

export function encodeIsrChange(partitions: readonly TopicPartition[]): Uint8Array {
  return toBytes({ version: 1, partitions: partitions.map(({ topic, partition }) => ({ topic, partition })) });
}

/** Also reads /admin/preferred_replica_election, which has the same shape. */
export function decodePartitions(data: Uint8Array | null): TopicPartition[] {
  const partitions = parseObject(data)?.partitions;
  return Array.isArray(partitions) ? partitions.map(({ topic, partition }: TopicPartition) => ({ topic, partition })) : [];
}

export function encodeReassignment(reassignments: readonly PartitionReassignment[]): Uint8Array {
  return toBytes({
    version: 1,
    partitions: reassignments.map(({ topic, partition, replicas }) => ({ topic, partition, replicas })),
  });
}

export function decodeReassignment(data: Uint8Array | null): PartitionReassignment[] {
  const partitions = parseObject(data)?.partitions;
  if (!Array.isArray(partitions)) return [];
  return partitions.map(({ topic, partition, replicas }: PartitionReassignment) => ({ topic, partition, replicas }));
}

export function encodeLogDirEvent(brokerId: number): Uint8Array {
  return toBytes({ version: 1, broker: brokerId, event: 1 });
}

export function decodeLogDirEvent(data: Uint8Array | null): number | undefined {
  const broker = parseObject(data)?.broker;
  return typeof broker === 'number' ? broker : undefined;
}

export function encodeClusterId(id: string): Uint8Array {
  return toBytes({ version: '1', id });
}

/** Throws KafkaException. */
export function decodeClusterId(data: Uint8Array | null): string {
  const id = parseObject(data)?.id;
  if (typeof id !== 'string')
    throw kafkaException(`Failed to parse the cluster id json ${decodeUtf8(data ?? new Uint8Array(0))}`);
  return id;
}

export interface ProducerIdBlock {
  readonly brokerId: number;
  readonly blockStart: number;
  readonly blockEnd: number;
}

export function encodeProducerIdBlock(block: ProducerIdBlock): Uint8Array {
  return toBytes({
    version: 1,
    broker: block.brokerId,
    block_start: String(block.blockStart),
    block_end: String(block.blockEnd),
  });
}

/** Throws KafkaException. */
export function decodeProducerIdBlock(data: Uint8Array | null): ProducerIdBlock {
  const json = parseObject(data);
  if (json === undefined)
    throw kafkaException(`Failed to parse the producerId block json ${decodeUtf8(data ?? new Uint8Array(0))}`);
  return { brokerId: Number(json.broker), blockStart: Number(json.block_start), blockEnd: Number(json.block_end) };
}
