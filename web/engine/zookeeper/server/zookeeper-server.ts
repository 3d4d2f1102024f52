import { ioExceptionOf } from '../../kernel/disk-error';
import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';
import { ListenError, type Listener } from '../../network/host';
import type { SessionId, ZkResponse } from '../client/messages';
import { ClientFront } from './client-front';
import type { DataTree } from './data-tree';
import { Database } from './database';
import { answerFourLetterWord, type InspectedServer } from './four-letter-words';
import { type PipelineRequest, RequestPipeline } from './request-pipeline';
import { RequestProcessor } from './request-processor';
import { type ServerConnection, shortName } from './server-connection';
import { hex, MAIN_THREAD, ServerLog, SESSION_THREAD, SYNC_THREAD } from './server-log';
import { ServerStats } from './server-stats';
import { type Session, sessionClosed, sessionCreated, sessionExpired, SessionTracker } from './session-tracker';
import { sayPurge, startupSteps } from './startup-log';
import type { ZooKeeperConfig, ZooKeeperEnvironment } from './zookeeper-config';

/** What a server has from the moment it listens. */
interface RunningParts {
  readonly database: Database;
  readonly sessions: SessionTracker;
  readonly processor: RequestProcessor;
  readonly front: ClientFront;
  readonly listener: Listener;
}

const HOUR_US = 3_600_000_000;
const NO_CONNECTIONS: ReadonlySet<ServerConnection> = new Set();

/**
 * A standalone ZooKeeper: sessions, znodes, watches, on disk and over the network.
 *
 * Trace: `session.created`, `session.expired`, `session.closed`, `zookeeper.sent`.
 * Simplified: no ensemble; ACLs and quotas are not enforced.
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/ZooKeeperServer.java
 */
export class ZooKeeperServer implements InspectedServer {
  readonly config: Required<ZooKeeperConfig>;
  readonly stats = new ServerStats();
  private readonly sim: Simulation;
  private readonly log: ServerLog;
  private readonly pipeline: RequestPipeline;
  private started: RunningParts | undefined;
  private readonly timers = new Set<SimEvent>();

  constructor(
    private readonly env: ZooKeeperEnvironment,
    config: ZooKeeperConfig,
  ) {
    this.sim = env.sim;
    this.log = new ServerLog(env.log);
    this.config = {
      configPath: `${config.dataDir}/../conf/zoo.cfg`,
      maxClientCnxns: 60,
      minSessionTimeoutMs: -1,
      maxSessionTimeoutMs: -1,
      snapRetainCount: 3,
      purgeIntervalHours: 1,
      environment: new Map(),
      ...config,
    };
    this.pipeline = new RequestPipeline(this.sim, (request) => this.processed(request));
  }

  /** True while clients can connect. */
  get running(): boolean {
    return this.started !== undefined;
  }

  /** Throws when the server is not running. */
  get tree(): DataTree {
    return this.parts.database.tree;
  }

  /** Sessions that live now; none while the server does not run. */
  get sessions(): Iterable<Session> {
    return this.started?.sessions.all ?? [];
  }

  get connections(): ReadonlySet<ServerConnection> {
    return this.started?.front.connections ?? NO_CONNECTIONS;
  }

  /** The connection over which a session is held; undefined while its client is cut off. */
  connectionOf(sessionId: SessionId): ServerConnection | undefined {
    return this.started?.front.connectionOf(sessionId);
  }

  get hostName(): string {
    return this.env.host.name;
  }

  get dataDirectory(): string {
    return `${this.config.dataDir}/version-2`;
  }

  get outstandingRequests(): number {
    return this.pipeline.outstanding;
  }

  get minSessionTimeoutMs(): number {
    return this.config.minSessionTimeoutMs === -1 ? this.config.tickTimeMs * 2 : this.config.minSessionTimeoutMs;
  }

  get maxSessionTimeoutMs(): number {
    return this.config.maxSessionTimeoutMs === -1 ? this.config.tickTimeMs * 20 : this.config.maxSessionTimeoutMs;
  }

  /** Starts; it listens about 0.1 s later. */
  start(): void {
    let afterUs = 0;
    for (const step of startupSteps({ ...this.config, hostName: this.hostName })) {
      afterUs += step.afterUs;
      this.later(afterUs, () => step.say(this.log));
    }
    this.later(afterUs, () => this.open());
    if (this.config.purgeIntervalHours > 0) this.later(this.config.purgeIntervalHours * HOUR_US, () => this.purge());
  }

  /** Ends as the process does: at once, saying nothing. Every answered change is on disk. */
  halt(): void {
    for (const timer of this.timers) this.sim.cancel(timer);
    this.timers.clear();
    this.pipeline.stop();
    this.started?.sessions.stop();
    this.started?.listener.close();
    this.started?.front.halt();
    this.started = undefined;
  }

  /** ZooKeeper does nothing on SIGTERM that it would not do when killed. */
  shutdown(): void {
    this.halt();
  }

  private get parts(): RunningParts {
    if (this.started === undefined) throw new Error('the ZooKeeper server is not running');
    return this.started;
  }

  private later(delayUs: number, action: () => void): void {
    const timer: SimEvent = this.sim.after(
      delayUs,
      () => {
        this.timers.delete(timer);
        action();
      },
      undefined,
    );
    this.timers.add(timer);
  }

