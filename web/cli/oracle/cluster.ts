import { type Op, spawn } from '../../engine/kernel/task';
import type { Container } from '../../machine/docker/container';
import { faultOp } from '../../session/faults';
import { containersOf } from '../../session/host-labels';
import type { CapturedRun } from '../../session/run-captured';
import { runCaptured } from '../../session/run-captured';
import type { Session } from '../../session/session';
import { containerText } from '../../session/container-text';
import { createNodeSession } from '../node-session';
import type { Scenario } from './scenario';

const SECOND_US = 1_000_000;
const LINE_LIMIT_US = 90 * SECOND_US;
const STUDENT = 1000;
const SERVICES = { lab01: ['kafka'], three: ['kafka1', 'kafka2', 'kafka3'], laptop: [] } as const;

/** A scenario's cluster, or its laptop: what its lines run on. */
export class OracleCluster {
  readonly session: Session;

  constructor(
    private readonly scenario: Scenario,
    seed: number,
  ) {
    this.session = createNodeSession({ seed });
  }

  /** ZooKeeper first, then each broker when the one before it has started, so that the first is the controller. */
  start(): void {
    const { cluster } = this.scenario;
    this.sleep(2);
    if (cluster === 'laptop') return;
    const folder = `/home/student/kafka-labs/labs/${cluster === 'lab01' ? '01-Verify-Installation' : 'three'}`;
    this.session.laptop.machine.files.writeFile(`${folder}/docker-compose.yml`, composeFile(this.scenario), { uid: STUDENT });
    for (const service of ['zookeeper', ...SERVICES[cluster]]) {
      const run = this.onLaptop(`docker-compose up -d ${service}`, folder);
      if (run.rc !== 0) throw new Error(`docker-compose up -d ${service}: ${run.stderr}`);
      if (service === 'zookeeper') this.sleep(1.5);
      else this.waitForBroker(service);
    }
    this.sleep(2.5);
  }

  run(line: string): CapturedRun | string {
    const { cluster } = this.scenario;
    if (cluster === 'laptop') return this.onLaptop(line, '/home/student/kafka-labs/labs/01-Verify-Installation');
    const service = SERVICES[cluster][0] as string;
    const container = this.container(service);
    if (!container.running) return `### ${service} is not running`;
    const env = new Map(container.config.env.map((each) => [each.slice(0, each.indexOf('=')), each.slice(each.indexOf('=') + 1)] as const));
    env.set('HOSTNAME', container.config.hostname);
    env.set('HOME', '/root');
    env.set('LANG', 'C.UTF-8');
    return runCaptured(line, { machine: container.machine, cwd: '/', uid: 0, env, limitUs: LINE_LIMIT_US });
  }

  /** `docker kill|stop|start SERVICE`, `cut A B`, `heal A B`, `sleep N`. Returns when a docker action is done. Errors: an unknown action throws. */
  act(words: readonly string[]): void {
    const [verb = '', ...rest] = words;
    if (verb === 'sleep') {
      this.sleep(Number(rest[0]));
      return;
    }
    const [name = '', ...args] = verb === 'docker' ? rest : words;
    if (name === 'stop' && !this.container(args[0] ?? '').running) return;
    const op = faultOp(name, args, this.session.laptop, this.session.network);
    if (op !== undefined) this.complete(op);
  }

  /** What each container printed, by service. */
  logs(): Map<string, string> {
    const out = new Map<string, string>();
    for (const container of [...containersOf(this.session.laptop)].reverse()) out.set(serviceOf(container), containerText(container.log));
    return out;
  }

  private complete(op: Op<void>): void {
    const task = spawn(this.session.sim, op);
    while (!task.done) this.session.run(this.session.sim.nowUs + 10_000);
  }

  private onLaptop(line: string, cwd: string): CapturedRun {
    const env = new Map([
      ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
      ['HOME', '/home/student'],
      ['LANG', 'C.UTF-8'],
      ['TERM', 'dumb'],
    ]);
    return runCaptured(line, { machine: this.session.laptop.machine, cwd, uid: STUDENT, env, limitUs: LINE_LIMIT_US });
  }

  private waitForBroker(service: string): void {
    for (let seconds = 0; seconds < 60; seconds += 0.1) {
      this.sleep(0.1);
      if (/started \(kafka\.server\.KafkaServer\)/.test(containerText(this.container(service).log))) return;
    }
    throw new Error(`${service} did not start:\n${containerText(this.container(service).log).slice(-3000)}`);
  }

  private sleep(seconds: number): void {
    this.session.run(this.session.sim.nowUs + Math.round(seconds * SECOND_US));
  }

  private container(service: string): Container {
    const container = containersOf(this.session.laptop).find((each) => serviceOf(each) === service);
    if (container === undefined) throw new Error(`no container of ${service}`);
    return container;
  }
}

function serviceOf(container: Container): string {
  return container.config.labels.get('com.docker.compose.service') ?? container.name;
}

function composeFile(scenario: Scenario): string {
  const lines = ["version: '2'", 'services:', '  zookeeper:', '    image: wurstmeister/zookeeper:3.4.6'];
  if (scenario.cluster === 'lab01') lines.push('    ports:', '      - 2181:2181');
  for (const service of SERVICES[scenario.cluster]) {
    lines.push(`  ${service}:`, '    image: wurstmeister/kafka:1.1.0', '    environment:', `      KAFKA_LISTENERS: PLAINTEXT://${service}:9092`);
    lines.push('      KAFKA_ZOOKEEPER_CONNECT: zookeeper:2181');
    if (scenario.cluster === 'three') lines.push(`      KAFKA_BROKER_ID: ${service.slice(-1)}`);
    for (const [key, value] of Object.entries(scenario.overrides)) lines.push(`      KAFKA_${key.toUpperCase().replaceAll('.', '_')}: '${value}'`);
    if (scenario.cluster === 'lab01') lines.push('    ports:', '      - 9092:9092');
  }
  return `${lines.join('\n')}\n`;
}
