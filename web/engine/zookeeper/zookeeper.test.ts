import { beforeEach, describe, expect, test } from 'vitest';
import type { LogEvent } from '../kernel/logger';
import { MemoryDisk } from '../kernel/memory-disk';
import { Simulation } from '../kernel/simulation';
import { type Op, spawn } from '../kernel/task';
import type { Host } from '../network/host';
import { Network } from '../network/network';
import { ZooKeeperClient } from './client/zookeeper-client';
import type { WatchedEvent } from './client/messages';
import { ZooKeeperServer } from './server/zookeeper-server';
import { decodeUtf8, encodeUtf8 } from '../protocol/utf8';

const SECOND_US = 1_000_000;

interface World {
  sim: Simulation;
  network: Network;
  disk: MemoryDisk;
  zookeeper: Host;
  kafka: Host;
  server: ZooKeeperServer;
  lines: LogEvent[];
  clientLines: LogEvent[];
}

let world: World;

function newServer(): ZooKeeperServer {
  const { sim, zookeeper, disk, lines } = world;
  return new ZooKeeperServer(
    { sim, host: zookeeper, disk, log: (event) => lines.push(event) },
    { clientPort: 2181, tickTimeMs: 2000, dataDir: '/data' },
  );
}

function newClient(sessionTimeoutMs = 6000, watched: WatchedEvent[] = []): ZooKeeperClient {
  const { sim, kafka, clientLines } = world;
  const options = {
    connectString: 'zookeeper:2181',
    sessionTimeoutMs,
    onWatch: (event: WatchedEvent) => void watched.push(event),
  };
  return new ZooKeeperClient({ sim, host: kafka, log: (event) => clientLines.push(event) }, options);
}

/** Runs to the end of `body`, at most an hour, and returns its value. */
function run<T>(body: Op<T>): T {
  const { sim } = world;
  const task = spawn(sim, body, () => undefined);
  const endUs = sim.nowUs + 3600 * SECOND_US;
  while (!task.done && sim.nowUs < endUs) sim.step();
  if (task.outcome === undefined) throw new Error('did not end');
  if ('error' in task.outcome) throw task.outcome.error;
  return task.outcome.value;
}

function wait(seconds: number): void {
  world.sim.run(world.sim.nowUs + seconds * SECOND_US);
}

beforeEach(() => {
  const sim = new Simulation({ seed: 1 });
  const network = new Network(sim);
  const segment = network.addSegment('lab', '172.18.0');
  const zookeeper = network.addHost('zookeeper');
  const kafka = network.addHost('kafka');
  for (const host of [zookeeper, kafka]) segment.addName(host.name, segment.attach(host));
  world = { sim, network, disk: new MemoryDisk(), zookeeper, kafka, lines: [], clientLines: [] } as unknown as World;
  world.server = newServer();
  world.server.start();
  wait(1);
});

