import { describe, expect, it } from 'vitest';
import { spawn } from '../kernel/task';
import { KafkaConsumer } from './consumer/kafka-consumer';
import { FakeBroker, fakeWorld } from './fake-broker';
import { KafkaProducer } from './producer/kafka-producer';

const SECOND_US = 1_000_000;
const TP = { topic: 't', partition: 0 };

type World = ReturnType<typeof fakeWorld>;

function config(overrides: Record<string, string> = {}): Map<string, string> {
  return new Map(Object.entries({ 'bootstrap.servers': 'kafka:9092', 'client.id': 'c', ...overrides }));
}

function consumer(world: World, overrides: Record<string, string>): KafkaConsumer {
  const deserializer = 'org.apache.kafka.common.serialization.ByteArrayDeserializer';
  return new KafkaConsumer(world.env, config({ 'key.deserializer': deserializer, 'value.deserializer': deserializer, ...overrides }));
}

function pollForever(world: World, polled: KafkaConsumer): void {
  spawn(
    world.sim,
    (function* () {
      for (;;) yield* polled.poll(Infinity);
    })(),
  );
}

/** Broker 0 coordinates and answers; `t-0` is led by broker 1, which is returned. */
function ledByAnother(world: World): FakeBroker {
  const leader = new FakeBroker(world.sim, world.broker.host, 9093);
  const nodes = [world.broker, leader].map((each, id) => ({ id, host: each.host.name, port: each.port, rack: null }));
  const partition = { errorCode: 0, partition: 0, leader: 1, replicas: [1], isr: [1], offlineReplicas: [] };
  const topics = [{ errorCode: 0, topic: 't', isInternal: false, partitions: [partition] }];
  for (const broker of [world.broker, leader]) {
    broker.addTopic('t', 1);
    broker.answers.Metadata = () => ({ brokers: nodes, clusterId: 'fake', controllerId: 0, topics });
  }
  return leader;
}

/** Events per simulated second while a broker is dead, after the first second. */
function busyness(world: World, dead: FakeBroker = world.broker): number {
  world.sim.run(2 * SECOND_US);
  dead.stop();
  world.sim.run(3 * SECOND_US);
  const before = world.sim.eventNumber;
  world.sim.run(13 * SECOND_US, 100_000);
  return (world.sim.eventNumber - before) / 10;
}

describe('A client whose broker is dead', () => {
  it('a consumer that reads partitions of its own choice waits', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    const polled = consumer(world, { 'group.id': 'g', 'enable.auto.commit': 'false' });
    polled.assign([TP]);
    polled.seekToBeginning([TP]);
    pollForever(world, polled);
    expect(busyness(world)).toBeLessThan(200);
  });

  it('a consumer in a group waits', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    const polled = consumer(world, { 'group.id': 'g' });
    polled.subscribe(['t']);
    pollForever(world, polled);
    expect(busyness(world)).toBeLessThan(200);
  });

  it('a consumer whose coordinator lives and whose leader does not waits for the reconnect back-off', () => {
    const world = fakeWorld();
    const leader = ledByAnother(world);
    const polled = consumer(world, { 'group.id': 'g' });
    polled.subscribe(['t']);
    pollForever(world, polled);
    expect(busyness(world, leader)).toBeLessThan(200);
  });

  it('a consumer reads on as soon as the leader is back', () => {
    const world = fakeWorld();
    const leader = ledByAnother(world);
    const polled = consumer(world, { 'group.id': 'g' });
    polled.subscribe(['t']);
    pollForever(world, polled);
    busyness(world, leader);
    const before = leader.sent('Fetch').length;
    leader.start();
    world.sim.run(world.sim.nowUs + 1.5 * SECOND_US);
    expect(leader.sent('Fetch').length).toBeGreaterThan(before);
  });

  it('a producer with records to send waits', () => {
    const world = fakeWorld();
    const leader = ledByAnother(world);
    const serializer = 'org.apache.kafka.common.serialization.ByteArraySerializer';
    const producer = new KafkaProducer(world.env, config({ 'key.serializer': serializer, 'value.serializer': serializer, 'request.timeout.ms': '60000', retries: '100' }));
    world.sim.at(2 * SECOND_US + 1, () => spawn(world.sim, producer.send({ topic: 't', key: null, value: new Uint8Array(3) })), undefined);
    expect(busyness(world, leader)).toBeLessThan(200);
  });
});
