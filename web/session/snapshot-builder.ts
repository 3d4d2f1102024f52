import { brokerStopped, brokerUp } from '../engine/broker/trace-events';
import { brokerLost, leaderElected, topicCreated, topicDeleted } from '../engine/broker/controller/trace-events';
import { groupEmpty, groupStable } from '../engine/broker/group/trace-events';
import { clientRegistryOf } from '../engine/clients/client-registry';
import type { Container } from '../machine/docker/container';
import { containerStarted, containerStopped } from '../machine/docker/docker-events';
import { runningServers } from '../machine/images/running-servers';
import type { Machine } from '../machine/os/machine';
import { containersOf, hostLabel, serviceOf } from './host-labels';
import type { Session } from './session';
import type { BrokerSnapshot, ClientSnapshot, ClockSnapshot, ContainerSnapshot, Frame, RecordSnapshot, Snapshot, TerminalSnapshot, TopicSnapshot, ZooKeeperSnapshot } from './snapshot';
import { brokerSnapshot, groupSnapshots } from './snapshot/broker-snapshots';
import { recordWindow } from './snapshot/record-window';
import { terminalSnapshot } from './snapshot/terminal-snapshot';
import { zooKeeperSnapshot } from './snapshot/zookeeper-snapshots';
import { TimelineRecorder } from './timeline-recorder';
import { TravelRecorder } from './travel-recorder';
import { topicZnodes } from './znodes';

const INTERNAL_TOPICS: ReadonlySet<string> = new Set(['__consumer_offsets', '__transaction_state']);

/** Makes the plain pictures of a session that cross to the page. */
export class SnapshotBuilder {
  /** How many events the picture has shown so far: requests, responses and marks. */
  shownEvents = 0;
  private readonly travels: TravelRecorder;
  private readonly timeline: TimelineRecorder;
  /** The last picture of a broker that does not run, while its machine is still there. */
  private readonly lastSeen = new Map<Machine, BrokerSnapshot>();
  private readonly lastZooKeeper = new Map<Machine, ZooKeeperSnapshot>();
  private lastTopics: ReturnType<typeof topicZnodes> = [];
  /** What the leader of a partition held when it was last running, by `topic-partition`: it is still on its disk. */
  private lastRecords = new Map<string, readonly RecordSnapshot[]>();

  constructor(private readonly session: Session) {
    const { sim } = session;
    this.timeline = new TimelineRecorder(sim);
    this.travels = new TravelRecorder(sim, (host) => hostLabel(session.laptop, host), () => this.shown());
    const mark = (kind: Parameters<TimelineRecorder['mark']>[0], text: string): void => {
      this.shown();
      this.timeline.mark(kind, text);
    };
    sim.trace.channel(brokerUp).listen(({ brokerId }) => mark('broker.up', `broker ${brokerId} up`));
    sim.trace.channel(brokerStopped).listen(({ brokerId, clean }) => mark('broker.lost', clean ? `broker ${brokerId} stopped` : `broker ${brokerId} lost`));
    sim.trace.channel(brokerLost).listen(() => this.shown());
    sim.trace.channel(topicCreated).listen(({ topic }) => mark('topic.created', `${topic} created`));
    sim.trace.channel(topicDeleted).listen(({ topic }) => mark('topic.deleted', `${topic} deleted`));
    sim.trace.channel(leaderElected).listen(() => this.shown());
    sim.trace.channel(groupStable).listen(({ groupId }) => mark('group.stable', `group ${groupId} stable`));
    sim.trace.channel(groupEmpty).listen(({ groupId }) => mark('group.empty', `group ${groupId} empty`));
    sim.trace.channel(containerStarted).listen(() => this.shown());
    sim.trace.channel(containerStopped).listen(() => this.shown());
  }

  markStep(title: string): void {
    this.shown();
    this.timeline.mark('check.passed', title);
  }

  frame(clock: ClockSnapshot): Frame {
    return { snapshot: this.snapshot(clock), ...this.travels.take() };
  }

  private shown(): void {
    this.shownEvents += 1;
    this.timeline.count();
  }

