import { KafkaServer } from '../../engine/broker/kafka-server';
import { MemoryDisk } from '../../engine/kernel/memory-disk';
import { Simulation } from '../../engine/kernel/simulation';
import { spawn, type Task } from '../../engine/kernel/task';
import { Network } from '../../engine/network/network';
import type { Host } from '../../engine/network/host';
import { ZooKeeperServer } from '../../engine/zookeeper/server/zookeeper-server';

const START_LIMIT_US = 60_000_000;
const STEP_US = 100_000;
const silent = (): void => {};

/** ZooKeeper, brokers `kafka1`, `kafka2` and so on, and a host for clients, without machines around them. */
export interface SmallCluster {
  readonly sim: Simulation;
  readonly client: Host;
  readonly brokers: readonly KafkaServer[];
}

/** Starts one and waits until every broker is up. `settings` go to all brokers. */
export function startCluster(brokerCount: number, settings: Readonly<Record<string, string>>): SmallCluster {
  const sim = new Simulation({ seed: 1 });
  const network = new Network(sim);
  const segment = network.addSegment('bench', '172.18.0');
  const addHost = (name: string): Host => {
    const host = network.addHost(name);
    segment.addName(name, segment.attach(host));
    return host;
  };
  const zookeeper = { sim, host: addHost('zookeeper'), disk: new MemoryDisk(), log: silent };
  new ZooKeeperServer(zookeeper, { clientPort: 2181, tickTimeMs: 2000, dataDir: '/data' }).start();
  const brokers: KafkaServer[] = [];
  const starts: Task<void>[] = [];
  for (let id = 1; id <= brokerCount; id++) {
    const name = `kafka${id}`;
    const props = {
      'broker.id': String(id),
      listeners: `PLAINTEXT://${name}:9092`,
      'zookeeper.connect': 'zookeeper:2181',
      'log.dirs': '/kafka-logs',
      ...settings,
    };
    const broker = new KafkaServer({ sim, host: addHost(name), disk: new MemoryDisk(), log: silent, hostName: name }, new Map(Object.entries(props)));
    brokers.push(broker);
    starts.push(spawn(sim, broker.startup()));
  }
  while (!starts.every((start) => start.done) && sim.nowUs < START_LIMIT_US) sim.run(sim.nowUs + STEP_US);
  if (!starts.every((start) => start.done)) throw new Error('a broker did not start');
  return { sim, client: addHost('client'), brokers };
}
