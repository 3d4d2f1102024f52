import { round, Label } from './svg-text';
import { textWidth } from './text-width';
import type { ReplicaRole } from './cell';

export interface Rect { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export function Card({ box, cls = 'f-2 s-line-2', dashed }: { box: Rect; cls?: string; dashed?: string }) {
  return <rect x={round(box.x + 0.5)} y={round(box.y + 0.5)} width={round(box.width - 1)} height={round(box.height - 1)} rx={8} className={cls} strokeDasharray={dashed} />;
}

/** The outline of something that is not there yet. */
export function Ghost({ box }: { box: Rect }) {
  return <Card box={box} cls="f-none s-line-3" dashed="4 4" />;
}

/** The number of the terminal that a client was started from: the same badge as on the terminal. */
export function TerminalBadge({ x, mid, number, size }: { x: number; mid: number; number: number; size: number }) {
  return (
    <>
      <rect x={round(x + 0.5)} y={round(mid - size / 2 + 0.5)} width={size - 1} height={size - 1} rx={4} className="f-none s-line-3" />
      <Label x={x + size / 2} mid={mid} text={number} cls="t-label w6" anchor="middle" />
    </>
  );
}

/** Ends at `right`. */
export function ControllerMark({ right, mid, fontSize }: { right: number; mid: number; fontSize: number }) {
  const reach = fontSize * 0.4;
  const cx = right - textWidth('controller', fontSize) - 6 - reach;
  return (
    <>
      <path d={`M${round(cx)} ${round(mid - reach)}L${round(cx + reach)} ${mid}L${round(cx)} ${round(mid + reach)}L${round(cx - reach)} ${mid}Z`} className="f-text-1" />
      <Label x={right} mid={mid} text="controller" anchor="end" />
    </>
  );
}

/** A replica's role as a glyph: solid, faded, hatched, or an outline when its broker is gone. */
export function RoleMark({ x, mid, role, size }: { x: number; mid: number; role: ReplicaRole; size: number }) {
  const box = { x: round(x), y: round(mid - size / 2), width: size, height: size, rx: 2 };
  switch (role) {
    case 'leader': return <rect {...box} className="f-text-2" />;
    case 'follower': return <rect {...box} className="f-text-2" opacity="var(--replica-follower)" />;
    case 'out': return <><rect {...box} className="f-text-2" opacity={0.7} /><rect {...box} fill="url(#hatch)" /></>;
    case 'dead':
      return <rect x={box.x + 0.5} y={box.y + 0.5} width={size - 1} height={size - 1} rx={2} className="f-none s-text-2" strokeDasharray="2 2" />;
  }
}

/** What is left of a ZooKeeper session: full just after a heartbeat, empty when it expires. `left` is 0 to 1. */
export function SessionRing(props: { cx: number; cy: number; radius: number; left: number; width: number; danger: boolean }) {
  const { cx, cy, radius, left, width, danger } = props;
  const around = 2 * Math.PI * radius;
  return (
    <>
      <circle cx={round(cx)} cy={round(cy)} r={radius} className="f-2 s-line-2" strokeWidth={width} />
      <circle cx={round(cx)} cy={round(cy)} r={radius} className={danger ? 's-danger f-none' : 's-text-2 f-none'} strokeWidth={width}
        strokeDasharray={`${round(around * left)} ${round(around)}`} transform={`rotate(-90 ${round(cx)} ${round(cy)})`} />
    </>
  );
}

/** The pattern that marks what is out of the ISR. One per drawing. */
export function HatchPattern() {
  return (
    <defs>
      <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line className="hatch-line" x1="1.5" y1="0" x2="1.5" y2="6" strokeWidth={3} />
      </pattern>
    </defs>
  );
}
