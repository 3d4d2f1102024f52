import { groupDigits } from '../../drawing/wire';
import type { ClientSnapshot, GroupSnapshot } from '../../../session/snapshot';

/** One group on one partition: where it reads next, and what it has committed. */
export interface GroupLane {
  readonly groupId: string;
  readonly committed: number | null;
  readonly position: number | null;
}

/** More lanes than this would bury the tapes. */
export const MOST_LANES = 4;

/** The groups that read a partition, those with members first. */
export function groupLanes(place: { topic: string; partition: number }, groups: readonly GroupSnapshot[], clients: readonly ClientSnapshot[]): GroupLane[] {
  const here = (other: { topic: string; partition: number }) => other.topic === place.topic && other.partition === place.partition;
  const lanes = groups.map((group) => {
    const committed = group.offsets.find(here)?.committedOffset ?? null;
    const reader = clients.find((client) => client.kind === 'consumer' && client.groupId === group.groupId && client.positions.some(here));
    return { groupId: group.groupId, committed, position: reader?.positions.find(here)?.position ?? null, active: group.members.length > 0 };
  });
  return lanes.filter(({ committed, position }) => committed !== null || position !== null)
    .sort((a, b) => Number(b.active) - Number(a.active) || (a.groupId < b.groupId ? -1 : 1))
    .map(({ groupId, committed, position }) => ({ groupId, committed, position }));
}

/** `committed 28 · position 31`, as far as each is known. */
export function laneText({ committed, position }: GroupLane): string {
  return [committed !== null && `committed ${groupDigits(committed)}`, position !== null && `position ${groupDigits(position)}`].filter(Boolean).join(' · ');
}

/** Lag as the tools count it: high watermark minus committed; null when nothing was committed. */
export function lagOf(lane: GroupLane, highWatermark: number): number | null {
  return lane.committed === null ? null : Math.max(0, highWatermark - lane.committed);
}
