import { beforeEach, describe, expect, it } from 'vitest';
import { kafkaConsoleConsumer } from './kafka-console-consumer';
import { kafkaConsoleProducer } from './kafka-console-producer';
import { kafkaRunClass } from './kafka-run-class';
import { OneBroker, type ToolRun } from './one-broker';

let cluster: OneBroker;

function runClass(...args: string[]): ToolRun {
  return cluster.run(kafkaRunClass, args);
}

function offsets(...args: string[]): ToolRun {
  return runClass('kafka.tools.GetOffsetShell', '--broker-list', 'laptop:9092', ...args);
}

function dump(...args: string[]): ToolRun {
  return runClass('kafka.tools.DumpLogSegments', ...args);
}

const LOG = '/kafka/t-0/00000000000000000000.log';

beforeEach(() => {
  cluster = new OneBroker();
  const keyed = ['--broker-list', 'laptop:9092', '--topic', 't', '--property', 'parse.key=true', '--property', 'key.separator=:'];
  cluster.run(kafkaConsoleProducer, keyed, 'alice:espresso\nbob:latte\n');
});

describe('kafka-run-class.sh', () => {
  it('GetOffsetShell shows the next, the first and earlier offsets, and creates what it does not know', () => {
    expect(offsets('--topic', 't')).toEqual({ stdout: 't:0:2\n', stderr: '', code: 0 });
    expect(offsets('--topic', 't', '--time', '-2').stdout).toBe('t:0:0\n');
    expect(offsets('--topic', 't', '--time', '1000').stdout).toBe('t:0:\n');
    expect(offsets('--topic', 't', '--partitions', '7').stderr).toBe('Error: partition 7 does not exist\n');
    expect(offsets('--topic', 'new').stdout).toBe('');
    expect(offsets('--topic', 'new').stdout).toBe('new:0:0\n');
  });

  it('GetOffsetShell says why it cannot ask', () => {
    const { stderr, code } = runClass('kafka.tools.GetOffsetShell', '--broker-list', 'laptop:9099', '--topic', 't');
    expect(stderr).toContain('failed (kafka.client.ClientUtils$)\njava.nio.channels.ClosedChannelException\n');
    expect(stderr).toContain(
      'Exception in thread "main" kafka.common.KafkaException: fetching topic metadata for topics [Set(t)] from broker [ArrayBuffer(BrokerEndPoint(0,laptop,9099))] failed\n',
    );
    expect(code).toBe(1);
  });

  it('DumpLogSegments shows batches, records and index entries', () => {
    expect(dump('--files', LOG).stdout.replace(/CreateTime: \d+|crc: \d+/g, '')).toBe(
      `Dumping ${LOG}\nStarting offset: 0\nbaseOffset: 0 lastOffset: 1 baseSequence: -1 lastSequence: -1 producerId: -1 producerEpoch: -1 ` +
        'partitionLeaderEpoch: 0 isTransactional: false position: 0  isvalid: true size: 96 magic: 2 compresscodec: NONE \n',
    );
    expect(dump('--files', LOG, '--print-data-log').stdout).toMatch(/keysize: 3 valuesize: 5 .* headerKeys: \[\] key: bob payload: latte\n$/);
    const index = LOG.replace('.log', '.index');
    expect(dump('--files', index).stdout).toBe(`Dumping ${index}\noffset: 0 position: 0\n`);
    expect(dump('--index-sanity-check', '--files', index).stderr.split('\n')[0]).toBe(
      `Exception in thread "main" kafka.log.CorruptIndexException: Corrupt index found, index file (${index}) has non-zero size but the last offset is 0 which is no greater than the base offset 0.`,
    );
  });

  it('DumpLogSegments reads the offsets topic', () => {
    cluster.run(kafkaConsoleConsumer, ['--bootstrap-server', 'laptop:9092', '--topic', 't', '--group', 'g1', '--from-beginning', '--max-messages', '2']);
    const { stdout } = dump('--offsets-decoder', '--files', '/kafka/__consumer_offsets-42/00000000000000000000.log');
    expect(stdout).toMatch(/ key: offset::g1:t:0 payload: 2\n/);
    expect(stdout).toMatch(/ key: \{"metadata":"g1"\} payload: \{"protocolType":"consumer","protocol":"range","generationId":1,"assignment":"\{consumer-1-[^=]+=\[t-0\]\}"\}\n/);
  });

  it('says which file, or which class, is not there', () => {
    expect(dump('--files', '/nowhere/0.log').stderr.split('\n')[0]).toBe(
      'Exception in thread "main" java.io.FileNotFoundException: /nowhere/0.log (No such file or directory)',
    );
    expect(runClass('kafka.Nope')).toEqual({ stdout: '', stderr: 'Error: Could not find or load main class kafka.Nope\n', code: 1 });
    expect(runClass('kafka.tools.JmxTool').stderr).toBe('kafka.tools.JmxTool is not simulated yet.\n');
  });
});
