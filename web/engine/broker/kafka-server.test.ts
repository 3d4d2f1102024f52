import { describe, expect, it } from 'vitest';
import { ERRORS } from '../protocol/errors';
import { TestCluster, valuesOf } from './test-cluster';

describe('one broker', () => {
  it('registers, becomes the controller and tells itself who leads a new topic', () => {
    const cluster = new TestCluster(1).startAll();
    expect(cluster.broker(1).state).toBe('running');
    expect(cluster.broker(1).isController).toBe(true);
    cluster.createTopic('orders', 3, 1);
    expect(cluster.partition(1, 'orders', 2).isLeader).toBe(true);
    const { topics } = cluster.ask(1, 'Metadata', { topics: ['orders'], allowAutoTopicCreation: false });
    expect(topics[0]?.partitions.map((each) => each.leader)).toEqual([1, 1, 1]);
  });

  it('hands out what was produced', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.createTopic('orders', 1, 1);
    expect(cluster.produce(1, 'orders', ['a', 'b'])).toMatchObject({ errorCode: ERRORS.NONE, baseOffset: 0 });
    expect(cluster.produce(1, 'orders', ['c'])).toMatchObject({ baseOffset: 2 });
    expect(cluster.read(1, 'orders')).toEqual(['a', 'b', 'c']);
    expect(cluster.read(1, 'orders', 2)).toEqual(['c']);
  });

  it('makes a topic that a producer asks for', () => {
    const cluster = new TestCluster(1).startAll();
    const first = cluster.ask(1, 'Metadata', { topics: ['fresh'], allowAutoTopicCreation: true });
    expect(first.topics[0]?.errorCode).toBe(ERRORS.LEADER_NOT_AVAILABLE);
    cluster.wait(1);
    const second = cluster.ask(1, 'Metadata', { topics: ['fresh'], allowAutoTopicCreation: true });
    expect(second.topics[0]?.partitions[0]?.leader).toBe(1);
    expect(cluster.lines(1)).toContain('[KafkaApi-1] Auto creation of topic fresh with 1 partitions and replication factor 1 is successful');
  });

  it('lets a long poll wait, and wakes it when a record comes', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.createTopic('orders', 1, 1);
    const poll = cluster.send(1, 'Fetch', cluster.fetchBody('orders', 0, { maxWaitMs: 10_000 }), { clientId: 'reader' });
    cluster.wait(1);
    expect(poll.response).toBeUndefined();
    expect(cluster.broker(1).parkedRequests).toMatchObject([{ api: 'Fetch', clientId: 'reader', partitions: ['orders-0'] }]);
    cluster.produce(1, 'orders', ['now']);
    cluster.wait(0.01);
    expect(poll.response && valuesOf(poll.response)).toEqual(['now']);
    expect(cluster.broker(1).parkedRequests).toEqual([]);
  });

  it('answers a long poll with nothing when its time is up', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.createTopic('orders', 1, 1);
    const start = cluster.sim.nowUs;
    expect(valuesOf(cluster.ask(1, 'Fetch', cluster.fetchBody('orders', 0, { maxWaitMs: 500 })))).toEqual([]);
    expect(cluster.sim.nowUs - start).toBeGreaterThanOrEqual(500_000);
  });

  it('keeps its records over a clean stop and over a kill', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.createTopic('orders', 1, 1);
    cluster.produce(1, 'orders', ['a']);
    cluster.stop(1);
    cluster.restart(1);
    cluster.wait(2);
    expect(cluster.read(1, 'orders')).toEqual(['a']);
    cluster.produce(1, 'orders', ['b']);
    cluster.wait(6);
    cluster.kill(1);
    cluster.wait(10);
    cluster.restart(1);
    cluster.wait(2);
    expect(cluster.read(1, 'orders')).toEqual(['a', 'b']);
  });

  it('refuses a start while the session of its killed predecessor lives', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.kill(1);
    cluster.wait(1);
    expect(() => cluster.restart(1)).toThrow('KeeperErrorCode = NodeExists');
    expect(cluster.lines(1)).toContain('[KafkaServer id=1] shut down completed');
  });

  it('deletes a topic, its log and its metadata', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.createTopic('orders', 2, 1);
    const { topics } = cluster.ask(1, 'DeleteTopics', { topics: ['orders'], timeoutMs: 10_000 });
    expect(topics).toEqual([{ topic: 'orders', errorCode: ERRORS.NONE, errorMessage: null }]);
    cluster.wait(1);
    expect(cluster.broker(1).partitions).toEqual([]);
    expect(cluster.ask(1, 'Metadata', { topics: null, allowAutoTopicCreation: false }).topics).toEqual([]);
  });

  it('gives topics more partitions', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.createTopic('orders', 1, 1);
    const answer = cluster.ask(1, 'CreatePartitions', { topics: [{ topic: 'orders', count: 3, assignments: null }], timeoutMs: 10_000, validateOnly: false });
    expect(answer.topics[0]?.errorCode).toBe(ERRORS.NONE);
    expect(cluster.partition(1, 'orders', 2).isLeader).toBe(true);
  });

  it('drops records up to an offset', () => {
    const cluster = new TestCluster(1).startAll();
    cluster.createTopic('orders', 1, 1);
    cluster.produce(1, 'orders', ['a', 'b', 'c']);
    const answer = cluster.ask(1, 'DeleteRecords', { partitions: [{ topic: 'orders', partition: 0, offset: 2 }], timeoutMs: 1000 });
    expect(answer.partitions).toEqual([{ topic: 'orders', partition: 0, errorCode: ERRORS.NONE, lowWatermark: 2 }]);
    const tooFar = cluster.ask(1, 'DeleteRecords', { partitions: [{ topic: 'orders', partition: 0, offset: 9 }], timeoutMs: 1000 });
    expect(tooFar.partitions[0]?.errorCode).toBe(ERRORS.OFFSET_OUT_OF_RANGE);
  });

  it('gives producers ids of their own', () => {
    const cluster = new TestCluster(1).startAll();
    const ids = [1, 2].map(() => cluster.ask(1, 'InitProducerId', { transactionalId: null, transactionTimeoutMs: 1000 }).producerId);
    expect(ids).toEqual([0, 1]);
  });
});
