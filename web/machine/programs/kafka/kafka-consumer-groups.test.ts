import { beforeEach, describe, expect, it } from 'vitest';
import { kafkaConsoleConsumer } from './kafka-console-consumer';
import { kafkaConsoleProducer } from './kafka-console-producer';
import { kafkaConsumerGroups } from './kafka-consumer-groups';
import { OneBroker, type ToolRun } from './one-broker';

const NOTE = 'Note: This will not show information about old Zookeeper-based consumers.\n';
let cluster: OneBroker;

function groups(...args: string[]): ToolRun {
  const { stdout, stderr, code } = cluster.run(kafkaConsumerGroups, ['--bootstrap-server', 'laptop:9092', ...args]);
  return { stdout, stderr: stderr.replace(NOTE, '').replace(/\[2018-[^\]]+\] /g, ''), code };
}

function produce(topic: string, count: number): void {
  const lines = Array.from({ length: count }, (_, i) => `${i}\n`).join('');
  cluster.run(kafkaConsoleProducer, ['--broker-list', 'laptop:9092', '--topic', topic], lines);
}

function consume(group: string, topic: string, ...args: string[]): ToolRun {
  return cluster.run(kafkaConsoleConsumer, ['--bootstrap-server', 'laptop:9092', '--topic', topic, '--group', group, ...args]);
}

function newOffset(...args: string[]): string {
  return groups('--reset-offsets', '--group', 'g', '--topic', 't', ...args, '--dry-run').stdout.split(/\s+/).at(-2) as string;
}

beforeEach(() => {
  cluster = new OneBroker();
  produce('t', 10);
});

