import { describe, expect, test } from 'vitest';
import { MemoryDisk } from '../kernel/memory-disk';
import { Random } from '../kernel/random';
import { Simulation } from '../kernel/simulation';
import { type Op, spawn } from '../kernel/task';
import { Network } from '../network/network';
import { decodeUtf8 } from '../protocol/utf8';
import { ZooKeeperClient } from '../zookeeper/client/zookeeper-client';
import { ZooKeeperServer } from '../zookeeper/server/zookeeper-server';
import { AdminZkClient } from './admin-zk-client';
import { KafkaZkClient } from './kafka-zk-client';
import { propertiesOrder } from './properties-order';
import { assignReplicasToBrokers } from './replica-placement';
import { decodeTopic, encodeBroker, encodePartitionState, encodeTopic } from './zk-json';

const brokers = (...ids: number[]) => ids.map((id) => ({ id, rack: null }));

describe('what is stored', () => {
  test('a broker, a partition and an assignment have the field order of the real ones', () => {
    const endPoints = [{ listenerName: 'PLAINTEXT', securityProtocol: 'PLAINTEXT', host: 'kafka', port: 9092 }];
    expect(decodeUtf8(encodeBroker({ id: 1001, endPoints, rack: null, jmxPort: -1, timestampMs: 1529490000000 }))).toBe(
      '{"listener_security_protocol_map":{"PLAINTEXT":"PLAINTEXT"},"endpoints":["PLAINTEXT://kafka:9092"],"jmx_port":-1,"host":"kafka","timestamp":"1529490000000","port":9092,"version":4}',
    );
    expect(decodeUtf8(encodePartitionState({ controllerEpoch: 1, leader: 1001, leaderEpoch: 0, isr: [1001] }))).toBe(
      '{"controller_epoch":1,"leader":1001,"version":1,"leader_epoch":0,"isr":[1001]}',
    );
    const assignment = assignReplicasToBrokers(
      { brokers: brokers(1001), partitions: 3, replicationFactor: 1 },
      new Random(1, 'test'),
    );
    expect(decodeUtf8(encodeTopic(assignment))).toBe('{"version":1,"partitions":{"2":[1001],"1":[1001],"0":[1001]}}');
    expect([...decodeTopic(encodeTopic(assignment)).keys()]).toEqual([2, 1, 0]);
    const five = assignReplicasToBrokers({ brokers: brokers(1), partitions: 5, replicationFactor: 1 }, new Random(1, 'test'));
    expect([...decodeTopic(encodeTopic(five)).keys()]).toEqual([4, 1, 0, 2, 3]);
  });

  test('settings come in the order of a Java 8 Hashtable', () => {
    const order = (text: string): string => propertiesOrder(text.split(' ')).join(' ');
    expect(order('cleanup.policy retention.ms')).toBe('retention.ms cleanup.policy');
    expect(order('min.insync.replicas retention.ms')).toBe('retention.ms min.insync.replicas');
    expect(order('compression.type cleanup.policy segment.bytes')).toBe('segment.bytes cleanup.policy compression.type');
    expect(order('retention.ms segment.ms cleanup.policy min.cleanable.dirty.ratio delete.retention.ms')).toBe(
      'min.cleanable.dirty.ratio delete.retention.ms retention.ms cleanup.policy segment.ms',
    );
  });
});

describe('placement', () => {
  test('added partitions follow on where partition 0 began', () => {
    const added = assignReplicasToBrokers(
      { brokers: brokers(1, 2, 3), partitions: 3, replicationFactor: 2, fixedStartIndex: 0, startPartitionId: 2 },
      new Random(1, 'test'),
    );
    expect([...added].sort()).toEqual([
      [2, [3, 1]],
      [3, [1, 3]],
      [4, [2, 1]],
    ]);
  });

  test('with racks no two replicas share one while another is free', () => {
    const racked = [0, 1, 2, 3, 4, 5].map((id) => ({ id, rack: `rack${id % 3}` }));
    const assignment = assignReplicasToBrokers({ brokers: racked, partitions: 24, replicationFactor: 3 }, new Random(7, 'test'));
    for (const replicas of assignment.values()) expect(new Set(replicas.map((id) => id % 3)).size).toBe(3);
  });

  test('too many replicas are refused in words', () => {
    const request = { brokers: brokers(1001), partitions: 1, replicationFactor: 3 };
    expect(() => assignReplicasToBrokers(request, new Random(1, 'test'))).toThrow(
      'Replication factor: 3 larger than available brokers: 1.',
    );
  });
});

