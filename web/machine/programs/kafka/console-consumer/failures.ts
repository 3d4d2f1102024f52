import type { KafkaError } from '../../../../engine/clients/kafka-error';
import { CLASS_NOT_FOUND_FRAMES, type Throwable } from '../../lib/stack-trace';

const MAIN = ['kafka.tools.ConsoleConsumer$.main(ConsoleConsumer.scala:54)', 'kafka.tools.ConsoleConsumer.main(ConsoleConsumer.scala)'];
const RUN = ['kafka.tools.ConsoleConsumer$.run(ConsoleConsumer.scala:78)', ...MAIN];
const CREATE = ['kafka.consumer.NewShinyConsumer.<init>(BaseConsumer.scala:61)', ...RUN];
const CONSTRUCTOR = [
  'org.apache.kafka.clients.consumer.KafkaConsumer.<init>(KafkaConsumer.java:644)',
  'org.apache.kafka.clients.consumer.KafkaConsumer.<init>(KafkaConsumer.java:624)',
  ...CREATE,
];
const CONFIG = [
  'org.apache.kafka.common.config.ConfigDef.parseValue(ConfigDef.java:478)',
  'org.apache.kafka.common.config.ConfigDef.parse(ConfigDef.java:462)',
  'org.apache.kafka.common.config.AbstractConfig.<init>(AbstractConfig.java:62)',
  'org.apache.kafka.common.config.AbstractConfig.<init>(AbstractConfig.java:75)',
  'org.apache.kafka.clients.consumer.ConsumerConfig.<init>(ConsumerConfig.java:485)',
  ...CONSTRUCTOR,
];
const FIRST_POLL = ['org.apache.kafka.clients.consumer.KafkaConsumer.poll(KafkaConsumer.java:1115)', 'kafka.consumer.NewShinyConsumer.<init>(BaseConsumer.scala:63)', ...RUN];
const NO_OFFSET = [
  'org.apache.kafka.clients.consumer.internals.SubscriptionState.resetMissingPositions(SubscriptionState.java:374)',
  'org.apache.kafka.clients.consumer.KafkaConsumer.updateFetchPositions(KafkaConsumer.java:1794)',
  'org.apache.kafka.clients.consumer.KafkaConsumer.pollOnce(KafkaConsumer.java:1152)',
];
/** Where main was when it read its arguments. */
const ARGUMENTS = ['kafka.tools.ConsoleConsumer$.main(ConsoleConsumer.scala:52)', 'kafka.tools.ConsoleConsumer.main(ConsoleConsumer.scala)'];

/** Kafka's API exceptions and serialization errors carry no frames. */
function hasFrames(error: KafkaError): boolean {
  return !error.exception.startsWith('org.apache.kafka.common.errors.');
}

/** Where the constructor was, by what it says. */
function constructionCause(error: KafkaError): Throwable {
  const isAddress = error.message.includes('bootstrap');
  const own = isAddress ? ['org.apache.kafka.clients.ClientUtils.parseAndValidateAddresses(ClientUtils.java:66)'] : [];
  const line = isAddress ? 706 : error.message.startsWith('Heartbeat') ? 740 : 735;
  const frames = [...own, `org.apache.kafka.clients.consumer.KafkaConsumer.<init>(KafkaConsumer.java:${line})`, ...CONSTRUCTOR.slice(1)];
  return { text: error.toString(), frames, cause: error.cause === undefined ? undefined : constructionCause(error.cause) };
}

/** What went wrong before the first message: in the constructor of the consumer, or in its first poll. */
export function startFailure(error: KafkaError): Throwable {
  const { cause } = error;
  const text = error.toString();
  if (cause !== undefined) {
    const frames = ['org.apache.kafka.clients.consumer.KafkaConsumer.<init>(KafkaConsumer.java:793)', ...CONSTRUCTOR];
    return { text, frames, cause: constructionCause(cause) };
  }
  if (error.simpleName === 'ConfigException') {
    const isString = error.message.includes('String must be one of');
    const place = isString ? 'ConfigDef$ValidString.ensureValid(ConfigDef.java:930)' : 'ConfigDef.parseType(ConfigDef.java:713)';
    return { text, frames: [`org.apache.kafka.common.config.${place}`, ...CONFIG] };
  }
  if (!hasFrames(error)) return { text, frames: [] };
  return { text, frames: error.simpleName === 'NoOffsetForPartitionException' ? [...NO_OFFSET, ...FIRST_POLL] : FIRST_POLL };
}

const PROCESS = ['kafka.tools.ConsoleConsumer$.process(ConsoleConsumer.scala:129)', 'kafka.tools.ConsoleConsumer$.run(ConsoleConsumer.scala:84)', ...MAIN];

export const CONSUMER_TIMEOUT: Throwable = {
  text: 'kafka.consumer.ConsumerTimeoutException',
  frames: ['kafka.consumer.NewShinyConsumer.receive(BaseConsumer.scala:98)', ...PROCESS],
};

/** What a poll threw while messages were read. */
export function receiveFailure(error: KafkaError): Throwable {
  const poll = ['org.apache.kafka.clients.consumer.KafkaConsumer.poll(KafkaConsumer.java:1115)', 'kafka.consumer.NewShinyConsumer.receive(BaseConsumer.scala:96)'];
  return { text: error.toString(), frames: hasFrames(error) ? [...poll, ...PROCESS] : [] };
}

/** What a formatter threw. */
export function formatFailure(error: KafkaError): Throwable {
  return { text: error.toString(), frames: [] };
}

export function classNotFound(name: string): Throwable {
  return {
    text: `java.lang.ClassNotFoundException: ${name}`,
    frames: [...CLASS_NOT_FOUND_FRAMES, 'kafka.tools.ConsoleConsumer$ConsumerConfig.<init>(ConsoleConsumer.scala:370)', ...ARGUMENTS],
  };
}

export function configFileNotFound(path: string, reason: string): Throwable {
  return {
    text: `java.io.FileNotFoundException: ${path} (${reason})`,
    frames: [
      'java.io.FileInputStream.open0(Native Method)',
      'java.io.FileInputStream.open(FileInputStream.java:195)',
      'java.io.FileInputStream.<init>(FileInputStream.java:138)',
      'java.io.FileInputStream.<init>(FileInputStream.java:93)',
      'org.apache.kafka.common.utils.Utils.loadProps(Utils.java:512)',
      'kafka.tools.ConsoleConsumer$ConsumerConfig.<init>(ConsoleConsumer.scala:362)',
      ...ARGUMENTS,
    ],
  };
}

/** The frames of the tool when an argument is not of its type. */
export const CONVERSION_FRAMES: readonly string[] = ['kafka.tools.ConsoleConsumer$ConsumerConfig.<init>(ConsoleConsumer.scala:372)', ...ARGUMENTS];

export function badPattern(message: string): Throwable {
  return {
    text: `java.util.regex.PatternSyntaxException: ${message}`,
    frames: [
      'java.util.regex.Pattern.error(Pattern.java:1955)',
      'java.util.regex.Pattern.compile(Pattern.java:1028)',
      'kafka.consumer.NewShinyConsumer.consumerInit(BaseConsumer.scala:75)',
      'kafka.consumer.NewShinyConsumer.<init>(BaseConsumer.scala:62)',
      ...RUN,
    ],
  };
}
