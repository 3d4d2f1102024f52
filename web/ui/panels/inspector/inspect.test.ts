import { describe, expect, it } from 'vitest';
import { SCENES } from '../../dev/scenes';
import { inspect } from './inspect';

const one = SCENES['produce']!().frame.snapshot;
const three = SCENES['three']!().frame.snapshot;
const fields = (selection: string, snapshot = one) => new Map(inspect(selection, snapshot)?.fields);

describe('the inspector', () => {
  it('gives a partition\'s fields in Kafka\'s words', () => {
    expect(fields('partition:helloworld:0').get('leader')).toBe('1001');
    expect(fields('partition:helloworld:0').get('highWatermark')).toBe('3');
    expect(fields('partition:orders:0', three).get('logEndOffset')).toBe('1: 20 · 2: 20 · 3: 14');
  });

  it('says why a stopped broker is still the leader', () => {
    expect(inspect('partition:orders:1', three)?.why?.question).toBe('Why is 2 still the leader?');
  });

  it('says why nobody is elected when the only broker has stopped', () => {
    const alone = { ...one, brokers: one.brokers.map((broker) => ({ ...broker, state: 'stopped' as const })) };
    expect(inspect('partition:helloworld:0', alone)?.why?.answer).toContain('no broker is left that could be controller');
  });

  it('says of a record whether consumers can read it', () => {
    expect(inspect('record:helloworld:0:1', one)?.why?.answer).toContain('below the high watermark 3');
    const behind = { ...one, brokers: one.brokers.map((broker) => ({ ...broker, replicas: broker.replicas.map((replica) => ({ ...replica, highWatermark: 1 })) })) };
    expect(inspect('record:helloworld:0:1', behind)?.why?.question).toBe('Why can no consumer read it yet?');
  });

  it('shows a record\'s value with control characters as pictures of themselves', () => {
    const topics = one.topics.map((topic) => ({ ...topic, partitions: topic.partitions.map((partition) => ({ ...partition, records: partition.records.map((record) => ({ ...record, value: '\u001b[31mred' })) })) }));
    expect(fields('record:helloworld:0:1', { ...one, topics }).get('value')).toBe('\u241b[31mred');
  });

  it('says why a client cannot reach its broker', () => {
    expect(inspect('client:producer-1', three)?.why?.answer).toBe('Connection refused');
  });

  it('says that a record of a stopped leader is not served', () => {
    expect(inspect('record:orders:1:3', three)?.why?.question).toBe('Why can no consumer read it now?');
  });

  it('says how long a lost broker stays in ZooKeeper, and what is missing without ZooKeeper', () => {
    expect(inspect('zookeeper:zookeeper', three)?.why).toEqual({ question: 'Why is broker 2 still in /brokers/ids?', answer: expect.stringContaining('expires in 2.6 s') });
    expect(fields('zookeeper:zookeeper', three).get('session of broker 2')).toBe('0x2\ntimeout 6 s, expires in 2.6 s');
    const stopped = { ...one, zookeepers: one.zookeepers.map((zooKeeper) => ({ ...zooKeeper, running: false, sessions: [] })) };
    expect(inspect('zookeeper:zookeeper', stopped)?.why?.question).toBe('What does the cluster do without it?');
  });

  it('says what a producer waits for, with its own settings', () => {
    expect(inspect('client:producer-1', one)?.why).toEqual({ question: 'Why is a record not acknowledged?', answer: expect.stringContaining('acks=1') });
    const lingers = { ...one, clients: one.clients.map((client) => ({ ...client, buffered: 2 })) };
    expect(inspect('client:producer-1', lingers)?.why).toEqual({ question: 'Why do 2 records still wait here?', answer: expect.stringContaining('1,000 ms (linger.ms)') });
  });

  it('says why one consumer too many is idle', () => {
    const member = one.groups[0]!.members[0]!;
    const idle = { ...one, clients: one.clients.map((client) => ({ ...client, positions: [] })), groups: one.groups.map((group) => ({ ...group, members: [member, { ...member, memberId: 'other', partitions: [] }] })) };
    expect(inspect('client:consumer-1', idle)?.why).toEqual({ question: 'Why does it read nothing?', answer: expect.stringContaining('2 members and helloworld 1 partition') });
  });

  it('does not call a client cut off that has another connection to the same broker', () => {
    const connections = [
      { brokerId: -1, connectionId: 'c0', state: 'broken', reason: 'Connection refused' },
      { brokerId: 1001, connectionId: 'c1', state: 'broken', reason: 'Connection refused' },
      { brokerId: 1001, connectionId: 'c2', state: 'ready', reason: null },
    ] as const;
    const back = { ...one, clients: one.clients.map((client) => ({ ...client, connections })) };
    expect(inspect('client:consumer-1', back)?.why?.question).toBe('Why does it always ask?');
  });

  it('has nothing to say of what is gone', () => {
    for (const selection of ['broker:7', 'record:helloworld:0:99', 'client:none', 'zookeeper:none', 'nonsense']) expect(inspect(selection, one)).toBeNull();
  });
});
