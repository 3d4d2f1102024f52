import type { LogSink } from '../../../engine/kernel/logger';
import type { Op } from '../../../engine/kernel/task';
import { ConnectStringError } from '../../../engine/zookeeper/client/connect-string';
import type { WatchedEvent, ZkRequest, ZkResponse } from '../../../engine/zookeeper/client/messages';
import { pathProblem } from '../../../engine/zookeeper/client/path';
import { ZooKeeper } from '../../../engine/zookeeper/client/zookeeper';
import { type Jvm, UncaughtException } from '../lib/jvm';
import { IllegalArgument } from './illegal-argument';
import { usageLines } from './shell-text';

/** Where the lines of the client's log go, and the properties of its JVM when it logs those. */
export interface ShellLog {
  readonly log: LogSink;
  readonly javaEnvironment?: ReadonlyMap<string, string>;
}

/** A shell's connection to ZooKeeper, and what it prints of it. */
export class ShellSession {
  printWatches = true;
  private zooKeeper: ZooKeeper | undefined;

  constructor(
    private readonly jvm: Jvm,
    private readonly log: ShellLog,
    private readonly timeoutMs: number,
    public host: string,
  ) {}

  /** CONNECTING, CONNECTED or CLOSED, as the prompt shows it. */
  get state(): string {
    return this.zooKeeper?.state ?? 'CLOSED';
  }

  get connected(): boolean {
    return this.zooKeeper?.alive === true;
  }

  out(line: string): void {
    this.jvm.out.println(line);
  }

  err(line: string): void {
    this.jvm.err.println(line);
  }

  usage(): void {
    for (const line of usageLines()) this.err(line);
  }

  /** Ends the session there was and begins one with `host`. An unknown name ends the program. */
  *connect(host: string): Op<void> {
    yield* this.close();
    this.host = host;
    const { sim, host: machine } = this.jvm.process.machine;
    const watcherName = `org.apache.zookeeper.ZooKeeperMain$MyWatcher@${sim.random('identity-hash').hex(8)}`;
    try {
      const options = {
        connectString: host,
        sessionTimeoutMs: this.timeoutMs,
        watcherName,
        onEvent: (event: WatchedEvent) => this.onEvent(event),
      };
      this.zooKeeper = this.jvm.ownsClient(new ZooKeeper({ sim, host: machine, ...this.log }, options));
    } catch (error) {
      if (!(error instanceof ConnectStringError)) throw error;
      throw new UncaughtException({ text: `${error.javaClass}: ${error.message}`, frames: CONNECT_FRAMES });
    }
  }

  *close(): Op<void> {
    if (this.zooKeeper !== undefined) yield* this.zooKeeper.close();
  }

  /** Throws KeeperError; IllegalArgument for what is no path. */
  *request(request: ZkRequest): Op<ZkResponse> {
    const path = 'path' in request ? request.path : undefined;
    const sequential = request.op === 'create' && request.sequential === true;
    const problem = path === undefined ? undefined : pathProblem(sequential ? `${path}1` : path);
    if (problem !== undefined) throw new IllegalArgument(problem);
    return yield* (this.zooKeeper as ZooKeeper).request(request);
  }

  private onEvent(event: WatchedEvent): void {
    if (!this.printWatches || !this.jvm.process.alive) return;
    this.out('\nWATCHER::');
    this.out(`\nWatchedEvent state:${event.state} type:${event.type} path:${event.path ?? 'null'}`);
  }
}

const CONNECT_FRAMES = [
  'java.net.Inet4AddressImpl.lookupAllHostAddr(Native Method)',
  'java.net.InetAddress$2.lookupAllHostAddr(InetAddress.java:928)',
  'java.net.InetAddress.getAllByName(InetAddress.java:1192)',
  'org.apache.zookeeper.client.StaticHostProvider.<init>(StaticHostProvider.java:61)',
  'org.apache.zookeeper.ZooKeeper.<init>(ZooKeeper.java:446)',
  'org.apache.zookeeper.ZooKeeperMain.connectToZK(ZooKeeperMain.java:277)',
  'org.apache.zookeeper.ZooKeeperMain.<init>(ZooKeeperMain.java:291)',
  'org.apache.zookeeper.ZooKeeperMain.main(ZooKeeperMain.java:283)',
];
