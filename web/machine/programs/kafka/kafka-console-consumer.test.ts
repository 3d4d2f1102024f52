import { describe, expect, it } from 'vitest';
import { FakeBroker } from '../../../engine/clients/fake-broker';
import { RecordBatchBuilder } from '../../../engine/protocol/record-batch-builder';
import type { Signal } from '../../os/signals';
import { runProgram, testMachine } from '../../os/testing';
import { encodeText } from '../../os/text';
import { kafkaConsoleConsumer } from './kafka-console-consumer';

type Entry = readonly [key: string | null, value: string | null];

function consume(args: readonly string[], entries: readonly Entry[] = [], signal?: { name: Signal; atUs: number }) {
  const machine = testMachine();
  machine.host.hostsFile.set('laptop', '127.0.0.1');
  const broker = new FakeBroker(machine.sim, machine.host);
  broker.addTopic('t', 1);
  const log = broker.topics.get('t')?.[0] as { batches: unknown[]; endOffset: number };
  if (entries.length > 0) {
    const builder = new RecordBatchBuilder();
    for (const [key, value] of entries) builder.tryAppend(1530000000000, key === null ? null : encodeText(key), value === null ? null : encodeText(value));
    log.batches.push(builder.build());
    log.endOffset = entries.length;
  }
  if (signal !== undefined) {
    machine.sim.at(signal.atUs, () => [...machine.processes.values()].find((each) => each.program === kafkaConsoleConsumer)?.signal(signal.name), undefined);
  }
  const { stdout, stderr, status, process } = runProgram(machine, kafkaConsoleConsumer, ['kafka-console-consumer.sh', ...args], { forUs: 60_000_000 });
  return { stdout, stderr, code: status?.code, process, broker };
}

const BASICS = ['--bootstrap-server', 'laptop:9092', '--topic', 't'];
const ENTRIES: Entry[] = [['a', '1'], [null, '2'], ['b', null]];