describe('against a server', () => {
  function withAdmin<T>(body: (zk: KafkaZkClient, admin: AdminZkClient) => Op<T>): T {
    const sim = new Simulation({ seed: 1 });
    const host = new Network(sim).addHost('zookeeper');
    const log = (): void => undefined;
    new ZooKeeperServer(
      { sim, host, disk: new MemoryDisk(), log },
      { clientPort: 2181, tickTimeMs: 2000, dataDir: '/data' },
    ).start();
    sim.run(1_000_000);
    function* main(): Op<T> {
      const client = new ZooKeeperClient({ sim, host, log }, { connectString: 'localhost:2181', sessionTimeoutMs: 6000 });
      yield* client.connectAndWait();
      const zk = new KafkaZkClient(client, log);
      yield* zk.createTopLevelPaths();
      const endPoints = [{ listenerName: 'PLAINTEXT', securityProtocol: 'PLAINTEXT', host: 'kafka', port: 9092 }];
      yield* zk.registerBroker({ id: 1001, endPoints, rack: null, jmxPort: -1, timestampMs: 0 });
      return yield* body(zk, new AdminZkClient(zk, sim.random('placement'), log));
    }
    const task = spawn(sim, main(), () => undefined);
    while (!task.done) sim.step();
    const outcome = task.outcome as { value: T } | { error: unknown };
    if ('error' in outcome) throw outcome.error;
    return outcome.value;
  }

  test('a topic is created with its settings, cannot be created twice, and can be marked for deletion once', () => {
    withAdmin(function* (zk, admin) {
      yield* admin.createTopic({
        topic: 'my.topic',
        partitions: 2,
        replicationFactor: 1,
        configs: new Map([['retention.ms', '60000']]),
      });
      expect([...((yield* zk.getPartitionAssignmentForTopics(['my.topic'])).get('my.topic') ?? [])]).toEqual([
        [1, [1001]],
        [0, [1001]],
      ]);
      expect([...(yield* zk.getEntityConfigs('topics', 'my.topic'))]).toEqual([['retention.ms', '60000']]);
      expect(yield* messageOf(admin.createTopic({ topic: 'my.topic', partitions: 1, replicationFactor: 1 }))).toBe(
        "Topic 'my.topic' already exists.",
      );
      expect(yield* messageOf(admin.createTopic({ topic: 'my_topic', partitions: 1, replicationFactor: 1 }))).toBe(
        "Topic 'my_topic' collides with existing topics: my.topic",
      );
      yield* admin.deleteTopic('my.topic');
      expect(yield* messageOf(admin.deleteTopic('my.topic'))).toBe('topic my.topic is already marked for deletion');
    });
  });

  test('a broker cannot take an id that another session holds', () => {
    withAdmin(function* (zk) {
      expect(yield* zk.generateBrokerSequenceId()).toBe(1);
      expect(yield* zk.generateBrokerSequenceId()).toBe(2);
      expect((yield* zk.getAllBrokersInCluster()).map((broker) => broker.id)).toEqual([1001]);
      expect(yield* zk.createOrGetClusterId('a')).toBe('a');
      expect(yield* zk.createOrGetClusterId('b')).toBe('a');
    });
  });
});

function* messageOf(op: Op<unknown>): Op<string> {
  try {
    yield* op;
    return 'done';
  } catch (error) {
    return (error as Error).message;
  }
}
