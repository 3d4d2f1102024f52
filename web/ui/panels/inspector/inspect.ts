import type { Snapshot } from '../../../session/snapshot';
import { groupDigits } from '../../drawing/wire';
import { printable } from '../../drawing/record-text';
import { parseSelection } from '../../drawing/selection';
import { clockText } from '../../app/simulated-clock';
import { inspectClient } from './inspect-client';
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
      ...zooKeeper.sessions.map((session) => [`session of ${session.owner}`, `${session.id}\ntimeout ${session.timeoutMs / 1000} s, expires in ${secondsLeft(session, snapshot)} s${session.connected ? ' unless a heartbeat comes' : ''}`] as const),
    ],
    why: zooKeeperWhy(zooKeeper, snapshot) ?? { question: 'What is it for?', answer: 'Each broker keeps a session here and an ephemeral znode below /brokers/ids. When its heartbeats stop, the session expires and the znode goes: that is how a cluster notices that a broker is gone. Producers and consumers do not talk to ZooKeeper.' },
  };
}

type ZkSession = Snapshot['zookeepers'][number]['sessions'][number];

function secondsLeft({ expiresUs }: ZkSession, { nowUs }: Snapshot): string {
  return (Math.max(0, expiresUs - nowUs) / 1e6).toFixed(1);
}

function zooKeeperWhy({ running, sessions }: Snapshot['zookeepers'][number], snapshot: Snapshot): Inspection['why'] {
  if (!running) return { question: 'What does the cluster do without it?', answer: 'Brokers go on serving the partitions that they lead, so producers and consumers may notice nothing. But no topic can be made, no leader elected, and no broker can join until it is back.' };
  const lost = sessions.find(({ brokerId, connected }) => brokerId !== null && !connected);
  if (!lost) return null;
  return { question: `Why is broker ${lost.brokerId} still in /brokers/ids?`, answer: `No heartbeat has come from it since its connection was lost. Its session expires in ${secondsLeft(lost, snapshot)} s; then ZooKeeper removes the ephemeral znode /brokers/ids/${lost.brokerId}, and those who watch it learn that the broker is gone.` };
}

function inspectRecord(place: { topic: string; partition: number; offset: number }, snapshot: Snapshot): Inspection | null {
  const partition = snapshot.topics.find((topic) => topic.topic === place.topic)?.partitions.find((other) => other.partition === place.partition);
  const record = partition?.records.find((other) => other.offset === place.offset);
  if (!partition || !record) return null;
  const leader = snapshot.brokers.find((broker) => broker.brokerId === partition.leader);
  const replica = leader?.replicas
    .find((other) => other.topic === place.topic && other.partition === place.partition);
  const { seconds, fraction } = clockText((record.timestampMs - snapshot.startDateMs) * 1000, snapshot.startDateMs);
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
    why: recordWhy(place.offset, leader, replica),
  };
}

function recordWhy(offset: number, leader: Snapshot['brokers'][number] | undefined, replica: Snapshot['brokers'][number]['replicas'][number] | undefined): Inspection['why'] {
  if (!leader || leader.state === 'stopped') {
    return { question: 'Why can no consumer read it now?', answer: `${leader ? `Broker ${leader.brokerId}, which leads its partition, has stopped` : 'Its partition has no leader'}. The record is still on the disk of its replicas, and is served again when one of them leads.` };
  }
  const highWatermark = replica?.highWatermark ?? 0;
  return offset < highWatermark
    ? { question: 'Can consumers read it?', answer: `Yes: its offset ${offset} is below the high watermark ${highWatermark}, so every replica in the ISR has it.` }
    : { question: 'Why can no consumer read it yet?', answer: `Its offset ${offset} is not below the high watermark ${highWatermark}: a replica in the ISR has not fetched it.` };
}