describe('sessions', () => {
  test('ids count up from the server number and its start date, as in a published log', () => {
    const [first, second] = [newClient(), newClient()];
    run(first.connectAndWait());
    run(second.connectAndWait());
    expect(first.sessionId.toString(16)).toMatch(/^164[0-9a-f]{8}0000$/);
    expect(second.sessionId).toBe(first.sessionId + 1n);
  });

  test('a killed client loses its session 6 to 8 seconds after its last sign of life, and its ephemeral znode with it', () => {
    const watched: WatchedEvent[] = [];
    const [broker, other] = [newClient(), newClient(30000, watched)];
    run(broker.connectAndWait());
    run(broker.create('/controller', encodeUtf8('1'), { ephemeral: true }));
    run(other.connectAndWait());
    other.registerZNodeChangeHandler({ path: '/controller' });
    run(other.exists('/controller'));
    broker.halt();
    const killedUs = world.sim.nowUs;
    while (watched.length === 0) world.sim.step();
    const seconds = (world.sim.nowUs - killedUs) / SECOND_US;
    expect(seconds).toBeGreaterThan(4);
    expect(seconds).toBeLessThan(8.1);
    expect(watched).toEqual([{ type: 'NodeDeleted', state: 'SyncConnected', path: '/controller' }]);
    expect(world.lines.map((line) => line.message)).toContain(
      `Expiring session 0x${broker.sessionId.toString(16)}, timeout of 6000ms exceeded`,
    );
  });

  test('a client that closes loses its ephemeral znodes at once', () => {
    const [broker, other] = [newClient(), newClient()];
    run(broker.connectAndWait());
    run(broker.create('/controller', null, { ephemeral: true }));
    run(broker.close());
    run(other.connectAndWait());
    expect(run(other.exists('/controller'))).toBeUndefined();
  });

  test('heartbeats keep a silent client alive for hours', () => {
    const client = newClient();
    run(client.connectAndWait());
    const { sessionId } = client;
    wait(7200);
    expect(client.sessionId).toBe(sessionId);
    expect(client.connected).toBe(true);
  });

  test('a client cut off for longer than its session begins another one', () => {
    const client = newClient();
    run(client.connectAndWait());
    const { sessionId } = client;
    world.network.cut(world.kafka, world.zookeeper);
    wait(30);
    expect(client.state).toBe('CONNECTING');
    world.network.heal();
    wait(30);
    expect(client.connected).toBe(true);
    expect(client.sessionId).not.toBe(sessionId);
    expect(world.clientLines.map((line) => line.message)).toContain('[ZooKeeperClient] Session expired.');
  });

  test('a server that is not there is tried again about once a second', () => {
    world.server.halt();
    const client = newClient(30000);
    expect(() => run(client.connectAndWait())).toThrow('Timed out waiting for connection while in state: CONNECTING');
    const refused = world.clientLines.filter((line) => line.level === 'WARN');
    expect(refused.length).toBeGreaterThan(20);
    expect(refused[0]?.throwable).toMatch(/^java.net.ConnectException: Connection refused\n/);
  });
});

describe('znodes', () => {
  test('versions, numbers of sequential znodes and statistics follow the changes', () => {
    const client = newClient();
    run(client.connectAndWait());
    run(client.create('/a', encodeUtf8('x')));
    expect(run(client.create('/a/n_', null, { sequential: true }))).toBe('/a/n_0000000000');
    expect(run(client.create('/a/n_', null, { sequential: true }))).toBe('/a/n_0000000001');
    run(client.delete('/a/n_0000000000'));
    expect(run(client.setData('/a', encodeUtf8('yy'))).version).toBe(1);
    const { data, stat } = run(client.getData('/a'));
    expect(decodeUtf8(data as Uint8Array)).toBe('yy');
    expect(stat).toMatchObject({ version: 1, cversion: 3, numChildren: 1, dataLength: 2, ephemeralOwner: 0n });
    expect(stat.pzxid).toBe(stat.mzxid - 1);
  });

  test('what cannot be done is refused with the right code, and logged', () => {
    const client = newClient();
    run(client.connectAndWait());
    expect(() => run(client.create('/brokers/ids', null))).toThrow('KeeperErrorCode = NoNode for /brokers/ids');
    const message = world.lines.at(-1)?.message;
    expect(message).toMatch(
      /type:create cxid:0x1 zxid:0x2 txntype:-1 reqpath:n\/a Error Path:\/brokers Error:KeeperErrorCode = NoNode for \/brokers$/,
    );
    run(client.create('/brokers', null));
    run(client.create('/brokers/ids', null));
    expect(() => run(client.create('/brokers', null))).toThrow('NodeExists for /brokers');
    expect(() => run(client.delete('/brokers'))).toThrow('Directory not empty for /brokers');
    expect(() => run(client.setData('/brokers', null, 7))).toThrow('BadVersion for /brokers');
    run(client.create('/e', null, { ephemeral: true }));
    expect(() => run(client.create('/e/child', null))).toThrow('NoChildrenForEphemerals for /e/child');
  });

  test('a multi happens whole or not at all', () => {
    const client = newClient();
    run(client.connectAndWait());
    const parts = [{ op: 'create', path: '/a', data: null } as const, { op: 'create', path: '/a/b', data: null } as const];
    expect(() => run(client.multi([...parts, { op: 'delete', path: '/none', version: -1 }]))).toThrow('NoNode for /none');
    expect(run(client.exists('/a'))).toBeUndefined();
    run(client.multi(parts));
    expect(run(client.getChildren('/a'))).toEqual(['b']);
  });

  test('a watch fires once', () => {
    const watched: WatchedEvent[] = [];
    const client = newClient(6000, watched);
    run(client.connectAndWait());
    run(client.create('/a', null));
    client.registerZNodeChildChangeHandler({ path: '/a', handleChildChange: () => undefined });
    run(client.getChildren('/a'));
    run(client.create('/a/1', null));
    run(client.create('/a/2', null));
    expect(watched.map((event) => event.type)).toEqual(['NodeChildrenChanged']);
  });
});

