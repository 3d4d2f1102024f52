import { describe, expect, it } from 'vitest';
import { FakeBroker } from '../../../engine/clients/fake-broker';
import { runProgram, testMachine } from '../../os/testing';
import { kafkaConsoleProducer } from './kafka-console-producer';

function produce(args: readonly string[], stdin = '', options: { withTopic?: boolean; signalAtUs?: number } = {}) {
  const machine = testMachine();
  machine.host.hostsFile.set('laptop', '127.0.0.1');
  const broker = new FakeBroker(machine.sim, machine.host);
  if (options.withTopic !== false) broker.addTopic('t', 1);
  if (options.signalAtUs !== undefined) {
    machine.sim.at(options.signalAtUs, () => [...machine.processes.values()].find((each) => each.program === kafkaConsoleProducer)?.signal('SIGINT'), undefined);
  }
  const result = runProgram(machine, kafkaConsoleProducer, ['kafka-console-producer.sh', ...args], { stdin });
  return { ...result, broker, code: result.status?.code };
}

const BASICS = ['--broker-list', 'laptop:9092', '--topic', 't'];

describe('kafka-console-producer.sh', () => {
  it('sends each line and prompts before each read', () => {
    const { stdout, stderr, code, broker } = produce(BASICS, 'one\n\nthree');
    expect({ stdout, stderr, code }).toEqual({ stdout: '>>>>', stderr: '', code: 0 });
    expect(broker.values('t', 0)).toEqual(['one', '', 'three']);
  });

  it('stops at a line without key, after sending those before', () => {
    const { stdout, stderr, code, broker } = produce([...BASICS, '--property', 'parse.key=true', '--property', 'key.separator=:'], 'a:1\nno key\nb:2\n');
    expect(stdout).toBe('>>');
    expect(stderr.split('\n')[0]).toBe('kafka.common.KafkaException: No key found on line 2: no key');
    expect(code).toBe(1);
    expect(broker.values('t', 0)).toEqual(['1']);
  });

  it('warns of the topic that it makes the broker create', () => {
    const { stderr } = produce([...BASICS, '--max-block-ms', '150'], 'x\n', { withTopic: false });
    expect(stderr).toContain('WARN [Producer clientId=console-producer] Error while fetching metadata with correlation id 1 : {t=LEADER_NOT_AVAILABLE}');
  });

  it('logs what it could not send and goes on', () => {
    const { stderr, code } = produce(['--broker-list', 'laptop:9099', '--topic', 't', '--max-block-ms', '3000'], 'x\n');
    const lines = stderr.trimEnd().split('\n');
    expect(lines.filter((each) => each.endsWith('Broker may not be available. (org.apache.kafka.clients.NetworkClient)'))).toHaveLength(7);
    expect(lines.at(-2)).toMatch(/ERROR Error when sending message to topic t with key: null, value: 1 bytes with error: \(org\.apache\.kafka\.clients\.producer\.internals\.ErrorLoggingCallback\)$/);
    expect(lines.at(-1)).toBe('org.apache.kafka.common.errors.TimeoutException: Failed to update metadata after 3000 ms.');
    expect(code).toBe(0);
  });

  it('refuses what it does not understand, in the words of the part that refuses', () => {
    const firstLine = (args: readonly string[]): string | undefined => produce(args, 'x\n').stderr.split('\n')[0];
    expect(firstLine([])).toBe('Read data from standard input and publish it to Kafka.');
    expect(firstLine(['--topic', 't'])).toBe('Missing required argument "[broker-list]"');
    expect(firstLine(['--broker-list', 'laptop', '--topic', 't'])).toBe('Please provide valid host:port like host1:9091,host2:9092');
    expect(firstLine(['--bootstrap-server', 'laptop:9092', '--topic', 't'])).toBe('bootstrap-server is not a recognized option');
    expect(firstLine([...BASICS, '--timeout', 'soon'])).toBe("Cannot parse argument 'soon' of option timeout");
    expect(firstLine([...BASICS, '--request-required-acks', '2'])).toBe(
      'org.apache.kafka.common.config.ConfigException: Invalid value 2 for configuration acks: String must be one of: all, -1, 0, 1',
    );
    expect(firstLine([...BASICS, '--compression-codec', 'zip'])).toBe('org.apache.kafka.common.KafkaException: Failed to construct kafka producer');
    expect(firstLine(['--broker-list', 'nohost:9092', '--topic', 't'])).toContain('WARN Removing server nohost:9092 from bootstrap.servers');
  });
});