  private open(): void {
    const database = new Database(this.env.disk, this.dataDirectory, this.sim.random(`zookeeper.snapshots.${this.hostName}`), {
      onNewLogFile: (name) => this.log.info(SYNC_THREAD, 'FileTxnLog@199', `Creating new log file: ${name}`),
      onSnapshot: (zxid, path) => this.log.info('Snapshot Thread', 'FileTxnSnapLog@240', `Snapshotting: ${hex(zxid)} to ${path}`),
    });
    const sessions = new SessionTracker(this.sim, this.config.tickTimeMs, (session) => this.expire(session));
    const front = this.newFront(database, sessions);
    const listener = this.listen(front);
    if (listener === undefined) return;
    for (const [id, timeoutMs] of database.sessionTimeoutsMs) sessions.add(id, timeoutMs);
    this.started = {
      database,
      sessions,
      front,
      listener,
      processor: new RequestProcessor(this.sim, database, sessions, this.log),
    };
  }

  private newFront(database: Database, sessionTracker: SessionTracker): ClientFront {
    const { sim, log, stats, config, minSessionTimeoutMs, maxSessionTimeoutMs } = this;
    return new ClientFront({
      sim,
      log,
      stats,
      sessionTracker,
      get lastZxid() {
        return database.lastZxid;
      },
      clientPort: config.clientPort,
      maxClientCnxns: config.maxClientCnxns,
      minSessionTimeoutMs,
      maxSessionTimeoutMs,
      submit: (request) => this.pipeline.submit(request),
      answerWord: (word) => answerFourLetterWord(this, word),
      onConnectionClosed: (connection) => database.tree.removeWatcher(connection),
    });
  }

  private listen(front: ClientFront): Listener | undefined {
    try {
      return this.env.host.listen({ port: this.config.clientPort }, (endpoint) => front.accept(endpoint));
    } catch (error) {
      if (!(error instanceof ListenError)) throw error;
      const frames =
        '\tat sun.nio.ch.Net.bind0(Native Method)\n\tat sun.nio.ch.ServerSocketChannelImpl.bind(ServerSocketChannelImpl.java:126)';
      this.log.error(
        MAIN_THREAD,
        'ZooKeeperServerMain@63',
        'Unexpected exception, exiting abnormally',
        `java.net.BindException: ${error.message}\n${frames}`,
      );
      this.exit(1);
      return undefined;
    }
  }

  private purge(): void {
    sayPurge(this.log);
    this.started?.database.purge(this.config.snapRetainCount);
    this.later(this.config.purgeIntervalHours * HOUR_US, () => this.purge());
  }

  private exit(code: number): void {
    this.halt();
    this.env.onExit?.(code);
  }

  private processed(request: PipelineRequest): void {
    try {
      this.answer(request, this.parts.processor.process(request));
    } catch (error) {
      const exception = ioExceptionOf(error);
      if (exception === undefined) throw error;
      const [method, line] = exception.startsWith('java.io.FileNotFoundException') ? ['open', '<init>'] : ['writeBytes', 'write'];
      const frames = `\tat java.io.FileOutputStream.${method}(Native Method)\n\tat java.io.FileOutputStream.${line}(FileOutputStream.java:${line === 'write' ? 345 : 221})`;
      this.log.error(
        SYNC_THREAD,
        'SyncRequestProcessor@183',
        'Severe unrecoverable error, exiting',
        `${exception}\n${frames}`,
      );
      this.exit(11);
    }
  }

  private answer(request: PipelineRequest, response: ZkResponse): void {
    const { front, database } = this.parts;
    const { connection, request: asked, sessionId, cxid } = request;
    if (asked.op === 'closeSession') this.emit(sessionClosed, sessionId);
    if (connection === undefined) {
      const bound = front.connectionOf(sessionId);
      if (bound !== undefined) front.close(bound);
      return;
    }
    const latencyMs = Math.floor((this.sim.nowUs - request.receivedUs) / 1000);
    this.stats.answered(latencyMs);
    connection.answered(shortName(asked.op), cxid, database.lastZxid, { nowMs: this.sim.dateMs(), latencyMs });
    if (asked.op === 'createSession') {
      this.emit(sessionCreated, sessionId);
      front.finishSession(connection, true);
      return;
    }
    connection.outstanding -= 1;
    connection.send({ kind: 'zk.reply', xid: cxid, zxid: database.lastZxid, response });
    if (asked.op === 'closeSession') front.close(connection);
  }

  private expire(session: Session): void {
    this.log.info(
      SESSION_THREAD,
      'ZooKeeperServer@347',
      `Expiring session ${hex(session.id)}, timeout of ${session.timeoutMs}ms exceeded`,
    );
    this.emit(sessionExpired, session.id);
    this.pipeline.submit({
      connection: undefined,
      sessionId: session.id,
      cxid: 0,
      request: { op: 'closeSession' },
      receivedUs: this.sim.nowUs,
    });
  }

  private emit(type: typeof sessionCreated, sessionId: SessionId): void {
    const channel = this.sim.trace.channel(type);
    if (channel.hot) channel.emit({ host: this.hostName, id: hex(sessionId) });
  }
}
