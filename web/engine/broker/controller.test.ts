import { describe, expect, it } from 'vitest';
import { ERRORS } from '../protocol/errors';
import { TestCluster } from './test-cluster';

const orders = (partition: number): { topic: string; partition: number } => ({ topic: 'orders', partition });

function startWithTopic(assignment: readonly (readonly number[])[], configs: Record<string, string> = {}): TestCluster {
  const cluster = new TestCluster(3).startAll();
  const byPartition = new Map(assignment.map((replicas, partition) => [partition, replicas] as const));
  cluster.withZooKeeper((_zk, admin) => admin.createTopicWithAssignment('orders', byPartition, new Map(Object.entries(configs))));
  cluster.wait(1);
  return cluster;
}

function stateOf(cluster: TestCluster, partition = 0): { leader: number; isr: readonly number[]; leaderEpoch: number } {
  const state = cluster.withZooKeeper((zk) => zk.getTopicPartitionState(orders(partition)));
  if (state === undefined) throw new Error('no state');
  const { leader, isr, leaderEpoch } = state;
  return { leader, isr, leaderEpoch };
}

describe('the controller', () => {
  it('elects the first live replica in sync, and puts the ISR in the order of the assignment', () => {
    const cluster = startWithTopic([[3, 1, 2]]);
    expect(stateOf(cluster)).toEqual({ leader: 3, isr: [3, 1, 2], leaderEpoch: 0 });
    cluster.kill(3);
    cluster.runUntil(() => cluster.leaderOf('orders') === 1, 15);
    cluster.wait(15);
    expect(stateOf(cluster)).toEqual({ leader: 1, isr: [1, 2], leaderEpoch: 1 });
  });

  it('gives leadership back on request', () => {
    const cluster = startWithTopic([[3, 1, 2]]);
    cluster.stop(3);
    cluster.restart(3);
    cluster.wait(5);
    expect(stateOf(cluster).leader).toBe(1);
    cluster.withZooKeeper((zk) => zk.createPreferredReplicaElection([orders(0)]));
    cluster.wait(2);
    expect(stateOf(cluster).leader).toBe(3);
    expect(cluster.leaderOf('orders')).toBe(3);
    expect(cluster.withZooKeeper((zk) => zk.pathExists('/admin/preferred_replica_election'))).toBe(false);
  });

  it('gives leadership back by itself after some minutes', () => {
    const cluster = startWithTopic([[3, 1, 2]]);
    cluster.stop(3);
    cluster.restart(3);
    cluster.wait(320);
    expect(stateOf(cluster).leader).toBe(3);
  });

  it('leaves a partition without leader when its only replica is gone, and takes it back', () => {
    const probe = new TestCluster(3).startAll();
    const controller = probe.brokers.find((broker) => broker.isController)?.brokerId ?? 0;
    const victim = (controller % 3) + 1;
    const cluster = startWithTopic([[victim]]);
    cluster.produce(victim, 'orders', ['a']);
    cluster.kill(victim);
    cluster.wait(12);
    expect(stateOf(cluster)).toMatchObject({ leader: -1, isr: [victim] });
    const { topics } = cluster.ask(controller, 'Metadata', { topics: ['orders'], allowAutoTopicCreation: false });
    expect(topics[0]?.partitions[0]).toMatchObject({ errorCode: ERRORS.LEADER_NOT_AVAILABLE, leader: -1 });
    cluster.restart(victim);
    cluster.wait(2);
    expect(stateOf(cluster)).toMatchObject({ leader: victim });
    expect(cluster.read(victim, 'orders')).toEqual(['a']);
  });

  it('elects a replica that is not in sync only where the topic allows it', () => {
    for (const allowed of [false, true]) {
      const cluster = startWithTopic([[1, 2]], { 'unclean.leader.election.enable': String(allowed) });
      cluster.kill(2);
      cluster.runUntil(() => stateOf(cluster).isr.length === 1, 20);
      cluster.produce(1, 'orders', ['only on 1']);
      cluster.kill(1);
      cluster.wait(12);
      cluster.restart(2);
      cluster.wait(3);
      expect(stateOf(cluster).leader).toBe(allowed ? 2 : -1);
    }
  });

  it('moves a partition to other brokers', () => {
    const cluster = startWithTopic([[1, 2]]);
    cluster.produce(1, 'orders', ['a', 'b'], { acks: -1 });
    cluster.withZooKeeper((zk) => zk.createPartitionReassignment([{ ...orders(0), replicas: [3, 2] }]));
    cluster.wait(5);
    expect(stateOf(cluster)).toMatchObject({ leader: 3 });
    expect([...stateOf(cluster).isr].sort()).toEqual([2, 3]);
    expect(cluster.read(3, 'orders')).toEqual(['a', 'b']);
    expect(cluster.broker(1).partitions).toEqual([]);
    expect(cluster.withZooKeeper((zk) => zk.reassignPartitionsInProgress())).toBe(false);
  });

  it('finishes a deletion when the dead broker that held a replica is back', () => {
    const cluster = startWithTopic([[1, 2], [2, 3]]);
    cluster.kill(3);
    cluster.wait(12);
    cluster.withZooKeeper((_zk, admin) => admin.deleteTopic('orders'));
    cluster.wait(3);
    expect(cluster.withZooKeeper((zk) => zk.topicExists('orders'))).toBe(true);
    cluster.restart(3);
    cluster.wait(3);
    expect(cluster.withZooKeeper((zk) => zk.topicExists('orders'))).toBe(false);
    for (const broker of cluster.brokers) expect(broker.partitions).toEqual([]);
  });

  it('a broker whose session expired registers again and goes on', () => {
    const cluster = startWithTopic([[1, 2, 3]]);
    cluster.network.cut(cluster.host('kafka1'), cluster.host('zookeeper'));
    cluster.runUntil(() => cluster.brokers.some((broker) => broker.brokerId !== 1 && broker.isController && broker.controller?.isReady === true), 20);
    cluster.wait(3);
    cluster.network.heal();
    cluster.runUntil(() => stateOf(cluster).isr.length === 3, 40);
    expect(cluster.brokers.filter((broker) => broker.isController)).toHaveLength(1);
    expect(cluster.withZooKeeper((zk) => zk.getSortedBrokerList())).toEqual([1, 2, 3]);
  });

  it('changed settings of a topic reach the brokers', () => {
    const cluster = startWithTopic([[1, 2, 3]]);
    cluster.withZooKeeper((_zk, admin) => admin.changeTopicConfig('orders', new Map([['retention.ms', '1000'], ['min.insync.replicas', '3']])));
    cluster.wait(1);
    expect(cluster.partition(1, 'orders').local?.log.config.minInsyncReplicas).toBe(3);
    expect(cluster.lines(1)).toContain('Processing notification(s) to /config/changes');
    expect(cluster.lines(1).some((line) => line.startsWith('Processing override for entityPath: topics/orders with config: Map('))).toBe(true);
  });
});
