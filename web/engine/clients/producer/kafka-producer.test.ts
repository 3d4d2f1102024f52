import { describe, expect, it } from 'vitest';
import { spawn } from '../../kernel/task';
import { sleep } from '../../kernel/waitables';
import { ERRORS } from '../../protocol/errors';
import { encodeUtf8 } from '../../protocol/utf8';
import { fakeWorld } from '../fake-broker';
import type { KafkaError } from '../kafka-error';
import { KafkaProducer } from './kafka-producer';
import type { RecordMetadata, SendCallback } from './producer-record';

const SECOND_US = 1_000_000;

function config(overrides: Record<string, string> = {}): Map<string, string> {
  return new Map(
    Object.entries({
      'bootstrap.servers': 'kafka:9092',
      'key.serializer': 'org.apache.kafka.common.serialization.ByteArraySerializer',
      'value.serializer': 'org.apache.kafka.common.serialization.ByteArraySerializer',
      'client.id': 'p',
      ...overrides,
    }),
  );
}

class Outcomes implements SendCallback {
  readonly metadata: RecordMetadata[] = [];
  readonly errors: string[] = [];

  onCompletion(_record: unknown, metadata: RecordMetadata | null, error: KafkaError | null): void {
    if (metadata !== null) this.metadata.push(metadata);
    if (error !== null) this.errors.push(error.toString());
  }
}

function value(text: string): { topic: string; key: null; value: Uint8Array } {
  return { topic: 't', key: null, value: encodeUtf8(text) };
}

