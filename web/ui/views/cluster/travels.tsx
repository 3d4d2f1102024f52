import { errorName } from '../../drawing/error-names';
import { Label, round } from '../../drawing/svg-text';
import { TAPE_SIZES } from '../../drawing/tape-scale';
import type { TapeSize } from '../../drawing/tape-scale';
import { fitText, textWidth } from '../../drawing/text-width';
import { FlowBand, PacketShape, placeOnRoute, rateText } from '../../drawing/wire';
import type { Route } from '../../drawing/wire';
import type { Flow, Packet } from '../../picture/motion';
import { LaneWords } from './lane-words';
import type { TravelsProps } from './travels-props';
import type { ClusterLayout } from './cluster-layout';
import { travelRoute } from './routes';
import { landingRoute, WritePath, writeWay } from './write-path';

/** All that is on its way: requests and responses one by one, or as flows where there are too many. */
export function Travels(props: TravelsProps) {
  const { layout, motion, sizes } = props;
  const widest = Math.max(1, ...motion.flows.map(flowRate));
  return (
    <g data-testid="travels">
      <WritePaths layout={layout} />
      <LaneWords {...props} />
      {motion.flows.map((flow) => <FlowLane key={`${flow.connectionId} ${flow.kind}`} {...props} flow={flow} widest={widest} />)}
      {!motion.still && motion.packets.map((packet) => <PacketOnWay key={packet.travel.id} {...props} packet={packet} sizes={sizes} />)}
    </g>
  );
}

function WritePaths({ layout }: { layout: ClusterLayout }) {
  const broker = layout.brokers[0];
  if (!layout.single || !broker?.broker) return null;
  return (
    <>
      {layout.clients.filter(({ client }) => client.kind === 'producer' && client.connections.length > 0).map((place) => {
        const row = layout.rows.find(({ topic }) => place.client.topics.includes(topic));
        const way = writeWay(layout, place, broker, row);
        return way && <WritePath key={place.client.id} way={way} />;
      })}
    </>
  );
}

/** The cell that rides in a packet. */
function cargoSize(layout: ClusterLayout): TapeSize {
  const tape = layout.rows[0]?.tape ?? TAPE_SIZES.M;
  return layout.form === 'bar' ? TAPE_SIZES.S : tape;
}

function PacketOnWay({ layout, sizes, keyColour, packet }: TravelsProps & { packet: Packet }) {
  const { travel, progress, landing } = packet;
  const route = travelRoute(layout, travel);
  if (!route) return null;
  const cargo = cargoSize(layout);
  const records = travel.partitions.flatMap((partition) => partition.records);
  const carries = travel.partitions.some((partition) => partition.recordCount > 0) && travel.api !== 'OffsetCommit' && !(travel.api === 'Produce' && travel.kind === 'response');
  const colour = keyColour(records[0]?.key ?? null);
  if (landing > 0) return <LandingRecord {...{ layout, packet, cargo, colour }} />;
  const words = packetWords(packet);
  const width = carries ? cargo.cell + 16 : words === '' ? 28 : textWidth(words, sizes.fontSize, 600) + 22;
  const height = carries ? cargo.height + 8 : words === '' ? 20 : sizes.lead + 8;
  const place = centreOnRoute(route, progress, width);
  const dir = place.dx < 0 ? -1 : 1;
  return (
    <g transform={`translate(${round(place.x)} ${round(place.y)})`} data-testid="travel" data-api={travel.api} data-kind={travel.kind}>
      <PacketShape width={width} height={height} dir={dir}>
        {carries && <rect x={-width / 2 + (dir > 0 ? 4 : 12)} y={-cargo.height / 2} width={cargo.cell} height={cargo.height} rx={cargo.radius} fill={`var(--key-${colour})`} />}
        {!carries && words !== '' && <Label x={dir > 0 ? -3 : 3} mid={0} text={words} cls="t-label w6" anchor="middle" />}
      </PacketShape>
    </g>
  );
}

/** `ack 3`, an error's name, or nothing. */
function packetWords({ travel, records }: Packet): string {
  if (travel.kind !== 'response') return '';
  const wrong = travel.partitions.find((partition) => partition.errorCode !== 0);
  if (wrong) return errorName(wrong.errorCode);
  if (travel.api !== 'Produce') return '';
  const last = travel.partitions[travel.partitions.length - 1];
  return last?.offset === null || last === undefined ? 'ack' : `ack ${last.offset + Math.max(0, records - 1)}`;
}

/** The whole tag stays on the lane, so its middle runs between the lane's ends less half its width. */
function centreOnRoute(route: Route, progress: number, width: number) {
  const length = route.reduce((sum, point, index) => (index === 0 ? 0 : sum + Math.hypot(point.x - route[index - 1]!.x, point.y - route[index - 1]!.y)), 0);
  const margin = Math.min(0.5, width / 2 / Math.max(1, length));
  return placeOnRoute(route, margin + progress * (1 - 2 * margin));
}

/** From the broker's edge into its cell. */
function LandingRecord(props: { layout: ClusterLayout; packet: Packet; cargo: TapeSize; colour: number }) {
  const { layout, packet: { travel, landing }, cargo, colour } = props;
  const broker = layout.brokers.find((place) => place.broker?.host === travel.toHost);
  const client = layout.clients.find((place) => place.client.connections.some((connection) => connection.connectionId === travel.connectionId));
  const target = travel.partitions[0];
  const row = target && layout.rows.find((other) => other.topic === target.topic && other.partition === target.partition);
  const way = broker && client && writeWay(layout, client, broker, row);
  if (!way) return null;
  const place = placeOnRoute(landingRoute(way), landing);
  return <rect x={round(place.x - cargo.cell / 2)} y={round(place.y - cargo.height / 2)} width={cargo.cell} height={cargo.height} rx={cargo.radius} fill={`var(--key-${colour})`} data-testid="landing" />;
}

const LEAST_FLOW = 2;

function flowRate(flow: Flow): number {
  return Math.max(flow.recordsPerSecond, flow.requestsPerSecond);
}

function FlowLane({ layout, sizes, keyColour, flow, widest }: TravelsProps & { flow: Flow; widest: number }) {
  const route = travelRoute(layout, flow);
  if (!route) return null;
  const rate = flowRate(flow);
  const records = flow.recordsPerSecond > 0;
  const width = records ? Math.max(LEAST_FLOW, sizes.flow * (rate / widest)) : LEAST_FLOW;
  const shares = flow.keys.length > 0 ? mergeByColour(flow, keyColour) : [{ colour: 0, share: 1 }];
  const middle = placeOnRoute(route, 0.5);
  const number = records ? rateText(flow.recordsPerSecond) : rateText(flow.requestsPerSecond);
  const aside = flow.kind === 'request' ? -width / 2 - sizes.lead * 0.7 : width / 2 + sizes.lead * 0.7;
  return (
    <g data-testid="flow">
      <FlowBand route={route} width={width} shares={shares} />
      <Label x={middle.x} mid={middle.y + aside} text={fitText(number, sizes.gap, sizes.fontSize, 600)} cls="t-label w6" anchor="middle" />
    </g>
  );
}

function mergeByColour(flow: Flow, keyColour: (key: string | null) => number): { colour: number; share: number }[] {
  const shares = new Map<number, number>();
  for (const { key, share } of flow.keys) shares.set(keyColour(key), (shares.get(keyColour(key)) ?? 0) + share);
  return [...shares].map(([colour, share]) => ({ colour, share }));
}
