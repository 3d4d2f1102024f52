import { round } from './svg-text';

/** Where a mark stands: its boundary, and the top and bottom of the cells beside it. */
export interface MarkPlace {
  readonly x: number;
  readonly top: number;
  readonly bottom: number;
}

export type MarkKind = 'start' | 'hw' | 'lso' | 'end';

interface MarkProps {
  readonly kind: MarkKind;
  readonly place: MarkPlace;
  readonly up?: number;
  readonly down?: number;
  /** Scale of the pennant. */
  readonly k?: number;
}

/** A mark on a log's own offsets. The pennant points to the side that the mark is about. It glides to its next place. */
export function Mark(props: MarkProps) {
  return <g className="glides" style={{ transform: `translateX(${round(props.place.x)}px)` }}><MarkShape {...props} /></g>;
}

/** Its line stands at x = 0. */
function MarkShape({ kind, place, up = 8, down = 4, k = 1 }: MarkProps) {
  const x = 0;
  const y0 = place.top - up;
  const y1 = place.bottom + down;
  const width = 7 * k;
  const height = 8 * k;
  switch (kind) {
    case 'start':
      return <path d={`M${round(x + 6 * k)} ${y0}H${x}V${y1}H${round(x + 6 * k)}`} className="s-text-2 f-none" strokeWidth={2} />;
    case 'hw':
      return <><path d={`M${x} ${y0}V${y1}`} className="s-text-1" strokeWidth={2} /><path d={pennant(x, y0, width, height)} className="f-text-1" /></>;
    case 'lso':
      return (
        <>
          <path d={`M${x} ${y0}V${y1}`} className="s-text-1" strokeWidth={2} strokeDasharray="3 3" />
          <path d={pennant(x, y0 + 1, width, height - 1)} className="s-text-1 f-2" strokeWidth={1.5} />
        </>
      );
    case 'end':
      return (
        <>
          <path d={`M${x} ${y0}V${y1}`} className="s-text-2" strokeWidth={1} />
          <path d={`M${x} ${round(y0 + 0.5)}L${round(x + width)} ${round(y0 + height / 2)}L${x} ${round(y0 + height - 0.5)}`} className="s-text-2 f-2" strokeWidth={1} />
        </>
      );
  }
}

/** The mark alone, for a label or a legend. Its line is the left edge of a 10 px box. */
export function MarkGlyph({ kind, x, mid, k = 1 }: { kind: MarkKind; x: number; mid: number; k?: number }) {
  return <g transform={`translate(${round(x)} 0)`}><MarkShape kind={kind} place={{ x, top: mid + 4 * k, bottom: mid + 6 * k }} up={10 * k} down={0} k={k} /></g>;
}

/** A group's marks stand below the cells, tip on the boundary: filled = committed offset, hollow = position. */
export function GroupMark({ x, tip, kind, k = 1 }: { x: number; tip: number; kind: 'committed' | 'position'; k?: number }) {
  const half = 5 * k;
  const height = 8 * k;
  return (
    <path d={`M0 ${round(tip)}L${round(half)} ${round(tip + height)}H${-round(half)}Z`} style={{ transform: `translateX(${round(x)}px)` }}
      className={`glides ${kind === 'committed' ? 'f-text-1 s-text-1' : 'f-2 s-text-1'}`} strokeWidth={1.5} strokeLinejoin="round" />
  );
}

/** Where a segment begins: a cut through tape and offsets. */
export function SegmentCut({ place, down }: { place: MarkPlace; down: number }) {
  return <path d={`M${round(place.x)} ${place.top - 4}V${place.bottom + down}`} className="s-line-3" strokeWidth={1} strokeDasharray="2 2" />;
}

function pennant(x: number, y: number, width: number, height: number): string {
  return `M${x} ${y}L${round(x - width)} ${round(y + height / 2)}L${x} ${round(y + height)}Z`;
}
