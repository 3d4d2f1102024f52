import { describe, expect, it } from 'vitest';
import { ERRORS } from '../protocol/errors';
import { TestCluster } from './test-cluster';

function isrOf(cluster: TestCluster, topic = 'orders', partition = 0): number[] {
  const leader = cluster.leaderOf(topic, partition);
  return [...cluster.partition(leader, topic, partition).inSyncReplicas].sort();
}

describe('three brokers', () => {
  it('copy every record, and acks=all waits for the copies', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 1, 3);
    const leader = cluster.leaderOf('orders');
    expect(cluster.produce(leader, 'orders', ['a', 'b'], { acks: -1 }).errorCode).toBe(ERRORS.NONE);
    for (const id of [1, 2, 3]) expect(cluster.partition(id, 'orders').local?.logEndOffset).toBe(2);
    cluster.wait(1);
    for (const id of [1, 2, 3]) expect(cluster.partition(id, 'orders').local?.highWatermark).toBe(2);
  });

  it('an acknowledged record survives the loss of its leader', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 1, 3);
    const old = cluster.leaderOf('orders');
    cluster.produce(old, 'orders', ['kept'], { acks: -1 });
    cluster.kill(old);
    cluster.runUntil(() => cluster.leaderOf('orders') > 0, 15);
    const now = cluster.leaderOf('orders');
    expect(now).not.toBe(old);
    cluster.wait(1);
    expect(cluster.read(now, 'orders')).toEqual(['kept']);
    cluster.runUntil(() => isrOf(cluster).length === 2, 20);
    expect(cluster.produce(now, 'orders', ['more'], { acks: -1 }).errorCode).toBe(ERRORS.NONE);
    cluster.restart(old);
    cluster.runUntil(() => isrOf(cluster).length === 3, 20);
    expect(cluster.partition(old, 'orders').local?.logEndOffset).toBe(2);
    expect(cluster.partition(old, 'orders').leaderId).toBe(now);
  });

  it('another broker becomes the controller when the first is killed', () => {
    const cluster = new TestCluster(3).startAll();
    const first = cluster.brokers.find((broker) => broker.isController);
    cluster.kill(first?.brokerId ?? 0);
    cluster.runUntil(() => cluster.brokers.some((broker) => broker.isController), 15);
    const second = cluster.brokers.find((broker) => broker.isController);
    cluster.wait(1);
    expect(second?.brokerId).not.toBe(first?.brokerId);
    expect(second?.controller?.epoch).toBe(2);
  });

  it('a clean stop moves the leaders first', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 3, 3);
    cluster.stop(2);
    for (const partition of [0, 1, 2]) {
      expect(cluster.leaderOf('orders', partition)).toBeGreaterThan(0);
      expect(isrOf(cluster, 'orders', partition)).toEqual([1, 3]);
    }
    expect(cluster.lines(2)).toContain('[KafkaServer id=2] Controlled shutdown succeeded');
  });

  it('acks=all is refused below min.insync.replicas, acks=1 is not', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 1, 3, new Map([['min.insync.replicas', '2']]));
    const leader = cluster.leaderOf('orders');
    for (const id of [1, 2, 3]) if (id !== leader) cluster.kill(id);
    cluster.runUntil(() => isrOf(cluster).length === 1, 30);
    expect(cluster.produce(leader, 'orders', ['no'], { acks: -1 }).errorCode).toBe(ERRORS.NOT_ENOUGH_REPLICAS);
    expect(cluster.produce(leader, 'orders', ['yes'], { acks: 1 }).errorCode).toBe(ERRORS.NONE);
  });

  it('a follower that cannot be reached leaves the ISR after replica.lag.time.max.ms and comes back', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 1, 3);
    const leader = cluster.leaderOf('orders');
    const follower = [1, 2, 3].find((id) => id !== leader && !cluster.broker(id).isController) ?? 0;
    const hostOf = (id: number) => cluster.network.hosts.find((host) => host.name === `kafka${id}`);
    const [a, b] = [hostOf(leader), hostOf(follower)];
    if (a === undefined || b === undefined) throw new Error('no host');
    cluster.network.cut(a, b);
    const startUs = cluster.sim.nowUs;
    cluster.runUntil(() => !isrOf(cluster).includes(follower), 20);
    expect((cluster.sim.nowUs - startUs) / 1e6).toBeGreaterThan(9);
    expect(cluster.produce(leader, 'orders', ['x'], { acks: -1 }).errorCode).toBe(ERRORS.NONE);
    cluster.network.heal();
    cluster.runUntil(() => isrOf(cluster).includes(follower), 60);
    expect(cluster.partition(follower, 'orders').local?.logEndOffset).toBe(1);
  });

  it('a partition keeps its ISR while nothing happens for minutes', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 3, 3);
    cluster.produce(cluster.leaderOf('orders'), 'orders', ['x']);
    cluster.wait(120);
    for (const partition of [0, 1, 2]) expect(isrOf(cluster, 'orders', partition)).toEqual([1, 2, 3]);
    const shrinking = cluster.log.filter((each) => each.event.message.includes('Shrinking'));
    expect(shrinking).toEqual([]);
  });

  it('a new leader epoch with the same leader leaves the other followers in sync', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 3, 3);
    const controller = cluster.brokers.find((broker) => broker.isController)?.brokerId ?? 0;
    const victim = (controller % 3) + 1;
    cluster.kill(victim);
    cluster.wait(60);
    const left = [1, 2, 3].filter((id) => id !== victim);
    for (const partition of [0, 1, 2]) expect(isrOf(cluster, 'orders', partition)).toEqual(left);
    // The controller took the dead broker out of every ISR before its leaders missed it: nobody else was ever too slow.
    expect(cluster.log.map((each) => each.event.message).filter((message) => message.includes('Shrinking ISR'))).toEqual([]);
  });

  it('a returning replica goes behind those that stayed in the ISR', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 3, 3);
    cluster.kill(1);
    const isr = (partition: number): readonly number[] => cluster.partition(cluster.leaderOf('orders', partition), 'orders', partition).inSyncReplicas;
    const isBack = (partition: number): boolean => cluster.leaderOf('orders', partition) > 0 && isr(partition).length === 3;
    cluster.wait(15);
    const stayed = [0, 1, 2].map(isr);
    cluster.restart(1);
    cluster.runUntil(() => [0, 1, 2].every(isBack), 30);
    expect([0, 1, 2].map(isr)).toEqual(stayed.map((ids) => [...ids, 1]));
  });

  it('an old leader cuts off what nobody else has', () => {
    const cluster = new TestCluster(3).startAll();
    cluster.createTopic('orders', 1, 3);
    const old = cluster.leaderOf('orders');
    cluster.produce(old, 'orders', ['kept'], { acks: -1 });
    const hostOf = (id: number) => cluster.network.hosts.find((host) => host.name === `kafka${id}`);
    const own = hostOf(old);
    for (const id of [1, 2, 3]) {
      const other = hostOf(id);
      if (id !== old && own !== undefined && other !== undefined) cluster.network.cut(own, other);
    }
    expect(cluster.produce(old, 'orders', ['lost'], { acks: 1 }).baseOffset).toBe(1);
    cluster.kill(old);
    cluster.runUntil(() => cluster.leaderOf('orders') > 0, 15);
    cluster.wait(1);
    cluster.network.heal();
    const now = cluster.leaderOf('orders');
    expect(cluster.produce(now, 'orders', ['new'], { acks: 1 }).baseOffset).toBe(1);
    cluster.restart(old);
    cluster.runUntil(() => isrOf(cluster).includes(old), 30);
    cluster.wait(2);
    expect(cluster.read(now, 'orders')).toEqual(['kept', 'new']);
    expect(cluster.partition(old, 'orders').local?.logEndOffset).toBe(2);
    expect(cluster.lines(old).some((line) => line.includes('Truncating to offset 1'))).toBe(true);
  });
});
