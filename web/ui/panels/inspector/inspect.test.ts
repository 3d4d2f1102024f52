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

  it('does not call a client cut off that has another connection to the same broker', () => {
    const connections = [
      { brokerId: -1, connectionId: 'c0', state: 'broken', reason: 'Connection refused' },
      { brokerId: 1001, connectionId: 'c1', state: 'broken', reason: 'Connection refused' },
      { brokerId: 1001, connectionId: 'c2', state: 'ready', reason: null },
    ] as const;
    const back = { ...one, clients: one.clients.map((client) => ({ ...client, connections })) };
    expect(inspect('client:producer-1', back)?.why?.question).toBe('When does a record leave?');
  });

  it('has nothing to say of what is gone', () => {
    for (const selection of ['broker:7', 'record:helloworld:0:99', 'client:none', 'zookeeper:none', 'nonsense']) expect(inspect(selection, one)).toBeNull();
  });
});
