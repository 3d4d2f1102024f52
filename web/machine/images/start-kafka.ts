import type { Op } from '../../engine/kernel/task';
import type { Process } from '../os/process';
import { type Program, ProcessExit } from '../os/program';
import { decodeText } from '../os/text';
import { createTopics } from './create-topics';
import { runBroker } from './kafka-server-start';
import { propertyKey, setProperty } from './property-edits';
import { commandOutput } from './run-shell';

const CONFIG = '/opt/kafka/config';

/**
 * The image's entry: makes `server.properties` from the environment, then becomes the broker.
 *
 * Simplified: KAFKA_ADVERTISED_PORT is not asked of a mounted Docker socket.
 * @source wurstmeister/kafka-docker tag 1.1.0 start-kafka.sh
 */
export const startKafka: Program = {
  name: 'start-kafka.sh',
  *main(process) {
    const { env } = process;
    if (!env.get('KAFKA_ZOOKEEPER_CONNECT')) return yield* refuse(process, 'ERROR: missing mandatory config: KAFKA_ZOOKEEPER_CONNECT');
    setDefault(env, 'KAFKA_PORT', '9092');
    process.spawn({ program: createTopics, argv: ['/bin/bash', '/usr/bin/create-topics.sh'] });
    yield* identify(process);
    yield* substituteCommands(process);
    const problem = listenerProblem(env);
    if (problem !== undefined) return yield* refuse(process, problem);
    writeProperties(process);
    if (env.has('CUSTOM_INIT_SCRIPT')) yield* process.out(outputLine(yield* commandOutput(process, env.get('CUSTOM_INIT_SCRIPT') as string)));
    return yield* runBroker(process, `${CONFIG}/server.properties`, []);
  },
};

function outputLine(text: string): string {
  return text === '' ? '' : `${text}\n`;
}

function setDefault(env: Map<string, string>, key: string, value: string): void {
  if (!env.get(key)) env.set(key, value);
}

function* refuse(process: Process, text: string): Op<number> {
  yield* process.out(`${text}\n`);
  throw new ProcessExit(1);
}

function* identify(process: Process): Op<void> {
  const { env } = process;
  const idCommand = env.get('BROKER_ID_COMMAND');
  if (!env.get('KAFKA_BROKER_ID')) env.set('KAFKA_BROKER_ID', idCommand === undefined ? '-1' : yield* commandOutput(process, idCommand));
  setDefault(env, 'KAFKA_LOG_DIRS', `/kafka/kafka-logs-${env.get('HOSTNAME') ?? ''}`);
  const rack = env.get('RACK_COMMAND');
  if (rack !== undefined && !env.get('KAFKA_BROKER_RACK')) env.set('KAFKA_BROKER_RACK', yield* commandOutput(process, rack));
}

/** `_{HOSTNAME_COMMAND}` and `_{PORT_COMMAND}` in KAFKA_* values become what the commands print. */
function* substituteCommands(process: Process): Op<void> {
  const { env } = process;
  for (const name of ['HOSTNAME_COMMAND', 'PORT_COMMAND']) {
    const command = env.get(name);
    if (command === undefined) continue;
    const value = yield* commandOutput(process, command);
    for (const [key, text] of env) if (key.startsWith('KAFKA_')) env.set(key, text.replaceAll(`_{${name}}`, value));
    if (name === 'HOSTNAME_COMMAND' && !env.get('KAFKA_ADVERTISED_HOST_NAME') && !env.get('KAFKA_LISTENERS')) env.set('KAFKA_ADVERTISED_HOST_NAME', value);
  }
}

function listenerProblem(env: ReadonlyMap<string, string>): string | undefined {
  if (env.get('KAFKA_LISTENERS') || env.get('KAFKA_ADVERTISED_HOST_NAME')) return undefined;
  if (env.get('KAFKA_ADVERTISED_LISTENERS')) return 'ERROR: Missing environment variable KAFKA_LISTENERS. Must be specified when using KAFKA_ADVERTISED_LISTENERS';
  return 'ERROR: No listener or advertised hostname configuration provided in environment.\n       Please define KAFKA_LISTENERS / (deprecated) KAFKA_ADVERTISED_HOST_NAME';
}

/** The script's own variable comes first, the image's version last; between them what the user gave, in the order of the environment. */
function kafkaVariables(env: ReadonlyMap<string, string>): (readonly [string, string])[] {
  const rank = (key: string): number => (key === 'KAFKA_PORT' ? 0 : key === 'KAFKA_VERSION' ? 2 : 1);
  return [...env]
    .filter(([key]) => key.startsWith('KAFKA_') && !key.startsWith('KAFKA_HOME') && key !== 'KAFKA_HEAP_OPTS')
    .sort(([a], [b]) => rank(a) - rank(b));
}

function writeProperties(process: Process): void {
  edit(process, `${CONFIG}/server.properties`, kafkaVariables(process.env).map(([key, value]) => [propertyKey(key, 'KAFKA_'), value]));
  const log4j = [...process.env].filter(([key]) => key.startsWith('LOG4J_'));
  if (log4j.length > 0) edit(process, `${CONFIG}/log4j.properties`, log4j.map(([key, value]) => [`log4j.${propertyKey(key, 'LOG4J_')}`, value]));
}

function edit(process: Process, path: string, settings: readonly (readonly [string, string])[]): void {
  const lines = decodeText(process.files.readFile(path)).replace(/\n$/, '').split('\n');
  for (const [key, value] of settings) setProperty(lines, key, value);
  process.files.writeFile(path, `${lines.join('\n')}\n`);
}
