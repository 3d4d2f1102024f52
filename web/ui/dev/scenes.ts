import type { BrokerSnapshot, ClientSnapshot, Frame, GroupSnapshot, RecordSnapshot, ReplicaSnapshot, Snapshot, TopicSnapshot, Travel } from '../../session/snapshot';

/** A fixed moment to look at, and the one before it. */
export interface Scene {
  readonly before: Frame;
  readonly frame: Frame;
  /** What stands in each terminal. */
  readonly output: Readonly<Record<number, string>>;
  readonly file: string;
  /** For a scene that goes on: its frame number `n`. */
  next?(n: number): Frame;
}

const START_MS = Date.UTC(2018, 5, 20, 10, 0, 0);
const MESSAGES = ['Hello World!', 'This is a test message', 'This is another message that will show up at the consumer', 'Hello again'];
const GROUP = 'console-consumer-58152';

export function record(offset: number, value: string | null, key: string | null = null, kind: RecordSnapshot['kind'] = 'data'): RecordSnapshot {
  return { offset, timestampMs: START_MS + 40_000 + offset * 1000, key, value, keySize: key?.length ?? -1, valueSize: value?.length ?? -1, kind };
}

export function replica(topic: string, partition: number, end: number, more: Partial<ReplicaSnapshot> = {}): ReplicaSnapshot {
  return { topic, partition, isLeader: true, inSync: true, logStartOffset: 0, highWatermark: end, lastStableOffset: end, logEndOffset: end, sizeInBytes: end * 72, segments: [{ baseOffset: 0, sizeInBytes: end * 72 }], ...more };
}

export function broker(brokerId: number, replicas: readonly ReplicaSnapshot[], more: Partial<BrokerSnapshot> = {}): BrokerSnapshot {
  return { brokerId, host: 'kafka', advertised: 'kafka:9092', rack: null, state: 'running', isController: true, replicas, purgatory: [], ...more };
}

export function topic(name: string, partitions: readonly (readonly RecordSnapshot[])[], leaders: readonly number[] = [1001], replicas?: readonly (readonly number[])[]): TopicSnapshot {
  return { topic: name, isInternal: name.startsWith('__'), configs: {}, partitions: partitions.map((records, partition) => {
    const leader = leaders[partition % leaders.length]!;
    return { partition, leader, leaderEpoch: 0, replicas: replicas?.[partition] ?? [leader], isr: replicas?.[partition] ?? [leader], records };
  }) };
}

export function emptySnapshot(nowUs: number): Snapshot {
  return {
    nowUs, startDateMs: START_MS, eventNumber: 1, clock: { paused: false, speed: 1 },
    terminals: [{ number: 1, hosts: ['laptop'], foregroundProgram: 'bash', inputWaits: false }],
    containers: [], zookeepers: [], brokers: [], topics: [], groups: [], clients: [],
    lab: { id: '01-verify-installation', steps: [{ met: false, differs: 'No container is running.' }, { met: false, differs: null }, { met: false, differs: null }, { met: false, differs: null }], current: 0 },
    timeline: { binUs: 500_000, bins: [], marks: [] },
  };
}

const producer: ClientSnapshot = {
  id: 'producer-1', kind: 'producer', program: 'kafka-console-producer.sh', clientId: 'console-producer', host: 'kafka', terminal: 2, pid: 201, groupId: null, topics: ['helloworld'],
  configs: { acks: '1', 'linger.ms': '1000' }, records: 4, acknowledged: 3, failed: 0, buffered: 0, positions: [], connections: [{ brokerId: 1001, connectionId: 'c1', state: 'ready', reason: null }],
};
const consumer: ClientSnapshot = {
  id: 'consumer-1', kind: 'consumer', program: 'kafka-console-consumer.sh', clientId: 'consumer-1', host: 'kafka', terminal: 3, pid: 301, groupId: GROUP, topics: ['helloworld'],
  configs: {}, records: 3, acknowledged: 0, failed: 0, buffered: 0, positions: [{ topic: 'helloworld', partition: 0, position: 3 }], connections: [{ brokerId: 1001, connectionId: 'c2', state: 'ready', reason: null }],
};
const group: GroupSnapshot = {
  groupId: GROUP, state: 'Stable', generationId: 1, protocol: 'range', coordinator: 1001,
  members: [{ memberId: 'consumer-1-x', clientId: 'consumer-1', host: '/172.18.0.3', partitions: ['helloworld-0'], isLeader: true }],
  offsets: [{ topic: 'helloworld', partition: 0, committedOffset: 2 }],
};

