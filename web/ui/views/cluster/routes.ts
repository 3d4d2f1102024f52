import type { Travel } from '../../../session/snapshot';
import type { Point, Route } from '../../drawing/wire';
import type { BrokerPlace, ClientPlace, ClusterLayout } from './cluster-layout';

/** The way of a request from a client to a broker: straight when it stands beside it, else along the line below the cards. */
export function requestRoute(layout: ClusterLayout, client: ClientPlace, broker: BrokerPlace): Route {
  if (isBeside(layout, client, broker)) {
    return [{ x: clientEdge(client), y: client.requestY }, { x: brokerEdge(client, broker), y: client.requestY }];
  }
  return busRoute(layout, client, broker, -4);
}

/** The way back. */
export function responseRoute(layout: ClusterLayout, client: ClientPlace, broker: BrokerPlace): Route {
  if (isBeside(layout, client, broker)) {
    return [{ x: brokerEdge(client, broker), y: client.responseY }, { x: clientEdge(client), y: client.responseY }];
  }
  return [...busRoute(layout, client, broker, 4)].reverse();
}

/** What one broker sends another: up, along the strip above the cards, and down. */
export function brokerRoute(layout: ClusterLayout, from: BrokerPlace, to: BrokerPlace): Route {
  const right = to.box.x > from.box.x;
  const leave = right ? from.box.x + from.box.width - 16 : from.box.x + 16;
  const arrive = right ? to.box.x + 16 : to.box.x + to.box.width - 16;
  return [{ x: leave, y: from.box.y }, { x: leave, y: layout.stripY }, { x: arrive, y: layout.stripY }, { x: arrive, y: to.box.y }];
}

/** The way of a travel, or null when one of its ends is not in the picture. */
export function travelRoute(layout: ClusterLayout, travel: Pick<Travel, 'connectionId' | 'kind' | 'fromHost' | 'toHost' | 'clientId'>): Route | null {
  const brokerHost = travel.kind === 'request' ? travel.toHost : travel.fromHost;
  const otherHost = travel.kind === 'request' ? travel.fromHost : travel.toHost;
  const broker = layout.brokers.find((place) => place.broker?.host === brokerHost);
  if (!broker) return null;
  const client = clientOf(layout, travel, otherHost);
  if (client) return travel.kind === 'request' ? requestRoute(layout, client, broker) : responseRoute(layout, client, broker);
  const other = layout.brokers.find((place) => place.broker?.host === otherHost && place !== broker);
  if (!other) return null;
  return travel.kind === 'request' ? brokerRoute(layout, other, broker) : brokerRoute(layout, broker, other);
}

/** The client at the other end of a connection: by the connection, else the only one of that name on that host. */
function clientOf(layout: ClusterLayout, travel: { connectionId: string; clientId: string }, host: string): ClientPlace | undefined {
  return layout.clients.find(({ client }) => client.connections.some((connection) => connection.connectionId === travel.connectionId))
    ?? layout.clients.find(({ client }) => client.host === host && client.clientId === travel.clientId);
}

function isBeside(layout: ClusterLayout, client: ClientPlace, broker: BrokerPlace): boolean {
  return broker === (client.side === 'left' ? layout.brokers[0] : layout.brokers[layout.brokers.length - 1]);
}

function clientEdge({ side, box }: ClientPlace): number {
  return side === 'left' ? box.x + box.width : box.x;
}

function brokerEdge({ side }: ClientPlace, { box }: BrokerPlace): number {
  return side === 'left' ? box.x : box.x + box.width;
}

function busRoute(layout: ClusterLayout, client: ClientPlace, broker: BrokerPlace, aside: number): Route {
  const left = client.side === 'left';
  const out = clientEdge(client) + (left ? 12 : -12) + aside;
  const up = broker.box.x + broker.box.width / 2 + (left ? -16 : 16) + aside;
  const y = layout.busY + aside + (left ? -2 : 6);
  const from = client.requestY + (aside + 4);
  const points: Point[] = [{ x: clientEdge(client), y: from }, { x: out, y: from }, { x: out, y }, { x: up, y }, { x: up, y: broker.box.y + broker.box.height }];
  return points;
}
