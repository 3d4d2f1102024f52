import { describe, expect, test } from 'vitest';
import { BROKER_CONFIGS } from './broker-configs';
import { configValuesBlock } from './config-values-block';
import { assignorClassNames, CONSUMER_CONFIGS } from './consumer-configs';
import { KafkaConfig } from './kafka-config';
import { logConfigFromProps, validateTopicConfigs } from './log-config';
import { parseConfig } from './parse-config';
import { PRODUCER_CONFIGS } from './producer-configs';

const props = (text: string): Map<string, string> =>
  new Map(text.split(' ').filter(Boolean).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
const SERIALIZERS =
  'key.serializer=org.apache.kafka.common.serialization.StringSerializer value.serializer=org.apache.kafka.common.serialization.StringSerializer';
const BROKER = 'zookeeper.connect=zookeeper:2181 listeners=PLAINTEXT://kafka:9092';

describe('what a student gets wrong, in the words of the real program', () => {
  test.each([
    ['retention.ms=abc', 'Invalid value abc for configuration retention.ms: Not a number of type LONG'],
    ['retention.ms=9223372036854775808', 'Invalid value 9223372036854775808 for configuration retention.ms: Not a number of type LONG'],
    ['min.insync.replicas=0', 'Invalid value 0 for configuration min.insync.replicas: Value must be at least 1'],
    ['min.cleanable.dirty.ratio=2', 'Invalid value 2.0 for configuration min.cleanable.dirty.ratio: Value must be no more than 1'],
    ['cleanup.policy=squash', 'Invalid value squash for configuration cleanup.policy: String must be one of: compact, delete'],
    [
      'compression.type=zip',
      'Invalid value zip for configuration compression.type: String must be one of: uncompressed, snappy, lz4, gzip, producer',
    ],
    ['preallocate=yes', 'Invalid value yes for configuration preallocate: Expected value to be either true or false'],
    ['speed=fast', 'Unknown topic config name: speed'],
  ])('topic setting %s', (text, message) => {
    expect(() => validateTopicConfigs(props(text))).toThrow(message);
  });

  test.each([
    ['', 'Missing required configuration "key.serializer" which has no default value.'],
    [`${SERIALIZERS} acks=2`, 'Invalid value 2 for configuration acks: String must be one of: all, -1, 0, 1'],
    [`${SERIALIZERS} partitioner.class=my.Own`, 'Invalid value my.Own for configuration partitioner.class: Class my.Own could not be found.'],
  ])('producer setting %s', (text, message) => {
    expect(() => parseConfig(PRODUCER_CONFIGS, props(text))).toThrow(message);
  });

  test.each([
    [
      'zookeeper.connect=z listeners=kafka:9092',
      "Error creating broker listeners from 'kafka:9092': Unable to parse kafka:9092 to a broker endpoint",
    ],
    [`${BROKER} broker.id=2000`, 'broker.id must be equal or greater than -1 and not greater than reserved.broker.max.id'],
    [`${BROKER} advertised.listeners=PLAINTEXT://0.0.0.0:9092`, 'cannot use the nonroutable meta-address 0.0.0.0'],
    ['listeners=PLAINTEXT://:9092', 'Missing required configuration "zookeeper.connect" which has no default value.'],
  ])('broker setting %s', (text, message) => {
    expect(() => new KafkaConfig(props(text))).toThrow(message);
  });
});

test('the block of values is sorted and exact', () => {
  const config = new KafkaConfig(props(`${BROKER} log.dirs=/kafka/logs`));
  const lines = config.block.split('\n');
  expect(lines).toHaveLength(BROKER_CONFIGS.rows.length + 2);
  expect(lines[0]).toBe('KafkaConfig values: ');
  expect(lines.slice(1, -1)).toEqual([...lines.slice(1, -1)].sort((a, b) => (a.split(' ')[0]! < b.split(' ')[0]! ? -1 : 1)));
  for (const line of [
    'log.cleaner.io.max.bytes.per.second = 1.7976931348623157E308',
    'log.flush.interval.messages = 9223372036854775807',
    'log.cleanup.policy = [delete]',
    'authorizer.class.name = ',
    'ssl.key.password = null',
    'sasl.kerberos.ticket.renew.jitter = 0.05',
  ]) {
    expect(lines).toContain(`\t${line}`);
  }
});

test('clients show classes as classes', () => {
  const consumer = parseConfig(
    CONSUMER_CONFIGS,
    props(SERIALIZERS.replaceAll('serializer', 'deserializer').replaceAll('Serializer', 'Deserializer')),
  );
  const block = configValuesBlock(CONSUMER_CONFIGS, consumer);
  expect(block).toContain('\tpartition.assignment.strategy = [class org.apache.kafka.clients.consumer.RangeAssignor]\n');
  expect(block).toContain('\tkey.deserializer = class org.apache.kafka.common.serialization.StringDeserializer\n');
  expect(block).toContain('\tssl.cipher.suites = null\n');
  expect(assignorClassNames(consumer)).toEqual(['org.apache.kafka.clients.consumer.RangeAssignor']);
});

test('a topic takes what it does not set from its broker', () => {
  const broker = new KafkaConfig(props(`${BROKER} log.retention.minutes=2 log.segment.bytes=1000`));
  const config = logConfigFromProps(broker.logConfigDefaults, props('cleanup.policy=compact segment.bytes=500'));
  expect([config.retentionMs, config.segmentBytes, config.compact, config.delete]).toEqual([120000, 500, true, false]);
  expect(config.listing).toMatch(/^compression.type -> producer, message.format.version -> 1.1-IV0, /);
  expect(config.listing).toContain(', cleanup.policy -> compact, flush.ms -> 9223372036854775807, segment.bytes -> 500, ');
  expect(logConfigFromProps(broker.logConfigDefaults).listing).toContain('cleanup.policy -> [delete]');
});
