import type { Snapshot } from '../../../session/snapshot';

/** What the Cluster view draws, as tables. */
export function ClusterTable({ snapshot }: { snapshot: Snapshot }) {
  const { brokers, zookeepers, topics, clients } = snapshot;
  if (brokers.length === 0 && zookeepers.length === 0) return <div className="twin"><p>Nothing is running yet.</p></div>;
  return (
    <div className="twin">
      <table>
        <caption>Servers</caption>
        <thead><tr><th>server</th><th>address</th><th>state</th><th>role</th></tr></thead>
        <tbody>
          {zookeepers.map((zooKeeper) => (
            <tr key={zooKeeper.host}><td>ZooKeeper</td><td>{zooKeeper.host}:{zooKeeper.port}</td><td>{zooKeeper.running ? 'running' : 'stopped'}</td><td>{zooKeeper.sessions.length} sessions</td></tr>
          ))}
          {brokers.map((broker) => (
            <tr key={broker.brokerId}><td>broker {broker.brokerId}</td><td>{broker.advertised}</td><td>{broker.state}</td><td>{broker.isController ? 'controller' : ''}</td></tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>Replicas</caption>
        <thead><tr><th>partition</th><th>broker</th><th>role</th><th>log start offset</th><th>high watermark</th><th>log end offset</th><th>ISR</th></tr></thead>
        <tbody>
          {topics.filter((topic) => !topic.isInternal).flatMap((topic) => topic.partitions.flatMap((partition) => brokers.flatMap((broker) => broker.replicas
            .filter((replica) => replica.topic === topic.topic && replica.partition === partition.partition)
            .map((replica) => (
              <tr key={`${topic.topic}-${partition.partition}-${broker.brokerId}`}>
                <td>{topic.topic}-{partition.partition}</td><td>{broker.brokerId}</td>
                <td>{partition.leader === broker.brokerId ? 'leader' : replica.inSync ? 'follower' : 'out of the ISR'}</td>
                <td>{replica.logStartOffset}</td><td>{replica.highWatermark}</td><td>{replica.logEndOffset}</td><td>{partition.isr.join(', ')}</td>
              </tr>
            )))))}
        </tbody>
      </table>
      <table>
        <caption>Clients</caption>
        <thead><tr><th>client</th><th>terminal</th><th>host</th><th>topics</th><th>group</th><th>records</th><th>acknowledged</th></tr></thead>
        <tbody>
          {clients.map((client) => (
            <tr key={client.id}><td>{client.kind} {client.program}</td><td>{client.terminal ?? ''}</td><td>{client.host}</td><td>{client.topics.join(', ')}</td><td>{client.groupId ?? ''}</td><td>{client.records}</td><td>{client.kind === 'producer' ? client.acknowledged : ''}</td></tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
