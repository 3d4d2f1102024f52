import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { KafkaZkClient } from '../../../engine/admin/kafka-zk-client';
import { type Op, spawn } from '../../../engine/kernel/task';
import { MemoryDisk } from '../../../engine/kernel/memory-disk';
import { ZooKeeperClient } from '../../../engine/zookeeper/client/zookeeper-client';
import { ZooKeeperServer } from '../../../engine/zookeeper/server/zookeeper-server';
import type { Machine } from '../../os/machine';
import { runProgram, testMachine } from '../../os/testing';
import { kafkaTopics } from './kafka-topics';

const silent = (): void => undefined;
let machine: Machine;
let server: ZooKeeperServer;

/** Does something with ZooKeeper as a broker would. */
function asBroker(body: (zk: KafkaZkClient) => Op<void>): void {
  const { sim, host } = machine;
  const client = new ZooKeeperClient({ sim, host, log: silent }, { connectString: 'localhost:2181', sessionTimeoutMs: 6000 });
  function* main(): Op<void> {
    yield* client.connectAndWait();
    yield* body(new KafkaZkClient(client, silent));
  }
  const task = spawn(sim, main());
  while (!task.done) sim.step();
}

function topics(...args: string[]): { stdout: string; stderr: string; code: number | undefined } {
  const { stdout, stderr, status } = runProgram(machine, kafkaTopics, ['kafka-topics.sh', ...args], { forUs: 60_000_000 });
  return { stdout, stderr, code: status?.code };
}

const zk = ['--zookeeper', 'localhost:2181'];

beforeEach(() => {
  machine = testMachine();
  const { sim, host } = machine;
  server = new ZooKeeperServer(
    { sim, host, disk: new MemoryDisk(), log: silent },
    { clientPort: 2181, tickTimeMs: 2000, dataDir: '/data' },
  );
  server.start();
  sim.run(1_000_000);
  asBroker(function* (client) {
    yield* client.createTopLevelPaths();
    const endPoints = [{ listenerName: 'PLAINTEXT', securityProtocol: 'PLAINTEXT', host: 'kafka', port: 9092 }];
    yield* client.registerBroker({ id: 1001, endPoints, rack: null, jmxPort: -1, timestampMs: 0 });
  });
});

test('the usage is the recorded one to the last blank', () => {
  const recording = readFileSync('e2e/oracle/04-topics-usage-errors.txt', 'utf8');
  const block = recording.slice(recording.indexOf('$ kafka-topics.sh\n'), recording.indexOf('rc=1'));
  const expected = block
    .split('\n')
    .filter((line) => line.startsWith('E| '))
    .map((line) => `${line.slice(3)}\n`)
    .join('');
  expect(topics()).toEqual({ stdout: '', stderr: expected, code: 1 });
});

test('a topic is created, listed, described as ZooKeeper has it, and deleted', () => {
  expect(
    topics(
      ...zk,
      '--create',
      '--topic',
      'orders',
      '--partitions',
      '2',
      '--replication-factor',
      '1',
      '--config',
      'retention.ms=60000',
    ),
  ).toEqual({
    stdout: 'Created topic "orders".\n',
    stderr: '',
    code: 0,
  });
  asBroker(function* (client) {
    yield* client.createTopicPartitionStatesRaw([
      {
        tp: { topic: 'orders', partition: 0 },
        state: { leader: 1001, leaderEpoch: 0, isr: [1001], controllerEpoch: 1, zkVersion: 0 },
      },
    ]);
  });
  expect(topics(...zk, '--list').stdout).toBe('orders\n');
  expect(topics(...zk, '--describe').stdout).toBe(
    'Topic:orders\tPartitionCount:2\tReplicationFactor:1\tConfigs:retention.ms=60000\n' +
      '\tTopic: orders\tPartition: 0\tLeader: 1001\tReplicas: 1001\tIsr: 1001\n' +
      '\tTopic: orders\tPartition: 1\tLeader: none\tReplicas: 1001\tIsr: \n',
  );
  expect(topics(...zk, '--delete', '--topic', 'ord.*').stdout).toBe(
    'Topic orders is marked for deletion.\nNote: This will have no impact if delete.topic.enable is not set to true.\n',
  );
  expect(topics(...zk, '--list').stdout).toBe('orders - marked for deletion\n');
});

describe('refusals', () => {
  const create = (name: string, ...more: string[]) =>
    topics(...zk, '--create', '--topic', name, '--partitions', '1', '--replication-factor', '1', ...more);

  test('an exception of the Kafka protocol has no stack', () => {
    create('orders');
    const { stdout, stderr, code } = create('orders');
    expect(stdout).toBe("Error while executing topic command : Topic 'orders' already exists.\n");
    expect(stderr).toMatch(
      /^\[2018-06-20 10:0\d:\d\d,\d{3}\] ERROR org.apache.kafka.common.errors.TopicExistsException: Topic 'orders' already exists.\n \(kafka.admin.TopicCommand\$\)\n$/,
    );
    expect(code).toBe(1);
  });

  test('others have one, with their causes', () => {
    const { stderr } = topics(...zk, '--create', '--topic', 'a', '--partitions', 'three', '--replication-factor', '1');
    expect(stderr).toContain(
      "ERROR joptsimple.OptionArgumentConversionException: Cannot parse argument 'three' of option partitions\n\tat ",
    );
    expect(stderr).toContain(
      '\nCaused by: joptsimple.internal.ReflectionException: java.lang.NumberFormatException: For input string: "three"\n',
    );
    expect(stderr).toContain('\t... 6 more\nCaused by: java.lang.NumberFormatException: For input string: "three"\n');
    expect(stderr).toMatch(/\t\.\.\. 9 more\n \(kafka.admin.TopicCommand\$\)\n$/);
  });

  test.each([
    [['--list', '--partitions', '2'], 'Option "[partitions]" can\'t be used with option"[list]"'],
    [['--create', '--topic', 'a'], 'Missing required argument "[partitions]"'],
    [
      ['--describe', '--under-replicated-partitions', '--unavailable-partitions'],
      'Option "[under-replicated-partitions]" can\'t be used with option"[unavailable-partitions]"',
    ],
  ])('%j: %s', (args, message) => {
    const { stderr, code } = topics(...zk, ...args);
    expect(stderr.split('\n')[0]).toBe(message);
    expect(code).toBe(1);
  });

  test('nobody at the other end: warnings for half a minute, then an exception', () => {
    server.halt();
    const { stderr, code } = topics(...zk, '--list');
    expect(stderr).toMatch(
      /^\[[^\]]+\] WARN Session 0x0 for server localhost\/127.0.0.1:2181, unexpected error, closing socket connection and attempting reconnect \(org.apache.zookeeper.ClientCnxn\)\njava.net.ConnectException: Connection refused\n\tat /,
    );
    expect(stderr).toContain(
      '\nException in thread "main" kafka.zookeeper.ZooKeeperClientTimeoutException: Timed out waiting for connection while in state: CONNECTING\n',
    );
    expect(code).toBe(1);
  });

  test('a host that does not exist', () => {
    expect(topics('--zookeeper', 'nohost:2181', '--list').stderr).toMatch(
      /^Exception in thread "main" java.net.UnknownHostException: nohost: Name or service not known\n\tat /,
    );
  });
});
