import { Cell } from '../../drawing/cell';
import { Mark, SegmentCut } from '../../drawing/marks';
import { keyInitial, recordTip } from '../../drawing/record-text';
import { Label, round } from '../../drawing/svg-text';
import { tapeScale, windowStart } from '../../drawing/tape-scale';
import type { TapeScale, TapeSize } from '../../drawing/tape-scale';
import { Target } from '../../drawing/target';
import { fitText, textWidth } from '../../drawing/text-width';
import { groupDigits } from '../../drawing/wire';
import type { ReplicaSnapshot, TopicSnapshot } from '../../../session/snapshot';
import { selectionName } from '../../drawing/selection';
import type { ViewProps } from '../../drawing/view';
import { LaneRow } from './lane-row';
import type { GroupLane } from './topic-lanes';
import type { TopicSizes } from './topic-sizes';

interface BlockProps extends ViewProps {
  readonly topicName: string;
  readonly partition: TopicSnapshot['partitions'][number];
  readonly lanes: readonly GroupLane[];
  readonly y: number;
  readonly first: boolean;
  readonly size: TapeSize;
  /** px for cells. */
  readonly inside: number;
  readonly sizes: TopicSizes;
}

/** One partition: its name and leader, its tape with marks, and a lane for each group below. */
export function PartitionBlock(props: BlockProps) {
  const { snapshot, topicName, partition, lanes, y, first, size, inside, sizes, width, selection } = props;
  const leader = snapshot.brokers.find((broker) => broker.brokerId === partition.leader);
  const replica = leader?.replicas.find((other) => other.topic === topicName && other.partition === partition.partition);
  const title = `${topicName}-${partition.partition}`;
  const tapeY = y + sizes.marks;
  const from = replica ? windowStart(replica.logStartOffset, replica.logEndOffset, Math.max(2, Math.floor(inside / size.pitch))) : 0;
  const tape = tapeScale({ x: sizes.pad + sizes.left, y: tapeY, size, from });
  const name = selectionName({ kind: 'partition', topic: topicName, partition: partition.partition });
  return (
    <g data-testid={`partition-${title}`}>
      {!first && <path d={`M${sizes.pad} ${y - sizes.between / 3 + 0.5}H${width - sizes.pad}`} className="s-line-1" />}
      <Label x={sizes.pad} mid={tape.middle - sizes.lead / 2} text={fitText(title, sizes.left - 12, sizes.bodySize, 600)} cls={`t-body w6${selection === name ? ' c-accent' : ''}`} />
      <Label x={sizes.pad} mid={tape.middle + sizes.lead / 2} text={partition.leader < 0 ? 'no leader' : `leader ${partition.leader}`} cls={`t-label ${partition.leader < 0 ? 'c-danger' : 'c-2'}`} />
      <Target name={name} label={`${title}, leader ${partition.leader}`} selected={selection === name}
        box={{ x: sizes.pad - 4, y: tape.middle - sizes.lead - 2, width: sizes.left - 12, height: sizes.lead * 2 + 4 }} />
      {replica && <Tape {...props} replica={replica} tape={tape} title={title} />}
      {replica && lanes.map((lane, index) => (
        <LaneRow key={lane.groupId} lane={lane} tape={tape} replica={replica} mid={tape.bottom + sizes.laneDown + index * sizes.lane} sizes={sizes} right={width - sizes.pad} />
      ))}
    </g>
  );
}

function Tape(props: BlockProps & { replica: ReplicaSnapshot; tape: TapeScale; title: string }) {
  const { partition, replica, tape, title, sizes, keyColour, selection, topicName, motion, snapshot } = props;
  const { from } = tape;
  const end = replica.logEndOffset;
  const records = partition.records.filter((record) => record.offset >= from && record.offset < end);
  const known = new Set(records.map((record) => record.offset));
  const role = snapshot.brokers.find((broker) => broker.brokerId === partition.leader)?.state === 'stopped' ? 'dead' : 'leader';
  const rulerMid = tape.bottom + sizes.rulerDown;
  const step = Math.max(1, Math.ceil((textWidth(String(end), sizes.fontSize) + 4) / tape.pitch));
  const offsets = Array.from({ length: end - from + 1 }, (_, index) => from + index);
  const ring = motion.rings.find((other) => other.topic === topicName && other.partition === partition.partition);
  return (
    <>
      {offsets.filter((offset) => offset < end && !known.has(offset)).map((offset) => <Cell key={offset} tape={tape} offset={offset} kind="gone" />)}
      {records.map((record) => <Cell key={record.offset} tape={tape} offset={record.offset} kind={record.kind} role={role} colour={keyColour(record.key)} initial={keyInitial(record.key)} />)}
      <Cell tape={tape} offset={end} kind="next" />
      {offsets.filter((offset) => offset === end || (known.has(offset) && offset % step === 0 && end - offset >= step)).map((offset) => (
        <Label key={offset} x={tape.left(offset) + tape.cell / 2} mid={rulerMid} text={offset} cls={`t-label t-num ${offset === end ? 'c-3' : 'c-2'}`} anchor="middle" />
      ))}
      <LogMarks replica={replica} tape={tape} sizes={sizes} labelMid={props.y + sizes.labelDown} />
      {records.map((record) => {
        const name = selectionName({ kind: 'record', topic: topicName, partition: partition.partition, offset: record.offset });
        return <Target key={record.offset} cell name={name} label={recordTip(record, title)} tip={recordTip(record, title)} selected={selection === name} radius={tape.radius + 3}
          box={{ x: tape.left(record.offset) - 2, y: tape.top - 2, width: tape.cell + 4, height: tape.height + 4 }} />;
      })}
      {ring && ring.offset >= from && <rect className="ring" x={round(tape.left(ring.offset) - 3)} y={tape.top - 3} width={tape.cell + 6} height={tape.height + 6} rx={tape.radius + 3} />}
    </>
  );
}

