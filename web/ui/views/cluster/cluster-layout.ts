import type { BrokerSnapshot, ClientSnapshot, Snapshot } from '../../../session/snapshot';
import type { Rect } from '../../drawing/cluster-pieces';
import { LEAST_CARD, NARROW_CLIENT, NARROW_STAGE } from './cluster-sizes';
import type { ClusterSizes } from './cluster-sizes';
import { layoutRows } from './row-layout';
import type { RowForm, RowPlace } from './row-layout';

/** Where everything stands in the Cluster view. */
export interface ClusterLayout {
  readonly height: number;
  readonly single: boolean;
  readonly badgesOnly: boolean;
  readonly zooKeeper: Rect;
  readonly brokers: readonly BrokerPlace[];
  readonly form: RowForm;
  readonly rows: readonly RowPlace[];
  readonly clients: readonly ClientPlace[];
  /** Where the next producer and the next consumer would stand; null when there is one already. */
  readonly ghostProducer: Rect | null;
  readonly ghostConsumer: Rect | null;
  /** Lines below the cards for clients of a broker that is not beside them. */
  readonly busY: number;
  readonly stripY: number;
}

export interface BrokerPlace {
  readonly broker: BrokerSnapshot | null;
  readonly box: Rect;
}

export interface ClientPlace {
  readonly client: ClientSnapshot;
  readonly box: Rect;
  readonly side: 'left' | 'right';
  /** y of what goes to the broker, and of what comes back. */
  readonly requestY: number;
  readonly responseY: number;
  /** How much of it there is room for. */
  readonly detail: 'full' | 'short' | 'badge';
}

export function layoutCluster(snapshot: Pick<Snapshot, 'brokers' | 'topics' | 'clients'>, size: { width: number; height: number }, sizes: ClusterSizes): ClusterLayout {
  const brokers: readonly (BrokerSnapshot | null)[] = snapshot.brokers.length > 0 ? snapshot.brokers : [null];
  const single = brokers.length === 1;
  const roomyCard = (size.width - 2 * (sizes.pad + sizes.clientWidthMany + sizes.gapMany) - (brokers.length - 1) * sizes.cardGap) / brokers.length;
  const badgesOnly = size.width < NARROW_STAGE || (!single && roomyCard < LEAST_CARD);
  const clientWidth = badgesOnly ? NARROW_CLIENT : single ? sizes.clientWidth : sizes.clientWidthMany;
  const gap = single ? Math.min(sizes.gap, Math.max(64, size.width / 10)) : sizes.gapMany;
  const bx = sizes.pad + clientWidth + gap;
  const bw = Math.max(240, size.width - 2 * bx);
  const zooKeeper: Rect = { x: single ? bx : sizes.pad, y: sizes.top, width: single ? bw : size.width - 2 * sizes.pad, height: sizes.zooKeeperHeight };
  const by = zooKeeper.y + zooKeeper.height + sizes.link + (single ? 0 : sizes.strip - 8);
  const cardWidth = (bw - (brokers.length - 1) * sizes.cardGap) / brokers.length;
  const below = single ? sizes.pad / 2 : sizes.pad + 16;
  const rows = layoutRows(snapshot, { top: by, width: cardWidth, room: size.height - by - below, single }, sizes);
  const columns = placeClients(snapshot.clients, { sizes, clientWidth, badgesOnly, top: by, bottom: Math.max(by + rows.cardHeight, size.height - sizes.pad), right: size.width - sizes.pad - clientWidth, rows: rows.rows, single });
  // Lanes of one broker's clients run straight, so its card is as high as they need it.
  const lanes = single && !badgesOnly ? columns.clients.map(({ responseY }) => responseY + sizes.lead) : [];
  const cardBottom = Math.max(by + rows.cardHeight, ...lanes);
  const places = brokers.map((broker, index): BrokerPlace => ({
    broker, box: { x: bx + index * (cardWidth + sizes.cardGap), y: by, width: cardWidth, height: cardBottom - by },
  }));
  const lowest = Math.max(cardBottom, ...columns.clients.map(({ box }) => box.y + box.height));
  return {
    ...columns, single, badgesOnly, zooKeeper, brokers: places, form: rows.form, rows: rows.rows,
    height: Math.max(size.height, lowest + below),
    busY: cardBottom + below / 2,
    stripY: by - sizes.strip / 2,
  };
}

interface ClientArea {
  readonly sizes: ClusterSizes;
  readonly clientWidth: number;
  readonly badgesOnly: boolean;
  readonly top: number;
  readonly bottom: number;
  readonly right: number;
  readonly rows: readonly RowPlace[];
  readonly single: boolean;
}