describe('restart', () => {
  test('a killed server knows what it answered, keeps its sessions and goes on with the next zxid', () => {
    const watched: WatchedEvent[] = [];
    const client = newClient(6000, watched);
    run(client.connectAndWait());
    run(client.create('/topics', null));
    run(client.create('/broker', encodeUtf8('alive'), { ephemeral: true }));
    client.registerZNodeChildChangeHandler({ path: '/topics', handleChildChange: () => undefined });
    run(client.getChildren('/topics'));
    const { sessionId } = client;
    const zxid = world.server.tree.lastProcessedZxid;
    world.server.halt();
    wait(1);
    world.server = newServer();
    world.server.start();
    wait(4);
    expect(client.sessionId).toBe(sessionId);
    expect(decodeUtf8(run(client.getData('/broker')).data as Uint8Array)).toBe('alive');
    expect(world.server.tree.lastProcessedZxid).toBe(zxid);
    run(client.create('/topics/orders', null));
    wait(1);
    expect(watched.map((event) => event.path)).toEqual(['/topics']);
    expect(world.lines.map((line) => line.message)).toContain(`Creating new log file: log.${(zxid + 1).toString(16)}`);
  });

  test('a server without its files refuses a client that has seen more than it knows', () => {
    const client = newClient();
    run(client.connectAndWait());
    run(client.create('/a', null));
    world.server.halt();
    world.disk.remove('/data');
    world.server = newServer();
    world.server.start();
    wait(5);
    expect(client.state).toBe('CONNECTING');
    expect(world.lines.some((line) => line.message.includes('client must try another server'))).toBe(true);
  });
});

test('a server that lost its older log starts with what the newer one says', () => {
  const client = newClient();
  run(client.connectAndWait());
  run(client.create('/a', encodeUtf8('1')));
  world.server.halt();
  world.server = newServer();
  world.server.start();
  wait(5);
  run(client.create('/a/child', encodeUtf8('2')));
  run(client.create('/b', encodeUtf8('3')));
  world.server.halt();
  world.disk.remove('/data/version-2/log.1');
  world.server = newServer();
  world.server.start();
  wait(5);
  expect(world.server.running).toBe(true);
  expect([...world.server.tree.nodes.keys()]).toContain('/b');
  expect([...world.server.tree.nodes.keys()]).not.toContain('/a/child');
});

test('four letter words answer as text and close', () => {
  const client = newClient();
  run(client.connectAndWait());
  let text = '';
  world.kafka.connect(
    { address: '172.18.0.2', port: 2181 },
    {
      onFailed: () => undefined,
      onConnected: (endpoint) => {
        world.sim.after(0, () => endpoint.send(encodeUtf8('srvr'), 4), undefined);
        return {
          onMessage: (_endpoint, message) => void (text += decodeUtf8(message as Uint8Array)),
          onClosed: () => void (text += '<closed>'),
        };
      },
    },
  );
  wait(1);
  expect(text).toMatch(/^Zookeeper version: 3.4.6-1569965, built on 02\/20\/2014 09:09 GMT\nLatency min\/avg\/max: 0\/0\/0\n/);
  expect(text).toMatch(/Zxid: 0x1\nMode: standalone\nNode count: 4\n<closed>$/);
});