function runningSnapshot(nowUs: number, end: number): Snapshot {
  const base = emptySnapshot(nowUs);
  const met = { met: true, differs: null };
  return {
    ...base,
    clock: { paused: false, speed: 0.05 },
    terminals: [
      { number: 1, hosts: ['laptop'], foregroundProgram: 'docker-compose up', inputWaits: false },
      { number: 2, hosts: ['laptop', 'kafka'], foregroundProgram: 'kafka-console-producer.sh', inputWaits: false },
      { number: 3, hosts: ['laptop', 'kafka'], foregroundProgram: 'kafka-console-consumer.sh', inputWaits: false },
    ],
    zookeepers: [{ host: 'zookeeper', port: 2181, running: true, brokerIds: [1001], controllerId: 1001, znodeCount: 132, sessions: [{ id: '0x1641c6e5c6a0000', owner: 'broker 1001', brokerId: 1001, timeoutMs: 6000, expiresUs: nowUs + 3_720_000, connected: true }] }],
    brokers: [broker(1001, [replica('helloworld', 0, end)], { purgatory: end === 3 ? [{ api: 'Fetch', clientId: 'consumer-1', connectionId: 'c2', sinceUs: nowUs - 212_000, partitions: ['helloworld-0'] }] : [] })],
    topics: [topic('helloworld', [MESSAGES.slice(0, end).map((value, offset) => record(offset, value))]), topic('__consumer_offsets', Array.from({ length: 50 }, () => []))],
    groups: [group],
    clients: [producer, consumer],
    lab: { id: '01-verify-installation', current: 2, steps: [met, met, { met: false, differs: 'The consumer has read 3 records; this step asks for 5.' }, { met: false, differs: null }] },
    timeline: {
      binUs: 500_000,
      bins: Array.from({ length: 95 }, (_, index) => [0, 0, 2, 9, 30, 44, 46, 40, 22, 9][index] ?? (index % 33 > 28 ? 12 : 2 + (index % 3))),
      marks: [
        { timeUs: 4_600_000, kind: 'broker.up', text: 'broker 1001 up' }, { timeUs: 17_900_000, kind: 'topic.created', text: 'helloworld created' },
        { timeUs: 31_100_000, kind: 'group.stable', text: 'group stable' },
      ],
    },
  };
}

function travel(more: Partial<Travel> & Pick<Travel, 'id' | 'api' | 'kind' | 'connectionId'>): Travel {
  const request = more.kind === 'request';
  return {
    clientId: 'console-producer', fromHost: 'kafka', toHost: 'kafka', sentUs: 47_318_000, arrivesUs: 47_318_400, sizeInBytes: 120, correlationId: 9,
    partitions: [{ topic: 'helloworld', partition: 0, recordCount: request && more.api === 'Produce' ? 1 : 0, offset: null, errorCode: 0, records: request && more.api === 'Produce' ? [record(3, MESSAGES[3]!)] : [] }],
    ...more,
  };
}