/** Marks on the log's own offsets with their words above the tape. A word that finds no room goes; its mark stays. */
function LogMarks({ replica, tape, sizes, labelMid }: { replica: ReplicaSnapshot; tape: TapeScale; sizes: TopicSizes; labelMid: number }) {
  const { k, markUp, fontSize } = sizes;
  const place = (offset: number) => ({ x: tape.boundary(offset), top: tape.top, bottom: tape.bottom });
  const { logStartOffset: start, highWatermark: hw, lastStableOffset: lso, logEndOffset: end } = replica;
  const cuts = replica.segments.map((segment) => segment.baseOffset).filter((offset) => offset > tape.from && offset < end);
  const words = [
    { text: `log end ${groupDigits(end)}`, x: tape.boundary(end) + 12 * k, anchor: 'start' as const, cls: 't-label' },
    ...(start >= tape.from ? [{ text: `log start ${groupDigits(start)}`, x: tape.boundary(start), anchor: 'start' as const, cls: 't-label c-2' }]
      : [{ text: `${groupDigits(tape.from - start)} earlier`, x: tape.boundary(tape.from), anchor: 'start' as const, cls: 't-label c-3' }]),
    { text: `high watermark ${groupDigits(hw)}`, x: tape.boundary(hw) - 11 * k, anchor: 'end' as const, cls: 't-label' },
    ...(lso < hw ? [{ text: `last stable offset ${groupDigits(lso)}`, x: tape.boundary(lso) - 11 * k, anchor: 'end' as const, cls: 't-label' }] : []),
    ...cuts.map((offset) => ({ text: `segment ${groupDigits(offset)}`, x: tape.boundary(offset) + 6, anchor: 'start' as const, cls: 't-label c-3' })),
  ];
  return (
    <>
      {cuts.map((offset) => <SegmentCut key={offset} place={place(offset)} down={sizes.rulerDown + sizes.lead / 2} />)}
      {start >= tape.from && <Mark kind="start" place={place(start)} up={4} k={k} />}
      <Mark kind="end" place={place(end)} up={markUp} k={k} />
      {lso < hw && lso >= tape.from && <Mark kind="lso" place={place(lso)} up={markUp} k={k} />}
      {hw >= tape.from && <Mark kind="hw" place={place(hw)} up={markUp} k={k} />}
      {withRoom(words, fontSize, tape.x - sizes.left).map((word) => <Label key={word.text} x={word.x} mid={labelMid} text={word.text} cls={word.cls} anchor={word.anchor} />)}
    </>
  );
}

interface Word { readonly text: string; readonly x: number; readonly anchor: 'start' | 'end'; readonly cls: string }

/** Keeps a word when nothing more important stands where it would. When the high watermark has no room left, it moves right of the log end. */
function withRoom(words: readonly Word[], fontSize: number, left: number): Word[] {
  const taken: { from: number; to: number }[] = [];
  const kept: Word[] = [];
  for (const word of words) {
    const tried = [word, ...(word.anchor === 'end' && kept[0] ? [{ ...word, anchor: 'start' as const, x: Math.max(...taken.map(({ to }) => to)) + 16 }] : [])];
    for (const candidate of tried) {
      const width = textWidth(candidate.text, fontSize);
      const from = candidate.anchor === 'start' ? candidate.x : candidate.x - width;
      if (from < left || taken.some((other) => from < other.to + 8 && from + width > other.from - 8)) continue;
      taken.push({ from, to: from + width });
      kept.push(candidate);
      break;
    }
  }
  return kept;
}
