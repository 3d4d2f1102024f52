import { brokerNotAvailable, invalidReplicaAssignment } from './admin-errors';
import type { ReplicaAssignment } from './replica-placement';

/** Refuses a hand-made assignment of new partitions: empty, doubled, unknown brokers, or another replication factor than partition 0 has. */
export function validateProposedAssignment(
  proposed: ReplicaAssignment,
  replicationFactor: number,
  brokerIds: readonly number[],
): void {
  for (const [partition, replicas] of proposed) {
    const ids = replicas.join(', ');
    if (replicas.length === 0)
      throw invalidReplicaAssignment(`Cannot have replication factor of 0 for partition id ${partition}.`);
    if (new Set(replicas).size !== replicas.length) {
      throw invalidReplicaAssignment(
        `Duplicate brokers not allowed in replica assignment: ${ids} for partition id ${partition}.`,
      );
    }
    if (replicas.some((id) => !brokerIds.includes(id))) {
      const available = `Specified brokers: ${ids}, available brokers: ${brokerIds.join(', ')}.`;
      throw brokerNotAvailable(`Some brokers specified for partition id ${partition} are not available. ${available}`);
    }
  }
  const bad = [...proposed].filter(([, replicas]) => replicas.length !== replicationFactor).sort(([a], [b]) => a - b);
  if (bad.length === 0) return;
  const partitions = bad.map(([partition]) => partition).join(', ');
  const factors = bad.map(([, replicas]) => replicas.length).join(', ');
  throw invalidReplicaAssignment(
    `Inconsistent replication factor between partitions, partition 0 has ${replicationFactor} while partitions [${partitions}] have replication factors [${factors}], respectively.`,
  );
}
