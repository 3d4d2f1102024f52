import { describe, expect, it } from 'vitest';
import { spawn } from '../../kernel/task';
import { ERRORS } from '../../protocol/errors';
import type { TopicPartition } from '../../protocol/messages';
import { RecordBatchBuilder } from '../../protocol/record-batch-builder';
import { encodeUtf8 } from '../../protocol/utf8';
import { clientRegistryOf } from '../client-registry';
import { type FakeBroker, fakeWorld } from '../fake-broker';
import type { KafkaError } from '../kafka-error';
import { KafkaConsumer } from './kafka-consumer';

const SECOND_US = 1_000_000;

function config(overrides: Record<string, string> = {}): Map<string, string> {
  return new Map(
    Object.entries({
      'bootstrap.servers': 'kafka:9092',
      'key.deserializer': 'org.apache.kafka.common.serialization.ByteArrayDeserializer',
      'value.deserializer': 'org.apache.kafka.common.serialization.ByteArrayDeserializer',
      'group.id': 'g',
      ...overrides,
    }),
  );
}

function fill(broker: FakeBroker, tp: TopicPartition, texts: readonly string[]): void {
  const log = broker.topics.get(tp.topic)?.[tp.partition] as { batches: unknown[]; endOffset: number };
  const builder = new RecordBatchBuilder();
  for (const text of texts) builder.tryAppend(1000, null, encodeUtf8(text));
  log.batches.push(builder.build().withBaseOffset(log.endOffset, 0));
  log.endOffset += texts.length;
}

/** Polls until `count` records came or `forUs` is over. */
function read(world: ReturnType<typeof fakeWorld>, consumer: KafkaConsumer, forUs = 3 * SECOND_US): { values: string[]; error?: KafkaError } {
  const result: { values: string[]; error?: KafkaError } = { values: [] };
  spawn(
    world.sim,
    (function* () {
      for (;;) {
        const records = yield* consumer.poll(Infinity);
        for (const { record } of records) result.values.push(String.fromCharCode(...(record.value ?? [])));
      }
    })(),
    (outcome) => {
      if ('error' in outcome) result.error = outcome.error as KafkaError;
    },
  );
  world.sim.run(world.sim.nowUs + forUs);
  return result;
}