describe('kafka-consumer-groups.sh', () => {
  it('describes a group that has gone', () => {
    consume('g', 't', '--from-beginning', '--max-messages', '10');
    produce('t', 2);
    expect(groups('--list').stdout).toBe('g\n');
    expect(groups('--describe', '--group', 'g')).toEqual({
      stdout:
        '\nTOPIC           PARTITION  CURRENT-OFFSET  LOG-END-OFFSET  LAG             CONSUMER-ID     HOST            CLIENT-ID\n' +
        't               0          10              12              2               -               -               -\n',
      stderr: "Consumer group 'g' has no active members.\n",
      code: 0,
    });
    expect(groups('--describe', '--group', 'nobody').stdout).toBe("Error: Consumer group 'nobody' does not exist.\n");
  });

  it('describes the members of a group that reads', () => {
    const args = ['--bootstrap-server', 'laptop:9092', '--topic', 't', '--group', 'g', '--consumer-property', 'client.id=w'];
    const consumer = cluster.start(kafkaConsoleConsumer, args, 8);
    expect(groups('--describe', '--group', 'g').stdout).toMatch(/\nt +0 +10 +10 +0 +w-[0-9a-f-]{36} \/127\.0\.0\.1 +w\n$/);
    expect(groups('--describe', '--group', 'g', '--members', '--verbose').stdout).toMatch(/\nw-[0-9a-f-]{36} \/127\.0\.0\.1 +w +1 +t\(0\)\n$/);
    expect(groups('--describe', '--group', 'g', '--state').stdout).toMatch(/\nlaptop:9092 \(0\) +range +Stable +1\n$/);
    expect(groups('--reset-offsets', '--group', 'g', '--topic', 't', '--to-earliest', '--execute').stdout).toMatch(
      /^Error: Assignments can only be reset if the group 'g' is inactive, but the current state is Stable\.\n/,
    );
    expect(groups('--delete', '--group', 'g').stdout).toContain("* Group 'g' could not be deleted due to: NON_EMPTY_GROUP");
    cluster.signal(consumer, 'SIGTERM');
    expect(groups('--delete', '--group', 'g').stdout).toBe("Deletion of requested consumer groups ('g') was successful.\n");
  });

  it('a stopped consumer falls out of its group, and comes back when it goes on', () => {
    const args = ['--bootstrap-server', 'laptop:9092', '--topic', 't', '--group', 'g'];
    const consumer = cluster.start(kafkaConsoleConsumer, args, 8);
    consumer.signal('SIGSTOP');
    cluster.sleep(14);
    expect(groups('--describe', '--group', 'g', '--members').stderr).toBe("Consumer group 'g' has no active members.\n");
    consumer.signal('SIGCONT');
    cluster.sleep(4);
    expect(groups('--describe', '--group', 'g', '--state').stdout).toMatch(/ Stable +1\n$/);
  });

  it('resets offsets to where it is told', () => {
    consume('g', 't', '--from-beginning', '--max-messages', '10');
    expect(newOffset('--to-earliest')).toBe('0');
    expect(newOffset('--to-latest')).toBe('10');
    expect(newOffset('--to-current')).toBe('10');
    expect(newOffset('--to-offset', '7')).toBe('7');
    expect(newOffset('--shift-by', '-3')).toBe('7');
    expect(newOffset('--to-datetime', '2018-06-01T10:00:00.000')).toBe('0');
    expect(newOffset('--to-datetime', '2038-01-01T00:00:00.000')).toBe('10');
    expect(newOffset('--by-duration', 'PT1H')).toBe('0');
    expect(groups('--reset-offsets', '--group', 'g', '--topic', 't', '--to-offset', '99', '--dry-run').stderr).toBe(
      'WARN New offset (99) is higher than latest offset for topic partition t-0. Value will be set to 10 (kafka.admin.ConsumerGroupCommand$)\n',
    );
    groups('--reset-offsets', '--group', 'g', '--topic', 't', '--to-offset', '8', '--execute');
    expect(consume('g', 't', '--timeout-ms', '3000').stdout).toBe('8\n9\n');
  });

  it('exports a plan and takes it back', () => {
    const exported = groups('--reset-offsets', '--group', 'g', '--topic', 't', '--to-offset', '4', '--dry-run', '--export').stdout;
    expect(exported).toBe('t,0,4\n\n');
    cluster.machine.files.writeFile('/tmp/plan.csv', exported);
    expect(groups('--reset-offsets', '--group', 'g', '--from-file', '/tmp/plan.csv', '--execute').stdout).toMatch(/\nt +0 +4 +\n$/);
    expect(groups('--describe', '--group', 'g').stdout).toMatch(/\nt +0 +4 +10 +6 /);
  });

  it('says what cannot be, and what it does not understand', () => {
    const failure = (...args: string[]): string => groups('--reset-offsets', '--group', 'g', '--topic', 't', '--dry-run', ...args).stdout;
    const due = 'Error: Executing consumer group command failed due to ';
    expect(failure('--to-datetime', '2018-06-01')).toBe(`${due}1\n`);
    expect(failure('--to-datetime', 'xT1')).toBe(`${due}Unparseable date: "xT1Z"\n`);
    expect(failure('--by-duration', '1h')).toBe(`${due}1h\n`);
    expect(failure('--shift-by', '1')).toBe(`${due}Cannot shift offset for partition t-0 since there is no current committed offset\n`);
    expect(failure('--to-offset', 'abc')).toBe(`${due}Cannot parse argument 'abc' of option to-offset\n`);
    const usage = (...args: string[]): string | undefined => groups(...args).stderr.split('\n')[0];
    expect(usage()).toBe('Command must include exactly one action: --list, --describe, --delete, --reset-offsets');
    expect(usage('--describe')).toBe('Missing required argument "[group]"');
    expect(usage('--delete')).toBe('Option [delete] either takes [group], [topic], or both');
    expect(usage('--describe', '--group', 'g', '--topic', 't')).toBe('Option "[topic]" can\'t be used with option"[describe]"');
    expect(usage('--describe', '--group', 'g', '--state', '--members')).toContain('Option(s) [members, state] are unavailable given other options');
  });
});
