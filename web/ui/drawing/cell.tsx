import { round } from './svg-text';
import type { TapeScale } from './tape-scale';

export type CellKind = 'data' | 'tombstone' | 'commit' | 'abort' | 'aborted' | 'gone' | 'empty' | 'next';
/** What the replica is that holds the record. `dead`: on the disk of a stopped broker, served by nobody. */
export type ReplicaRole = 'leader' | 'follower' | 'out' | 'dead';

const OPACITY: Readonly<Partial<Record<ReplicaRole, string>>> = { follower: 'var(--replica-follower)', out: 'var(--replica-out)' };

interface CellProps {
  readonly tape: TapeScale;
  readonly offset: number;
  /** Colour number of the key, 0 for none. */
  readonly colour?: number;
  readonly kind?: CellKind;
  readonly role?: ReplicaRole;
  readonly initial?: string;
}

/** One record of a tape, or the place of one. */
export function Cell({ tape, offset, colour = 0, kind = 'data', role = 'leader', initial }: CellProps) {
  const box = { x: round(tape.left(offset)), y: tape.top, width: tape.cell, height: tape.height };
  const fill = `var(--key-${colour})`;
  return (
    <>
      <CellShape box={box} tape={tape} kind={kind} role={role} fill={fill} />
      {role === 'out' && kind === 'data' && <rect {...box} rx={tape.radius} fill="url(#hatch)" />}
      {initial && (kind === 'data') && tape.cell >= 22 && (
        <text x={round(box.x + tape.cell / 2)} y={tape.middle} dy="0.34em" textAnchor="middle" className="t-cell"
          style={{ fill: role === 'dead' ? 'var(--text-1)' : role === 'leader' ? `var(--key-${colour}-ink)` : 'var(--text-1)' }}>{initial}</text>
      )}
    </>
  );
}

interface Box { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

function CellShape(props: { box: Box; tape: TapeScale; kind: CellKind; role: ReplicaRole; fill: string }) {
  const { box, tape, kind, role, fill } = props;
  const opacity = OPACITY[role];
  switch (kind) {
    case 'data':
      return role === 'dead'
        ? <rect {...inset(box, 0.75)} rx={tape.radius} fill="none" stroke={fill} strokeWidth={1.5} />
        : <rect {...box} rx={tape.radius} fill={fill} opacity={opacity} />;
    case 'aborted':
      return (
        <g stroke={fill} strokeWidth={2} opacity={opacity} fill="none">
          <rect {...inset(box, 1)} rx={tape.radius - 1} />
          <path d={`M${round(box.x + 1)} ${tape.middle}h${tape.cell - 2}`} />
        </g>
      );
    case 'tombstone': return <Tombstone box={box} tape={tape} fill={fill} opacity={opacity} />;
    case 'commit':
    case 'abort': return <ControlDisc box={box} tape={tape} committed={kind === 'commit'} />;
    case 'gone':
      return <path d={`M${round(box.x + tape.cell / 2 - 2)} ${tape.bottom - 1}h4`} className="s-line-3" strokeWidth={2} />;
    case 'empty':
      return <rect {...inset(box, 0.5)} rx={tape.radius} className="s-line-2 f-none" strokeDasharray="2 2" />;
    case 'next':
      return <rect {...inset(box, 0.5)} rx={tape.radius} className="s-line-3 f-none" strokeDasharray="3 3" />;
  }
}

function Tombstone({ box, tape, fill, opacity }: { box: Box; tape: TapeScale; fill: string; opacity: string | undefined }) {
  const radius = Math.max(2, Math.min(box.width, box.height) / 2 - (box.width > 20 ? 7 : 4));
  const cx = round(box.x + box.width / 2);
  const reach = radius + 2;
  return (
    <g stroke={fill} strokeWidth={2} fill="none" opacity={opacity}>
      <rect {...inset(box, 1)} rx={tape.radius - 1} />
      <circle cx={cx} cy={tape.middle} r={radius} />
      <path d={`M${cx - reach} ${tape.middle + reach}L${cx + reach} ${tape.middle - reach}`} />
    </g>
  );
}

/** A commit or abort marker: a control record has an offset of its own. */
function ControlDisc({ box, tape, committed }: { box: Box; tape: TapeScale; committed: boolean }) {
  const radius = Math.min(box.width, box.height) / 2 - (box.width > 20 ? 2 : 1);
  const arm = radius * 0.42;
  const cx = box.x + box.width / 2;
  const cy = tape.middle;
  const sign = committed
    ? `M${round(cx - arm)} ${round(cy + arm * 0.1)}l${round(arm * 0.7)} ${round(arm * 0.7)}l${round(arm * 1.3)} ${round(-arm * 1.4)}`
    : `M${round(cx - arm * 0.8)} ${round(cy - arm * 0.8)}l${round(arm * 1.6)} ${round(arm * 1.6)}m0 ${round(-arm * 1.6)}l${round(-arm * 1.6)} ${round(arm * 1.6)}`;
  return (
    <>
      <circle cx={round(cx)} cy={cy} r={radius} className="s-line-3 f-2" strokeWidth={1.5} />
      <path d={sign} className="s-text-1 f-none" strokeWidth={1.75} strokeLinecap="round" strokeLinejoin="round" />
    </>
  );
}

function inset(box: Box, by: number): Box {
  return { x: box.x + by, y: box.y + by, width: box.width - by * 2, height: box.height - by * 2 };
}
