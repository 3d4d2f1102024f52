import type { Snapshot } from '../../../session/snapshot';
import { groupDigits } from '../../drawing/wire';
import type { Inspection } from './inspection';

type Partition = Snapshot['topics'][number]['partitions'][number];

/** One partition across all brokers. Null when there is no such partition. */
export function inspectPartition(topicName: string, number: number, snapshot: Snapshot): Inspection | null {
  const topic = snapshot.topics.find((other) => other.topic === topicName);
  const partition = topic?.partitions.find((other) => other.partition === number);
  if (!topic || !partition) return null;
  const replicas = snapshot.brokers.flatMap((broker) => broker.replicas
    .filter((replica) => replica.topic === topicName && replica.partition === number)
    .map((replica) => ({ broker, replica })));
  const leader = replicas.find(({ broker }) => broker.brokerId === partition.leader);
  const ends = replicas.length > 1
    ? replicas.map(({ broker, replica }) => `${broker.brokerId}: ${groupDigits(replica.logEndOffset)}`).join(' · ')
    : groupDigits(leader?.replica.logEndOffset ?? 0);
  return {
    title: `${topicName}-${number}`,
    what: 'Partition',
    fields: [
      ['leader', partition.leader < 0 ? 'none' : `${partition.leader}${leader?.broker.state === 'stopped' ? ', not answering' : ''}`],
      ['leaderEpoch', String(partition.leaderEpoch)],
      ['replicas', partition.replicas.join(', ')],
      ['isr', partition.isr.join(', ') || 'none'],
      ['logStartOffset', groupDigits(leader?.replica.logStartOffset ?? 0)],
      ['highWatermark', groupDigits(leader?.replica.highWatermark ?? 0)],
      ['lastStableOffset', groupDigits(leader?.replica.lastStableOffset ?? 0)],
      ['logEndOffset', ends],
      ['size', `${groupDigits(leader?.replica.sizeInBytes ?? 0)} bytes`],
      ['segments', (leader?.replica.segments ?? []).map(({ baseOffset }) => groupDigits(baseOffset)).join(', ')],
      ...Object.entries(topic.configs),
    ],
    why: partitionWhy(partition, leader, snapshot),
  };
}

function partitionWhy(partition: Partition, leader: { broker: Snapshot['brokers'][number]; replica: Snapshot['brokers'][number]['replicas'][number] } | undefined, { brokers, zookeepers }: Snapshot): Inspection['why'] {
  if (partition.leader < 0) return { question: 'Why has it no leader?', answer: `No replica of ${partition.replicas.join(', ')} that is in the ISR is alive, and unclean.leader.election.enable is false.` };
  if (leader?.broker.state === 'stopped' && !brokers.some(({ state }) => state === 'running')) {
    return { question: `Why is ${partition.leader} still the leader?`, answer: `Broker ${partition.leader} has stopped, and no broker is left that could be controller: nobody elects another leader or writes that there is none. The znode keeps what was last written.` };
  }
  if (leader?.broker.state === 'stopped' && !zookeepers.some(({ sessions }) => sessions.some(({ brokerId }) => brokerId === partition.leader))) {
    return { question: `Why is ${partition.leader} still the leader?`, answer: `Its ZooKeeper session has just ended. The controller hears of it from its watch on /brokers/ids and elects the first replica that is alive and in the ISR.` };
  }
  if (leader?.broker.state === 'stopped') {
    return { question: `Why is ${partition.leader} still the leader?`, answer: `Broker ${partition.leader} has stopped, but as long as its ZooKeeper session lives /brokers/ids/${partition.leader} exists and the controller does nothing. Then it elects the first replica that is alive and in the ISR.` };
  }
  if (!leader) return null;
  const { highWatermark, logEndOffset } = leader.replica;
  if (highWatermark < logEndOffset) {
    return { question: 'Why is the high watermark behind the log end?', answer: `The leader has records up to ${logEndOffset - 1}; a replica in the ISR (${partition.isr.join(', ')}) has only those below ${highWatermark}. Consumers read up to the high watermark.` };
  }
  if (partition.isr.length === 1 && partition.replicas.length === 1) {
    return { question: 'Why are high watermark and log end the same?', answer: 'The leader is the only replica, so every record is on all of the ISR as soon as it is appended. If its disk is lost, so is the partition.' };
  }
  return { question: 'Why are high watermark and log end the same?', answer: `Every replica in the ISR (${partition.isr.join(', ')}) has fetched all records of the leader.` };
}
