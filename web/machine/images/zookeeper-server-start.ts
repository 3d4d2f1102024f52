import type { LogEvent, LogSink } from '../../engine/kernel/logger';
import type { Op } from '../../engine/kernel/task';
import { Condition } from '../../engine/kernel/waitables';
import { ZooKeeperServer } from '../../engine/zookeeper/server/zookeeper-server';
import { COSTS } from '../os/costs';
import { exitCodeOf } from '../os/exit-status';
import type { Process } from '../os/process';
import { type Program, ProcessExit } from '../os/program';
import { SystemDisk } from '../os/system-disk';
import { decodeText } from '../os/text';
import { formatLogEvent } from '../programs/lib/log4j';
import { PrintStream } from '../programs/lib/print-stream';
import { formatZooKeeperEvent } from '../programs/zookeeper/zk-cli';
import { kafkaJavaEnvironment, zooKeeperJavaEnvironment } from './java-environment';
import { kafkaClassPath } from './kafka-libraries';
import { parseProperties } from '../programs/lib/properties';
import { runningServers } from './running-servers';

const HEAP_BYTES = 256 * 1024 ** 2;
const HOME = '/opt/zookeeper-3.4.6';
const CLASS_PATH = [
  'build/classes', 'build/lib/*.jar', 'lib/slf4j-log4j12-1.6.1.jar', 'lib/slf4j-api-1.6.1.jar', 'lib/netty-3.7.0.Final.jar', 'lib/log4j-1.2.16.jar',
  'lib/jline-0.9.94.jar', 'zookeeper-3.4.6.jar', 'src/java/lib/*.jar', 'conf:',
].map((path) => `${HOME}/bin/../${path}`).join(':');

interface ZooKeeperRun {
  readonly configPath: string;
  readonly classPath: string;
  readonly environment: ReadonlyMap<string, string>;
  readonly heapBytes: number;
  format(event: LogEvent, dateMs: number): string;
}

/** QuorumPeerMain as the machine's Java process. It knows no orderly end: a signal ends it. */
function* runZooKeeper(process: Process, run: ZooKeeperRun): Op<number> {
  const { machine } = process;
  const settings = parseProperties(decodeText(process.files.readFile(run.configPath.replace('/bin/..', ''))));
  process.argv.splice(0, process.argv.length, 'java', '-Dzookeeper.log.dir=.', '-Dzookeeper.root.logger=INFO,CONSOLE', '-cp', run.classPath, 'org.apache.zookeeper.server.quorum.QuorumPeerMain', run.configPath);
  process.holdMemory(run.heapBytes);
  const out = new PrintStream(process, 1);
  yield* process.sleep(COSTS.jvmStartUs);
  const log: LogSink = (event) => {
    if (event.level !== 'DEBUG' && event.level !== 'TRACE') out.print(run.format(event, machine.sim.dateMs()));
  };
  const number = (key: string, otherwise: number): number => Number(settings.get(key) ?? otherwise);
  const ended = new Condition();
  const server = new ZooKeeperServer(
    { sim: machine.sim, host: machine.host, disk: new SystemDisk(machine.files, process.uid), log, onExit: (code) => process.interrupt(new ProcessExit(code)) },
    {
      clientPort: number('clientPort', 2181),
      tickTimeMs: number('tickTime', 3000),
      dataDir: settings.get('dataDir') ?? '/tmp/zookeeper',
      configPath: run.configPath,
      maxClientCnxns: number('maxClientCnxns', 60),
      minSessionTimeoutMs: number('minSessionTimeout', -1),
      maxSessionTimeoutMs: number('maxSessionTimeout', -1),
      snapRetainCount: number('autopurge.snapRetainCount', 3),
      purgeIntervalHours: number('autopurge.purgeInterval', 0),
      environment: run.environment,
    },
  );
  const servers = runningServers(machine);
  servers.zookeepers.add(server);
  process.atExit(() => {
    server.halt();
    servers.zookeepers.delete(server);
  });
  server.start();
  for (;;) yield ended;
}

/** `zkServer.sh start-foreground` of ZooKeeper's own distribution. */
export const zkServer: Program = {
  name: 'zkServer.sh',
  *main(process) {
    yield* process.out(`JMX enabled by default\nUsing config: ${HOME}/bin/../conf/zoo.cfg\n`);
    const [action] = process.args;
    if (action !== 'start-foreground') {
      yield* process.out(`Usage: ${process.argv[0] as string} {start|start-foreground|stop|restart|status|upgrade|print-cmd}\n`);
      return 1;
    }
    return yield* runZooKeeper(process, {
      configPath: `${HOME}/bin/../conf/zoo.cfg`,
      classPath: CLASS_PATH,
      environment: zooKeeperJavaEnvironment(process, CLASS_PATH),
      heapBytes: HEAP_BYTES,
      format: formatZooKeeperEvent,
    });
  },
};

/** `start-zk.sh`, the image's entry: turns the purge on, then starts the server in the foreground. */
export const startZk: Program = {
  name: 'start-zk.sh',
  *main(process) {
    const path = `${HOME}/conf/zoo.cfg`;
    const edited = decodeText(process.files.readFile(path)).replace(/^#(autopurge\..*)$/gm, '$1');
    process.files.writeFile(path, edited);
    const child = process.spawn({ program: zkServer, argv: [`${HOME}/bin/zkServer.sh`, 'start-foreground'] });
    const status = yield* process.waitFor(child);
    return exitCodeOf(status);
  },
};

/** `zookeeper-server-start.sh` of Kafka's distribution. */
export const zooKeeperServerStart: Program = {
  name: 'zookeeper-server-start.sh',
  *main(process) {
    const [configPath] = process.args.filter((word) => word !== '-daemon');
    if (configPath === undefined) {
      yield* process.out(`USAGE: ${process.argv[0] as string} [-daemon] zookeeper.properties\n`);
      return 1;
    }
    return yield* runZooKeeper(process, {
      configPath: process.files.resolve(configPath),
      classPath: kafkaClassPath(),
      environment: kafkaJavaEnvironment(process, kafkaClassPath()),
      heapBytes: 2 * HEAP_BYTES,
      format: formatLogEvent,
    });
  },
};

/** `zookeeper-server-stop.sh` of Kafka's distribution. */
export const zooKeeperServerStop: Program = {
  name: 'zookeeper-server-stop.sh',
  *main(process) {
    const servers = [...process.machine.processes.values()].filter((each) => each.argv.includes('org.apache.zookeeper.server.quorum.QuorumPeerMain'));
    if (servers.length === 0) {
      yield* process.out('No zookeeper server to stop\n');
      return 1;
    }
    for (const server of servers) server.signal('SIGTERM');
    return 0;
  },
};
