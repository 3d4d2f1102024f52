import type { ClientSnapshot, Snapshot } from '../../../session/snapshot';
import { brokenConnection } from '../../drawing/connections';
import { groupDigits } from '../../drawing/wire';
import type { Inspection } from './inspection';

/** A producer or a consumer. Null when it has ended. */
export function inspectClient(id: string, snapshot: Snapshot): Inspection | null {
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
    why: broken ? { question: 'Why can it not reach the broker?', answer: broken.reason ?? 'The connection was refused or cut.' } : clientWhy(client, snapshot),
  };
}

function clientWhy(client: ClientSnapshot, snapshot: Snapshot): Inspection['why'] {
  if (client.kind === 'producer') return producerWhy(client);
  if (client.kind === 'consumer') return consumerWhy(client, snapshot);
  return null;
}

const ACKS_ANSWER: Readonly<Record<string, string>> = {
  '0': 'with acks=0 nobody answers, and a lost record is not noticed',
  '1': 'with acks=1 the leader answers as soon as it has appended it itself',
  '-1': 'with acks=all the leader answers when every replica in the ISR has it',
};

function producerWhy({ configs, buffered, records, acknowledged, failed }: ClientSnapshot): Inspection['why'] {
  const linger = groupDigits(Number(configs['linger.ms'] ?? 0));
  const acks = configs['acks'] === 'all' ? '-1' : configs['acks'] ?? '1';
  const answer = `When its batch is full (batch.size), or ${linger} ms (linger.ms) after the first record of the batch came in. The batch goes to the leader of the partition; ${ACKS_ANSWER[acks] ?? ACKS_ANSWER['1']}.`;
  if (buffered > 0) return { question: `Why ${buffered === 1 ? 'does a record' : `do ${groupDigits(buffered)} records`} still wait here?`, answer: answer.replace('When its batch', 'A record leaves when its batch') };
  const underway = records - acknowledged - failed;
  if (underway > 0 && acks !== '0') return { question: `Why ${underway === 1 ? 'is a record' : `are ${groupDigits(underway)} records`} not acknowledged?`, answer: `The request is on its way or waits at the broker; ${ACKS_ANSWER[acks] ?? ACKS_ANSWER['1']}.` };
  return { question: 'When does a record leave?', answer };
}

function consumerWhy({ clientId, groupId, positions, topics, configs }: ClientSnapshot, { groups, topics: all }: Snapshot): Inspection['why'] {
  const group = groups.find((other) => other.groupId === groupId);
  const partitions = all.filter(({ topic }) => topics.includes(topic)).reduce((sum, topic) => sum + topic.partitions.length, 0);
  if (group && group.state !== 'Stable') {
    return { question: `Why does ${clientId} read nothing now?`, answer: `Its group is in the state ${group.state}: partitions are being shared out among its members, and nobody reads until all of them have heard their part.` };
  }
  if (group && positions.length === 0 && group.members.length > partitions) {
    return { question: 'Why does it read nothing?', answer: `Its group has ${group.members.length} members and ${topics.join(', ')} ${partitions === 1 ? '1 partition' : `${partitions} partitions`}. A partition goes to one member of a group, so some get none. It takes over when another leaves.` };
  }
  const wait = configs['fetch.max.wait.ms'] ?? '500';
  return { question: 'Why does it always ask?', answer: `A consumer fetches: it asks the leader for what comes after its position. When there is nothing yet, the request waits at the broker for up to ${wait} ms (fetch.max.wait.ms) and is then answered with nothing.` };
}
