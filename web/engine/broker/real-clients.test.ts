import { describe, expect, it } from 'vitest';
import { KafkaConsumer } from '../clients/consumer/kafka-consumer';
import { KafkaProducer } from '../clients/producer/kafka-producer';
import { newInvariants } from '../invariants/all-invariants';
import { checkInvariants } from '../invariants/invariant';
import { type Op, spawn } from '../kernel/task';
import { sleep } from '../kernel/waitables';
import { decodeUtf8, encodeUtf8 } from '../protocol/utf8';
import { TestCluster } from './test-cluster';

const SERIALIZATION = 'org.apache.kafka.common.serialization.ByteArray';
const silent = (): void => {};
/** Events between two looks at the invariants: there are many events while a client looks for a broker. */
const CHECK_EVERY = 500;

function* produceNumbers(cluster: TestCluster, count: number, settings: Record<string, string> = {}): Op<void> {
  const producer = new KafkaProducer(
    { sim: cluster.sim, host: cluster.client, log: silent },
    new Map(
      Object.entries({
        'bootstrap.servers': 'kafka1:9092,kafka2:9092,kafka3:9092',
        'key.serializer': `${SERIALIZATION}Serializer`,
        'value.serializer': `${SERIALIZATION}Serializer`,
        acks: 'all',
        ...settings,
      }),
    ),
  );
  for (let i = 0; i < count; i++) {
    yield* producer.send({ topic: 'orders', key: encodeUtf8(`k${i}`), value: encodeUtf8(`${i}`) });
    yield* sleep(cluster.sim, 50_000);
  }
  yield* producer.close();
}

/** Reads into `values` until told to stop. */
function* consumeInto(cluster: TestCluster, values: Set<string>, until: () => boolean): Op<void> {
  const consumer = new KafkaConsumer(
    { sim: cluster.sim, host: cluster.client, log: silent },
    new Map([
      ['bootstrap.servers', 'kafka1:9092,kafka2:9092,kafka3:9092'],
      ['group.id', 'readers'],
      ['key.deserializer', `${SERIALIZATION}Deserializer`],
      ['value.deserializer', `${SERIALIZATION}Deserializer`],
      ['auto.offset.reset', 'earliest'],
    ]),
  );
  consumer.subscribe(['orders']);
  while (!until()) for (const { record } of yield* consumer.poll(200)) values.add(record.value === null ? '' : decodeUtf8(record.value));
  yield* consumer.close();
}

function watched(seed: number): TestCluster {
  const cluster = new TestCluster(3, {}, seed);
  const invariants = newInvariants();
  cluster.afterEvent = () => {
    if (cluster.sim.eventNumber % CHECK_EVERY === 0) checkInvariants(invariants, cluster);
  };
  return cluster.startAll();
}

describe('producers and consumers as they are', () => {
  it('a group of two reads everything, each a half', () => {
    const cluster = watched(1);
    cluster.createTopic('orders', 4, 3);
    const read = [new Set<string>(), new Set<string>()];
    let stop = false;
    for (const values of read) spawn(cluster.sim, consumeInto(cluster, values, () => stop));
    cluster.wait(8);
    cluster.run(produceNumbers(cluster, 100));
    cluster.wait(2);
    stop = true;
    cluster.wait(2);
    const [a, b] = read as [Set<string>, Set<string>];
    expect(a.size + b.size).toBe(100);
    expect(Math.min(a.size, b.size)).toBeGreaterThan(20);
  });

  for (const seed of [1, 2]) {
    it(`seed ${seed}: a producer with retries and a consumer go on when a broker is killed and comes back`, () => {
      const cluster = watched(seed);
      cluster.createTopic('orders', 4, 3, new Map([['min.insync.replicas', '2']]));
      const values = new Set<string>();
      let stop = false;
      spawn(cluster.sim, consumeInto(cluster, values, () => stop));
      const producer = spawn(cluster.sim, produceNumbers(cluster, 300, { retries: '1000', 'enable.idempotence': 'true', 'max.block.ms': '600000' }));
      cluster.wait(5);
      const victim = cluster.sim.random('victim').between(1, 3);
      cluster.kill(victim);
      cluster.wait(12);
      cluster.restart(victim);
      cluster.runUntil(() => producer.done, 300);
      cluster.wait(15);
      stop = true;
      cluster.wait(5);
      expect(values.size).toBe(300);
      const stored = [0, 1, 2, 3].reduce((sum, partition) => sum + cluster.read(cluster.leaderOf('orders', partition), 'orders', 0, partition).length, 0);
      expect(stored).toBe(300);
    }, 60_000);
  }
});
