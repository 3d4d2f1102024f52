import { AdminZkClient } from '../admin/admin-zk-client';
import { KafkaZkClient } from '../admin/kafka-zk-client';
import { Bytes } from '../kernel/disk';
import type { LogEvent } from '../kernel/logger';
import { FailingDisk } from '../kernel/failing-disk';
import { Simulation } from '../kernel/simulation';
import { type Op, spawn } from '../kernel/task';
import type { Host } from '../network/host';
import { KafkaChannel } from '../network/kafka-channel';
import { Network } from '../network/network';
import type { Segment } from '../network/segment';
import { ERRORS } from '../protocol/errors';
import type { FetchResponse, Messages, ProduceResponse, SimulatedApi } from '../protocol/messages';
import { RecordBatchBuilder } from '../protocol/record-batch-builder';
import { decodeUtf8, encodeUtf8 } from '../protocol/utf8';
import { ZooKeeperClient } from '../zookeeper/client/zookeeper-client';
import { ZooKeeperServer } from '../zookeeper/server/zookeeper-server';
import { KafkaServer } from './kafka-server';
import type { Partition } from './replica/partition';

export const SECOND_US = 1_000_000;
const silent = (): void => {};

interface Machine {
  readonly host: Host;
  readonly disk: FailingDisk;
  server: KafkaServer;
  exitCode: number | undefined;
}

/** For tests: ZooKeeper, brokers with ids 1, 2, ... on hosts `kafka1`, ..., and a host for clients. */
export class TestCluster {
  readonly sim: Simulation;
  readonly network: Network;
  readonly log: { readonly broker: number; readonly event: LogEvent; readonly timeUs: number }[] = [];
  readonly client: Host;
  readonly zooKeeperDisk = new FailingDisk();
  zooKeeperExit: number | undefined;
  /** Called after every event. */
  afterEvent: () => void = silent;
  private readonly segment: Segment;
  private readonly machines = new Map<number, Machine>();
  private readonly zookeeper: ZooKeeperServer;
  private readonly channels = new Map<number, KafkaChannel>();

  constructor(
    readonly count: number,
    private readonly settings: Readonly<Record<string, string>> = {},
    seed = 1,
  ) {
    this.sim = new Simulation({ seed });
    this.network = new Network(this.sim);
    this.segment = this.network.addSegment('test', '172.18.0');
    this.zookeeper = new ZooKeeperServer(
      { sim: this.sim, host: this.addHost('zookeeper'), disk: this.zooKeeperDisk, log: silent, onExit: (code) => (this.zooKeeperExit = code) },
      { clientPort: 2181, tickTimeMs: 2000, dataDir: '/data' },
    );
    this.zookeeper.start();
    this.client = this.addHost('client');
    for (let id = 1; id <= count; id++) {
      const host = this.addHost(`kafka${id}`);
      const disk = new FailingDisk();
      this.machines.set(id, { host, disk, server: this.newServer(id, host, disk), exitCode: undefined });
    }
  }

  private addHost(name: string): Host {
    const host = this.network.addHost(name);
    this.segment.addName(name, this.segment.attach(host));
    return host;
  }

  private newServer(id: number, host: Host, disk: FailingDisk): KafkaServer {
    const props = {
      'broker.id': String(id),
      listeners: `PLAINTEXT://${host.name}:9092`,
      'zookeeper.connect': 'zookeeper:2181',
      'log.dirs': '/kafka',
      'offsets.topic.replication.factor': String(this.count),
      'group.initial.rebalance.delay.ms': '0',
      ...this.settings,
    };
    const log = (event: LogEvent): void => void this.log.push({ broker: id, event, timeUs: this.sim.nowUs });
    const onExit = (code: number): void => this.exited(id, code);
    return new KafkaServer({ sim: this.sim, host, disk, log, hostName: host.name, onExit }, new Map(Object.entries(props)));
  }

  broker(id: number): KafkaServer {
    return this.machine(id).server;
  }

  get brokers(): readonly KafkaServer[] {
    return [...this.machines.values()].map((machine) => machine.server);
  }

