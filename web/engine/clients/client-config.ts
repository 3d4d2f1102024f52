import { ConfigException, type ConfigDef } from '../config/config-def';
import { type ConfigValues, parseConfig } from '../config/parse-config';
import type { LogSink } from '../kernel/logger';
import { javaStringHash } from '../protocol/java-string-hash';
import { javaHashOrder } from '../protocol/jvm-hash-order';
import { configException } from './kafka-error';

/** Checks a client's settings; a fault is thrown as the Java client throws it. */
export function parseClientConfig(def: ConfigDef, props: ReadonlyMap<string, string>): ConfigValues {
  try {
    return parseConfig(def, props);
  } catch (error) {
    if (error instanceof ConfigException) throw configException(error.message);
    throw error;
  }
}

/** `org.apache.kafka.clients.producer.ProducerConfig` warns of what it does not know. */
export function warnOfUnknownConfigs(values: ConfigValues, packageName: string, log: LogSink): void {
  const names = new Set(values.unknownNames);
  const inJavaOrder = javaHashOrder([...values.originals.keys()], javaStringHash);
  for (const name of inJavaOrder) {
    if (!names.has(name)) continue;
    const logger = `${packageName}.${values.def.simpleName}`;
    log({ level: 'WARN', logger, message: `The configuration '${name}' was supplied but isn't a known config.` });
  }
}