describe('kafka-console-consumer.sh', () => {
  it('shows what is there and stops at --max-messages', () => {
    const { stdout, stderr, code } = consume([...BASICS, '--from-beginning', '--max-messages', '2'], ENTRIES);
    expect({ stdout, stderr, code }).toEqual({ stdout: '1\n2\n', stderr: 'Processed a total of 2 messages\n', code: 0 });
  });

  it('commits what it polled, though it showed less', () => {
    const { broker } = consume([...BASICS, '--from-beginning', '--max-messages', '1'], ENTRIES);
    expect(broker.committed.get('t-0')).toBe(3);
  });

  it('gives up after --timeout-ms without a message', () => {
    const { stdout, stderr, code } = consume([...BASICS, '--timeout-ms', '4000'], ENTRIES);
    const lines = stderr.split('\n');
    expect(stdout).toBe('');
    expect(lines[0]).toMatch(/^\[[^\]]+\] ERROR Error processing message, terminating consumer process: {2}\(kafka\.tools\.ConsoleConsumer\$\)$/);
    expect(lines[1]).toBe('kafka.consumer.ConsumerTimeoutException');
    expect(lines.at(-2)).toBe('Processed a total of 0 messages');
    expect(code).toBe(0);
  });

  it('tells how many at Ctrl+C and ends with 130', () => {
    const { stdout, stderr, code } = consume([...BASICS, '--from-beginning'], ENTRIES, { name: 'SIGINT', atUs: 5_000_000 });
    expect({ stdout, stderr, code }).toEqual({ stdout: '1\n2\nnull\n', stderr: 'Processed a total of 3 messages\n', code: 130 });
  });

  it('shows keys, timestamps and separators as asked', () => {
    const show = (...properties: string[]): string =>
      consume([...BASICS, '--from-beginning', '--max-messages', '3', ...properties.flatMap((each) => ['--property', each])], ENTRIES).stdout;
    expect(show('print.key=true')).toBe('a\t1\nnull\t2\nb\tnull\n');
    expect(show('print.key=true', 'print.timestamp=true', 'key.separator=, ')).toBe(
      'CreateTime:1530000000000, a, 1\nCreateTime:1530000000000, null, 2\nCreateTime:1530000000000, b, null\n',
    );
    expect(show('print.key=true', 'print.value=false', 'line.separator=;')).toBe('a;null;b;');
  });

  it('one partition from an offset needs no group', () => {
    const { stdout, broker } = consume([...BASICS, '--partition', '0', '--offset', '1', '--max-messages', '2'], ENTRIES);
    expect(stdout).toBe('2\nnull\n');
    expect(broker.sent('JoinGroup')).toEqual([]);
  });

  it('a value that cannot be deserialized ends it, or is skipped', () => {
    const long = ['--value-deserializer', 'org.apache.kafka.common.serialization.LongDeserializer', '--from-beginning', '--max-messages', '2'];
    const ended = consume([...BASICS, ...long], ENTRIES);
    expect(ended.stderr.replace(/\[[^\]]+\]/g, '[TS]')).toBe(
      'Processed a total of 1 messages\n[TS] ERROR Unknown error when running consumer:  (kafka.tools.ConsoleConsumer$)\n' +
        'org.apache.kafka.common.errors.SerializationException: Size of data received by LongDeserializer is not 8\n',
    );
    expect(ended.code).toBe(1);
    const skipped = consume([...BASICS, ...long, '--skip-message-on-error'], ENTRIES);
    expect(skipped.stderr.match(/skipping this message/g)).toHaveLength(2);
    expect(skipped.code).toBe(0);
  });

  it('says what is wrong with a pattern, a group or an interval, in the words of the part that refuses', () => {
    const said = (...args: string[]): string[] => consume(args).stderr.split('\n').filter((each) => !each.startsWith('\t'));
    const whitelist = (pattern: string): string => said('--bootstrap-server', 'laptop:9092', '--whitelist', pattern).slice(1, -1).join('\n');
    const syntax = 'java.util.regex.PatternSyntaxException: ';
    expect(whitelist('*')).toBe(`${syntax}Dangling meta character '*' near index 0\n*\n^`);
    expect(whitelist('orders-*|**')).toBe(`${syntax}Dangling meta character '*' near index 9\norders-*|**\n         ^`);
    expect(whitelist('a(b')).toBe(`${syntax}Unclosed group near index 3\na(b`);
    expect(whitelist('ab)c')).toBe(`${syntax}Unmatched closing ')' near index 1\nab)c\n ^`);
    expect(whitelist('a[bc')).toBe(`${syntax}Unclosed character class near index 3\na[bc\n   ^`);
    expect(said(...BASICS, '--consumer-property', 'heartbeat.interval.ms=20000').slice(1, -1)).toEqual([
      'org.apache.kafka.common.KafkaException: Failed to construct kafka consumer',
      'Caused by: java.lang.IllegalArgumentException: Heartbeat must be set lower than the session timeout',
    ]);
    expect(said(...BASICS, '--consumer-property', 'partition.assignment.strategy=x.Nope').slice(1, -1)).toEqual([
      'org.apache.kafka.common.KafkaException: Failed to construct kafka consumer',
      'Caused by: org.apache.kafka.common.KafkaException: x.Nope ClassNotFoundException exception occurred',
      'Caused by: java.lang.ClassNotFoundException: x.Nope',
    ]);
    expect(said('--bootstrap-server', 'laptop', '--topic', 't')[2]).toBe(
      'Caused by: org.apache.kafka.common.config.ConfigException: Invalid url in bootstrap.servers: laptop',
    );
  });

  it('refuses what it does not understand', () => {
    const firstLine = (...args: string[]): string | undefined => consume(args).stderr.split('\n')[0];
    expect(firstLine('--bootstrap-server', 'laptop:9092')).toBe('Exactly one of whitelist/topic is required.');
    expect(firstLine('--topic', 't')).toBe('Missing required argument "[bootstrap-server]"');
    expect(firstLine(...BASICS, '--from-start')).toBe('from-start is not a recognized option');
    expect(firstLine(...BASICS, '--max-messages', 'ten')).toBe(
      'Exception in thread "main" joptsimple.OptionArgumentConversionException: Cannot parse argument \'ten\' of option max-messages',
    );
    expect(firstLine(...BASICS, '--offset', '2')).toBe('The partition is required when offset is specified.');
    expect(firstLine(...BASICS, '--formatter', 'bogus')).toBe('Exception in thread "main" java.lang.ClassNotFoundException: bogus');
    expect(firstLine(...BASICS, '--group', 'g1', '--consumer-property', 'group.id=g2')).toContain("Detected group ids: 'g1', 'g2'");
    expect(firstLine(...BASICS, '--from-beginning', '--consumer-property', 'auto.offset.reset=latest')).toBe(
      "Can't simultaneously specify --from-beginning and 'auto.offset.reset=latest', please remove one option",
    );
  });
});
