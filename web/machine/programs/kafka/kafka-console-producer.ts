import { KafkaError } from '../../../engine/clients/kafka-error';
import { KafkaProducer } from '../../../engine/clients/producer/kafka-producer';
import type { Op } from '../../../engine/kernel/task';
import type { Program } from '../../os/program';
import { decodeText } from '../../os/text';
import { checkRequiredArgs, printUsageAndDie } from '../lib/command-line-utils';
import { parseProperties } from '../lib/properties';
import { OptionParser, type OptionSet } from '../lib/joptsimple';
import { JoptError } from '../lib/joptsimple-error';
import { CONSOLE_HEAP_BYTES, Jvm, JvmExit } from '../lib/jvm';
import { LineSource } from '../lib/line-source';
import { CLASS_NOT_FOUND_FRAMES, stackTrace, type Throwable } from '../lib/stack-trace';
import { areHostsAndPorts, parseKeyValueArgs, readTextFile } from '../lib/tool-arguments';
import { ErrorLoggingCallback } from './console-producer/error-logging-callback';
import { constructionFailure, missingConfigFile, missingReaderClass, noKeyFailure, sendFailure } from './console-producer/failures';
import { LineMessageReader, NoKeyFoundError } from './console-producer/line-message-reader';
import { FIXED_CONFIGS, OPTION_CONFIGS, OPTIONS } from './console-producer/options';

const DEFAULT_READER = 'kafka.tools.ConsoleProducer$LineMessageReader';
const REPEATABLE = ['property', 'producer-property'];
/** Simulated processor time for reading a line and handing it to the producer. */
const LINE_COST_US = 2;

/** Ends the program as its own catch of every exception does: a stack trace, then 1. */
function fail(jvm: Jvm, throwable: Throwable): never {
  jvm.err.println(stackTrace(throwable));
  throw new JvmExit(1);
}

/**
 * Sends each line of standard input as a message.
 *
 * Simplified: `--old-producer` is refused once its options are checked.
 * @source kafka 1.1.0 core/src/main/scala/kafka/tools/ConsoleProducer.scala
 */
export const kafkaConsoleProducer: Program = {
  name: 'kafka-console-producer.sh',
  main(process): Op<number> {
    return new Jvm(process).run(CONSOLE_HEAP_BYTES, main);
  },
  complete({ words, index, prefix, names }) {
    if (words[index - 1] === '--topic') return names('topic').filter((each) => each.startsWith(prefix));
    if (!prefix.startsWith('-')) return undefined;
    return OPTIONS.map((each) => `--${each.names[0]}`).filter((each) => each.startsWith(prefix));
  },
};

function* main(jvm: Jvm): Op<number> {
  const options = parseOptions(jvm);
  const topic = options.valueOf('topic') as string;
  const readerClass = options.valueOf('line-reader') as string;
  if (readerClass !== DEFAULT_READER) fail(jvm, missingReaderClass(readerClass, CLASS_NOT_FOUND_FRAMES));
  const reader = new LineMessageReader(topic, parseKeyValueArgs(jvm, options.valuesOf('property')));
  const producer = createProducer(jvm, options);
  jvm.addShutdownHook(() => producer.close());
  yield* sendLines(jvm, reader, producer);
  return 0;
}

function parseOptions(jvm: Jvm): OptionSet {
  const parser = new OptionParser(OPTIONS);
  const { args } = jvm.process;
  try {
    const options = parser.parse(args);
    if (args.length === 0) printUsageAndDie(jvm, parser, 'Read data from standard input and publish it to Kafka.');
    checkRequiredArgs(jvm, parser, options, ['topic', 'broker-list']);
    if (!areHostsAndPorts(options.valueOf('broker-list') as string)) {
      printUsageAndDie(jvm, parser, 'Please provide valid host:port like host1:9091,host2:9092\n ');
    }
    // Every argument is converted, whether it will be used or not.
    for (const name of OPTIONS.map((each) => each.names[0] as string)) {
      if (REPEATABLE.includes(name)) options.valuesOf(name);
      else options.valueOf(name);
    }
    return options;
  } catch (error) {
    if (!(error instanceof JoptError)) throw error;
    jvm.err.println(error.message);
    throw new JvmExit(1);
  }
}

