import { round } from '../../drawing/svg-text';
import type { Point } from '../../drawing/wire';
import type { BrokerPlace, ClientPlace, ClusterLayout } from './cluster-layout';
import { rowTape } from './row-layout';
import type { RowPlace } from './row-layout';

/** The way of a record inside a card: from the broker's edge, above the tape, down into the next slot. */
export interface WriteWay {
  readonly start: Point;
  /** Where the way turns to reach the height of the row, when the client's lane has another. */
  readonly elbowX: number;
  /** Null for a row without a lane above its tape: the record goes straight to its cell. */
  readonly laneY: number | null;
  readonly slot: Point & { readonly width: number; readonly height: number };
}

/** Null when the row has no lanes of its own, or the broker no such replica. */
export function writeWay(layout: ClusterLayout, client: ClientPlace, broker: BrokerPlace, row: RowPlace | undefined): WriteWay | null {
  if ((layout.form !== 'full' && layout.form !== 'line') || !row) return null;
  const replica = broker.broker?.replicas.find((other) => other.topic === row.topic && other.partition === row.partition);
  if (!replica) return null;
  const tape = rowTape(row, broker.box.x, replica.logStartOffset, replica.logEndOffset);
  const x = tape.left(replica.logEndOffset) + tape.cell / 2;
  return {
    start: { x: broker.box.x, y: client.requestY },
    elbowX: broker.box.x + 8,
    laneY: layout.form === 'full' ? row.writeY : null,
    slot: { x, y: tape.top, width: tape.cell, height: tape.height },
  };
}

export function WritePath({ way }: { way: WriteWay }) {
  const { start, elbowX, laneY, slot } = way;
  if (laneY === null) return null;
  const x = round(slot.x);
  const entry = start.y === laneY ? `M${start.x} ${round(laneY)}` : `M${start.x} ${round(start.y)}H${elbowX}V${round(laneY)}`;
  return (
    <g className="s-line-3 f-none">
      <path d={`${entry}H${round(x - 6)}Q${x} ${round(laneY)} ${x} ${round(laneY + 6)}V${round(slot.y - 4)}`} strokeDasharray="2 3" />
      <path d={`M${round(x - 4)} ${round(slot.y - 9)}L${x} ${round(slot.y - 3)}L${round(x + 4)} ${round(slot.y - 9)}`} />
    </g>
  );
}

/** Corners from the broker's edge to the middle of the cell. */
export function landingRoute({ start, elbowX, laneY, slot }: WriteWay): readonly Point[] {
  if (laneY === null) return [start, { x: slot.x, y: slot.y + slot.height / 2 }];
  const lane = start.y === laneY ? [] : [{ x: elbowX, y: start.y }, { x: elbowX, y: laneY }];
  return [start, ...lane, { x: slot.x, y: laneY }, { x: slot.x, y: slot.y + slot.height / 2 }];
}