const PROMPT = 'laptop:01-Verify-Installation$ ';
const OUTPUT: Readonly<Record<number, string>> = {
  1: '\x1b[36mzookeeper_1  |\x1b[0m 2018-06-20 10:00:03,214 [myid:] - INFO  [SyncThread:0:ZooKeeperServer@617] - Established session 0x1641c6e5c6a0000 with negotiated timeout 6000 for client /172.18.0.3:34082\r\n\x1b[33mkafka_1      |\x1b[0m [2018-06-20 10:00:04,602] INFO [KafkaServer id=1001] started (kafka.server.KafkaServer)\r\n\x1b[33mkafka_1      |\x1b[0m [2018-06-20 10:00:31,121] INFO [GroupCoordinator 1001]: Assignment received from leader for group console-consumer-58152 for generation 1 (kafka.coordinator.group.GroupCoordinator)',
  2: `${PROMPT}docker-compose exec kafka /opt/kafka/bin/kafka-console-producer.sh --broker-list kafka:9092 --topic helloworld\r\n${MESSAGES.map((message) => `>${message}\r\n`).join('')}>`,
  3: `${PROMPT}docker-compose exec kafka /opt/kafka/bin/kafka-console-consumer.sh --bootstrap-server kafka:9092 --topic helloworld --from-beginning\r\n${MESSAGES.slice(0, 3).join('\r\n')}\r\n`,
};
const COMPOSE = "version: '2'\nservices:\n  zookeeper:\n    image: wurstmeister/zookeeper:3.4.6\n    ports:\n      - \"2181:2181\"\n  kafka:\n    image: wurstmeister/kafka:1.1.0\n";

function still(snapshot: Snapshot, output: Scene['output'] = OUTPUT): Scene {
  const frame: Frame = { snapshot, travels: [], travelCount: 0 };
  return { before: frame, frame, output, file: COMPOSE };
}

const KEYS = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank', 'grace', 'heidi'];

function keyedTopic(): Snapshot {
  const base = runningSnapshot(60_000_000, 4);
  const partitions = [24, 60, 9].map((count, partition) => Array.from({ length: count }, (_, offset) => {
    const key = KEYS[(offset * 3 + partition * 2 + (offset >> 2)) % KEYS.length]!;
    return offset === 13 ? record(offset, null, key, 'tombstone') : record(offset, `balance ${offset * 7}`, key);
  }));
  return {
    ...base,
    topics: [topic('accounts', partitions)],
    brokers: [broker(1001, partitions.map((records, partition) => replica('accounts', partition, records.length, { highWatermark: records.length - (partition === 0 ? 1 : 0) })))],
    groups: ['billing', 'audit'].map((groupId, index) => ({ ...group, groupId, offsets: partitions.map((records, partition) => ({ topic: 'accounts', partition, committedOffset: Math.max(0, records.length - 3 - index * 4 - partition) })) })),
    clients: [producer, { ...consumer, groupId: 'billing', positions: partitions.map((records, partition) => ({ topic: 'accounts', partition, position: Math.max(0, records.length - 1) })) }],
  };
}

function threeBrokers(): Snapshot {
  const base = runningSnapshot(155_600_000, 4);
  const order = [[1, 2, 3], [2, 3, 1], [3, 1, 2]];
  const partitions = [20, 58, 49].map((count, partition) => Array.from({ length: count }, (_, offset) => record(offset, `order ${offset}`, KEYS[(offset * 3 + partition) % 5]!)));
  return {
    ...base,
    zookeepers: [{ ...base.zookeepers[0]!, brokerIds: [1, 2, 3], controllerId: 1, sessions: [1, 2, 3].map((id) => ({ id: `0x${id}`, owner: `broker ${id}`, brokerId: id, timeoutMs: 6000, expiresUs: base.nowUs + (id === 2 ? 2_600_000 : 5_000_000), connected: id !== 2 })) }],
    brokers: [1, 2, 3].map((id) => broker(id, partitions.map((records, partition) => replica('orders', partition, records.length - (id === 3 && partition === 0 ? 6 : 0), { isLeader: order[partition]![0] === id, inSync: !(id === 3 && partition === 0) })), { host: `kafka${id}`, advertised: `kafka${id}:9092`, isController: id === 1, state: id === 2 ? 'stopped' : 'running' })),
    topics: [topic('orders', partitions, [1, 2, 3], order)],
    clients: [{ ...producer, connections: [{ brokerId: 1, connectionId: 'c1', state: 'ready', reason: null }, { brokerId: 2, connectionId: 'c3', state: 'broken', reason: 'Connection refused' }] }, { ...consumer, connections: [{ brokerId: 3, connectionId: 'c2', state: 'ready', reason: null }] }],
  };
}

