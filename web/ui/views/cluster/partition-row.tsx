import type { BrokerSnapshot, ClientSnapshot, GroupSnapshot, ReplicaSnapshot, TopicSnapshot } from '../../../session/snapshot';
import type { ReplicaRole } from '../../drawing/cell';
import { RoleMark } from '../../drawing/cluster-pieces';
import type { Rect } from '../../drawing/cluster-pieces';
import { Label } from '../../drawing/svg-text';
import { Target } from '../../drawing/target';
import { fitText, textWidth } from '../../drawing/text-width';
import type { Ring } from '../../picture/motion';
import { selectionName } from '../../drawing/selection';
import type { ClusterSizes } from './cluster-sizes';
import { ReplicaBar } from './replica-bar';
import { ReplicaTape } from './replica-tape';
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
  /** Where words at a height of the card have to end. */
  endAt(mid: number): number;
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
  const oneLine = form === 'bar' || form === 'line';
  const end = oneLine ? box.x + row.barDx - 8 : props.endAt(row.labelMid);
  const isr = form === 'full' ? `ISR ${partition.isr.join(', ') || 'none'}` : '';
  const shown = fitTitle(row, end - x - sizes.fontSize - sizes.glyph - (isr === '' ? 0 : textWidth(isr, sizes.fontSize) + 8), sizes.fontSize);
  const glyphX = oneLine ? end - sizes.glyph : x + textWidth(shown, sizes.fontSize, 600) + sizes.fontSize;
  const word = role === 'out' ? 'out of the ISR' : partition.leader === broker.brokerId ? 'leader' : 'follower';
  const wordEnd = glyphX + sizes.glyph + 6 + textWidth(word, sizes.fontSize, 600);
  const header = { x: x - 4, y: row.labelMid - sizes.lead / 2, width: oneLine ? end - x + 8 : box.width - 2 * sizes.inner + 8, height: sizes.lead };
  return (
    <g data-testid={`partition-${title}`}>
      {selected && <rect x={header.x} y={header.y} width={header.width} height={header.height} rx={4} className="f-wash" />}
      <Label x={x} mid={row.labelMid} text={shown} cls={`t-label w6${selected ? ' c-accent' : ''}`} />
      <RoleMark x={glyphX} mid={row.labelMid} role={role} size={sizes.glyph} />
      {!oneLine && wordEnd <= (isr === '' ? box.x + box.width - 4 : end - textWidth(isr, sizes.fontSize) - 8) && (
        <Label x={glyphX + sizes.glyph + 6} mid={row.labelMid} text={word} cls={`t-label ${role === 'out' ? 'c-warn w6' : 'c-2'}`} />
      )}
      {isr !== '' && <Label x={end} mid={row.labelMid} text={isr} cls="t-label c-3" anchor="end" />}
      <Target name={name} label={`${title}, ${word}, log end offset ${replica.logEndOffset}, high watermark ${replica.highWatermark}`} tip={shown === title ? undefined : title} box={header} selected={selected} />
      {form === 'bar'
        ? <ReplicaBar {...{ replica, role, row, sizes }} left={box.x + row.barDx} right={props.endAt(row.labelMid)} />
        : <ReplicaTape {...props} replica={replica} role={role} />}
    </g>
  );
}

/** A long topic's name is cut; the number of the partition stays. */
function fitTitle({ topic, partition }: RowPlace, width: number, fontSize: number): string {
  const title = `${topic}-${partition}`;
  if (textWidth(title, fontSize, 600) <= width + 0.5) return title;
  const number = `-${partition}`;
  return fitText(topic, width - textWidth(number, fontSize, 600), fontSize, 600) + number;
}

export function roleOf(broker: BrokerSnapshot, replica: ReplicaSnapshot, leader: number): ReplicaRole {
  if (broker.state === 'stopped') return 'dead';
  if (!replica.inSync && leader !== broker.brokerId) return 'out';
  return leader === broker.brokerId || replica.isLeader ? 'leader' : 'follower';
}
