import { expect, test } from 'vitest';
import { type Op, spawn } from '../../engine/kernel/task';
import { TaskLimit } from '../os/machine';
import type { Machine } from '../os/machine';
import { program, testMachine } from '../os/testing';
import { decodeText } from '../os/text';
import type { Container } from './container';
import { DockerEngine } from './docker-engine';
import { DockerError } from './docker-error';
import type { Image } from './image';

const sleeper = program('sleeper', function* (process) {
  yield* process.out('up\n');
  yield* process.sleep(1e12);
  return 0;
});
const polite = program('polite', function* (process) {
  process.onSignal('SIGTERM', () => process.interrupt(new Error('told')));
  try {
    yield* process.sleep(1e12);
  } catch {
    return 5;
  }
  return 0;
});
const failing = program('failing', function* (process) {
  yield* process.sleep(1000);
  return 3;
});
const server = program('server', function* (process) {
  process.machine.host.listen({ port: 80 }, (endpoint) => ({ onMessage: (_from, message, size) => void endpoint.send(`echo ${String(message)}`, size), onClosed: () => undefined }));
  yield* process.sleep(1e12);
  return 0;
});

const image: Image = {
  repository: 'tools', tag: 'latest', id: 'a'.repeat(64), digest: 'b'.repeat(64), createdMs: 0, layers: [],
  config: { cmd: ['sleeper'], env: ['PATH=/bin'], workingDir: '/', exposedPorts: [], volumes: ['/data'] },
  install(machine) {
    for (const each of [sleeper, polite, failing, server]) machine.files.installProgram(`/bin/${each.name}`, each);
  },
};

function setUp(): { engine: DockerEngine; laptop: Machine; run: <T>(op: Op<T>) => T } {
  const laptop = testMachine();
  const { network } = laptop.host;
  const engine = new DockerEngine({ sim: laptop.sim, network, laptop, memory: laptop.memory, tasks: new TaskLimit(), registry: [image] });
  engine.images.add(image);
  const run = <T>(op: Op<T>): T => {
    let outcome: { readonly value: T } | { readonly error: unknown } | undefined;
    spawn(laptop.sim, op, (each) => {
      outcome = each;
    });
    for (let limit = 0; outcome === undefined && limit < 1_000_000; limit++) laptop.sim.step();
    if (outcome === undefined || 'error' in outcome) throw outcome?.error;
    return outcome.value;
  };
  return { engine, laptop, run };
}

function start(run: <T>(op: Op<T>) => T, engine: DockerEngine, options: Parameters<DockerEngine['create']>[0]): Container {
  const container = run(engine.create(options));
  run(engine.start(container));
  return container;
}

test('a first process that does not handle SIGTERM is killed after the timeout, one that does ends with its own code', () => {
  const { engine, laptop, run } = setUp();
  const deaf = start(run, engine, { image: 'tools' });
  const hears = start(run, engine, { image: 'tools', cmd: ['polite'] });
  laptop.sim.run(laptop.sim.nowUs + 1_000_000);
  const before = laptop.sim.nowUs;
  run(engine.stop(hears));
  expect(hears.exitCode).toBe(5);
  expect(laptop.sim.nowUs - before).toBeLessThan(1_000_000);
  run(engine.stop(deaf));
  expect(deaf.exitCode).toBe(137);
  expect(laptop.sim.nowUs - before).toBeGreaterThan(10_000_000);
});

test('a container is known by its name and aliases inside its network only, and loses its address when it stops', () => {
  const { engine, laptop, run } = setUp();
  engine.networks.create('lab_default');
  const a = start(run, engine, { image: 'tools', name: 'lab_a_1', networks: [{ network: 'lab_default', aliases: ['a'] }] });
  const b = start(run, engine, { image: 'tools', name: 'lab_b_1', networks: [{ network: 'lab_default', aliases: ['b'] }] });
  expect(b.machine.host.resolve('a')).toEqual([a.address]);
  expect(b.machine.host.reverseResolve(a.address)).toBe('lab_a_1.lab_default');
  expect(laptop.host.resolve('a')).toEqual([]);
  run(engine.lifecycle.kill(a, 'SIGKILL'));
  expect(b.machine.host.resolve('a')).toEqual([]);
  expect(a.address).toBe('');
});

test('a published port of the laptop leads into the container, and is taken for others', () => {
  const { engine, laptop, run } = setUp();
  const portBindings = [{ containerPort: '80/tcp', hostIp: '0.0.0.0', hostPort: 8080 }];
  start(run, engine, { image: 'tools', cmd: ['server'], portBindings });
  laptop.sim.run(laptop.sim.nowUs + 1000);
  let answer = '';
  laptop.host.connect({ address: '127.0.0.1', port: 8080 }, {
    onConnected: (endpoint) => {
      endpoint.send('hello', 5);
      return { onMessage: (_from, message) => void (answer = String(message)), onClosed: () => undefined };
    },
    onFailed: () => undefined,
  });
  laptop.sim.run(laptop.sim.nowUs + 10_000);
  expect(answer).toBe('echo hello');
  const second = run(engine.create({ image: 'tools', name: 'second', portBindings }));
  expect(() => run(engine.start(second))).toThrow(/^driver failed programming external connectivity on endpoint second \([0-9a-f]{64}\): Bind for 0.0.0.0:8080 failed: port is already allocated$/);
  expect(second.exitCode).toBe(128);
});

test('a restart policy starts a failing container as often as it says', () => {
  const { engine, laptop, run } = setUp();
  const container = start(run, engine, { image: 'tools', cmd: ['failing'], restartPolicy: { name: 'on-failure', maximumRetryCount: 3 } });
  laptop.sim.run(laptop.sim.nowUs + 30_000_000);
  expect([container.restartCount, container.status, container.exitCode]).toEqual([3, 'exited', 3]);
});

test('files stay over a restart, and a volume outlives its container', () => {
  const { engine, run } = setUp();
  const container = start(run, engine, { image: 'tools', name: 'keeper' });
  container.machine.files.writeFile('/data/kept', 'volume');
  container.machine.files.writeFile('/etc/own', 'layer');
  run(engine.restart(container, 0));
  expect(container.machine.files.find('/etc/own')?.kind).toBe('regular');
  const next = run(engine.create({ image: 'tools', name: 'next', volumesOf: container }));
  run(engine.remove(container, { force: true }));
  run(engine.start(next));
  expect(decodeText(next.machine.files.regular('/data/kept').read())).toBe('volume');
  expect(next.machine.files.find('/etc/own')).toBeUndefined();
});

test('the last words of a dead container are in its log', () => {
  const { engine, laptop, run } = setUp();
  const container = start(run, engine, { image: 'tools' });
  laptop.sim.run(laptop.sim.nowUs + 1000);
  run(engine.lifecycle.kill(container, 'SIGKILL'));
  expect(decodeText(container.log.entry(0)?.bytes ?? new Uint8Array(0))).toBe('up\n');
  expect(() => run(engine.exec(container, { argv: ['sleeper'], env: [], user: '', stdin: false }))).toThrow(DockerError);
});
