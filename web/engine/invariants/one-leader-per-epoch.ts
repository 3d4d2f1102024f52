import { type Invariant, liveBrokers } from './invariant';

/** A leader epoch of a partition has one leader, ever. */
export function oneLeaderPerEpoch(): Invariant {
  const leaders = new Map<string, number>();
  return {
    name: 'one leader per epoch',
    violation(world) {
      for (const broker of liveBrokers(world)) {
        for (const partition of broker.partitions) {
          if (!partition.isLeader) continue;
          const key = `${partition.name} epoch ${partition.leaderEpoch}`;
          const known = leaders.get(key);
          if (known === undefined) leaders.set(key, broker.brokerId);
          else if (known !== broker.brokerId) return `both ${known} and ${broker.brokerId} lead ${key}`;
        }
      }
      return undefined;
    },
  };
}
