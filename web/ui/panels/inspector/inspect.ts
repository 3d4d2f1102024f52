import type { Snapshot } from '../../../session/snapshot';
import { groupDigits } from '../../drawing/wire';
import { printable } from '../../drawing/record-text';
import { brokenConnection } from '../../drawing/connections';
import { parseSelection } from '../../drawing/selection';
import { clockText } from '../../app/simulated-clock';
import { inspectPartition } from './inspect-partition';
import type { Inspection } from './inspection';

/** Null when the thing is not there any more. */
export function inspect(selection: string, snapshot: Snapshot): Inspection | null {
  const selected = parseSelection(selection);
  switch (selected?.kind) {
    case 'broker': return inspectBroker(selected.brokerId, snapshot);
    case 'zookeeper': return inspectZooKeeper(selected.host, snapshot);
    case 'partition': return inspectPartition(selected.topic, selected.partition, snapshot);
    case 'record': return inspectRecord(selected, snapshot);
    case 'client': return inspectClient(selected.id, snapshot);
    default: return null;
  }
}

function inspectBroker(brokerId: number, snapshot: Snapshot): Inspection | null {
  const broker = snapshot.brokers.find((other) => other.brokerId === brokerId);
  if (!broker) return null;
  const leads = broker.replicas.filter((replica) => replica.isLeader).length;
  const session = snapshot.zookeepers.flatMap(({ sessions }) => sessions).find((other) => other.brokerId === brokerId);
  return {
    title: `broker ${brokerId}`,
    what: 'Broker',
    fields: [
      ['state', broker.state],
      ['host', broker.host],
      ['advertised.listeners', broker.advertised],
      ...(broker.rack === null ? [] : [['broker.rack', broker.rack] as const]),
      ['controller', broker.isController ? 'yes' : 'no'],
      ['replicas', groupDigits(broker.replicas.length)],
      ['leads', groupDigits(leads)],
      ['size', `${groupDigits(broker.replicas.reduce((sum, replica) => sum + replica.sizeInBytes, 0))} bytes`],
      ['requests that wait', String(broker.purgatory.length)],
      ['ZooKeeper session', session ? session.id : 'none'],
    ],
    why: brokerWhy(broker.state, broker.isController, session !== undefined, brokerId),
  };
}

function brokerWhy(state: string, isController: boolean, hasSession: boolean, brokerId: number): Inspection['why'] {
  if (state === 'stopped' && hasSession) {
    return { question: `Why does ZooKeeper still know broker ${brokerId}?`, answer: `It stopped without saying goodbye. Its session lives until the timeout has passed without a heartbeat; until then /brokers/ids/${brokerId} exists, and nobody else is elected.` };
  }
  if (state === 'stopped') return { question: 'What became of its records?', answer: 'They are in the files of its log directory. Nobody serves them until the broker runs again with the same directory.' };
  if (isController) return { question: 'Why is it the controller?', answer: 'It was the first that created the znode /controller. The controller elects leaders and tells every broker; there is one in a cluster.' };
  return null;
}

function inspectZooKeeper(host: string, snapshot: Snapshot): Inspection | null {
  const zooKeeper = snapshot.zookeepers.find((other) => other.host === host);
  if (!zooKeeper) return null;
  return {
    title: host,
    what: 'ZooKeeper',
    fields: [
      ['clientPort', String(zooKeeper.port)],
      ['state', zooKeeper.running ? 'running' : 'stopped'],
      ['znodes', groupDigits(zooKeeper.znodeCount)],
      ['/brokers/ids', zooKeeper.brokerIds.join(', ') || 'none'],
      ['/controller', zooKeeper.controllerId === null ? 'none' : String(zooKeeper.controllerId)],
      ...zooKeeper.sessions.map((session) => [session.id, `${session.owner}, ${((session.expiresUs - snapshot.nowUs) / 1e6).toFixed(1)} of ${session.timeoutMs / 1000} s left`] as const),
    ],
    why: { question: 'What is it for?', answer: 'Each broker keeps a session here and an ephemeral znode below /brokers/ids. When its heartbeats stop, the session expires and the znode goes: that is how a cluster notices that a broker is gone. Producers and consumers do not talk to ZooKeeper.' },
  };
}

