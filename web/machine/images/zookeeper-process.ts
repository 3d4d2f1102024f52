import { ZooKeeperServer } from '../../engine/zookeeper/server/zookeeper-server';
import type { LogEvent } from '../../engine/kernel/logger';
import { Condition } from '../../engine/kernel/waitables';
import { COSTS } from '../os/costs';
import { FileError } from '../os/file-error';
import type { Program } from '../os/program';
import { SystemDisk } from '../os/system-disk';
import { decodeText } from '../os/text';
import { log4jDate } from '../programs/lib/date-text';
import { PrintStream } from '../programs/lib/print-stream';
import { ZOOKEEPER_JAVA } from './java-environment';
import { runningServersOf } from './running-servers';
import { parseProperties } from './server-properties';

export const ZOOKEEPER_HOME = '/opt/zookeeper-3.4.6';
const CONFIG_PATH = `${ZOOKEEPER_HOME}/bin/../conf/zoo.cfg`;
const HEAP_BYTES = 256 * 1024 * 1024;

/** `%d{ISO8601} [myid:%X{myid}] - %-5p [%t:%C{1}@%L] - %m%n`. */
function formatLine(event: LogEvent, dateMs: number): string {
  const line = `${log4jDate(dateMs)} [myid:] - ${event.level.padEnd(5)} [${event.thread ?? 'main'}:${event.location ?? event.logger}] - ${event.message}\n`;
  return event.throwable === undefined ? line : `${line}${event.throwable}\n`;
}

/**
 * The image's entry point: ZooKeeper in the foreground with the settings of `conf/zoo.cfg`.
 * @source wurstmeister/zookeeper-docker 3.4.6 start-zk.sh
 */
export const startZooKeeper: Program = {
  name: 'start-zk.sh',
  *main(process) {
    const { machine } = process;
    const out = new PrintStream(process, 1);
    out.print('JMX enabled by default\n');
    out.print(`Using config: ${CONFIG_PATH}\n`);
    let settings: Map<string, string>;
    try {
      settings = parseProperties(decodeText(process.files.readFile(CONFIG_PATH)));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      out.print(`${log4jDate(machine.sim.dateMs())} [myid:] - ERROR [main:QuorumPeerMain@85] - Invalid config, exiting abnormally\n`);
      return 2;
    }
    process.argv.splice(0, process.argv.length, 'java', '-Dzookeeper.log.dir=.', 'org.apache.zookeeper.server.quorum.QuorumPeerMain', CONFIG_PATH);
    process.holdMemory(HEAP_BYTES);
    yield* process.sleep(COSTS.jvmStartUs / 4);
    let exitCode: number | undefined;
    const exited = new Condition();
    const server = new ZooKeeperServer(
      {
        sim: machine.sim,
        host: machine.host,
        disk: new SystemDisk(machine.files),
        log: (event) => out.print(formatLine(event, machine.sim.dateMs())),
        onExit: (code) => {
          exitCode = code;
          exited.notifyAll();
        },
      },
      {
        clientPort: Number(settings.get('clientPort') ?? 2181),
        tickTimeMs: Number(settings.get('tickTime') ?? 2000),
        dataDir: settings.get('dataDir') ?? `${ZOOKEEPER_HOME}/data`,
        configPath: CONFIG_PATH,
        snapRetainCount: Number(settings.get('autopurge.snapRetainCount') ?? 3),
        purgeIntervalHours: Number(settings.get('autopurge.purgeInterval') ?? 1),
        environment: ZOOKEEPER_JAVA,
      },
    );
    const servers = runningServersOf(machine.sim);
    servers.zookeepers.set(machine, server);
    process.atExit(() => {
      server.halt();
      servers.zookeepers.delete(machine);
    });
    server.start();
    while (exitCode === undefined) yield exited;
    yield* out.flush();
    return exitCode;
  },
};
