import { BlockingChannel } from '../../../../engine/clients/admin/blocking-channel';
import { KafkaError } from '../../../../engine/clients/kafka-error';
import type { Op } from '../../../../engine/kernel/task';
import type { Messages, TopicMetadata } from '../../../../engine/protocol/messages';
import { checkRequiredArgs, printUsageAndDie } from '../../lib/command-line-utils';
import { OptionParser, type OptionSet } from '../../lib/joptsimple';
import { JoptError } from '../../lib/joptsimple-error';
import { option, type OptionSpec } from '../../lib/joptsimple-spec';
import { type Jvm, JvmExit, UncaughtException } from '../../lib/jvm';
import { stackTrace } from '../../lib/stack-trace';
import { areHostsAndPorts } from '../../lib/tool-arguments';

const CLIENT_ID = 'GetOffsetShell';
const OFFSETS_TIMEOUT_MS = 10_000;

const OPTIONS: readonly OptionSpec[] = [
  option('broker-list', 'REQUIRED: The list of hostname and port of the server to connect to.', { label: 'hostname:port,...,hostname:port' }),
  option('topic', 'REQUIRED: The topic to get offset from.', { label: 'topic' }),
  option('partitions', 'comma separated list of partition ids. If not specified, it will find offsets for all partitions', {
    label: 'partition ids',
    defaults: [''],
  }),
  option('time', 'timestamp of the offsets before that', { label: 'timestamp/-1(latest)/-2(earliest)', type: 'Long', defaults: ['-1'] }),
  option('offsets', 'number of offsets returned', { label: 'count', type: 'Integer', defaults: ['1'] }),
  option('max-wait-ms', 'The max amount of time each fetch request waits.', { label: 'ms', type: 'Integer', defaults: ['1000'] }),
];

const MAIN = 'kafka.tools.GetOffsetShell.main(GetOffsetShell.scala)';
const METADATA_FRAMES = [
  'kafka.client.ClientUtils$.fetchTopicMetadata(ClientUtils.scala:98)',
  'kafka.tools.GetOffsetShell$.main(GetOffsetShell.scala:79)',
  MAIN,
];
const SEND_FRAMES = [
  'kafka.network.BlockingChannel.send(BlockingChannel.scala:112)',
  'kafka.producer.SyncProducer.liftedTree1$1(SyncProducer.scala:80)',
  'kafka.producer.SyncProducer.doSend(SyncProducer.scala:79)',
  'kafka.producer.SyncProducer.send(SyncProducer.scala:124)',
  'kafka.client.ClientUtils$.fetchTopicMetadata(ClientUtils.scala:63)',
  ...METADATA_FRAMES,
];

interface Broker {
  readonly id: number;
  readonly host: string;
  readonly port: number;
}

/**
 * The offsets of a topic's partitions: the next one, the first one, or those before a time.
 *
 * @source kafka 1.1.0 core/src/main/scala/kafka/tools/GetOffsetShell.scala
 */
export function* getOffsetShell(jvm: Jvm, args: readonly string[]): Op<number> {
  const options = parseOptions(jvm, args);
  const topic = options.valueOf('topic') as string;
  const list = options.valueOf('partitions') as string;
  const timestampMs = options.numberOf('time') as number;
  const maxNumOffsets = options.numberOf('offsets') as number;
  const metadata = yield* fetchTopicMetadata(jvm, topic, brokersOf(options.valueOf('broker-list') as string), options.numberOf('max-wait-ms') as number);
  const described = metadata.topics[0];
  if (metadata.topics.length !== 1 || described?.topic !== topic) {
    jvm.err.println(`Error: no valid topic metadata for topic: ${topic},  probably the topic does not exist, run kafka-list-topic.sh to verify`);
    throw new JvmExit(1);
  }
  const partitions = list === '' ? described.partitions.map((each) => each.partition) : partitionIds(list);
  for (const partition of partitions) {
    const leader = leaderOf(jvm, metadata, described, partition);
    if (leader === undefined) continue;
    const offsets = yield* offsetsBefore(jvm, leader, { topic, partition, timestampMs, maxNumOffsets });
    jvm.out.println(`${topic}:${partition}:${offsets.join(',')}`);
  }
  return 0;
}

function parseOptions(jvm: Jvm, args: readonly string[]): OptionSet {
  const parser = new OptionParser(OPTIONS);
  if (args.length === 0) printUsageAndDie(jvm, parser, 'An interactive shell for getting consumer offsets.');
  let line = 65;
  try {
    const options = parser.parse(args);
    checkRequiredArgs(jvm, parser, options, ['broker-list', 'topic']);
    if (!areHostsAndPorts(options.valueOf('broker-list') as string)) {
      printUsageAndDie(jvm, parser, 'Please provide valid host:port like host1:9091,host2:9092\n ');
    }
    for (const name of ['topic', 'partitions', 'time', 'offsets', 'max-wait-ms']) {
      line = name === 'time' ? 75 : name === 'offsets' ? 76 : 77;
      options.valueOf(name);
    }
    return options;
  } catch (error) {
    if (!(error instanceof JoptError)) throw error;
    throw new UncaughtException(error.throwable([`kafka.tools.GetOffsetShell$.main(GetOffsetShell.scala:${line})`, MAIN]));
  }
}

