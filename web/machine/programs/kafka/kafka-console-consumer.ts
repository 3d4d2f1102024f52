import { KafkaConsumer } from '../../../engine/clients/consumer/kafka-consumer';
import type { ConsumerRecords } from '../../../engine/clients/consumer/consumer-records';
import { KafkaError, WakeupError } from '../../../engine/clients/kafka-error';
import type { Op } from '../../../engine/kernel/task';
import { Future } from '../../../engine/kernel/waitables';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../../../engine/protocol/messages';
import type { Program } from '../../os/program';
import { concatBytes } from '../../os/text';
import { CONSOLE_HEAP_BYTES, Jvm, JvmExit } from '../lib/jvm';
import { stackTrace, type Throwable } from '../lib/stack-trace';
import { badPattern, CONSUMER_TIMEOUT, formatFailure, receiveFailure, startFailure } from './console-consumer/failures';
import { compileJavaPattern, JavaPatternError } from './console-consumer/java-pattern';
import { OPTIONS } from './console-consumer/options';
import { type ConsumerSettings, readSettings } from './console-consumer/settings';

const LOGGER = 'kafka.tools.ConsoleConsumer$';
/** Simulated processor time for showing one message. */
const MESSAGE_COST_US = 2;
/** Messages are written together up to this size. */
const CHUNK_BYTES = 16_384;

/**
 * Shows the messages of a topic, a partition or all topics that match, as they come.
 *
 * Simplified: the old consumer (`--zookeeper`) is refused once its options are checked; no CSV metrics.
 * @source kafka 1.1.0 core/src/main/scala/kafka/tools/ConsoleConsumer.scala
 */
export const kafkaConsoleConsumer: Program = {
  name: 'kafka-console-consumer.sh',
  main(process): Op<number> {
    return new Jvm(process).run(CONSOLE_HEAP_BYTES, main);
  },
  complete({ words, index, prefix, names }) {
    const matching = (candidates: readonly string[]): string[] => candidates.filter((each) => each.startsWith(prefix));
    if (words[index - 1] === '--topic') return matching(names('topic'));
    if (words[index - 1] === '--group') return matching(names('group'));
    return prefix.startsWith('-') ? matching(OPTIONS.map((each) => `--${each.names[0]}`)) : undefined;
  },
};

function* main(jvm: Jvm): Op<number> {
  const settings = readSettings(jvm);
  const consumer = yield* startConsumer(jvm, settings);
  const finished = new Future<void>();
  jvm.addShutdownHook(function* () {
    consumer.client.wakeup();
    yield* finished.wait();
    if (settings.enableSystestEvents) jvm.out.println('shutdown_complete');
  });
  const reader = new MessageReader(jvm, settings, consumer.client, consumer.first);
  let failure: KafkaError | undefined;
  try {
    yield* reader.run();
  } catch (error) {
    if (!(error instanceof KafkaError)) throw error;
    failure = error;
  }
  yield* consumer.client.close();
  yield* jvm.out.flush();
  jvm.err.println(`Processed a total of ${reader.messageCount} messages`);
  finished.resolve();
  if (failure !== undefined) unknownError(jvm, formatFailure(failure));
  return 0;
}

function logError(jvm: Jvm, message: string, throwable: Throwable): void {
  jvm.log({ level: 'ERROR', logger: LOGGER, message, throwable: stackTrace(throwable) });
}

function unknownError(jvm: Jvm, throwable: Throwable): never {
  logError(jvm, 'Unknown error when running consumer: ', throwable);
  throw new JvmExit(1);
}

/** The consumer, after its first poll: by then it has joined its group. */
function* startConsumer(jvm: Jvm, settings: ConsumerSettings): Op<{ client: KafkaConsumer; first: ConsumerRecords }> {
  try {
    const client = jvm.ownsClient(new KafkaConsumer(jvm.clientEnvironment, settings.props));
    initialise(jvm, settings, client);
    return { client, first: yield* client.poll(0) };
  } catch (error) {
    if (error instanceof KafkaError) unknownError(jvm, startFailure(error));
    throw error;
  }
}

