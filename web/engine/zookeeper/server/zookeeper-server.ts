import type { Disk } from '../../kernel/disk';
import { DiskFullError } from '../../kernel/disk';
import type { SimEvent } from '../../kernel/event-queue';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import { type ConnectionHandler, type Endpoint } from '../../network/connection';
import { type Host, ListenError, type Listener } from '../../network/host';
import { type ConnectMessage, isZkMessage, type RequestMessage, type SessionId, type ZkResponse } from '../client/messages';
import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8';
import type { DataTree } from './data-tree';
import { Database } from './database';
import { answerFourLetterWord, isFourLetterWord } from './four-letter-words';
import { RequestPipeline, type PipelineRequest } from './request-pipeline';
import { RequestProcessor } from './request-processor';
import { ServerConnection } from './server-connection';
import { hex, MAIN_THREAD, ServerLog, SESSION_THREAD, SYNC_THREAD } from './server-log';
import { ServerStats } from './server-stats';
import { type Session, sessionClosed, sessionCreated, sessionExpired, SessionTracker } from './session-tracker';
import { sayPurge, startupSteps } from './startup-log';

export interface ZooKeeperEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly disk: Disk;
  readonly log: LogSink;
  /** The server ended by itself, with this exit code: it could not listen, or could not write. */
  readonly onExit?: (code: number) => void;
}

/** What zoo.cfg says. Times in ms; -1 for the session timeouts is 2 and 20 ticks. */
export interface ZooKeeperConfig {
  readonly clientPort: number;
  readonly tickTimeMs: number;
  readonly dataDir: string;
  readonly configPath?: string;
  readonly maxClientCnxns?: number;
  readonly minSessionTimeoutMs?: number;
  readonly maxSessionTimeoutMs?: number;
  readonly snapRetainCount?: number;
  readonly purgeIntervalHours?: number;
  /** System properties of its JVM: `java.version`, `os.name`, `user.dir` and the like. */
  readonly environment?: ReadonlyMap<string, string>;
}

/** What a server has from the moment it listens. */
interface RunningParts {
  readonly database: Database;
  readonly sessions: SessionTracker;
  readonly processor: RequestProcessor;
  readonly listener: Listener;
}

const HOUR_US = 3_600_000_000;
const PASSWORD_SALT = 0xb3415c00n;
const SHORT_NAMES: Record<string, string> = {
  createSession: 'SESS',
  closeSession: 'CLOS',
  create: 'CREA',
  delete: 'DELE',
  setData: 'SETD',
  setACL: 'SETA',
  getData: 'GETD',
  getChildren: 'GETC',
  getACL: 'GETA',
  exists: 'EXIS',
  setWatches: 'SETW',
  sync: 'SYNC',
  multi: 'MULT',
  check: 'CHEC',
  ping: 'PING',
};
const END_OF_STREAM_FRAMES = [
  '\tat org.apache.zookeeper.server.NIOServerCnxn.doIO(NIOServerCnxn.java:228)',
  '\tat org.apache.zookeeper.server.NIOServerCnxnFactory.run(NIOServerCnxnFactory.java:208)',
  '\tat java.lang.Thread.run(Thread.java:745)',
];

/**
 * A standalone ZooKeeper: sessions, znodes, watches, on disk and over the network.
 *
 * Trace: `session.created`, `session.expired`, `session.closed`, `zookeeper.sent`.
 * Simplified: no ensemble; ACLs and quotas are not enforced.
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/ZooKeeperServer.java, NIOServerCnxn.java
 */
