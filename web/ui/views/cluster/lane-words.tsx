import type { BrokerSnapshot, Travel } from '../../../session/snapshot';
import { printable } from '../../drawing/record-text';
import { Label } from '../../drawing/svg-text';
import { fitText } from '../../drawing/text-width';
import { groupDigits, PacketShape } from '../../drawing/wire';
import type { Packet } from '../../picture/motion';
import { waitingHeight, waitingWidth } from './cluster-layout';
import type { ClientPlace } from './cluster-layout';
import { requestRoute } from './routes';
import type { TravelsProps } from './travels-props';

/** Words beside the lanes of one broker's clients: what travels there, what waits, what came back last. */
export function LaneWords(props: TravelsProps) {
  const { layout } = props;
  if (!layout.single || layout.badgesOnly) return null;
  return <>{layout.clients.map((place) => (place.client.kind === 'producer' ? <ProducerWords key={place.client.id} {...props} place={place} /> : <ConsumerWords key={place.client.id} {...props} place={place} />))}</>;
}

interface WordsProps extends TravelsProps {
  readonly place: ClientPlace;
}

function ProducerWords({ layout, sizes, motion, place }: WordsProps) {
  const middle = gapMiddle(place, layout);
  const { lead, fontSize } = sizes;
  const under = place.responseY + lead * 0.75;
  const acked = place.client.connections.map(({ connectionId }) => motion.lastAcks.get(connectionId)).find((offset) => offset !== undefined);
  const request = packetOf(motion.packets, place, 'request');
  const response = packetOf(motion.packets, place, 'response');
  const carries = request?.travel.api === 'Produce';
  const half = ((layout.rows[0]?.tape.height ?? 24) + 8) / 2;
  const value = request && valueInQuotes(request, sizes.gap - 8, fontSize);
  // Between the lanes of two clients there is room for one line of words, between short cards for none above a lane.
  const roomAbove = place.detail === 'full';
  const beside = layout.clients.filter(({ side }) => side === place.side);
  const isFirst = roomAbove && beside[0] === place;
  const isLast = beside[beside.length - 1] === place;
  const top = carries ? place.requestY - half : place.requestY - 12;
  return (
    <>
      {request && roomAbove && value !== null && value !== undefined && <Label x={middle} mid={top - lead * 0.6} text={value} cls="t-label w6" anchor="middle" />}
      {request && isFirst && <Label x={middle} mid={top - lead * (value ? 1.5 : 0.6)} text={request.travel.api} cls="t-label c-3" anchor="middle" />}
      {response
        ? isLast && <Label x={middle} mid={under + 8} text={response.travel.api === 'Produce' ? 'Produce response' : response.travel.api} cls="t-label c-3" anchor="middle" />
        : acked !== undefined && <Label x={middle} mid={under} text={`last ack: ${groupDigits(acked)}`} cls="t-label c-3" anchor="middle" />}
    </>
  );
}

function ConsumerWords({ layout, sizes, motion, snapshot, place }: WordsProps) {
  const middle = gapMiddle(place, layout);
  const { lead } = sizes;
  const broker = layout.brokers[0]?.broker ?? null;
  const request = packetOf(motion.packets, place, 'request');
  const response = packetOf(motion.packets, place, 'response');
  const waiting = broker && !request ? waitingFetch(broker, place) : undefined;
  const position = place.client.positions[0]?.position;
  const half = ((layout.rows[0]?.tape.height ?? 24) + 8) / 2;
  const isFirst = layout.clients.find(({ side }) => side === place.side) === place;
  const carries = response !== undefined && response.travel.partitions.some((partition) => partition.recordCount > 0);
  return (
    <>
      {waiting && <WaitingTag layout={layout} place={place} sizes={sizes} />}
      {(request || waiting) && place.detail === 'full' && (isFirst || layout.form !== 'full') && (
        <Label x={middle + 4} mid={place.requestY - lead * 0.5 - 12} anchor="middle" cls="t-label"
          text={request && request.travel.api !== 'Fetch' ? request.travel.api : position === undefined || place.client.positions.length > 1 ? 'Fetch' : `Fetch from ${groupDigits(position)}`} />
      )}
      {waiting && !response && <Label x={middle} mid={place.requestY + lead * 0.75} text={`waits, ${Math.max(0, Math.round((snapshot.nowUs - waiting.sinceUs) / 1000))} ms`} cls="t-label c-3" anchor="middle" />}
      {response && <Label x={middle} mid={place.responseY + (carries ? half : 12) + lead * 0.6} text={responseWords(response.travel)} cls="t-label c-3" anchor="middle" />}
    </>
  );
}

function responseWords(travel: Travel): string {
  if (travel.api !== 'Fetch') return travel.api;
  const count = travel.partitions.reduce((sum, partition) => sum + partition.recordCount, 0);
  return count > 1 ? `${count} records` : count === 1 ? 'Fetch response' : 'nothing new';
}

/** A long poll stands inside the card, dashed, until it is answered. */
function WaitingTag({ layout, place, sizes }: Pick<WordsProps, 'layout' | 'place' | 'sizes'>) {
  const box = layout.brokers[0]!.box;
  const width = waitingWidth(sizes);
  const height = waitingHeight(sizes);
  const x = box.x + box.width - width / 2 - 8;
  return (
    <>
      <g transform={`translate(${x} ${place.requestY})`} data-testid="waiting"><PacketShape width={width} height={height} dir={-1} waiting /></g>
      <path d={`M${x + width / 2} ${place.requestY}H${box.x + box.width}`} className="s-line-3" />
    </>
  );
}

function waitingFetch(broker: BrokerSnapshot, { client }: ClientPlace) {
  const connections = new Set(client.connections.map(({ connectionId }) => connectionId));
  return broker.purgatory.find((waiting) => waiting.api === 'Fetch' && connections.has(waiting.connectionId));
}

function packetOf(packets: readonly Packet[], { client }: ClientPlace, kind: Travel['kind']): Packet | undefined {
  return packets.find((packet) => packet.travel.kind === kind && packet.landing === 0 && client.connections.some(({ connectionId }) => connectionId === packet.travel.connectionId));
}

function gapMiddle(place: ClientPlace, layout: WordsProps['layout']): number {
  const route = requestRoute(layout, place, layout.brokers[0]!);
  return (route[0]!.x + route[route.length - 1]!.x) / 2;
}

/** The first record's value in quotes, as far as there is room. */
function valueInQuotes(packet: Packet, width: number, fontSize: number): string | null {
  const value = packet.travel.partitions.find((partition) => partition.records.length > 0)?.records[0]?.value;
  if (value === undefined || value === null) return null;
  return `“${fitText(printable(value), width - 12, fontSize, 600)}”`;
}
