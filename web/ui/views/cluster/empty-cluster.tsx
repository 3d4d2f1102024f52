import { Cell } from '../../drawing/cell';
import { Ghost } from '../../drawing/cluster-pieces';
import { Label, Runs } from '../../drawing/svg-text';
import { TAPE_SIZES, tapeScale } from '../../drawing/tape-scale';
import type { NextCommand } from '../../drawing/chip';
import type { ViewProps } from '../../drawing/view';
import { Chip, chipWidth } from '../../drawing/chip';

interface Sizes {
  readonly pad: number; readonly clientWidth: number; readonly gap: number; readonly lead: number; readonly inner: number;
  readonly chip: number; readonly monoSize: number; readonly top: number; readonly intro: number; readonly zooKeeperHeight: number;
  readonly link: number; readonly brokerHeight: number; readonly head: number; readonly tapeTop: number; readonly tapeIn: number;
  readonly topicHeight: number; readonly tape: 'XL' | 'XXL' | 'L'; readonly clientDown: number; readonly clientHeight: number;
}

const BASE: Sizes = {
  pad: 16, clientWidth: 200, gap: 64, lead: 16, inner: 16, chip: 24, monoSize: 12, top: 40, intro: 52, zooKeeperHeight: 48, link: 24,
  brokerHeight: 152, head: 40, tapeTop: 24, tapeIn: 12, topicHeight: 96, tape: 'XL', clientDown: 44, clientHeight: 88,
};
const WIDE: Sizes = {
  pad: 40, clientWidth: 240, gap: 136, lead: 20, inner: 24, chip: 32, monoSize: 14, top: 88, intro: 74, zooKeeperHeight: 64, link: 40,
  brokerHeight: 208, head: 56, tapeTop: 36, tapeIn: 16, topicHeight: 128, tape: 'XXL', clientDown: 64, clientHeight: 112,
};
/** Below three terminals at 1280. */
const COMPACT: Sizes = {
  ...BASE, top: 14, intro: 38, zooKeeperHeight: 36, link: 16, brokerHeight: 132, head: 38, tapeTop: 22, topicHeight: 84, tape: 'L', clientDown: 28, clientHeight: 80,
};
const SPACIOUS = 380;
const SPACIOUS_WIDE = 600;