  private snapshot(clock: ClockSnapshot): Snapshot {
    const { sim, laptop, world, labProgress, currentLab } = this.session;
    const zookeeper = world.zookeepers[0];
    const controller = zookeeper === undefined ? null : zooKeeperSnapshot(zookeeper, '', 0, String).controllerId;
    return {
      nowUs: sim.nowUs,
      startDateMs: sim.startDateMs,
      eventNumber: sim.eventNumber,
      clock,
      terminals: this.terminals(),
      containers: containersOf(laptop).map(containerSnapshot),
      zookeepers: this.zookeepers(),
      brokers: this.brokers(controller),
      topics: this.topics(),
      groups: world.servers.flatMap(groupSnapshots),
      clients: this.clients(),
      lab: { id: currentLab.document.id, steps: labProgress.steps, current: labProgress.current },
      timeline: this.timeline.snapshot(),
    };
  }

  private terminals(): TerminalSnapshot[] {
    return this.session.openTerminals.map((number) => terminalSnapshot(this.session, number));
  }

  private get containers(): readonly Container[] {
    return [...containersOf(this.session.laptop)].reverse();
  }

  private zookeepers(): ZooKeeperSnapshot[] {
    const { sim, laptop } = this.session;
    const out: ZooKeeperSnapshot[] = [];
    for (const { machine } of this.containers) {
      const server = [...runningServers(machine).zookeepers].find((each) => each.running);
      if (server !== undefined) this.lastZooKeeper.set(machine, zooKeeperSnapshot(server, hostLabel(laptop, machine.hostname), sim.startDateMs, (host) => hostLabel(laptop, host)));
      const last = this.lastZooKeeper.get(machine);
      if (last !== undefined) out.push(server === undefined ? { ...last, running: false, sessions: [] } : last);
    }
    this.forgetGone(this.lastZooKeeper);
    return out;
  }

  private brokers(controller: number | null): BrokerSnapshot[] {
    const { laptop } = this.session;
    const out: BrokerSnapshot[] = [];
    for (const { machine } of this.containers) {
      const server = [...runningServers(machine).brokers][0];
      if (server !== undefined && server.brokerId >= 0) this.lastSeen.set(machine, brokerSnapshot(server, laptop, controller));
      const last = this.lastSeen.get(machine);
      if (last !== undefined) out.push(server === undefined ? { ...last, state: 'stopped', isController: false, purgatory: [] } : last);
    }
    this.forgetGone(this.lastSeen);
    return out.sort((a, b) => a.brokerId - b.brokerId);
  }

  private forgetGone(map: Map<Machine, unknown>): void {
    const there = new Set(containersOf(this.session.laptop).map((container) => container.machine));
    for (const machine of map.keys()) if (!there.has(machine)) map.delete(machine);
  }

  private topics(): TopicSnapshot[] {
    const { world } = this.session;
    const zookeeper = world.zookeepers[0];
    // Without ZooKeeper brokers still serve what they had.
    const topics = zookeeper !== undefined ? topicZnodes(zookeeper.tree) : this.lastSeen.size > 0 ? this.lastTopics : [];
    this.lastTopics = topics;
    const servers = world.servers.filter((server) => server.state === 'running');
    const before = this.lastRecords;
    this.lastRecords = new Map();
    return topics.map(({ topic, configs, partitions }) => {
      const isInternal = INTERNAL_TOPICS.has(topic);
      return {
        topic,
        isInternal,
        configs,
        partitions: partitions.map((each) => {
          const log = isInternal ? undefined : servers.find((server) => server.brokerId === each.leader)?.replicaManager?.partition(topic, each.partition)?.local?.log;
          const key = `${topic}-${each.partition}`;
          const records = log === undefined ? before.get(key) ?? [] : recordWindow(log);
          if (records.length > 0) this.lastRecords.set(key, records);
          return { ...each, records };
        }),
      };
    });
  }

  private clients(): ClientSnapshot[] {
    const { sim, laptop } = this.session;
    return clientRegistryOf(sim).states().map((state) => ({ ...state, host: hostLabel(laptop, state.host), terminal: this.terminalOf(state.host, state.pid) }));
  }

  /** The terminal whose foreground program runs this process, in the container or on the laptop. */
  private terminalOf(host: string, pid: number): number | null {
    for (const number of this.session.openTerminals) {
      if (this.session.terminal(number)?.runs(host, pid) === true) return number;
    }
    return null;
  }
}

function containerSnapshot(container: Container): ContainerSnapshot {
  return {
    id: container.id,
    name: container.name,
    image: container.config.imageName,
    service: serviceOf(container),
    state: container.status === 'restarting' || container.status === 'removing' ? 'exited' : container.status,
    exitCode: container.exitCode,
    addresses: [...container.networks.values()].map((endpoint) => endpoint.address).filter((address) => address !== ''),
    ports: container.ports.map((port) => `${port.hostIp}:${port.hostPort}->${port.containerPort}`),
  };
}
