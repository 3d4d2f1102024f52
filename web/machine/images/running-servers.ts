import type { KafkaServer } from '../../engine/broker/kafka-server';
import type { Simulation } from '../../engine/kernel/simulation';
import type { ZooKeeperServer } from '../../engine/zookeeper/server/zookeeper-server';
import type { Machine } from '../os/machine';

/** The servers that run in one simulation, by the machine that they run on: for those who watch. */
export class RunningServers {
  readonly brokers = new Map<Machine, KafkaServer>();
  readonly zookeepers = new Map<Machine, ZooKeeperServer>();
}

const registries = new WeakMap<Simulation, RunningServers>();

export function runningServersOf(sim: Simulation): RunningServers {
  let servers = registries.get(sim);
  if (servers === undefined) {
    servers = new RunningServers();
    registries.set(sim, servers);
  }
  return servers;
}
