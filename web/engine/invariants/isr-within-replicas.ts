import { type Invariant, liveBrokers } from './invariant';

/** The ISR that a leader keeps has the leader in it, nobody twice, and nobody who is no replica. */
export function isrWithinReplicas(): Invariant {
  return {
    name: 'ISR within replicas',
    violation(world) {
      for (const broker of liveBrokers(world)) {
        for (const partition of broker.partitions) {
          if (!partition.isLeader) continue;
          const { name, inSyncReplicas, assignment } = partition;
          const shown = `${name}: ISR ${inSyncReplicas.join(',')} of replicas ${assignment.join(',')}, led by ${broker.brokerId}`;
          if (!inSyncReplicas.includes(broker.brokerId)) return shown;
          if (new Set(inSyncReplicas).size !== inSyncReplicas.length) return shown;
          if (!inSyncReplicas.every((id) => assignment.includes(id))) return shown;
        }
      }
      return undefined;
    },
  };
}
