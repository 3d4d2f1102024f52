import { useMemo } from 'react';
import { HatchPattern } from '../../drawing/cluster-pieces';
import type { ViewProps } from '../../drawing/view';
import { BrokerCard } from './broker-card';
import { ClientCard } from './client-card';
import { layoutCluster } from './cluster-layout';
import { clusterSizes } from './cluster-sizes';
import { describeCluster } from './describe-cluster';
import { EmptyCluster } from './empty-cluster';
import { ClientGhosts } from './client-ghosts';
import { Lanes } from './lanes';
import { Travels } from './travels';
import { ZooKeeperCard } from './zookeeper-card';

/** Where does my data live? Brokers with their replicas, ZooKeeper above, producers left, consumers right, records on their way. */
export function ClusterView(props: ViewProps) {
  const { snapshot, motion, width, height, wide, keyColour, selection, nextCommands } = props;
  const { brokers, topics, clients, groups } = snapshot;
  const sizes = clusterSizes(wide);
  const layout = useMemo(() => layoutCluster({ brokers, topics, clients }, { width, height }, sizes), [brokers, topics, clients, width, height, sizes]);
  if (brokers.length === 0 && snapshot.zookeepers.length === 0) return <EmptyCluster {...{ width, height, wide, nextCommands }} />;
  return (
    <svg className="draw" width={width} height={layout.height} role="group" aria-label={describeCluster(snapshot)}>
      <HatchPattern />
      <ZooKeeperCard {...{ snapshot, layout, sizes, selection, nextCommands }} />
      <Lanes layout={layout} motion={motion} />
      {layout.brokers.map((place, index) => (
        <BrokerCard key={place.broker?.brokerId ?? 'none'} {...{ place, layout, sizes, topics, groups, clients, keyColour, selection, nextCommands }}
          withGroups={index === 0 && layout.single} rings={motion.rings} />
      ))}
      {layout.clients.map((place) => <ClientCard key={place.client.id} {...{ place, sizes, selection }} />)}
      <ClientGhosts {...{ layout, sizes, nextCommands }} />
      <Travels {...{ layout, sizes, motion, snapshot, keyColour }} />
    </svg>
  );
}
