import { KafkaServer } from '../../engine/broker/kafka-server';
import { ConfigException } from '../../engine/config/config-def';
import { IllegalConfigException } from '../../engine/config/endpoint';
import type { LogSink } from '../../engine/kernel/logger';
import { type Op } from '../../engine/kernel/task';
import { Condition } from '../../engine/kernel/waitables';
import { COSTS } from '../os/costs';
import type { Process } from '../os/process';
import { type Program, ProcessExit } from '../os/program';
import { signalNumber } from '../os/signals';
import { SystemDisk } from '../os/system-disk';
import { decodeText } from '../os/text';
import { PrintStream } from '../programs/lib/print-stream';
import { stackTrace } from '../programs/lib/stack-trace';
import { kafkaJavaEnvironment } from './java-environment';
import { kafkaClassPath } from './kafka-libraries';
import { kafkaLog4j } from './kafka-log4j';
import { parseProperties } from '../programs/lib/properties';
import { runningServers } from './running-servers';

const GIB = 1024 ** 3;
type StopSignal = 'SIGTERM' | 'SIGINT' | 'SIGHUP';
const STOP_SIGNALS: readonly StopSignal[] = ['SIGTERM', 'SIGINT', 'SIGHUP'];
/** From the process's start to the broker's first line, the rest of the JVM start apart: Scala's classes, the configuration. */
const BROKER_LOADING_US = 250_000;
const USAGE = 'USAGE: /opt/kafka/bin/kafka-server-start.sh [-daemon] server.properties [--override property=value]*\n';

/** `kafka-server-start.sh`: runs `kafka.Kafka`. */
export const kafkaServerStart: Program = {
  name: 'kafka-server-start.sh',
  *main(process) {
    const args = process.args.filter((word) => word !== '-daemon');
    if (args.length === 0) {
      yield* process.out(USAGE);
      return 1;
    }
    return yield* runBroker(process, args[0] as string, args.slice(1));
  },
};

/** `kafka-server-stop.sh`: SIGTERM to every broker of the machine. */
export const kafkaServerStop: Program = {
  name: 'kafka-server-stop.sh',
  *main(process) {
    const brokers = [...process.machine.processes.values()].filter((each) => each.argv.includes('kafka.Kafka'));
    if (brokers.length === 0) {
      yield* process.out('No kafka server to stop\n');
      return 1;
    }
    for (const broker of brokers) broker.signal('SIGTERM');
    return 0;
  },
};

/** The bytes that `-Xmx` of KAFKA_HEAP_OPTS asks for. */
function heapBytes(process: Process): number {
  const match = /-Xmx(\d+)([kKmMgG]?)/.exec(process.env.get('KAFKA_HEAP_OPTS') ?? '');
  if (match === null) return GIB;
  const unit = { '': 1, k: 1024, m: 1024 ** 2, g: GIB }[(match[2] as string).toLowerCase()] ?? 1;
  return Number(match[1]) * unit;
}

/**
 * The broker as the machine's Java process: from the JVM's start to its last log line.
 *
 * SIGTERM and SIGINT shut it down in order, exit codes 143 and 130; a start that fails, or is told to stop, is exit code 1.
 * @source kafka 1.1.0 core/src/main/scala/kafka/Kafka.scala, KafkaServerStartable.scala
 */
export function* runBroker(process: Process, propertiesPath: string, overrides: readonly string[]): Op<number> {
  const heap = heapBytes(process);
  process.argv.splice(0, process.argv.length, ...javaCommand(process, propertiesPath));
  process.holdMemory(heap);
  for (const signal of STOP_SIGNALS) process.onSignal(signal, () => process.interrupt(new ProcessExit(128 + signalNumber(signal))));
  const out = new PrintStream(process, 1);
  yield* process.sleep(COSTS.jvmStartUs + BROKER_LOADING_US);
  const log = kafkaLog4j(process, out);
  const properties = readProperties(process, propertiesPath, overrides);
  log({ level: 'INFO', message: 'Registered kafka:type=kafka.Log4jController MBean', logger: 'kafka.utils.Log4jControllerRegistration$' });
  const broker = new BrokerProcess(process, log);
  const code = yield* broker.run(properties);
  yield* out.flush();
  return code;
}

function javaCommand(process: Process, propertiesPath: string): string[] {
  const heap = process.env.get('KAFKA_HEAP_OPTS') ?? '-Xmx1G -Xms1G';
  return [
    'java', ...heap.split(' '), '-server', '-XX:+UseG1GC', '-XX:MaxGCPauseMillis=20', '-XX:InitiatingHeapOccupancyPercent=35', '-XX:+DisableExplicitGC',
    '-Djava.awt.headless=true', '-Dkafka.logs.dir=/opt/kafka/bin/../logs', '-Dlog4j.configuration=file:/opt/kafka/bin/../config/log4j.properties',
    '-cp', kafkaClassPath(), 'kafka.Kafka', propertiesPath,
  ];
}