function brokersOf(list: string): Broker[] {
  return list.split(',').map((each, id) => {
    const at = each.lastIndexOf(':');
    return { id, host: each.slice(0, at).trim(), port: Number(each.slice(at + 1)) };
  });
}

function partitionIds(list: string): number[] {
  return list.split(',').map((each) => {
    if (/^[+-]?\d+$/.test(each)) return Number(each);
    throw new UncaughtException({
      text: `java.lang.NumberFormatException: For input string: "${each}"`,
      frames: ['java.lang.NumberFormatException.forInputString(NumberFormatException.java:65)', 'java.lang.Integer.parseInt(Integer.java:580)', MAIN],
    });
  });
}

function brokerText(broker: Broker): string {
  return `BrokerEndPoint(${broker.id},${broker.host},${broker.port})`;
}

/** Asks one broker after another, in a random order. */
function* fetchTopicMetadata(jvm: Jvm, topic: string, brokers: readonly Broker[], timeoutMs: number): Op<Messages['Metadata']['response']> {
  const order = shuffled(jvm, brokers);
  let last: KafkaError | undefined;
  for (const broker of order) {
    const channel = new BlockingChannel(jvm.clientEnvironment, broker, { clientId: CLIENT_ID, timeoutMs });
    try {
      return yield* channel.ask('Metadata', 0, { topics: [topic], allowAutoTopicCreation: true });
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      last = closedChannel(error);
      const message = `Fetching topic metadata with correlation id 0 for topics [Set(${topic})] from broker [${brokerText(broker)}] failed`;
      const throwable = stackTrace({ text: last.toString(), frames: SEND_FRAMES });
      jvm.log({ level: 'WARN', logger: 'kafka.client.ClientUtils$', message, throwable });
    } finally {
      channel.close();
    }
  }
  throw new UncaughtException({
    text: `kafka.common.KafkaException: fetching topic metadata for topics [Set(${topic})] from broker [ArrayBuffer(${order.map(brokerText).join(', ')})] failed`,
    frames: ['kafka.client.ClientUtils$.fetchTopicMetadata(ClientUtils.scala:77)', ...METADATA_FRAMES],
    cause: last === undefined ? undefined : { text: last.toString(), frames: SEND_FRAMES },
  });
}

/** The old client swallows why it could not connect; what it then sends meets a closed channel. */
function closedChannel(error: KafkaError): KafkaError {
  const isUnresolved = error.simpleName === 'UnresolvedAddressException';
  return isUnresolved ? new KafkaError('java.nio.channels.ClosedChannelException', '') : error;
}

function shuffled(jvm: Jvm, brokers: readonly Broker[]): Broker[] {
  const random = jvm.process.machine.sim.random(`${jvm.process.machine.hostname}:GetOffsetShell`);
  const order = [...brokers];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [order[last], order[other]] = [order[other] as Broker, order[last] as Broker];
  }
  return order;
}

function leaderOf(jvm: Jvm, metadata: Messages['Metadata']['response'], topic: TopicMetadata, partition: number): { host: string; port: number } | undefined {
  const described = topic.partitions.find((each) => each.partition === partition);
  if (described === undefined) {
    jvm.err.println(`Error: partition ${partition} does not exist`);
    return undefined;
  }
  const leader = metadata.brokers.find((each) => each.id === described.leader);
  if (leader === undefined) jvm.err.println(`Error: partition ${partition} does not have a leader. Skip getting offsets`);
  return leader;
}

function* offsetsBefore(
  jvm: Jvm,
  leader: { readonly host: string; readonly port: number },
  query: { readonly topic: string; readonly partition: number; readonly timestampMs: number; readonly maxNumOffsets: number },
): Op<readonly number[]> {
  const channel = new BlockingChannel(jvm.clientEnvironment, leader, { clientId: CLIENT_ID, timeoutMs: OFFSETS_TIMEOUT_MS });
  try {
    const response = yield* channel.ask('ListOffsets', 0, { replicaId: -1, isolationLevel: 0, partitions: [query] });
    const found = response.partitions[0];
    return found?.offsets ?? (found !== undefined && found.offset >= 0 ? [found.offset] : []);
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    const frames = ['kafka.consumer.SimpleConsumer.getOffsetsBefore(SimpleConsumer.scala:153)', 'kafka.tools.GetOffsetShell$.main(GetOffsetShell.scala:99)', MAIN];
    throw new UncaughtException({ text: closedChannel(error).toString(), frames });
  } finally {
    channel.close();
  }
}
