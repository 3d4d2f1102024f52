import { ChevronRight } from 'lucide-react';
import { memo } from 'react';
import type { BrokerSnapshot, ClientSnapshot, GroupSnapshot, TopicSnapshot } from '../../../session/snapshot';
import { Card, ControllerMark, Ghost } from '../../drawing/cluster-pieces';
import { Cell } from '../../drawing/cell';
import { Label, Runs } from '../../drawing/svg-text';
import { TAPE_SIZES, tapeScale } from '../../drawing/tape-scale';
import { Target } from '../../drawing/target';
import { textWidth } from '../../drawing/text-width';
import type { Ring } from '../../picture/motion';
import { selectionName } from '../../drawing/selection';
import type { NextCommands } from '../../drawing/view';
import { Chip } from '../../drawing/chip';
import { wordsEnd } from './cluster-layout';
import type { BrokerPlace, ClusterLayout } from './cluster-layout';
import type { ClusterSizes } from './cluster-sizes';
import { PartitionRow } from './partition-row';

interface BrokerCardProps {
  readonly place: BrokerPlace;
  readonly layout: ClusterLayout;
  readonly sizes: ClusterSizes;
  readonly topics: readonly TopicSnapshot[];
  readonly groups: readonly GroupSnapshot[];
  readonly clients: readonly ClientSnapshot[];
  readonly keyColour: (key: string | null) => number;
  readonly selection: string | null;
  readonly nextCommands: NextCommands;
  readonly withGroups: boolean;
  readonly rings: readonly Ring[];
}

/** One broker: its name, its replicas as rows of tape, its internal topics folded to one line. */
export const BrokerCard = memo(function BrokerCard(props: BrokerCardProps) {
  const { place: { broker, box }, layout, sizes, topics, selection, nextCommands } = props;
  const headMid = box.y + sizes.head / 2;
  const x = box.x + sizes.inner;
  if (!broker) {
    return (
      <>
        <Ghost box={box} />
        <Runs x={x} mid={headMid} parts={[['Broker', 'w6 c-2'], ['   keeps the records and serves them', 'c-3']]} />
      </>
    );
  }
  const stopped = broker.state === 'stopped';
  const endAt = (mid: number) => wordsEnd(layout, props.place, mid, sizes);
  const name = selectionName({ kind: 'broker', brokerId: broker.brokerId });
  const selected = selection === name;
  const title = `broker ${broker.brokerId}`;
  const addressX = x + textWidth(title, sizes.bodySize, 600) + 8;
  const stateX = box.x + box.width - sizes.inner - textWidth(stateWord(broker), sizes.fontSize) - (broker.isController ? sizes.fontSize + 6 : 0);
  return (
    <g data-testid={`broker-${broker.brokerId}`}>
      <Card box={box} cls={`${selected ? 'f-wash' : 'f-2'} ${stopped ? 's-danger' : 's-line-2'}`} dashed={stopped ? '6 4' : undefined} />
      <Label x={x} mid={headMid} text={title} cls="t-body w6" />
      {addressX + textWidth(broker.advertised, sizes.fontSize) + 8 <= stateX && (
        <Label x={addressX} mid={headMid} text={broker.advertised} cls="t-label c-3" />
      )}
      <BrokerState broker={broker} right={box.x + box.width - sizes.inner} mid={headMid} sizes={sizes} />
      <path d={`M${box.x} ${box.y + sizes.head + 0.5}h${box.width}`} className="s-line-1" />
      <Target name={name} label={`${title}, ${broker.state}${broker.isController ? ', controller' : ''}`} box={{ ...box, height: sizes.head }} radius={8} selected={selected} />
      {layout.rows.map((row) => {
        const topic = topics.find((other) => other.topic === row.topic)!;
        return <PartitionRow key={`${row.topic}-${row.partition}`} {...props} {...{ broker, box, row, endAt }} form={layout.form} partition={topic.partitions.find((other) => other.partition === row.partition)!} />;
      })}
      {layout.rows.length === 0 && !stopped && <TopicGhost box={box} sizes={sizes} command={nextCommands.topic} starting={broker.state === 'starting'} />}
      <InternalTopics topics={topics} box={box} sizes={sizes} endAt={endAt} />
    </g>
  );
});

function BrokerState({ broker, right, mid, sizes }: { broker: BrokerSnapshot; right: number; mid: number; sizes: ClusterSizes }) {
  if (broker.state !== 'running') return <Label x={right} mid={mid} text={broker.state} cls={broker.state === 'stopped' ? 't-label c-danger' : 't-label c-2'} anchor="end" />;
  return broker.isController ? <ControllerMark right={right} mid={mid} fontSize={sizes.fontSize} /> : null;
}

function stateWord(broker: BrokerSnapshot): string {
  if (broker.state !== 'running') return broker.state;
  return broker.isController ? 'controller' : '';
}

/** The topic that is not there yet. */
function TopicGhost(props: { box: BrokerPlace['box']; sizes: ClusterSizes; command: NextCommands['topic']; starting: boolean }) {
  const { box, sizes, command, starting } = props;
  const top = box.y + sizes.head + sizes.chip / 2 + 4;
  const inside = { x: box.x + sizes.inner, y: top, width: box.width - 2 * sizes.inner, height: box.height - sizes.head - sizes.chip / 2 - 12 };
  const size = TAPE_SIZES.M;
  const tape = tapeScale({ x: inside.x + 12, y: top + (inside.height - size.height) / 2 + 4, size, from: 0 });
  const words = 'records in order';
  const cells = Math.max(2, Math.min(8, Math.floor((inside.width - 32 - textWidth(words, sizes.fontSize)) / size.pitch)));
  return (
    <>
      <Ghost box={inside} />
      {Array.from({ length: cells }, (_, offset) => <Cell key={offset} tape={tape} offset={offset} kind="empty" />)}
      <Label x={tape.left(cells) + 8} mid={tape.middle - sizes.lead / 2} text="a partition:" cls="t-label c-3" />
      <Label x={tape.left(cells) + 8} mid={tape.middle + sizes.lead / 2} text={words} cls="t-label c-3" />
      {!starting && <Chip command={command} x={inside.x + 12} mid={top} sizes={sizes} />}
    </>
  );
}

function InternalTopics(props: { topics: readonly TopicSnapshot[]; box: BrokerPlace['box']; sizes: ClusterSizes; endAt(mid: number): number }) {
  const { topics, box, sizes, endAt } = props;
  const internal = topics.filter((topic) => topic.isInternal);
  if (internal.length === 0) return null;
  const y = box.y + box.height - sizes.foldHeight;
  const mid = y + sizes.foldHeight / 2;
  const partitions = internal.reduce((sum, topic) => sum + topic.partitions.length, 0);
  const x = box.x + sizes.inner;
  return (
    <>
      <path d={`M${x} ${y + 0.5}H${box.x + box.width - sizes.inner}`} className="s-line-1" />
      <ChevronRight x={x - 4} y={mid - sizes.icon / 2} width={sizes.icon} height={sizes.icon} strokeWidth={1.5} className="i-3" aria-hidden="true" />
      <Label x={x + sizes.icon} mid={mid} text={internal.map((topic) => topic.topic).join(', ')} cls="t-label c-2" />
      <Label x={endAt(mid)} mid={mid} text={`${partitions} partitions`} cls="t-label c-3" anchor="end" />
    </>
  );
}
