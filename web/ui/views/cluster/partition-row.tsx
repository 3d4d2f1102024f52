import type { BrokerSnapshot, ClientSnapshot, GroupSnapshot, ReplicaSnapshot, TopicSnapshot } from '../../../session/snapshot';
import { Cell } from '../../drawing/cell';
import type { ReplicaRole } from '../../drawing/cell';
import { RoleMark } from '../../drawing/cluster-pieces';
import type { Rect } from '../../drawing/cluster-pieces';
import { Mark, MarkGlyph } from '../../drawing/marks';
import { keyInitial, recordTip } from '../../drawing/record-text';
import { Label, round } from '../../drawing/svg-text';
import type { TapeScale } from '../../drawing/tape-scale';
import { Target } from '../../drawing/target';
import { textWidth } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import type { Ring } from '../../picture/motion';
import { selectionName } from '../../drawing/selection';
import type { ClusterSizes } from './cluster-sizes';
import { GroupMarks } from './group-marks';
import { ReplicaBar } from './replica-bar';
import { rowTape } from './row-layout';
import type { RowForm, RowPlace } from './row-layout';

export interface PartitionRowProps {
  readonly broker: BrokerSnapshot;
  readonly box: Rect;
  readonly row: RowPlace;
  readonly form: RowForm;
  readonly sizes: ClusterSizes;
  readonly partition: TopicSnapshot['partitions'][number];
  readonly groups: readonly GroupSnapshot[];
  readonly clients: readonly ClientSnapshot[];
  readonly keyColour: (key: string | null) => number;
  readonly selection: string | null;
  readonly withGroups: boolean;
  readonly rings: readonly Ring[];
}

/** One replica on one broker: its name and role, its tape, its marks. */
export function PartitionRow(props: PartitionRowProps) {
  const { broker, box, row, form, sizes, partition, selection } = props;
  const replica = broker.replicas.find((other) => other.topic === row.topic && other.partition === row.partition);
  if (!replica) return null;
  const role = roleOf(broker, replica, partition.leader);
  const title = `${row.topic}-${row.partition}`;
  const name = selectionName({ kind: 'partition', topic: row.topic, partition: row.partition });
  const selected = selection === name;
  const x = box.x + sizes.inner;
  const glyphX = x + textWidth(title, sizes.fontSize, 600) + sizes.fontSize;
  const word = role === 'out' ? 'out of the ISR' : partition.leader === broker.brokerId ? 'leader' : 'follower';
  const header = { x: x - 4, y: row.labelMid - sizes.lead / 2, width: box.width - 2 * sizes.inner + 8, height: sizes.lead };
  return (
    <g data-testid={`partition-${title}`}>
      {selected && <rect x={header.x} y={header.y} width={header.width} height={header.height} rx={4} className="f-wash" />}
      <Label x={x} mid={row.labelMid} text={title} cls={`t-label w6${selected ? ' c-accent' : ''}`} />
      <RoleMark x={glyphX} mid={row.labelMid} role={role} size={sizes.glyph} />
      {form !== 'bar' && glyphX + sizes.glyph + 6 + textWidth(word, sizes.fontSize, 600) <= box.x + box.width - 4 && <Label x={glyphX + sizes.glyph + 6} mid={row.labelMid} text={word} cls={`t-label ${role === 'out' ? 'c-warn w6' : 'c-2'}`} />}
      {form === 'full' && <Label x={box.x + box.width - sizes.inner} mid={row.labelMid} text={`ISR ${partition.isr.join(', ') || 'none'}`} cls="t-label c-3" anchor="end" />}
      <Target name={name} label={`${title}, ${word}, log end offset ${replica.logEndOffset}, high watermark ${replica.highWatermark}`} box={header} selected={selected} />
      {form === 'bar'
        ? <ReplicaBar {...{ replica, role, row, sizes }} left={box.x + row.barDx} right={box.x + box.width - sizes.inner} />
        : <ReplicaTape {...props} replica={replica} role={role} />}
    </g>
  );
}

/** Two offsets under a tape keep this distance. */
const OFFSET_GAP = 4;

export function roleOf(broker: BrokerSnapshot, replica: ReplicaSnapshot, leader: number): ReplicaRole {
  if (broker.state === 'stopped') return 'dead';
  if (!replica.inSync && leader !== broker.brokerId) return 'out';
  return leader === broker.brokerId || replica.isLeader ? 'leader' : 'follower';
}

function ReplicaTape(props: PartitionRowProps & { replica: ReplicaSnapshot; role: ReplicaRole }) {
  const { box, row, form, sizes, partition, replica, role, keyColour, selection, rings, broker } = props;
  const leaderEnd = Math.max(replica.logEndOffset, ...partition.records.map((record) => record.offset + 1));
  const tape = rowTape(row, box.x, replica.logStartOffset, leaderEnd);
  const { from } = tape;
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
      {from > replica.logStartOffset && form === 'full' && <EarlierHint tape={tape} earlier={from - replica.logStartOffset} mid={row.underMid} x={box.x + sizes.inner} />}
      <Offsets tape={tape} from={from} to={leaderEnd} mid={row.underMid} shown={form === 'full'} />
      {from === replica.logStartOffset && <Mark kind="start" place={at(tape, from)} up={4} k={sizes.k} />}
      <Mark kind="end" place={at(tape, replica.logEndOffset)} up={sizes.markUp} k={sizes.k} />
      {replica.highWatermark >= from && <Mark kind="hw" place={at(tape, replica.highWatermark)} up={sizes.markUp} k={sizes.k} />}
      {form === 'full' ? <MarkWords tape={tape} end={leaderEnd} replica={replica} sizes={sizes} right={box.x + box.width - sizes.inner} />
        : <Label x={tape.boundary(leaderEnd)} mid={row.underMid} text={`HW ${groupDigits(replica.highWatermark)} · end ${groupDigits(replica.logEndOffset)}`} cls="t-label c-2" anchor={tape.boundary(leaderEnd) - box.x > 120 ? 'end' : 'start'} />}
      {props.withGroups && form === 'full' && <GroupMarks {...props} tape={tape} from={from} />}
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
function EarlierHint({ tape, earlier, x }: { tape: TapeScale; earlier: number; mid: number; x: number }) {
  return <path d={`M${x - 1} ${tape.middle - 4}l-4 4l4 4`} className="s-text-3 f-none" strokeWidth={1.5}><title>{`${groupDigits(earlier)} earlier records`}</title></path>;
}

/** Right of the tape: high watermark and log end offset, in full where there is room. */
function MarkWords({ tape, end, replica, sizes, right }: { tape: TapeScale; end: number; replica: ReplicaSnapshot; sizes: ClusterSizes; right: number }) {
  const { k, lead, fontSize } = sizes;
  const x = tape.left(end) + tape.pitch + 10;
  const textX = x + 16 * k;
  const hw = groupDigits(replica.highWatermark);
  const leo = groupDigits(replica.logEndOffset);
  const full = textX + textWidth(`high watermark ${hw}`, fontSize) <= right - lead * 2;
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
