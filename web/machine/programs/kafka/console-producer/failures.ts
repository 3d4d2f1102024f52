import type { KafkaError } from '../../../../engine/clients/kafka-error';
import type { Throwable } from '../../lib/stack-trace';

const MAIN = 'kafka.tools.ConsoleProducer.main(ConsoleProducer.scala)';
const CREATE = ['kafka.producer.NewShinyProducer.<init>(BaseProducer.scala:40)', 'kafka.tools.ConsoleProducer$.main(ConsoleProducer.scala:49)', MAIN];
const CONSTRUCTOR = ['org.apache.kafka.clients.producer.KafkaProducer.<init>(KafkaProducer.java:303)', ...CREATE];
const CONFIG = [
  'org.apache.kafka.common.config.AbstractConfig.<init>(AbstractConfig.java:62)',
  'org.apache.kafka.common.config.AbstractConfig.<init>(AbstractConfig.java:75)',
  'org.apache.kafka.clients.producer.ProducerConfig.<init>(ProducerConfig.java:365)',
  ...CONSTRUCTOR,
];
const PARSE = 'org.apache.kafka.common.config.ConfigDef.parse(ConfigDef.java:462)';
const PARSE_VALUE = 'org.apache.kafka.common.config.ConfigDef.parseValue(ConfigDef.java:478)';
const WRONG_STRING = 'org.apache.kafka.common.config.ConfigDef$ValidString.ensureValid(ConfigDef.java:930)';
const WRONG_TYPE = 'org.apache.kafka.common.config.ConfigDef.parseType(ConfigDef.java:713)';

/** Where Java was when a setting was refused. */
function configFrames(message: string): string[] {
  if (message.includes('String must be one of')) return [WRONG_STRING, PARSE_VALUE, PARSE, ...CONFIG];
  return [WRONG_TYPE, PARSE_VALUE, PARSE, ...CONFIG];
}

/** Where Java was when the constructor of the producer itself gave up, by the words of the cause. */
function causeFrames(cause: KafkaError): { wrapped: string; own: readonly string[] } {
  if (cause.message.startsWith('Unknown compression name')) {
    return { wrapped: 'KafkaProducer.java:385', own: ['org.apache.kafka.common.record.CompressionType.forName(CompressionType.java:174)'] };
  }
  if (cause.message.includes('bootstrap')) {
    return { wrapped: 'KafkaProducer.java:405', own: ['org.apache.kafka.clients.ClientUtils.parseAndValidateAddresses(ClientUtils.java:66)'] };
  }
  if (cause.message.startsWith('Must set acks')) {
    return { wrapped: 'KafkaProducer.java:392', own: ['org.apache.kafka.clients.producer.KafkaProducer.configureAcks(KafkaProducer.java:522)'] };
  }
  return { wrapped: 'KafkaProducer.java:390', own: [] };
}

/** What `e.printStackTrace` shows when the producer could not be constructed. */
export function constructionFailure(error: KafkaError): Throwable {
  const { cause } = error;
  if (cause === undefined) return { text: error.toString(), frames: configFrames(error.message) };
  const { wrapped, own } = causeFrames(cause);
  return {
    text: error.toString(),
    frames: ['org.apache.kafka.clients.producer.KafkaProducer.<init>(KafkaProducer.java:456)', ...CONSTRUCTOR],
    cause: { text: cause.toString(), frames: [...own, `org.apache.kafka.clients.producer.KafkaProducer.<init>(${wrapped})`, ...CONSTRUCTOR] },
  };
}

export function noKeyFailure(message: string): Throwable {
  return {
    text: `kafka.common.KafkaException: ${message}`,
    frames: [
      'kafka.tools.ConsoleProducer$LineMessageReader.readMessage(ConsoleProducer.scala:318)',
      'kafka.tools.ConsoleProducer$.main(ConsoleProducer.scala:59)',
      MAIN,
    ],
  };
}

export function missingReaderClass(name: string, classNotFoundFrames: readonly string[]): Throwable {
  const frames = [...classNotFoundFrames, 'kafka.tools.ConsoleProducer$.main(ConsoleProducer.scala:42)', MAIN];
  return { text: `java.lang.ClassNotFoundException: ${name}`, frames };
}

export function sendFailure(error: KafkaError): Throwable {
  return {
    text: error.toString(),
    frames: ['kafka.producer.NewShinyProducer.send(BaseProducer.scala:49)', 'kafka.tools.ConsoleProducer$.main(ConsoleProducer.scala:61)', MAIN],
  };
}

export function missingConfigFile(path: string, reason: string): Throwable {
  return {
    text: `java.io.FileNotFoundException: ${path} (${reason})`,
    frames: [
      'java.io.FileInputStream.open0(Native Method)',
      'java.io.FileInputStream.open(FileInputStream.java:195)',
      'java.io.FileInputStream.<init>(FileInputStream.java:138)',
      'java.io.FileInputStream.<init>(FileInputStream.java:93)',
      'org.apache.kafka.common.utils.Utils.loadProps(Utils.java:512)',
      'kafka.tools.ConsoleProducer$.producerProps(ConsoleProducer.scala:106)',
      'kafka.tools.ConsoleProducer$.getNewProducerProps(ConsoleProducer.scala:115)',
      'kafka.tools.ConsoleProducer$.main(ConsoleProducer.scala:49)',
      MAIN,
    ],
  };
}
