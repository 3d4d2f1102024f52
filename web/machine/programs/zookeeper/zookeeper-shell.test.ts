import { beforeEach, describe, expect, test } from 'vitest';
import { MemoryDisk } from '../../../engine/kernel/memory-disk';
import { ZooKeeperServer } from '../../../engine/zookeeper/server/zookeeper-server';
import type { Machine } from '../../os/machine';
import { runProgram, testMachine } from '../../os/testing';
import { zkCli } from './zk-cli';
import { zookeeperShell } from './zookeeper-shell';

const GREETING = 'Connecting to localhost:2181\n';
const WELCOME = `${GREETING}Welcome to ZooKeeper!\nJLine support is disabled\n`;
const CONNECTED = '\nWATCHER::\n\nWatchedEvent state:SyncConnected type:None path:null\n';
let machine: Machine;
let server: ZooKeeperServer;

function shell(input: string, ...args: string[]): { stdout: string; stderr: string; code: number | undefined } {
  const { stdout, stderr, status } = runProgram(machine, zookeeperShell, ['zookeeper-shell.sh', ...args], {
    stdin: input,
    forUs: 40_000_000,
  });
  return { stdout, stderr, code: status?.code };
}

beforeEach(() => {
  machine = testMachine();
  const { sim, host } = machine;
  server = new ZooKeeperServer(
    { sim, host, disk: new MemoryDisk(), log: () => undefined },
    { clientPort: 2181, tickTimeMs: 2000, dataDir: '/data' },
  );
  server.start();
  sim.run(1_000_000);
});

test('one command, and its refusal', () => {
  expect(shell('', 'localhost:2181', 'ls', '/')).toEqual({ stdout: `${GREETING}${CONNECTED}[zookeeper]\n`, stderr: '', code: 0 });
  expect(shell('', 'localhost:2181', 'get', '/none')).toEqual({
    stdout: GREETING + CONNECTED,
    stderr: 'Node does not exist: /none\n',
    code: 0,
  });
});

test('a session that was not ended is there until it expires', () => {
  shell('', 'localhost:2181', 'create', '-e', '/e', 'x');
  expect(server.tree.node('/e')).toBeUndefined();
  runProgram(machine, zookeeperShell, ['zookeeper-shell.sh', 'localhost:2181', 'create', '-e', '/e', 'x'], { forUs: 5_000_000 });
  expect(server.tree.node('/e')).toBeDefined();
});

test('lines from a pipe: znodes, statistics, a watch that fires, history', () => {
  const { stdout, stderr, code } = shell(
    'create /foo bar\nget /foo watch\nset /foo baz\ncreate -s /seq x\nls2 /\nhistory\nquit\n',
    'localhost:2181',
  );
  expect(stdout).toBe(
    `${WELCOME}${CONNECTED}bar\n\nWATCHER::\n\nWatchedEvent state:SyncConnected type:NodeDataChanged path:/foo\n` +
      '[foo, seq0000000001, zookeeper]\n0 - create /foo bar\n1 - get /foo watch\n2 - set /foo baz\n3 - create -s /seq x\n4 - ls2 /\n5 - history\nQuitting...\n',
  );
  expect(stderr).toMatch(/^Created \/foo\ncZxid = 0x2\nctime = Wed Jun 20 10:00:0\d UTC 2018\nmZxid = 0x2\n/);
  expect(stderr).toContain(
    'dataVersion = 1\naclVersion = 0\nephemeralOwner = 0x0\ndataLength = 3\nnumChildren = 0\nCreated /seq0000000001\n',
  );
  expect(code).toBe(0);
});

test('the help lists the commands in the recorded order', () => {
  const help = shell('help\n', 'localhost:2181').stderr;
  expect(help).toMatch(
    /^ZooKeeper -server host:port cmd args\n\tstat path \[watch\]\n\tset path data \[version\]\n\tls path \[watch\]\n\tdelquota \[-n\|-b\] path\n/,
  );
  expect(help).toMatch(/\taddauth scheme auth\n\tquit \n\tgetAcl path\n\tclose \n\tconnect host:port\n$/);
});

describe('what goes wrong', () => {
  test('a path that is none', () => {
    expect(shell('ls foo\n', 'localhost:2181').stderr).toBe(
      'Command failed: java.lang.IllegalArgumentException: Path must start with / character\n',
    );
  });

  test('nobody at the other end', () => {
    server.halt();
    const { stderr, code } = shell('', 'localhost:2181', 'ls', '/');
    expect(stderr).toContain(
      'Exception in thread "main" org.apache.zookeeper.KeeperException$ConnectionLossException: KeeperErrorCode = ConnectionLoss for /\n',
    );
    expect(code).toBe(1);
  });

  test('an unknown host', () => {
    expect(shell('', 'nohost:2181', 'ls', '/').stderr).toMatch(
      /^Exception in thread "main" java.net.UnknownHostException: nohost: Name or service not known\n/,
    );
  });
});

test('a quota is set, shown and removed', () => {
  const { stdout } = shell(
    'create /a x\nsetquota -n 5 /a\nlistquota /a\ndelquota /a\nlistquota /a\nls /zookeeper/quota\n',
    'localhost:2181',
  );
  expect(stdout).toBe(`${WELCOME}${CONNECTED}Output quota for /a count=5,bytes=-1\nOutput stat for /a count=0,bytes=0\n[]\n`);
});

test('zkCli.sh asks for each line and logs to its output', () => {
  const { stdout } = runProgram(machine, zkCli, ['zkCli.sh'], { stdin: 'ls /\nquit\n', forUs: 5_000_000 });
  expect(stdout).toContain('Welcome to ZooKeeper!\nJLine support is enabled\n[zk: localhost:2181(CONNECTING) 0] ');
  expect(stdout).toMatch(
    / \[myid:\] - INFO  \[main-SendThread\(localhost:2181\):ClientCnxn\$SendThread@1235\] - Session establishment complete on server localhost\/127.0.0.1:2181, sessionid = 0x164/,
  );
  expect(stdout).toContain('[zookeeper]\n[zk: localhost:2181(CONNECTED) 1] Quitting...\n');
});
