import { memo } from 'react';
import type { ClientSnapshot } from '../../../session/snapshot';
import { Lane } from '../../drawing/wire';
import type { Motion } from '../../picture/motion';
import type { BrokerPlace, ClusterLayout } from './cluster-layout';
import { requestRoute, responseRoute } from './routes';

/** Connections of clients. With one broker they are always drawn; with more only while something travels or is wrong. */
export const Lanes = memo(function Lanes({ layout, motion }: { layout: ClusterLayout; motion: Motion }) {
  return (
    <>
      {layout.clients.flatMap((place) => layout.brokers.map((broker) => {
        const state = connectionState(place.client, broker, layout, motion);
        if (state === null) return null;
        const key = `${place.client.id} ${broker.broker?.brokerId}`;
        const request = requestRoute(layout, place, broker);
        if (state === 'broken') return <Lane key={key} route={request} broken />;
        return <g key={key}><Lane route={request} /><Lane route={responseRoute(layout, place, broker)} /></g>;
      }))}
    </>
  );
});

function connectionState(client: ClientSnapshot, { broker }: BrokerPlace, layout: ClusterLayout, motion: Motion): 'open' | 'broken' | null {
  if (!broker) return null;
  const connections = client.connections.filter((connection) => connection.brokerId === broker.brokerId || (layout.single && connection.brokerId < 0));
  if (connections.some((connection) => connection.state === 'ready')) {
    if (layout.single) return 'open';
    const ids = new Set(connections.map((connection) => connection.connectionId));
    return motion.packets.some(({ travel }) => ids.has(travel.connectionId)) || motion.flows.some((flow) => ids.has(flow.connectionId)) ? 'open' : null;
  }
  return connections.some((connection) => connection.state === 'broken') ? 'broken' : null;
}