  private exited(id: number, code: number): void {
    this.machine(id).exitCode = code;
    this.kill(id);
  }

  /** How the broker's process ended by itself. */
  exitCode(id: number): number | undefined {
    return this.machine(id).exitCode;
  }

  writeFile(id: number, path: string, text: string | Uint8Array): void {
    this.diskOf(id).create(path).append(new Bytes(typeof text === 'string' ? encodeUtf8(text) : text));
  }

  diskOf(id: number): FailingDisk {
    return this.machine(id).disk;
  }

  private machine(id: number): Machine {
    const machine = this.machines.get(id);
    if (machine === undefined) throw new Error(`no broker ${id}`);
    return machine;
  }

  /** Starts all and waits. */
  startAll(): this {
    const starts = this.brokers.map((broker) => spawn(this.sim, broker.startup()));
    this.runUntil(() => starts.every((start) => start.done));
    this.wait(1);
    return this;
  }

  /** A new process on the same disk. */
  restart(id: number): void {
    const machine = this.machine(id);
    machine.server = this.newServer(id, machine.host, machine.disk);
    this.run(machine.server.startup());
  }

  kill(id: number): void {
    this.broker(id).halt();
    this.channels.delete(id);
  }

  killZooKeeper(): void {
    this.zookeeper.halt();
  }

  stop(id: number): void {
    this.run(this.broker(id).shutdown());
    this.channels.delete(id);
  }

  wait(seconds: number): void {
    this.runUntilTime(this.sim.nowUs + seconds * SECOND_US);
  }

  private runUntilTime(untilUs: number): void {
    while ((this.sim.nextEventUs ?? Infinity) <= untilUs) this.step();
    this.sim.run(untilUs);
  }

  runUntil(done: () => boolean, limitSeconds = 120): void {
    const limitUs = this.sim.nowUs + limitSeconds * SECOND_US;
    while (!done()) {
      if (this.sim.nowUs > limitUs || !this.step()) throw new Error(`did not happen within ${limitSeconds} s`);
    }
  }

  private step(): boolean {
    const more = this.sim.step();
    this.afterEvent();
    return more;
  }

  run<T>(body: Op<T>): T {
    const task = spawn(this.sim, body, () => undefined);
    this.runUntil(() => task.done);
    if (task.outcome === undefined) throw new Error('did not end');
    if ('error' in task.outcome) throw task.outcome.error;
    return task.outcome.value;
  }

  /** What brokers logged, as `message`. */
  lines(broker: number): string[] {
    return this.log.filter((each) => each.broker === broker).map((each) => each.event.message);
  }

  createTopic(topic: string, partitions: number, replicationFactor: number, configs: ReadonlyMap<string, string> = new Map()): void {
    this.withZooKeeper((_zk, admin) => admin.createTopic({ topic, partitions, replicationFactor, configs }));
    this.wait(1);
  }

  /** What a tool does with ZooKeeper. */
  withZooKeeper<T>(work: (zk: KafkaZkClient, admin: AdminZkClient) => Op<T>): T {
    const client = new ZooKeeperClient({ sim: this.sim, host: this.client, log: silent }, { connectString: 'zookeeper:2181', sessionTimeoutMs: 30_000 });
    const zk = new KafkaZkClient(client, silent);
    const admin = new AdminZkClient(zk, this.sim.random('test'), silent);
    return this.run(
      (function* (): Op<T> {
        yield* client.connectAndWait();
        const value = yield* work(zk, admin);
        yield* zk.close();
        return value;
      })(),
    );
  }

  host(name: string): Host {
    const found = this.network.hosts.find((host) => host.name === name);
    if (found === undefined) throw new Error(`no host ${name}`);
    return found;
  }

  /** Sends and waits for the response. */
  ask<A extends SimulatedApi>(broker: number, api: A, body: Messages[A]['request'], options: { apiVersion?: number; clientId?: string } = {}): Messages[A]['response'] {
    const answer = this.send(broker, api, body, options);
    this.runUntil(() => answer.response !== undefined || answer.disconnected);
    if (answer.response === undefined) throw new Error('disconnected');
    return answer.response;
  }

