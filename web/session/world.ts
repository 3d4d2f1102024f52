import { recordsConsumed } from '../engine/clients/trace-events';
import type { KafkaServer } from '../engine/broker/kafka-server';
import type { Simulation } from '../engine/kernel/simulation';
import type { ZooKeeperServer } from '../engine/zookeeper/server/zookeeper-server';
import type { ContainerView, GroupView, ProgramView, TopicView, WorldView } from '../lab/world-view';
import type { Laptop } from '../machine/images/laptop';
import { runningServers } from '../machine/images/running-servers';
import { containersOf, hostLabel, serviceOf } from './host-labels';
import { ProgramLog } from './program-log';
import { registeredBrokers, topicZnodes } from './znodes';

/** What a lab's checks see of a session: the engines' own state, read when somebody asks. */
export class World implements WorldView {
  private readonly programLog: ProgramLog;
  private readonly consumed = new Map<string, number>();

  constructor(
    sim: Simulation,
    private readonly laptop: Laptop,
  ) {
    this.programLog = new ProgramLog(sim, (host) => hostLabel(laptop, host));
    sim.trace.channel(recordsConsumed).listen(({ topic, count }) => {
      this.consumed.set(topic, (this.consumed.get(topic) ?? 0) + count);
    });
  }

  images(): readonly string[] {
    return (this.laptop.docker?.images.list() ?? []).map(({ repository, tag }) => `${repository}:${tag}`);
  }

  containers(): readonly ContainerView[] {
    return containersOf(this.laptop).map((container) => ({
      name: container.name,
      image: container.config.imageName,
      service: serviceOf(container),
      state: container.status === 'restarting' || container.status === 'removing' ? 'exited' : container.status,
    }));
  }

  brokers(): readonly number[] {
    return [...new Set(this.zookeepers.flatMap((server) => registeredBrokers(server.tree)))].sort((a, b) => a - b);
  }

  topics(): readonly TopicView[] {
    const zookeeper = this.zookeepers[0];
    if (zookeeper === undefined) return [];
    return topicZnodes(zookeeper.tree).map(({ topic, partitions }) => ({
      name: topic,
      replicationFactor: partitions[0]?.replicas.length ?? 0,
      partitions: partitions.map(({ partition, leader }) => ({ partition, leader, records: this.recordsOf(topic, partition, leader) })),
    }));
  }

  groups(): readonly GroupView[] {
    return this.servers.flatMap((server) =>
      (server.groupCoordinator?.groupManager.allGroups ?? []).map((group) => ({ groupId: group.groupId, state: group.state, members: group.memberCount })),
    );
  }

  recordsConsumed(topic: string): number {
    return this.consumed.get(topic) ?? 0;
  }

  programs(): readonly ProgramView[] {
    return this.programLog.views();
  }

  /** Running brokers, the laptop's containers' in the order of their age. */
  get servers(): readonly KafkaServer[] {
    return this.machines.flatMap((machine) => [...runningServers(machine).brokers]);
  }

  get zookeepers(): readonly ZooKeeperServer[] {
    return this.machines.flatMap((machine) => [...runningServers(machine).zookeepers]).filter((server) => server.running);
  }

  private get machines(): readonly Laptop['machine'][] {
    return [this.laptop.machine, ...containersOf(this.laptop).map((container) => container.machine).reverse()];
  }

  private recordsOf(topic: string, partition: number, leader: number): number {
    const server = this.servers.find((each) => each.brokerId === leader);
    const local = server?.replicaManager?.partition(topic, partition)?.local;
    return local === undefined ? 0 : local.logEndOffset - local.logStartOffset;
  }
}