describe('KafkaProducer', () => {
  it('sends what lingered together as one batch, linger.ms after its first record', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 1);
    const producer = new KafkaProducer(env, config({ 'linger.ms': '1000' }));
    const outcomes = new Outcomes();
    spawn(sim, (function* () {
      for (const text of ['a', 'b', 'c']) {
        yield* producer.send(value(text), outcomes);
        yield* sleep(sim, 200_000);
      }
    })());
    sim.run(900_000);
    expect(broker.values('t', 0)).toEqual([]);
    sim.run(2 * SECOND_US);
    expect(broker.values('t', 0)).toEqual(['a', 'b', 'c']);
    expect(broker.sent('Produce')).toHaveLength(1);
    expect(outcomes.metadata.map((each) => each.offset)).toEqual([0, 1, 2]);
  });

  it('sends a full batch without waiting', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 1);
    const producer = new KafkaProducer(env, config({ 'linger.ms': '10000', 'batch.size': '100' }));
    spawn(sim, (function* () {
      for (let i = 0; i < 10; i++) yield* producer.send(value('0123456789'));
    })());
    sim.run(SECOND_US);
    // 61 bytes of header and 17 a record: two records a batch; the tenth is alone and lingers.
    expect(broker.topics.get('t')?.[0]?.batches.map((each) => each.recordCount)).toEqual([2, 2, 2, 2]);
  });

  it('close sends what lingers', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 1);
    const producer = new KafkaProducer(env, config({ 'linger.ms': '10000' }));
    let closedUs = 0;
    spawn(sim, (function* () {
      yield* producer.send(value('x'));
      yield* producer.close();
      closedUs = sim.nowUs;
    })());
    sim.run(SECOND_US);
    expect(broker.values('t', 0)).toEqual(['x']);
    expect(closedUs).toBeGreaterThan(0);
    expect(closedUs).toBeLessThan(100_000);
    expect(sim.pending).toBe(0);
  });

  it('keyed records go by their hash, others in turn', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 3);
    const producer = new KafkaProducer(env, config());
    spawn(sim, (function* () {
      for (const key of ['a', 'b', 'c', 'hello']) yield* producer.send({ topic: 't', key: encodeUtf8(key), value: encodeUtf8(key) });
      for (let i = 0; i < 6; i++) yield* producer.send(value('n'));
      yield* producer.close();
    })());
    sim.run(SECOND_US);
    const keyed = [0, 1, 2].map((p) => broker.values('t', p).filter((each) => each !== 'n'));
    expect(keyed).toEqual([['hello'], ['a', 'c'], ['b']]);
    expect([0, 1, 2].map((p) => broker.values('t', p).filter((each) => each === 'n').length)).toEqual([2, 2, 2]);
  });

  it('warns about a topic without leader and delivers when it has one', () => {
    const { sim, env, broker, lines } = fakeWorld();
    const producer = new KafkaProducer(env, config());
    spawn(sim, producer.send(value('x')));
    sim.run(50_000);
    broker.addTopic('t', 1);
    sim.run(SECOND_US);
    expect(lines()).toEqual(['WARN [Producer clientId=p] Error while fetching metadata with correlation id 1 : {t=LEADER_NOT_AVAILABLE}']);
    expect(broker.values('t', 0)).toEqual(['x']);
  });

  it('gives a record up when metadata does not come within max.block.ms, after connecting with back-off', () => {
    const { sim, env, lines } = fakeWorld();
    const producer = new KafkaProducer(env, config({ 'bootstrap.servers': 'kafka:9099', 'max.block.ms': '3000' }));
    const outcomes = new Outcomes();
    spawn(sim, producer.send(value('x'), outcomes));
    sim.run(3 * SECOND_US);
    expect(outcomes.errors).toEqual(['org.apache.kafka.common.errors.TimeoutException: Failed to update metadata after 3000 ms.']);
    expect(lines()).toHaveLength(7);
    expect(new Set(lines())).toEqual(
      new Set(['WARN [Producer clientId=p] Connection to node -1 could not be established. Broker may not be available.']),
    );
  });

  it('expires a batch that no leader takes within request.timeout.ms', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 1);
    const producer = new KafkaProducer(env, config({ 'request.timeout.ms': '1500' }));
    const outcomes = new Outcomes();
    spawn(sim, (function* () {
      yield* producer.send(value('x'), outcomes);
      yield* sleep(sim, 100_000);
      broker.stop();
      yield* sleep(sim, 10_000);
      yield* producer.send(value('y'), outcomes);
      yield* producer.send(value('z'), outcomes);
    })());
    sim.run(5 * SECOND_US);
    expect(outcomes.metadata).toHaveLength(1);
    expect(outcomes.errors).toHaveLength(2);
    expect(outcomes.errors[0]).toMatch(
      /^org\.apache\.kafka\.common\.errors\.TimeoutException: Expiring 2 record\(s\) for t-0: \d+ ms has passed since batch creation plus linger time$/,
    );
  });

  it('retries a retriable error as often as it may, then fails', () => {
    const { sim, env, broker, lines } = fakeWorld();
    broker.addTopic('t', 1);
    broker.answers.Produce = (body) => ({
      throttleTimeMs: 0,
      partitions: body.partitions.map(({ topic, partition }) => ({
        topic,
        partition,
        errorCode: ERRORS.NOT_ENOUGH_REPLICAS,
        baseOffset: -1,
        logAppendTimeMs: -1,
        logStartOffset: -1,
      })),
    });
    const producer = new KafkaProducer(env, config({ retries: '2' }));
    const outcomes = new Outcomes();
    spawn(sim, producer.send(value('x'), outcomes));
    sim.run(SECOND_US);
    expect(lines().map((each) => each.slice(each.indexOf('retrying')))).toEqual([
      'retrying (1 attempts left). Error: NOT_ENOUGH_REPLICAS',
      'retrying (0 attempts left). Error: NOT_ENOUGH_REPLICAS',
    ]);
    expect(outcomes.errors).toEqual([
      'org.apache.kafka.common.errors.NotEnoughReplicasException: Messages are rejected since there are fewer in-sync replicas than required.',
    ]);
  });

  it('a full buffer makes send wait, at most max.block.ms', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 1);
    broker.answers.Produce = () => undefined;
    const producer = new KafkaProducer(env, config({ 'buffer.memory': '200', 'batch.size': '100', 'max.block.ms': '500', 'linger.ms': '0' }));
    const outcomes = new Outcomes();
    spawn(sim, (function* () {
      for (let i = 0; i < 6; i++) yield* producer.send(value('0123456789'), outcomes);
    })());
    sim.run(5 * SECOND_US);
    expect(outcomes.errors.length).toBeGreaterThan(0);
    expect(outcomes.errors[0]).toBe(
      'org.apache.kafka.common.errors.TimeoutException: Failed to allocate memory within the configured max blocking time 500 ms.',
    );
  });

  it('an idempotent producer numbers its batches and its retries keep their numbers', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 1);
    let refusals = 1;
    const sequences: number[] = [];
    broker.answers.Produce = (body) => ({
      throttleTimeMs: 0,
      partitions: body.partitions.map(({ topic, partition, batches }) => {
        sequences.push(batches[0]?.baseSequence ?? -1);
        return { topic, partition, errorCode: refusals-- > 0 ? ERRORS.NOT_LEADER_FOR_PARTITION : 0, baseOffset: 0, logAppendTimeMs: -1, logStartOffset: 0 };
      }),
    });
    const producer = new KafkaProducer(env, config({ 'enable.idempotence': 'true', 'batch.size': '80' }));
    spawn(sim, (function* () {
      for (let i = 0; i < 3; i++) yield* producer.send(value('0123456789'));
      yield* producer.flush();
    })());
    sim.run(2 * SECOND_US);
    expect(sequences.filter((each) => each === 0)).toHaveLength(2);
    // Two records fit into a batch.
    expect([...new Set(sequences)].sort()).toEqual([0, 2]);
  });

  it('refuses a record larger than max.request.size', () => {
    const { sim, env, broker } = fakeWorld();
    broker.addTopic('t', 1);
    const producer = new KafkaProducer(env, config());
    const outcomes = new Outcomes();
    spawn(sim, producer.send({ topic: 't', key: null, value: new Uint8Array(1_100_000) }, outcomes));
    sim.run(SECOND_US);
    expect(outcomes.errors[0]).toContain('The message is 1100088 bytes when serialized which is larger than the maximum request size');
  });

  it('says why it cannot be constructed', () => {
    const { env } = fakeWorld();
    const attempt = (overrides: Record<string, string>): KafkaError => {
      try {
        new KafkaProducer(env, config(overrides));
      } catch (error) {
        return error as KafkaError;
      }
      throw new Error('it was constructed');
    };
    expect(attempt({ acks: '5' }).toString()).toBe(
      'org.apache.kafka.common.config.ConfigException: Invalid value 5 for configuration acks: String must be one of: all, -1, 0, 1',
    );
    expect(attempt({ 'compression.type': 'zip' }).cause?.toString()).toBe('java.lang.IllegalArgumentException: Unknown compression name: zip');
    expect(attempt({ 'bootstrap.servers': 'nohost:9092' }).cause?.message).toBe('No resolvable bootstrap urls given in bootstrap.servers');
  });
});