function initialise(jvm: Jvm, settings: ConsumerSettings, client: KafkaConsumer): void {
  const { topic, whitelist, start } = settings;
  if (start !== undefined) {
    const tp = { topic: topic as string, partition: start.partition };
    client.assign([tp]);
    if (start.offset === EARLIEST_TIMESTAMP) client.seekToBeginning([tp]);
    else if (start.offset === LATEST_TIMESTAMP) client.seekToEnd([tp]);
    else client.seek(tp, start.offset);
  } else if (topic !== undefined) client.subscribe([topic]);
  else client.subscribePattern(patternOf(jvm, whitelist as string));
}

function patternOf(jvm: Jvm, whitelist: string): RegExp {
  try {
    return compileJavaPattern(whitelist);
  } catch (error) {
    if (error instanceof JavaPatternError) unknownError(jvm, badPattern(error.message));
    throw error;
  }
}

/** Takes messages from the consumer and shows them, until there are enough, or none comes, or nobody looks any more. */
class MessageReader {
  messageCount = 0;
  private readonly limit: number;

  constructor(
    private readonly jvm: Jvm,
    private readonly settings: ConsumerSettings,
    private readonly client: KafkaConsumer,
    private records: ConsumerRecords,
  ) {
    this.limit = settings.maxMessages === -1 ? Infinity : settings.maxMessages;
  }

  *run(): Op<void> {
    while (this.messageCount < this.limit) {
      const goOn = yield* this.show();
      if (!goOn || this.messageCount >= this.limit) return;
      const next = yield* this.receive();
      if (next === undefined) return;
      this.records = next;
    }
  }

  /** undefined when reading is over. */
  private *receive(): Op<ConsumerRecords | undefined> {
    try {
      const records = yield* this.client.poll(this.settings.timeoutMs);
      if (!records.isEmpty) return records;
      this.terminate(CONSUMER_TIMEOUT);
    } catch (error) {
      if (error instanceof WakeupError) return undefined;
      if (!(error instanceof KafkaError)) throw error;
      this.terminate(receiveFailure(error));
    }
    return undefined;
  }

  private terminate(throwable: Throwable): void {
    logError(this.jvm, 'Error processing message, terminating consumer process: ', throwable);
  }

  /** False when standard output is closed. */
  private *show(): Op<boolean> {
    const { jvm } = this;
    let chunk: Uint8Array[] = [];
    let size = 0;
    for (const slice of this.records.slices) {
      for (const record of slice.records()) {
        if (this.messageCount >= this.limit) return yield* this.write(chunk);
        this.messageCount += 1;
        const bytes = this.format({ topic: slice.topic, timestampType: slice.timestampType, record }, chunk);
        chunk.push(bytes);
        size += bytes.length;
        jvm.process.owe(MESSAGE_COST_US);
        if (size < CHUNK_BYTES) continue;
        if (!(yield* this.write(chunk))) return false;
        chunk = [];
        size = 0;
      }
    }
    return yield* this.write(chunk);
  }

  /** What was formatted before is written before the fault is told. */
  private format(record: Parameters<ConsumerSettings['formatter']['format']>[0], before: Uint8Array[]): Uint8Array {
    try {
      return this.settings.formatter.format(record);
    } catch (error) {
      if (!(error instanceof KafkaError)) throw error;
      this.jvm.out.print(concatBytes(before.splice(0)));
      if (!this.settings.skipMessageOnError) throw error;
      logError(this.jvm, 'Error processing message, skipping this message: ', formatFailure(error));
      return new Uint8Array(0);
    }
  }

  private *write(chunk: readonly Uint8Array[]): Op<boolean> {
    const { jvm } = this;
    jvm.out.print(concatBytes(chunk));
    yield* jvm.out.flush();
    yield* jvm.process.spend(0);
    if (!jvm.out.hasError) return true;
    jvm.err.println('Unable to write to standard out, closing consumer.');
    return false;
  }
}
