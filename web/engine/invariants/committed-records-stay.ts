import { type Invariant, liveBrokers } from './invariant';

interface Committed {
  readonly offset: number;
  readonly leaderEpoch: number;
}

/**
 * What was below a leader's high watermark is in the log of every later leader.
 *
 * Holds only while unclean elections are off and topics are not deleted and made again.
 */
export function committedRecordsStay(): Invariant {
  const committed = new Map<string, Committed>();
  return {
    name: 'committed records stay',
    violation(world) {
      for (const broker of liveBrokers(world)) {
        for (const partition of broker.partitions) {
          const leader = partition.leaderReplica;
          if (leader === undefined) continue;
          const known = committed.get(partition.name);
          const isLater = known === undefined || partition.leaderEpoch >= known.leaderEpoch;
          if (!isLater) continue;
          if (known !== undefined && leader.logEndOffset < known.offset) {
            return `${partition.name} was committed up to ${known.offset}, and ${broker.brokerId} leads it from ${leader.logEndOffset}`;
          }
          if (known === undefined || leader.highWatermark > known.offset || partition.leaderEpoch > known.leaderEpoch) {
            committed.set(partition.name, { offset: Math.max(known?.offset ?? 0, leader.highWatermark), leaderEpoch: partition.leaderEpoch });
          }
        }
      }
      return undefined;
    },
  };
}
