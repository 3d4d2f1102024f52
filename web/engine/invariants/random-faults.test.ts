import { describe, expect, it } from 'vitest';
import { TestCluster } from '../broker/test-cluster';
import type { Random } from '../kernel/random';
import { ERRORS } from '../protocol/errors';
import { newInvariants } from './all-invariants';
import { checkInvariants } from './invariant';

const ROUNDS = 12;

/** One random thing that happens to a cluster. */
function disturb(cluster: TestCluster, random: Random): void {
  const id = random.between(1, 3);
  const running = cluster.brokers.filter((broker) => broker.state === 'running').length;
  switch (random.below(5)) {
    case 0:
      if (cluster.broker(id).state === 'running' && running > 1) cluster.kill(id);
      break;
    case 1:
      if (cluster.broker(id).state === 'running' && running > 1) cluster.stop(id);
      break;
    case 2:
      if (cluster.broker(id).state === 'stopped') {
        cluster.wait(10);
        cluster.restart(id);
      }
      break;
    case 3: {
      const [a, b] = [`kafka${id}`, `kafka${(id % 3) + 1}`].map((name) => cluster.network.hosts.find((host) => host.name === name));
      if (a !== undefined && b !== undefined) cluster.network.cut(a, b);
      break;
    }
    default:
      cluster.network.heal();
  }
}

/** Appends with acks=all until the time is up; keeps the values that were acknowledged. */
function produceSome(cluster: TestCluster, random: Random, acknowledged: Map<number, string[]>): void {
  for (let i = 0; i < 4; i++) {
    const partition = random.below(2);
    const leader = cluster.leaderOf('orders', partition);
    cluster.wait(0.05);
    if (leader < 0 || cluster.broker(leader).state !== 'running') continue;
    const value = `${cluster.sim.eventNumber}`;
    const body = cluster.produceBody('orders', [value], -1, partition);
    const answer = cluster.send(leader, 'Produce', { ...body, timeoutMs: 2000 }, { clientId: `p${i}` });
    cluster.wait(0.2);
    if (answer.response?.partitions[0]?.errorCode === ERRORS.NONE) acknowledged.get(partition)?.push(value);
  }
}

describe('random faults', () => {
  for (let seed = 1; seed <= 12; seed++) {
    it(`seed ${seed}: invariants hold after every event, and no acknowledged record is lost`, () => {
      const cluster = new TestCluster(3, {}, seed);
      const invariants = newInvariants();
      cluster.afterEvent = () => checkInvariants(invariants, cluster);
      cluster.startAll();
      cluster.createTopic('orders', 2, 3, new Map([['min.insync.replicas', '2']]));
      const random = cluster.sim.random('faults');
      const acknowledged = new Map<number, string[]>([
        [0, []],
        [1, []],
      ]);
      for (let round = 0; round < ROUNDS; round++) {
        produceSome(cluster, random, acknowledged);
        disturb(cluster, random);
        cluster.wait(random.between(1, 8));
      }
      cluster.network.heal();
      cluster.wait(40);
      for (const broker of cluster.brokers) if (broker.state === 'stopped') cluster.restart(broker.brokerId);
      cluster.wait(40);
      for (const [partition, values] of acknowledged) {
        const leader = cluster.leaderOf('orders', partition);
        expect(leader).toBeGreaterThan(0);
        const stored = cluster.read(leader, 'orders', 0, partition);
        expect(values.filter((value) => !stored.includes(value))).toEqual([]);
      }
    });
  }
});