function readProperties(process: Process, path: string, overrides: readonly string[]): Map<string, string> {
  const properties = parseProperties(decodeText(process.files.readFile(path)));
  for (let at = 0; at < overrides.length; at += 2) {
    const [key = '', value = ''] = (overrides[at + 1] ?? '').split(/=(.*)/s);
    if (overrides[at] === '--override') properties.set(key, value);
  }
  return properties;
}

/** One broker's life in its process. */
class BrokerProcess {
  private server: KafkaServer | undefined;
  private stopSignal: StopSignal | undefined;
  private readonly told = new Condition();

  constructor(
    private readonly process: Process,
    private readonly log: LogSink,
  ) {}

  *run(properties: ReadonlyMap<string, string>): Op<number> {
    const { process } = this;
    for (const signal of STOP_SIGNALS) process.onSignal(signal, () => this.tell(signal));
    const server = this.create(properties);
    if (server === undefined) return 1;
    const servers = runningServers(process.machine);
    servers.brokers.add(server);
    process.atExit(() => {
      server.halt();
      servers.brokers.delete(server);
    });
    if (!(yield* this.start(server))) return 1;
    while (this.stopSignal === undefined) yield this.told;
    yield* server.shutdown();
    return 128 + signalNumber(this.stopSignal);
  }

  private create(properties: ReadonlyMap<string, string>): KafkaServer | undefined {
    const { process } = this;
    const { machine } = process;
    try {
      this.server = new KafkaServer(
        {
          sim: machine.sim,
          host: machine.host,
          disk: new SystemDisk(machine.files, process.uid),
          log: this.log,
          hostName: machine.hostname,
          javaEnvironment: kafkaJavaEnvironment(process, kafkaClassPath()),
          onExit: (code: number) => process.interrupt(new ProcessExit(code)),
        },
        properties,
      );
      return this.server;
    } catch (error) {
      this.log({ level: 'ERROR', message: 'Exiting Kafka due to fatal exception', logger: 'kafka.Kafka$', throwable: fatalTrace(error) });
      return undefined;
    }
  }

  private *start(server: KafkaServer): Op<boolean> {
    try {
      yield* server.startup();
      return true;
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'FatalStartupError') throw error;
      this.log({ level: 'ERROR', message: 'Exiting Kafka.', logger: 'kafka.server.KafkaServerStartable' });
      yield* server.shutdown();
      return false;
    }
  }

  private tell(signal: StopSignal): void {
    if (this.stopSignal !== undefined) return;
    this.stopSignal = signal;
    this.log({ level: 'INFO', message: `Terminating process due to signal ${signal}`, logger: 'kafka.Kafka$' });
    if (this.server?.state === 'starting') {
      this.server.refuseShutdown();
      this.log({ level: 'ERROR', message: 'Halting Kafka.', logger: 'kafka.server.KafkaServerStartable' });
      this.process.interrupt(new ProcessExit(1));
    } else this.told.notifyAll();
  }
}

const MAIN_FRAMES = ['kafka.server.KafkaServerStartable$.fromProps(KafkaServerStartable.scala:28)', 'kafka.Kafka$.main(Kafka.scala:82)', 'kafka.Kafka.main(Kafka.scala)'];
const LISTENER_FRAMES = ['kafka.utils.CoreUtils$.listenerListToEndPoints(CoreUtils.scala:280)', 'kafka.server.KafkaConfig.listeners(KafkaConfig.scala:1253)'];

/** A setting that the broker refuses, as its stack trace begins. Anything else is our own bug. */
function fatalTrace(error: unknown): string {
  if (!(error instanceof ConfigException || error instanceof IllegalConfigException)) throw error;
  const reason = /^Error creating broker listeners from '.*': ((?:Unable to parse|No security protocol) .*)$/.exec(error.message)?.[1];
  const frames = reason === undefined ? MAIN_FRAMES : [...LISTENER_FRAMES, ...MAIN_FRAMES];
  const causeClass = reason?.startsWith('No security protocol') === true ? error.javaClass : 'kafka.common.KafkaException';
  const cause = reason === undefined ? {} : { cause: { text: `${causeClass}: ${reason}`, frames: ['kafka.cluster.EndPoint$.createEndPoint(EndPoint.scala:53)', ...frames] } };
  return stackTrace({ text: `${error.javaClass}: ${error.message}`, frames, ...cause });
}
