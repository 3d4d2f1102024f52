import type { Op } from '../../engine/kernel/task';
import type { Process } from '../os/process';
import type { Program } from '../os/program';
import { decodeText } from '../os/text';
import { runBroker } from './broker-process';
import { heapBytes } from './kafka-server-scripts';
import { applyEnvironment, parseProperties } from './server-properties';
import { bash } from '../shell/bash';

const KAFKA_HOME = '/opt/kafka';
const PROPERTIES = `${KAFKA_HOME}/config/server.properties`;
/** As `ps` shows the broker that the script becomes. */
const JAVA_ARGV = ['java', '-Xmx1G', '-Xms1G', '-server', '-Dkafka.logs.dir=/opt/kafka/bin/../logs', 'kafka.Kafka', PROPERTIES];

/**
 * The image's entry point: environment variables become `server.properties`, then the broker takes the script's place.
 * @source wurstmeister/kafka-docker 1.1.0 start-kafka.sh
 */
export const startKafka: Program = {
  name: 'start-kafka.sh',
  *main(process) {
    const { env } = process;
    const refused = yield* completeEnvironment(process);
    if (refused !== undefined) return refused;
    const heap = env.get('KAFKA_HEAP_OPTS');
    env.delete('KAFKA_HEAP_OPTS');
    const text = applyEnvironment(decodeText(process.files.readFile(PROPERTIES)), env);
    process.files.writeFile(PROPERTIES, text);
    process.argv.splice(0, process.argv.length, ...JAVA_ARGV);
    return yield* runBroker(process, parseProperties(text), heapBytes(heap));
  },
};

/** Fills in what the script fills in. Returns an exit code when it gives up. */
function* completeEnvironment(process: Process): Op<number | undefined> {
  const { env } = process;
  if ((env.get('KAFKA_ZOOKEEPER_CONNECT') ?? '') === '') {
    yield* process.out('ERROR: missing mandatory config: KAFKA_ZOOKEEPER_CONNECT\n');
    return 1;
  }
  if (!env.has('KAFKA_PORT')) env.set('KAFKA_PORT', '9092');
  startTopicCreation(process);
  env.delete('KAFKA_CREATE_TOPICS');
  if (!env.has('KAFKA_BROKER_ID')) env.set('KAFKA_BROKER_ID', (yield* outputOf(process, env.get('BROKER_ID_COMMAND'))) ?? '-1');
  if (!env.has('KAFKA_LOG_DIRS')) env.set('KAFKA_LOG_DIRS', `/kafka/kafka-logs-${process.machine.hostname}`);
  yield* substitute(process, 'HOSTNAME_COMMAND');
  yield* substitute(process, 'PORT_COMMAND');
  if (!env.has('KAFKA_BROKER_RACK')) {
    const rack = yield* outputOf(process, env.get('RACK_COMMAND'));
    if (rack !== undefined) env.set('KAFKA_BROKER_RACK', rack);
  }
  return yield* checkListeners(process);
}

function* checkListeners(process: Process): Op<number | undefined> {
  const { env } = process;
  if ((env.get('KAFKA_ADVERTISED_HOST_NAME') ?? '') !== '' || (env.get('KAFKA_LISTENERS') ?? '') !== '') return undefined;
  if ((env.get('KAFKA_ADVERTISED_LISTENERS') ?? '') !== '') {
    yield* process.out('ERROR: Missing environment variable KAFKA_LISTENERS. Must be specified when using KAFKA_ADVERTISED_LISTENERS\n');
    return 1;
  }
  const hostname = yield* outputOf(process, env.get('HOSTNAME_COMMAND'));
  if (hostname === undefined) {
    yield* process.out('ERROR: No listener or advertised hostname configuration provided in environment.\n');
    yield* process.out('       Please define KAFKA_LISTENERS / (deprecated) KAFKA_ADVERTISED_HOST_NAME\n');
    return 1;
  }
  env.set('KAFKA_ADVERTISED_HOST_NAME', hostname);
  return undefined;
}

/** Puts what a command prints where settings say `_{COMMAND}`. */
function* substitute(process: Process, name: 'HOSTNAME_COMMAND' | 'PORT_COMMAND'): Op<void> {
  const value = yield* outputOf(process, process.env.get(name));
  if (value === undefined) return;
  for (const [key, text] of process.env) if (key.startsWith('KAFKA_')) process.env.set(key, text.replaceAll(`_{${name}}`, value));
}

/** What a command line prints, without its last newline; undefined without a command. */
function* outputOf(process: Process, command: string | undefined): Op<string | undefined> {
  if (command === undefined || command === '') return undefined;
  const path = '/tmp/.start-kafka';
  const file = process.files.open(path, { write: true, create: true, truncate: true });
  const fds = new Map(process.fds);
  fds.set(1, file);
  const child = process.spawn({ program: bash, argv: ['bash', '-c', command], fds });
  file.release();
  yield* process.waitFor(child);
  const text = decodeText(process.files.readFile(path)).replace(/\n+$/, '');
  process.files.unlink(path);
  return text;
}

/** The script runs `create-topics.sh` beside the broker. */
function startTopicCreation(process: Process): void {
  const path = process.machine.findCommand('create-topics.sh', process);
  if (path === undefined) return;
  const { program, argv } = process.machine.resolveExecutable(path, ['create-topics.sh'], process);
  process.spawn({ program, argv });
}
