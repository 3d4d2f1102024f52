import type { Snapshot } from '../../../session/snapshot';

/** The picture in one sentence, for those who hear it. */
export function describeCluster({ brokers, zookeepers, topics, clients }: Snapshot): string {
  const user = topics.filter((topic) => !topic.isInternal);
  const parts = [
    zookeepers.length === 0 ? 'no ZooKeeper' : `ZooKeeper on ${zookeepers.map(({ host }) => host).join(', ')}`,
    brokers.length === 0 ? 'no broker' : brokers.map((broker) => `broker ${broker.brokerId} ${broker.state}`).join(', '),
    user.length === 0 ? 'no topic' : user.map(({ topic, partitions }) => `topic ${topic} with ${partitions.length} ${partitions.length === 1 ? 'partition' : 'partitions'}`).join(', '),
    ...clients.filter(({ kind }) => kind !== 'admin').map(({ kind, program }) => `${kind} ${program}`),
  ];
  return `Cluster view: ${parts.join('; ')}`;
}