export class ZooKeeperServer {
  readonly config: Required<ZooKeeperConfig>;
  readonly stats = new ServerStats();
  readonly connections = new Set<ServerConnection>();
  readonly pipeline: RequestPipeline;
  private readonly sim: Simulation;
  private readonly log: ServerLog;
  private readonly bySession = new Map<SessionId, ServerConnection>();
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
    return this.database.tree;
  }

  get database(): Database {
    return this.parts.database;
  }

  /** Sessions that live now; none while the server does not run. */
  get sessions(): Iterable<Session> {
    return this.started?.sessions.all ?? [];
  }

  connectionOf(sessionId: SessionId): ServerConnection | undefined {
    return this.bySession.get(sessionId);
  }

  get minSessionTimeoutMs(): number {
    return this.config.minSessionTimeoutMs === -1 ? this.config.tickTimeMs * 2 : this.config.minSessionTimeoutMs;
  }

  get maxSessionTimeoutMs(): number {
    return this.config.maxSessionTimeoutMs === -1 ? this.config.tickTimeMs * 20 : this.config.maxSessionTimeoutMs;
  }

  /** Starts; it listens about 0.1 s later. */
  start(): void {
    const steps = startupSteps({ ...this.config, hostName: this.env.host.name });
    let afterUs = 0;
    for (const step of steps) {
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
    this.started = undefined;
    for (const connection of this.connections) connection.endpoint.close();
    this.connections.clear();
    this.bySession.clear();
  }

  /** ZooKeeper does nothing on SIGTERM that it would not do when killed. */
  shutdown(): void {
    this.halt();
  }

  private get parts(): RunningParts {
    if (this.started === undefined) throw new Error('the ZooKeeper server is not running');
    return this.started;
  }

  private get nioThread(): string {
    return `NIOServerCxn.Factory:0.0.0.0/0.0.0.0:${this.config.clientPort}`;
  }

  private later(delayUs: number, action: () => void): void {
    const timer: SimEvent = this.sim.after(delayUs, () => {
      this.timers.delete(timer);
      action();
    }, undefined);
    this.timers.add(timer);
  }

  private open(): void {
    const database = new Database(this.env.disk, `${this.config.dataDir}/version-2`, this.sim.random(`zookeeper.snapshots.${this.env.host.name}`), {
      onNewLogFile: (name) => this.log.info(SYNC_THREAD, 'FileTxnLog@199', `Creating new log file: ${name}`),
      onSnapshot: (zxid, path) => this.log.info('Snapshot Thread', 'FileTxnSnapLog@240', `Snapshotting: ${hex(zxid)} to ${path}`),
    });
    const listener = this.listen();
    if (listener === undefined) return;
    const sessions = new SessionTracker(this.sim, this.config.tickTimeMs, (session) => this.expire(session));
    for (const [id, timeoutMs] of database.sessionTimeoutsMs) sessions.add(id, timeoutMs);
    this.started = { database, sessions, listener, processor: new RequestProcessor(this.sim, database, sessions, this.log) };
  }

  private listen(): Listener | undefined {
    try {
      return this.env.host.listen({ port: this.config.clientPort }, (endpoint) => this.accept(endpoint));
    } catch (error) {
      if (!(error instanceof ListenError)) throw error;
      const frames = '\tat sun.nio.ch.Net.bind0(Native Method)\n\tat sun.nio.ch.ServerSocketChannelImpl.bind(ServerSocketChannelImpl.java:126)';
      this.log.error(MAIN_THREAD, 'ZooKeeperServerMain@63', 'Unexpected exception, exiting abnormally', `java.net.BindException: ${error.message}\n${frames}`);
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

  private accept(endpoint: Endpoint): ConnectionHandler {
    const connection = new ServerConnection(endpoint, this.sim.dateMs(), () => {
      this.stats.packetsSent += 1;
    });
    const { maxClientCnxns } = this.config;
    const same = [...this.connections].filter((each) => each.endpoint.remoteAddress === endpoint.remoteAddress).length;
    if (maxClientCnxns > 0 && same >= maxClientCnxns) {
      this.log.warn(this.nioThread, 'NIOServerCnxnFactory@193', `Too many connections from /${endpoint.remoteAddress} - max is ${maxClientCnxns}`);
      endpoint.close();
      return { onMessage: () => undefined, onClosed: () => undefined };
    }
    this.log.info(this.nioThread, 'NIOServerCnxnFactory@197', `Accepted socket connection from ${connection.remote}`);
    this.connections.add(connection);
    return {
      onMessage: (_endpoint, message) => this.received(connection, message),
      onClosed: () => this.clientWentAway(connection),
    };
  }

  private received(connection: ServerConnection, message: unknown): void {
    if (this.started === undefined || !this.connections.has(connection)) return;
    if (message instanceof Uint8Array && connection.sessionId === 0n) this.receivedText(connection, message);
    else if (!isZkMessage(message)) this.receivedNonsense(connection, 'java.io.EOFException');
    else if (message.kind === 'zk.connect') this.connect(connection, message);
    else if (message.kind === 'zk.request') this.receivedRequest(connection, message);
  }

  private receivedText(connection: ServerConnection, bytes: Uint8Array): void {
    const word = decodeUtf8(bytes.subarray(0, 4));
    if (!isFourLetterWord(word)) {
      const length = bytes.length < 4 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getInt32(0);
      this.receivedNonsense(connection, `java.io.IOException: Len error ${length}`);
      return;
    }
    this.log.info(this.nioThread, 'NIOServerCnxn@827', `Processing ${word} command from ${connection.remote}`);
    this.count(connection);
    if (word === 'stat') this.log.info('Thread-1', 'NIOServerCnxn$StatCommand@663', 'Stat command output');
    connection.sendText(encodeUtf8(answerFourLetterWord(this, word, this.env.host.name)));
    this.close(connection);
  }

  private receivedNonsense(connection: ServerConnection, why: string): void {
    this.log.warn(this.nioThread, 'NIOServerCnxn@362', `Exception causing close of session ${hex(connection.sessionId)} due to ${why}`);
    this.close(connection);
  }

  private count(connection: ServerConnection): void {
    connection.counts.received += 1;
    this.stats.packetsReceived += 1;
  }

  private connect(connection: ServerConnection, message: ConnectMessage): void {
    this.count(connection);
    const { database, sessions } = this.parts;
    if (message.lastZxidSeen > database.lastZxid) {
      const seen = `as it has seen zxid ${hex(message.lastZxidSeen)} our last zxid is ${hex(database.lastZxid)}`;
      this.log.info(this.nioThread, 'ZooKeeperServer@841', `Refusing session request for client ${connection.remote} ${seen} client must try another server`);
      this.close(connection);
      return;
    }
    const timeoutMs = Math.min(Math.max(message.timeoutMs, this.minSessionTimeoutMs), this.maxSessionTimeoutMs);
    connection.sessionTimeoutMs = timeoutMs;
    if (message.sessionId !== 0n) {
      this.renew(connection, message);
      return;
    }
    this.log.info(this.nioThread, 'ZooKeeperServer@868', `Client attempting to establish new session at ${connection.remote}`);
    const session = sessions.create(timeoutMs);
    this.bind(connection, session.id);
    this.pipeline.submit({ connection, sessionId: session.id, cxid: 0, request: { op: 'createSession', timeoutMs }, receivedUs: this.sim.nowUs });
  }

  private renew(connection: ServerConnection, message: ConnectMessage): void {
    const { sessionId } = message;
    this.log.info(this.nioThread, 'ZooKeeperServer@861', `Client attempting to renew session ${hex(sessionId)} at ${connection.remote}`);
    const old = this.bySession.get(sessionId);
    if (old !== undefined) this.close(old);
    this.bind(connection, sessionId);
    const valid = message.password === passwordOf(sessionId) && this.parts.sessions.touch(sessionId);
    this.finishSession(connection, valid);
  }

  private bind(connection: ServerConnection, sessionId: SessionId): void {
    connection.sessionId = sessionId;
    this.bySession.set(sessionId, connection);
  }

  private finishSession(connection: ServerConnection, valid: boolean): void {
    const { sessionId, sessionTimeoutMs } = connection;
    const timeoutMs = valid ? sessionTimeoutMs : 0;
    connection.send({ kind: 'zk.connected', timeoutMs, sessionId: valid ? sessionId : 0n, password: valid ? passwordOf(sessionId) : '' });
    if (valid) {
      const what = `Established session ${hex(sessionId)} with negotiated timeout ${sessionTimeoutMs}`;
      this.log.info(SYNC_THREAD, 'ZooKeeperServer@617', `${what} for client ${connection.remote}`);
      return;
    }
    this.log.info(this.nioThread, 'ZooKeeperServer@610', `Invalid session ${hex(sessionId)} for client ${connection.remote}, probably expired`);
    this.close(connection);
  }

  private receivedRequest(connection: ServerConnection, message: RequestMessage): void {
    this.count(connection);
    const { sessions } = this.parts;
    if (!sessions.touch(connection.sessionId) && sessions.get(connection.sessionId) === undefined) return;
    connection.outstanding += 1;
    const { sessionId } = connection;
    this.pipeline.submit({ connection, sessionId, cxid: message.xid, request: message.request, receivedUs: this.sim.nowUs });
  }

  private processed(request: PipelineRequest): void {
    const { processor } = this.parts;
    try {
      this.answer(request, processor.process(request));
    } catch (error) {
      if (!(error instanceof DiskFullError)) throw error;
      const frames = '\tat java.io.FileOutputStream.writeBytes(Native Method)\n\tat java.io.FileOutputStream.write(FileOutputStream.java:345)';
      const throwable = `java.io.IOException: ${error.message}\n${frames}`;
      this.log.error(SYNC_THREAD, 'SyncRequestProcessor@183', 'Severe unrecoverable error, exiting', throwable);
      this.exit(11);
    }
  }

  private answer(request: PipelineRequest, response: ZkResponse): void {
    const { op } = request.request;
    if (op === 'closeSession') this.emit(sessionClosed, request.sessionId);
    const { connection } = request;
    if (connection === undefined) {
      const bound = this.bySession.get(request.sessionId);
      if (bound !== undefined) this.close(bound);
      return;
    }
    const latencyMs = Math.floor((this.sim.nowUs - request.receivedUs) / 1000);
    const zxid = this.database.lastZxid;
    this.stats.answered(latencyMs);
    connection.answered(SHORT_NAMES[op] ?? 'NA', request.cxid, zxid, { nowMs: this.sim.dateMs(), latencyMs });
    if (op === 'createSession') {
      this.emit(sessionCreated, request.sessionId);
      if (this.connections.has(connection)) this.finishSession(connection, true);
      return;
    }
    connection.outstanding -= 1;
    connection.send({ kind: 'zk.reply', xid: request.cxid, zxid, response });
    if (op === 'closeSession') this.close(connection);
  }

  private expire(session: Session): void {
    this.log.info(SESSION_THREAD, 'ZooKeeperServer@347', `Expiring session ${hex(session.id)}, timeout of ${session.timeoutMs}ms exceeded`);
    this.emit(sessionExpired, session.id);
    this.pipeline.submit({ connection: undefined, sessionId: session.id, cxid: 0, request: { op: 'closeSession' }, receivedUs: this.sim.nowUs });
  }

  private clientWentAway(connection: ServerConnection): void {
    if (!this.connections.has(connection)) return;
    const what = `EndOfStreamException: Unable to read additional data from client sessionid ${hex(connection.sessionId)}`;
    const throwable = [`${what}, likely client has closed socket`, ...END_OF_STREAM_FRAMES].join('\n');
    this.log.warn(this.nioThread, 'NIOServerCnxn@357', 'caught end of stream exception', throwable);
    this.close(connection);
  }

  private close(connection: ServerConnection): void {
    if (!this.connections.delete(connection)) return;
    if (this.bySession.get(connection.sessionId) === connection) this.bySession.delete(connection.sessionId);
    this.started?.database.tree.removeWatcher(connection);
    connection.endpoint.close();
    const whose = connection.sessionId === 0n ? ' (no session established for client)' : ` which had sessionid ${hex(connection.sessionId)}`;
    this.log.info(this.nioThread, 'NIOServerCnxn@1007', `Closed socket connection for client ${connection.remote}${whose}`);
  }

  private emit(type: typeof sessionCreated, sessionId: SessionId): void {
    const channel = this.sim.trace.channel(type);
    if (channel.hot) channel.emit({ host: this.env.host.name, id: hex(sessionId) });
  }

}

function passwordOf(sessionId: SessionId): string {
  return (sessionId ^ PASSWORD_SALT).toString(16);
}