function createProducer(jvm: Jvm, options: OptionSet): KafkaProducer {
  const props = producerProps(jvm, options);
  if (options.has('old-producer')) {
    jvm.err.println('kafka-console-producer.sh: --old-producer is not simulated yet');
    throw new JvmExit(1);
  }
  try {
    return jvm.ownsClient(new KafkaProducer(jvm.clientEnvironment, props));
  } catch (error) {
    if (error instanceof KafkaError) fail(jvm, constructionFailure(error));
    throw error;
  }
}

/** Options win over --producer-property, which wins over --producer.config. */
function producerProps(jvm: Jvm, options: OptionSet): Map<string, string> {
  const props = new Map<string, string>();
  const path = options.valueOf('producer.config');
  if (path !== undefined) {
    const file = readTextFile(jvm, path);
    if ('problem' in file) fail(jvm, missingConfigFile(path, file.problem));
    for (const [name, value] of parseProperties(file.text)) props.set(name, value);
  }
  for (const [name, value] of parseKeyValueArgs(jvm, options.valuesOf('producer-property'))) props.set(name, value);
  for (const [option, name] of Object.entries(OPTION_CONFIGS)) props.set(name, options.valueOf(option) as string);
  for (const [name, value] of Object.entries(FIXED_CONFIGS)) props.set(name, value);
  props.set('compression.type', compressionOf(options));
  return props;
}

function compressionOf(options: OptionSet): string {
  if (!options.has('compression-codec')) return 'none';
  const codec = options.valueOf('compression-codec');
  return codec === undefined || codec === '' ? 'gzip' : codec;
}

/** Shows the prompt before each line is read, also when nobody sees it. */
function* sendLines(jvm: Jvm, reader: LineMessageReader, producer: KafkaProducer): Op<void> {
  const callback = new ErrorLoggingCallback(jvm.log);
  const source = new LineSource(jvm.process, 0, undefined, decodeText);
  jvm.out.print('>');
  for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) {
    let prompts = 0;
    for (const line of javaLines(batch)) {
      // A signal has closed the producer; the program ends when that is through.
      if (jvm.isShuttingDown) return;
      const record = recordOf(jvm, reader, line, prompts);
      if (!producer.trySend(record, callback)) {
        jvm.out.print('>'.repeat(prompts));
        prompts = 0;
        yield* send(jvm, producer, record, callback);
      }
      prompts += 1;
      jvm.process.owe(LINE_COST_US);
    }
    jvm.out.print('>'.repeat(prompts));
    yield* jvm.out.flush();
    yield* jvm.process.spend(0);
  }
}

function recordOf(jvm: Jvm, reader: LineMessageReader, line: string, prompts: number): ReturnType<LineMessageReader['recordOf']> {
  try {
    return reader.recordOf(line);
  } catch (error) {
    if (!(error instanceof NoKeyFoundError)) throw error;
    jvm.out.print('>'.repeat(prompts));
    fail(jvm, noKeyFailure(error.message));
  }
}

function* send(jvm: Jvm, producer: KafkaProducer, record: Parameters<KafkaProducer['send']>[0], callback: ErrorLoggingCallback): Op<void> {
  try {
    yield* producer.send(record, callback);
  } catch (error) {
    if (error instanceof KafkaError) fail(jvm, sendFailure(error));
    throw error;
  }
}

/** A carriage return ends a line, too, for Java. */
function javaLines(lines: readonly string[]): readonly string[] {
  if (!lines.some((each) => each.includes('\r'))) return lines;
  return lines.flatMap((each) => (each.endsWith('\r') ? each.slice(0, -1) : each).split('\r'));
}