function inspectRecord(place: { topic: string; partition: number; offset: number }, snapshot: Snapshot): Inspection | null {
  const partition = snapshot.topics.find((topic) => topic.topic === place.topic)?.partitions.find((other) => other.partition === place.partition);
  const record = partition?.records.find((other) => other.offset === place.offset);
  if (!partition || !record) return null;
  const replica = snapshot.brokers.find((broker) => broker.brokerId === partition.leader)?.replicas
    .find((other) => other.topic === place.topic && other.partition === place.partition);
  const { seconds, fraction } = clockText((record.timestampMs - snapshot.startDateMs) * 1000, snapshot.startDateMs);
  const readable = replica !== undefined && record.offset < replica.highWatermark;
  return {
    title: `${place.topic}-${place.partition} @ ${place.offset}`,
    what: 'Record',
    fields: [
      ['offset', groupDigits(record.offset)],
      ['CreateTime', `${record.timestampMs} (${seconds}.${fraction.slice(0, 3)})`],
      ['key', record.key === null ? 'null' : printable(record.key)],
      ['value', record.value === null ? 'null' : printable(record.value)],
      ['keysize', String(record.keySize)],
      ['valuesize', String(record.valueSize)],
      ['kind', record.kind],
    ],
    why: readable
      ? { question: 'Can consumers read it?', answer: `Yes: its offset ${place.offset} is below the high watermark ${replica.highWatermark}, so every replica in the ISR has it.` }
      : { question: 'Why can no consumer read it yet?', answer: `Its offset ${place.offset} is not below the high watermark ${replica?.highWatermark ?? 0}: a replica in the ISR has not fetched it.` },
  };
}

function inspectClient(id: string, snapshot: Snapshot): Inspection | null {
  const client = snapshot.clients.find((other) => other.id === id);
  if (!client) return null;
  const broken = brokenConnection(client);
  const counts: readonly (readonly [string, string])[] = client.kind === 'producer'
    ? [['records sent', groupDigits(client.records)], ['acknowledged', groupDigits(client.acknowledged)], ['failed', groupDigits(client.failed)], ['buffered', groupDigits(client.buffered)]]
    : [['records', groupDigits(client.records)], ...client.positions.map((place) => [`position ${place.topic}-${place.partition}`, groupDigits(place.position)] as const)];
  return {
    title: client.program,
    what: client.kind === 'producer' ? 'Producer' : client.kind === 'consumer' ? 'Consumer' : 'Admin client',
    fields: [
      ['client.id', client.clientId],
      ['host', client.host],
      ['pid', String(client.pid)],
      ...(client.terminal === null ? [] : [['terminal', String(client.terminal)] as const]),
      ...(client.groupId === null ? [] : [['group.id', client.groupId] as const]),
      ['topics', client.topics.join(', ')],
      ...counts,
      ...Object.entries(client.configs),
      ...client.connections.map((connection) => [connection.brokerId < 0 ? 'bootstrap' : `broker ${connection.brokerId}`, connection.reason ? `${connection.state}: ${connection.reason}` : connection.state] as const),
    ],
    why: broken ? { question: 'Why can it not reach the broker?', answer: broken.reason ?? 'The connection was refused or cut.' } : clientWhy(client.kind),
  };
}

function clientWhy(kind: 'producer' | 'consumer' | 'admin'): Inspection['why'] {
  if (kind === 'producer') return { question: 'When does a record leave?', answer: 'When its batch is full, or linger.ms after the first record of the batch came in. The batch goes to the leader of the partition; with acks 1 the leader answers when it has appended it.' };
  if (kind === 'consumer') return { question: 'Why does it always ask?', answer: 'A consumer fetches: it asks the leader for what comes after its position. When there is nothing yet, the request waits at the broker for up to fetch.max.wait.ms and is then answered with nothing.' };
  return null;
}
