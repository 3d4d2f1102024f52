import type { ReplicaSnapshot } from '../../../session/snapshot';
import { Cell } from '../../drawing/cell';
import type { ReplicaRole } from '../../drawing/cell';
import { Mark, MarkGlyph } from '../../drawing/marks';
import { keyInitial, recordTip } from '../../drawing/record-text';
import { selectionName } from '../../drawing/selection';
import { Label, round } from '../../drawing/svg-text';
import type { TapeScale } from '../../drawing/tape-scale';
import { Target } from '../../drawing/target';
import { fitText, textWidth } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import type { ClusterSizes } from './cluster-sizes';
import { GroupMarks, GroupTriangles } from './group-marks';
import type { PartitionRowProps } from './partition-row';
import { rowTape } from './row-layout';

/** Two offsets under a tape keep this distance. */
const OFFSET_GAP = 4;
/** Height of a pennant at its own size. */
const PENNANT = 8;

/** The records of one replica in its card, with its marks, and words for them where there is room. */
export function ReplicaTape(props: PartitionRowProps & { replica: ReplicaSnapshot; role: ReplicaRole }) {
  const { box, row, form, sizes, partition, replica, role, keyColour, selection, rings, broker } = props;
  const leaderEnd = Math.max(replica.logEndOffset, ...partition.records.map((record) => record.offset + 1));
  const tape = rowTape(row, box.x, replica.logStartOffset, leaderEnd);
  const { from } = tape;
  const markUp = form === 'line' ? Math.min(sizes.markUp, tape.top - row.y) : sizes.markUp;
  // In low rows pennants are as small as it takes to leave the cells free.
  const k = form === 'line' ? Math.min(sizes.k, markUp / PENNANT) : sizes.k;
  const records = partition.records.filter((record) => record.offset >= from && record.offset < replica.logEndOffset);
  const known = new Set(records.map((record) => record.offset));
  const others = range(from, leaderEnd).filter((offset) => !known.has(offset));
  const title = `${row.topic}-${row.partition}`;
  const ring = rings.find((other) => other.host === broker.host && other.topic === row.topic && other.partition === row.partition);
  return (
    <>
      {others.map((offset) => <Cell key={offset} tape={tape} offset={offset} role={role} kind={offset >= replica.logEndOffset ? 'empty' : 'gone'} />)}
      {records.map((record) => (
        <Cell key={record.offset} tape={tape} offset={record.offset} kind={record.kind} role={role} colour={keyColour(record.key)} initial={keyInitial(record.key)} />
      ))}
      <Cell tape={tape} offset={leaderEnd} kind="next" />
      {from > replica.logStartOffset && form !== 'compact' && <EarlierHint tape={tape} earlier={from - replica.logStartOffset} />}
      <Offsets tape={tape} from={from} to={leaderEnd} mid={row.underMid} shown={row.offsets} />
      {from === replica.logStartOffset && <Mark kind="start" place={at(tape, from)} up={Math.min(4, markUp)} k={k} />}
      <Mark kind="end" place={at(tape, replica.logEndOffset)} up={markUp} k={k} />
      {replica.highWatermark >= from && <Mark kind="hw" place={at(tape, replica.highWatermark)} up={markUp} k={k} />}
      <Words {...props} tape={tape} end={leaderEnd} />
      {props.withGroups && form === 'full' && <GroupMarks {...props} tape={tape} from={from} />}
      {props.withGroups && form === 'line' && row.offsets && <GroupTriangles {...props} tape={tape} from={from} />}
      {role === 'leader' && records.map((record) => {
        const name = selectionName({ kind: 'record', topic: row.topic, partition: row.partition, offset: record.offset });
        return <Target key={record.offset} cell name={name} label={recordTip(record, title)} tip={recordTip(record, title)} selected={selection === name} radius={tape.radius + 3}
          box={{ x: tape.left(record.offset) - 2, y: tape.top - 2, width: tape.cell + 4, height: tape.height + 4 }} />;
      })}
      {ring && <rect className="ring" x={round(tape.left(ring.offset) - 3)} y={tape.top - 3} width={tape.cell + 6} height={tape.height + 6} rx={tape.radius + 3} />}
    </>
  );
}

