import type { ReplicaSnapshot } from '../../../session/snapshot';
import { GroupMark } from '../../drawing/marks';
import { Label, round, Runs } from '../../drawing/svg-text';
import type { TapeScale } from '../../drawing/tape-scale';
import { fitText } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import { lagOf, laneText } from './topic-lanes';
import type { GroupLane } from './topic-lanes';
import type { TopicSizes } from './topic-sizes';

/** One group on one partition: committed offset and position as triangles, its lag in words. */
export function LaneRow(props: { lane: GroupLane; tape: TapeScale; replica: ReplicaSnapshot; mid: number; sizes: TopicSizes; right: number }) {
  const { lane, tape, replica, mid, sizes, right } = props;
  const { k } = sizes;
  const x = (offset: number) => round(tape.boundary(Math.max(tape.from, offset)));
  const hw = x(replica.highWatermark);
  const read = lane.position ?? lane.committed ?? 0;
  const lag = lagOf(lane, replica.highWatermark);
  const tip = mid - 4 * k;
  return (
    <>
      <Label x={sizes.pad} mid={mid} text={fitText(lane.groupId, sizes.left - 8, sizes.fontSize)} cls="t-label c-2"><title>{lane.groupId}</title></Label>
      {lane.committed !== null && lane.position !== null && lane.position > lane.committed && <path d={`M${x(lane.committed)} ${mid}H${x(lane.position)}`} className="s-text-2" strokeWidth={2} />}
      {hw > x(read) && <path d={`M${x(read) + 8 * k} ${mid}H${hw}`} className="s-line-3" strokeDasharray="2 4" />}
      {lane.position !== null && lane.position !== lane.committed && <GroupMark x={x(lane.position)} tip={tip} kind="position" k={k} />}
      {lane.committed !== null && <GroupMark x={x(lane.committed)} tip={tip} kind="committed" k={k} />}
      <Runs x={right} mid={mid} anchor="end" parts={[[`${laneText(lane)}   `, 'c-3'], ...(lag === null ? [] : [[`lag ${groupDigits(lag)}`, lag > 0 ? 'w6' : 'c-3'] as const])]} />
    </>
  );
}
