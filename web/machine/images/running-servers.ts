import type { KafkaServer } from '../../engine/broker/kafka-server';
import type { ZooKeeperServer } from '../../engine/zookeeper/server/zookeeper-server';
import type { Machine } from '../os/machine';

/** The servers that run on one machine now. */
export class RunningServers {
  readonly brokers = new Set<KafkaServer>();
  readonly zookeepers = new Set<ZooKeeperServer>();
}

const byMachine = new WeakMap<Machine, RunningServers>();

/** What runs on a machine, for views: a broker or a ZooKeeper is in it from its process's start to its end. */
export function runningServers(machine: Machine): RunningServers {
  let servers = byMachine.get(machine);
  if (servers === undefined) {
    servers = new RunningServers();
    byMachine.set(machine, servers);
  }
  return servers;
}