function at(tape: TapeScale, offset: number) {
  return { x: tape.boundary(offset), top: tape.top, bottom: tape.bottom };
}

function Offsets({ tape, from, to, mid, shown }: { tape: TapeScale; from: number; to: number; mid: number; shown: boolean }) {
  if (!shown || tape.every === 0) return null;
  const step = Math.max(tape.every, Math.ceil((textWidth(String(to), 12) + OFFSET_GAP) / tape.pitch));
  return (
    <>
      {range(from, to + 1).filter((offset) => offset % step === 0 || offset === to).map((offset) => (
        offset === to || (to - offset >= step)
          ? <Label key={offset} x={tape.left(offset) + tape.cell / 2} mid={mid} text={offset} cls={`t-label t-num ${offset === to ? 'c-3' : 'c-2'}`} anchor="middle" />
          : null
      ))}
    </>
  );
}

/** What lies left of the window. */
function EarlierHint({ tape, earlier }: { tape: TapeScale; earlier: number }) {
  return <path d={`M${tape.x - 5} ${tape.middle - 4}l-4 4l4 4`} className="s-text-3 f-none" strokeWidth={1.5}><title>{`${groupDigits(earlier)} earlier records`}</title></path>;
}

/** High watermark and log end offset in words, in the row's form. */
function Words(props: PartitionRowProps & { replica: ReplicaSnapshot; tape: TapeScale; end: number }) {
  const { box, row, form, sizes, replica, tape, end } = props;
  const both = `HW ${groupDigits(replica.highWatermark)} · end ${groupDigits(replica.logEndOffset)}`;
  if (form === 'full') return <MarkWords tape={tape} end={end} replica={replica} sizes={sizes} right={props.endAt(tape.middle)} />;
  if (form === 'compact') {
    const x = tape.boundary(end);
    const words = fitText(both, box.width - 2 * sizes.inner, sizes.fontSize);
    const toLeft = x - box.x - 4 >= textWidth(words, sizes.fontSize);
    return <Label x={toLeft ? x : box.x + sizes.inner} mid={row.underMid} text={words} cls="t-label c-2" anchor={toLeft ? 'end' : 'start'} />;
  }
  const x = tape.left(end) + tape.pitch + 8;
  const room = props.endAt(tape.middle) - x;
  const words = [both, `end ${groupDigits(replica.logEndOffset)}`].find((text) => textWidth(text, sizes.fontSize) <= room);
  return words === undefined ? null : <Label x={x} mid={tape.middle} text={words} cls="t-label c-2" />;
}

/** Right of the tape: high watermark and log end offset, in full where there is room. */
function MarkWords({ tape, end, replica, sizes, right }: { tape: TapeScale; end: number; replica: ReplicaSnapshot; sizes: ClusterSizes; right: number }) {
  const { k, lead, fontSize } = sizes;
  const x = tape.left(end) + tape.pitch + 10;
  const textX = x + 16 * k;
  const hw = groupDigits(replica.highWatermark);
  const leo = groupDigits(replica.logEndOffset);
  const full = textX + textWidth(`high watermark ${hw}`, fontSize) <= right;
  return (
    <>
      <MarkGlyph kind="hw" x={x + 7 * k} mid={tape.middle - lead / 2} k={k} />
      <Label x={textX} mid={tape.middle - lead / 2} text={full ? `high watermark ${hw}` : `HW ${hw}`} data-testid="high-watermark" />
      <MarkGlyph kind="end" x={x} mid={tape.middle + lead / 2 + 1} k={k} />
      <Label x={textX} mid={tape.middle + lead / 2 + 1} text={full ? `log end offset ${leo}` : `end ${leo}`} data-testid="log-end-offset" />
    </>
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
