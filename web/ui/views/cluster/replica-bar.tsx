import type { ReplicaSnapshot } from '../../../session/snapshot';
import type { ReplicaRole } from '../../drawing/cell';
import { Mark } from '../../drawing/marks';
import { round } from '../../drawing/svg-text';
import type { ClusterSizes } from './cluster-sizes';
import type { RowPlace } from './row-layout';

/** A replica's log as a bar, for cards with many rows: offsets to scale, its end and high watermark on it. */
export function ReplicaBar(props: { replica: ReplicaSnapshot; role: ReplicaRole; row: RowPlace; sizes: ClusterSizes; left: number; right: number }) {
  const { replica, role, row, sizes, left, right } = props;
  const length = Math.max(1, replica.logEndOffset - replica.logStartOffset);
  const x = (offset: number) => left + 4 + ((offset - replica.logStartOffset) / length) * Math.max(8, right - left - 16) * Math.min(1, length / 10);
  const end = x(replica.logEndOffset);
  const width = Math.max(0, end - left - 4);
  const y = row.tapeY;
  const faded = { follower: 'var(--replica-follower)', out: 'var(--replica-out)' }[role as 'follower'];
  return (
    <>
      <path d={`M${round(left + 4)} ${y + sizes.barHeight - 0.5}H${round(right)}`} className="s-line-2" strokeDasharray="2 2" />
      {role === 'dead'
        ? <rect x={left + 4.75} y={y + 0.75} width={Math.max(0, width - 1.5)} height={sizes.barHeight - 1.5} rx={2} fill="none" stroke="var(--key-0)" strokeWidth={1.5} />
        : <rect x={left + 4} y={y} width={round(width)} height={sizes.barHeight} rx={2} fill="var(--key-0)" opacity={faded} />}
      {role === 'out' && <rect x={left + 4} y={y} width={round(width)} height={sizes.barHeight} rx={2} fill="url(#hatch)" />}
      <Mark kind="end" place={{ x: end, top: y, bottom: y + sizes.barHeight }} up={4} down={2} k={0.7} />
      <Mark kind="hw" place={{ x: x(replica.highWatermark), top: y, bottom: y + sizes.barHeight }} up={4} down={2} k={0.7} />
    </>
  );
}