/** Nothing runs yet: what will appear, in outlines, each with the command that makes it real. */
export function EmptyCluster({ width, height, wide, nextCommands }: Pick<ViewProps, 'width' | 'height' | 'wide' | 'nextCommands'>) {
  const sizes = height < (wide ? SPACIOUS_WIDE : SPACIOUS) ? (wide ? { ...WIDE, top: 40, intro: 56 } : COMPACT) : wide ? WIDE : BASE;
  const { pad, lead, inner } = sizes;
  const clients = width >= 840;
  const bx = clients ? pad + sizes.clientWidth + sizes.gap : pad + 16;
  const bw = width - 2 * bx;
  const cx = width / 2;
  const { top } = sizes;
  const gy = top + lead * 1.5 + sizes.intro;
  const by = gy + sizes.zooKeeperHeight + sizes.link;
  const clientY = by + sizes.clientDown;
  const arrowY = clientY + sizes.clientHeight / 2 + 4;
  const whole = { x: bx - 15.5, y: gy - 15.5, width: bw + 31, height: by + sizes.brokerHeight - gy + 31 };
  return (
    <svg className="draw" width={width} height={Math.max(height, by + sizes.brokerHeight + 20)} role="img"
      aria-label={`Nothing is running yet. ${nextCommands.cluster.text} makes ZooKeeper and a broker, kafka-topics.sh makes a topic, the console producer and consumer write and read.`}>
      <Label x={cx} mid={top} text="Nothing is running yet" cls="t-title w6" anchor="middle" />
      <Label x={cx} mid={top + lead * 1.5} text="Each outline becomes real when you run the command written on it." cls="t-label c-2" anchor="middle" />
      <rect {...whole} rx={12} className={nextCommands.cluster.current ? 'f-none s-accent' : 'f-none s-line-3'} strokeDasharray="2 4" strokeLinecap="round" />
      <Ghost box={{ x: bx, y: gy, width: bw, height: sizes.zooKeeperHeight }} />
      <Runs x={bx + inner} mid={gy + sizes.zooKeeperHeight / 2 + 4} parts={[['ZooKeeper', 'w6 c-2'], ['   who is alive, who is in charge', 'c-3']]} />
      <path d={`M${cx} ${gy + sizes.zooKeeperHeight}V${by}`} className="s-line-3" strokeDasharray="4 4" />
      <Ghost box={{ x: bx, y: by, width: bw, height: sizes.brokerHeight }} />
      <Runs x={bx + inner} mid={by + sizes.head / 2 + 2} parts={[['Broker', 'w6 c-2'], ['   keeps the records and serves them', 'c-3']]} />
      <Chip command={nextCommands.cluster} x={cx} mid={gy - 16} sizes={sizes} centred />
      <GhostTopic x={bx + inner} y={by + sizes.head + 4} width={bw - inner * 2} sizes={sizes} command={nextCommands.topic} />
      {clients && (
        <>
          <GhostClient x={pad} y={clientY} name="Producer" does="writes records" command={nextCommands.producer} sizes={sizes} />
          <GhostClient x={width - pad - sizes.clientWidth} y={clientY} name="Consumer" does="reads records" command={nextCommands.consumer} sizes={sizes} />
          <path d={`M${pad + sizes.clientWidth + 8} ${arrowY}H${bx - 24}m-6 -4l6 4l-6 4`} className="s-line-3 f-none" />
          <path d={`M${bx + bw + 24} ${arrowY}H${width - pad - sizes.clientWidth - 8}m-6 -4l6 4l-6 4`} className="s-line-3 f-none" />
        </>
      )}
    </svg>
  );
}

function GhostTopic(props: { x: number; y: number; width: number; sizes: Sizes; command: NextCommand }) {
  const { x, y, width, sizes, command } = props;
  const tape = tapeScale({ x: x + sizes.tapeIn, y: y + sizes.tapeTop - 4, size: TAPE_SIZES[sizes.tape], from: 0 });
  const cells = Math.max(1, Math.floor((width - 130) / tape.pitch));
  const shown = Math.min(cells, sizes.tape === 'XXL' ? 7 : 6);
  return (
    <>
      <Ghost box={{ x, y, width, height: sizes.topicHeight }} />
      {Array.from({ length: shown }, (_, offset) => (
        <g key={offset}>
          <Cell tape={tape} offset={offset} kind="empty" />
          <Label x={tape.left(offset) + tape.cell / 2} mid={tape.bottom + sizes.lead / 2 + 2} text={offset} cls="t-label t-num c-3" anchor="middle" />
        </g>
      ))}
      <Label x={tape.left(shown) + 8} mid={tape.middle - sizes.lead / 2} text="a partition:" cls="t-label c-3" />
      <Label x={tape.left(shown) + 8} mid={tape.middle + sizes.lead / 2} text="records in order" cls="t-label c-3" />
      <Chip command={command} x={x + 12} mid={y} sizes={sizes} />
    </>
  );
}

function GhostClient(props: { x: number; y: number; name: string; does: string; command: NextCommand; sizes: Sizes }) {
  const { x, y, name, does, command, sizes } = props;
  const mid = y + sizes.clientHeight / 2 + 6;
  return (
    <>
      <Ghost box={{ x, y, width: sizes.clientWidth, height: sizes.clientHeight }} />
      <Label x={x + 16} mid={mid - sizes.lead / 2} text={name} cls="t-label w6 c-2" />
      <Label x={x + 16} mid={mid + sizes.lead / 2} text={does} cls="t-label c-3" />
      <Chip command={command} x={x + (sizes.clientWidth - chipWidth(command, sizes)) / 2} mid={y} sizes={sizes} />
    </>
  );
}