function placeClients(clients: readonly ClientSnapshot[], area: ClientArea): Pick<ClusterLayout, 'clients' | 'ghostProducer' | 'ghostConsumer'> {
  const { sizes, clientWidth, top, right, rows, single } = area;
  const producers = clients.filter((client) => client.kind === 'producer');
  const consumers = clients.filter((client) => client.kind === 'consumer');
  const full = sizes.clientHead + 3 * sizes.lead + sizes.lead / 2;
  const firstRow = rows[0];
  // Read lanes leave below the tape, so consumers stand lower than producers.
  const readY = firstRow ? firstRow.readY : top + full * 1.5;
  const consumerTop = single ? Math.max(top, readY - sizes.laneGap - sizes.lead / 4) : top;
  // Both lanes of the first producer end at its card.
  const producerTop = single && firstRow ? Math.max(top, firstRow.writeY + sizes.laneGap + 4 - full) : top;
  return {
    clients: [
      ...column(producers, { ...area, x: sizes.pad, from: producerTop, side: 'left', meetsAt: firstRow?.writeY ?? top + full / 2 }),
      ...column(consumers, { ...area, top: single ? top + sizes.head : top, x: right, from: Math.min(consumerTop, area.bottom - full), side: 'right', meetsAt: readY }),
    ],
    ghostProducer: producers.length === 0 ? { x: sizes.pad, y: producerTop, width: clientWidth, height: full } : null,
    ghostConsumer: consumers.length === 0 ? { x: right, y: Math.min(consumerTop, area.bottom - full), width: clientWidth, height: full } : null,
  };
}

interface Column extends ClientArea {
  readonly x: number;
  readonly from: number;
  readonly side: 'left' | 'right';
  /** y at which the first client's lane for records meets the first row: requests of producers, responses of consumers. */
  readonly meetsAt: number;
}

/** Full cards while they fit, then short ones. The first client's lanes meet the first row's. */
function column(clients: readonly ClientSnapshot[], area: Column): ClientPlace[] {
  const { sizes, x, clientWidth, side, single, badgesOnly } = area;
  const full = sizes.clientHead + 3 * sizes.lead + sizes.lead / 2;
  // What waits in the card at the end of a consumer's lane must not cover the card's head.
  const leastLane = single && side === 'right' ? area.top + waitingHeight(sizes) / 2 + 4 : area.top;
  const highest = (height: number, gap: number) => (single && side === 'right' ? leastLane - (height - gap) / 2 : area.top);
  const room = area.bottom - Math.max(side === 'left' ? area.from : 0, highest(full, sizes.laneGap));
  const isShort = clients.length * (full + sizes.clientGap) - sizes.clientGap > room;
  const squeezed = (area.bottom - area.top + sizes.clientGap) / clients.length - sizes.clientGap;
  const short = Math.max(sizes.badge + sizes.lead + 12, Math.min(sizes.clientHead + sizes.lead * 0.75, squeezed));
  const height = badgesOnly ? sizes.badge + 24 : isShort ? short : full;
  const laneGap = badgesOnly ? height / 2 : sizes.laneGap;
  const ownGap = Math.min(laneGap, height / 2);
  const firstLane = side === 'left' ? area.meetsAt : area.meetsAt - laneGap;
  const wished = badgesOnly && single ? firstLane - (height - laneGap) / 2 : area.from;
  const least = highest(height, ownGap);
  const high = clients.length * (height + sizes.clientGap) - sizes.clientGap;
  const from = Math.max(least, Math.min(wished, area.bottom - high));
  return clients.map((client, index): ClientPlace => {
    const y = from + index * (height + sizes.clientGap);
    const meets = single && index === 0 && firstLane >= Math.max(y, leastLane) && firstLane + laneGap <= y + height + 4;
    const requestY = meets ? firstLane : y + (height - ownGap) / 2;
    return {
      client, side, box: { x, y, width: clientWidth, height }, requestY, responseY: requestY + (meets ? laneGap : ownGap),
      detail: badgesOnly ? 'badge' : isShort ? 'short' : 'full',
    };
  });
}

/** px of the tag of a request that waits inside a card. */
export function waitingHeight({ lead }: ClusterSizes): number {
  return lead * 1.5;
}

export function waitingWidth({ lead }: ClusterSizes): number {
  return lead * 2;
}

/** How far to the right words at the height `mid` of a card may go: a request that waits may stand there. */
export function wordsEnd({ single, badgesOnly, clients }: ClusterLayout, { box }: BrokerPlace, mid: number, sizes: ClusterSizes): number {
  const waits = single && !badgesOnly && clients.some(({ side, requestY }) => side === 'right' && Math.abs(requestY - mid) < (waitingHeight(sizes) + sizes.lead) / 2);
  return box.x + box.width - (waits ? waitingWidth(sizes) + 16 : sizes.inner);
}