/** Named moments, by the word in the address. */
export const SCENES: Readonly<Record<string, () => Scene>> = {
  empty: () => still(emptySnapshot(0), { 1: PROMPT }),
  broker: () => still({ ...runningSnapshot(12_000_000, 3), topics: [], clients: [], groups: [], brokers: [broker(1001, [])] }),
  produce: () => ({
    before: { snapshot: { ...runningSnapshot(47_318_000, 3), clients: [{ ...producer, records: 3 }, consumer] }, travels: [], travelCount: 0 },
    frame: { snapshot: runningSnapshot(47_318_200, 3), travels: [travel({ id: 1, api: 'Produce', kind: 'request', connectionId: 'c1', arrivesUs: 47_718_400 })], travelCount: 1 },
    output: OUTPUT, file: COMPOSE,
  }),
  ack: () => {
    const after = runningSnapshot(47_319_000, 4);
    const reading = record(3, MESSAGES[3]!);
    return {
      before: { snapshot: runningSnapshot(47_318_000, 3), travels: [], travelCount: 0 },
      frame: { snapshot: { ...after, clients: [{ ...producer, acknowledged: 4 }, { ...consumer, records: 4, positions: [{ topic: 'helloworld', partition: 0, position: 4 }] }] }, travelCount: 3, travels: [
        travel({ id: 1, api: 'Produce', kind: 'request', connectionId: 'c1' }),
        travel({ id: 2, api: 'Produce', kind: 'response', connectionId: 'c1', sentUs: 47_318_500, arrivesUs: 47_418_900, partitions: [{ topic: 'helloworld', partition: 0, recordCount: 0, offset: 3, errorCode: 0, records: [] }] }),
        travel({ id: 3, api: 'Fetch', kind: 'response', connectionId: 'c2', clientId: 'consumer-1', correlationId: 3, sentUs: 47_318_500, arrivesUs: 47_418_900, partitions: [{ topic: 'helloworld', partition: 0, recordCount: 1, offset: 3, errorCode: 0, records: [reading] }] }),
      ] },
      output: OUTPUT, file: COMPOSE,
    };
  },
  topic: () => still(keyedTopic()),
  three: () => still(threeBrokers()),
  flood: () => {
    const frameAt = (n: number): Frame => {
      const end = 1000 + n * 512;
      const records = Array.from({ length: 128 }, (_, index) => record(end - 128 + index, `line ${end - 128 + index}`, KEYS[index % 8]!));
      const partitions = Array.from({ length: 12 }, () => records);
      const base = runningSnapshot(60_000_000 + n * 16_000, 4);
      return {
        snapshot: {
          ...base, eventNumber: n + 2, clock: { paused: false, speed: 1 }, topics: [topic('flood', partitions)],
          brokers: [broker(1001, partitions.map((_, partition) => replica('flood', partition, end)))],
          clients: [{ ...producer, records: end, acknowledged: end, topics: ['flood'] }, { ...consumer, records: end, topics: ['flood'], positions: partitions.map((_, partition) => ({ topic: 'flood', partition, position: end })) }],
        },
        travelCount: 400,
        travels: Array.from({ length: 64 }, (_, index) => travel({
          id: n * 64 + index, api: index % 2 ? 'Fetch' : 'Produce', kind: index % 2 ? 'response' : 'request', connectionId: index % 2 ? 'c2' : 'c1', correlationId: n * 64 + index,
          partitions: [{ topic: 'flood', partition: index % 12, recordCount: 150, offset: end, errorCode: 0, records: records.slice(0, 12) }],
        })),
      };
    };
    return { ...still(frameAt(0).snapshot), next: frameAt };
  },
};
