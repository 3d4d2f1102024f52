import { topicPartitionName } from '../protocol/messages';
import { type Invariant, liveBrokers } from './invariant';

/** In a stable group no partition belongs to two members. */
export function partitionsAssignedOnce(): Invariant {
  return {
    name: 'partitions assigned once',
    violation(world) {
      for (const broker of liveBrokers(world)) {
        for (const group of broker.groupCoordinator?.groupManager.allGroups ?? []) {
          if (!group.is('Stable')) continue;
          const owners = new Map<string, string>();
          for (const member of group.members) {
            for (const tp of member.assignment?.partitions ?? []) {
              const name = topicPartitionName(tp);
              const other = owners.get(name);
              if (other !== undefined) return `${name} belongs to both ${other} and ${member.memberId} of group ${group.groupId}`;
              owners.set(name, member.memberId);
            }
          }
        }
      }
      return undefined;
    },
  };
}
