import type { Snapshot } from '../../../session/snapshot';
import { printable } from '../../drawing/record-text';
import { groupLanes, lagOf } from './topic-lanes';

/** What the Topic view draws, as tables: each partition's newest records, and the groups that read it. */
export function TopicTable({ snapshot }: { snapshot: Snapshot }) {
  const topics = snapshot.topics.filter((topic) => !topic.isInternal);
  if (topics.length === 0) return <div className="twin"><p>No topic yet.</p></div>;
  return (
    <div className="twin">
      {topics.flatMap((topic) => topic.partitions.map((partition) => {
        const replica = snapshot.brokers.find((broker) => broker.brokerId === partition.leader)?.replicas
          .find((other) => other.topic === topic.topic && other.partition === partition.partition);
        const lanes = groupLanes({ topic: topic.topic, partition: partition.partition }, snapshot.groups, snapshot.clients);
        return (
          <div key={`${topic.topic}-${partition.partition}`}>
            <table>
              <caption>{topic.topic}-{partition.partition}, leader {partition.leader < 0 ? 'none' : partition.leader}{replica && `, log start offset ${replica.logStartOffset}, high watermark ${replica.highWatermark}, log end offset ${replica.logEndOffset}`}</caption>
              <thead><tr><th>offset</th><th>key</th><th>value</th><th>kind</th></tr></thead>
              <tbody>
                {partition.records.map((record) => (
                  <tr key={record.offset}><td>{record.offset}</td><td>{record.key === null ? 'null' : printable(record.key)}</td><td>{record.value === null ? 'null' : printable(record.value)}</td><td>{record.kind}</td></tr>
                ))}
              </tbody>
            </table>
            {lanes.length > 0 && (
              <table>
                <thead><tr><th>group</th><th>committed offset</th><th>position</th><th>lag</th></tr></thead>
                <tbody>{lanes.map((lane) => <tr key={lane.groupId}><td>{lane.groupId}</td><td>{lane.committed ?? ''}</td><td>{lane.position ?? ''}</td><td>{lagOf(lane, replica?.highWatermark ?? 0) ?? ''}</td></tr>)}</tbody>
              </table>
            )}
          </div>
        );
      }))}
    </div>
  );
}