  /** Sends; the answer is filled in later. */
  send<A extends SimulatedApi>(
    broker: number,
    api: A,
    body: Messages[A]['request'],
    options: { apiVersion?: number; clientId?: string } = {},
  ): { response: Messages[A]['response'] | undefined; disconnected: boolean } {
    const answer: { response: Messages[A]['response'] | undefined; disconnected: boolean } = { response: undefined, disconnected: false };
    this.channel(broker, options.clientId).send(
      { api, apiVersion: options.apiVersion ?? 1, body },
      (response) => {
        answer.response = response;
      },
      () => {
        answer.disconnected = true;
      },
    );
    return answer;
  }

  private channel(broker: number, clientId = 'test'): KafkaChannel {
    const present = clientId === 'test' ? this.channels.get(broker) : undefined;
    if (present?.ready === true) return present;
    const handlers = { onConnected: silent, onFailed: silent, onDisconnected: silent };
    const channel = new KafkaChannel(this.client, { address: this.machine(broker).host.address, port: 9092 }, clientId, handlers);
    this.runUntil(() => channel.ready || channel.closed);
    if (clientId === 'test') this.channels.set(broker, channel);
    return channel;
  }

  partition(broker: number, topic: string, partition = 0): Partition {
    const found = this.broker(broker).replicaManager?.partition(topic, partition);
    if (found === undefined) throw new Error(`broker ${broker} has no ${topic}-${partition}`);
    return found;
  }

  leaderOf(topic: string, partition = 0): number {
    const leader = this.brokers.find((broker) => broker.state === 'running' && broker.replicaManager?.partition(topic, partition)?.isLeader === true);
    return leader?.brokerId ?? -1;
  }

  produceBody(topic: string, values: readonly string[], acks = 1, partition = 0): Messages['Produce']['request'] {
    const builder = new RecordBatchBuilder();
    for (const value of values) builder.tryAppend(this.sim.dateMs(), null, encodeUtf8(value));
    return { transactionalId: null, acks, timeoutMs: 30_000, partitions: [{ topic, partition, batches: [builder.build()] }] };
  }

  produce(broker: number, topic: string, values: readonly string[], options: { acks?: number; partition?: number } = {}): ProduceResponse['partitions'][number] {
    const response = this.ask(broker, 'Produce', this.produceBody(topic, values, options.acks, options.partition));
    return response.partitions[0] as ProduceResponse['partitions'][number];
  }

  fetchBody(topic: string, fetchOffset: number, options: { maxWaitMs?: number; partition?: number } = {}): Messages['Fetch']['request'] {
    return {
      replicaId: -1,
      maxWaitMs: options.maxWaitMs ?? 0,
      minBytes: 1,
      maxBytes: 52_428_800,
      isolationLevel: 0,
      sessionId: 0,
      sessionEpoch: -1,
      partitions: [{ topic, partition: options.partition ?? 0, fetchOffset, logStartOffset: -1, maxBytes: 1_048_576 }],
      forgotten: [],
    };
  }

  /** The values of a partition from `fetchOffset` to its high watermark. */
  read(broker: number, topic: string, fetchOffset = 0, partition = 0): string[] {
    return valuesOf(this.ask(broker, 'Fetch', this.fetchBody(topic, fetchOffset, { partition })), fetchOffset);
  }
}

export function valuesOf(response: FetchResponse, fromOffset = 0): string[] {
  if (response.errorCode !== ERRORS.NONE) throw new Error(`fetch failed with ${response.errorCode}`);
  return response.partitions.flatMap((each) => {
    if (each.errorCode !== ERRORS.NONE) throw new Error(`fetch of ${each.topic}-${each.partition} failed with ${each.errorCode}`);
    return each.batches.flatMap((batch) =>
      [...batch.records()].filter((record) => record.offset >= fromOffset).map((record) => (record.value === null ? 'null' : decodeUtf8(record.value))),
    );
  });
}