describe('KafkaConsumer', () => {
  it('a new group begins at the end by default and at the beginning when told so', () => {
    for (const [policy, expected] of [['latest', ['new']], ['earliest', ['old', 'new']]] as const) {
      const world = fakeWorld();
      world.broker.addTopic('t', 1);
      fill(world.broker, { topic: 't', partition: 0 }, ['old']);
      const consumer = new KafkaConsumer(world.env, config({ 'auto.offset.reset': policy }));
      consumer.subscribe(['t']);
      world.sim.at(SECOND_US, () => fill(world.broker, { topic: 't', partition: 0 }, ['new']), undefined);
      expect(read(world, consumer).values).toEqual(expected);
    }
  });

  it('goes on at the committed offset, whatever the reset policy says', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    fill(world.broker, { topic: 't', partition: 0 }, ['a', 'b', 'c', 'd']);
    world.broker.committed.set('t-0', 2);
    const consumer = new KafkaConsumer(world.env, config({ 'auto.offset.reset': 'earliest' }));
    consumer.subscribe(['t']);
    expect(read(world, consumer).values).toEqual(['c', 'd']);
  });

  it('without a policy a missing offset is an error', () => {
    const world = fakeWorld();
    world.broker.addTopic('kv', 3);
    const consumer = new KafkaConsumer(world.env, config({ 'auto.offset.reset': 'none' }));
    consumer.subscribe(['kv']);
    expect(read(world, consumer).error?.toString()).toBe(
      'org.apache.kafka.clients.consumer.NoOffsetForPartitionException: Undefined offset with no reset policy for partitions: [kv-2, kv-1, kv-0]',
    );
  });

  it('an offset out of range is reset by the policy', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    fill(world.broker, { topic: 't', partition: 0 }, ['a', 'b']);
    const consumer = new KafkaConsumer(world.env, config({ 'auto.offset.reset': 'earliest' }));
    consumer.assign([{ topic: 't', partition: 0 }]);
    consumer.seek({ topic: 't', partition: 0 }, 99);
    expect(read(world, consumer).values).toEqual(['a', 'b']);
  });

  it('hands out at most max.poll.records at a time and commits what it handed out when it closes', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    fill(world.broker, { topic: 't', partition: 0 }, Array.from({ length: 600 }, (_, i) => `${i}`));
    const consumer = new KafkaConsumer(world.env, config({ 'auto.offset.reset': 'earliest' }));
    consumer.subscribe(['t']);
    let count = 0;
    spawn(world.sim, (function* () {
      count = (yield* consumer.poll(Infinity)).count;
      yield* consumer.close();
    })());
    world.sim.run(3 * SECOND_US);
    expect(count).toBe(500);
    expect(world.broker.committed.get('t-0')).toBe(500);
    expect(world.broker.sent('LeaveGroup')).toHaveLength(1);
    expect(clientRegistryOf(world.sim).states()).toEqual([]);
    expect(world.sim.pending).toBe(0);
  });

  it('commits its position every five seconds and shows itself every three', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    fill(world.broker, { topic: 't', partition: 0 }, ['a']);
    const consumer = new KafkaConsumer(world.env, config({ 'auto.offset.reset': 'earliest' }));
    consumer.subscribe(['t']);
    read(world, consumer, 13 * SECOND_US);
    expect(world.broker.sent('OffsetCommit').length).toBe(2);
    expect(world.broker.committed.get('t-0')).toBe(1);
    expect(world.broker.sent('Heartbeat').length).toBe(4);
  });

  it('joins again when a heartbeat says that the group is rebalancing', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    let beats = 0;
    world.broker.answers.Heartbeat = () => ({ errorCode: ++beats === 1 ? ERRORS.REBALANCE_IN_PROGRESS : 0 });
    const consumer = new KafkaConsumer(world.env, config());
    consumer.subscribe(['t']);
    read(world, consumer, 5 * SECOND_US);
    expect(world.broker.sent('JoinGroup').map((each) => (each.body as { memberId: string }).memberId)).toEqual(['', 'member-1']);
  });

  it('sends only changes once the broker keeps a fetch session', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 2);
    world.broker.answers.Fetch = () => ({ throttleTimeMs: 0, errorCode: 0, sessionId: 7, partitions: [] });
    const consumer = new KafkaConsumer(world.env, config());
    consumer.assign([{ topic: 't', partition: 0 }, { topic: 't', partition: 1 }]);
    consumer.seekToBeginning([{ topic: 't', partition: 0 }, { topic: 't', partition: 1 }]);
    read(world, consumer, 20_000);
    const bodies = world.broker.sent('Fetch').map((each) => each.body as { sessionEpoch: number; partitions: unknown[] });
    expect(bodies.slice(0, 3).map((each) => [each.sessionEpoch, each.partitions.length])).toEqual([[0, 2], [1, 0], [2, 0]]);
  });

  it('a wakeup ends a wait', () => {
    const world = fakeWorld();
    world.broker.addTopic('t', 1);
    const consumer = new KafkaConsumer(world.env, config());
    consumer.subscribe(['t']);
    world.sim.at(SECOND_US, () => consumer.wakeup(), undefined);
    expect(read(world, consumer).error?.simpleName).toBe('WakeupException');
  });

  it('a pattern takes the topics that match, those that appear later too', () => {
    const world = fakeWorld();
    world.broker.addTopic('orders-eu', 1);
    world.broker.addTopic('refunds', 1);
    fill(world.broker, { topic: 'orders-eu', partition: 0 }, ['eu']);
    fill(world.broker, { topic: 'refunds', partition: 0 }, ['no']);
    const consumer = new KafkaConsumer(world.env, config({ 'auto.offset.reset': 'earliest', 'metadata.max.age.ms': '2000' }));
    consumer.subscribePattern(/^(?:orders-.*)$/);
    world.sim.at(SECOND_US, () => {
      world.broker.addTopic('orders-us', 1);
      fill(world.broker, { topic: 'orders-us', partition: 0 }, ['us']);
    }, undefined);
    expect(read(world, consumer, 6 * SECOND_US).values).toEqual(['eu', 'us']);
  });
});
