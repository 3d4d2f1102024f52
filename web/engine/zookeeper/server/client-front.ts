import type { Simulation } from '../../kernel/simulation';
import type { ConnectionHandler, Endpoint } from '../../network/connection';
import { decodeUtf8, encodeUtf8 } from '../../protocol/utf8';
import { type ConnectMessage, isZkMessage, type RequestMessage, type SessionId } from '../client/messages';
import { isFourLetterWord } from './four-letter-words';
import type { PipelineRequest } from './request-pipeline';
import { ServerConnection } from './server-connection';
import { hex, type ServerLog, SYNC_THREAD } from './server-log';
import type { ServerStats } from './server-stats';
import type { SessionTracker } from './session-tracker';

const PASSWORD_SALT = 0xb3415c00n;
const END_OF_STREAM_FRAMES = [
  '\tat org.apache.zookeeper.server.NIOServerCnxn.doIO(NIOServerCnxn.java:228)',
  '\tat org.apache.zookeeper.server.NIOServerCnxnFactory.run(NIOServerCnxnFactory.java:208)',
  '\tat java.lang.Thread.run(Thread.java:745)',
];

/** What the front needs of the server behind it. */
export interface ServerBehind {
  readonly sim: Simulation;
  readonly log: ServerLog;
  readonly stats: ServerStats;
  readonly sessionTracker: SessionTracker;
  readonly lastZxid: number;
  readonly clientPort: number;
  readonly maxClientCnxns: number;
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  submit(request: PipelineRequest): void;
  answerWord(word: string): string;
  /** The connection is gone: its watches too. */
  onConnectionClosed(connection: ServerConnection): void;
}

/**
 * The server's side of the network: accepts connections, opens sessions on them, hands requests on and closes.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/NIOServerCnxn.java, ZooKeeperServer.java processConnectRequest
 */
export class ClientFront {
  readonly connections = new Set<ServerConnection>();
  private readonly bySession = new Map<SessionId, ServerConnection>();
  private readonly log: ServerLog;
  private readonly nioThread: string;

  constructor(private readonly server: ServerBehind) {
    this.log = server.log;
    this.nioThread = `NIOServerCxn.Factory:0.0.0.0/0.0.0.0:${server.clientPort}`;
  }

  connectionOf(sessionId: SessionId): ServerConnection | undefined {
    return this.bySession.get(sessionId);
  }

  /** The process ends: all sockets close, nothing is said. */
  halt(): void {
    for (const connection of this.connections) connection.endpoint.close();
    this.connections.clear();
    this.bySession.clear();
  }

  accept(endpoint: Endpoint): ConnectionHandler {
    const { stats, sim, maxClientCnxns } = this.server;
    const connection = new ServerConnection(endpoint, sim.dateMs(), () => {
      stats.packetsSent += 1;
    });
    const same = [...this.connections].filter((each) => each.endpoint.remoteAddress === endpoint.remoteAddress).length;
    if (maxClientCnxns > 0 && same >= maxClientCnxns) {
      this.log.warn(
        this.nioThread,
        'NIOServerCnxnFactory@193',
        `Too many connections from /${endpoint.remoteAddress} - max is ${maxClientCnxns}`,
      );
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

  /** Tells a client that its session is there (`valid`), or that it is not, and then closes. */
  finishSession(connection: ServerConnection, valid: boolean): void {
    if (!this.connections.has(connection)) return;
    const { sessionId, sessionTimeoutMs } = connection;
    if (valid) {
      connection.send({ kind: 'zk.connected', timeoutMs: sessionTimeoutMs, sessionId, password: passwordOf(sessionId) });
      const what = `Established session ${hex(sessionId)} with negotiated timeout ${sessionTimeoutMs}`;
      this.log.info(SYNC_THREAD, 'ZooKeeperServer@617', `${what} for client ${connection.remote}`);
      return;
    }
    connection.send({ kind: 'zk.connected', timeoutMs: 0, sessionId: 0n, password: '' });
    this.log.info(
      this.nioThread,
      'ZooKeeperServer@610',
      `Invalid session ${hex(sessionId)} for client ${connection.remote}, probably expired`,
    );
    this.close(connection);
  }

  close(connection: ServerConnection): void {
    if (!this.connections.delete(connection)) return;
    if (this.bySession.get(connection.sessionId) === connection) this.bySession.delete(connection.sessionId);
    this.server.onConnectionClosed(connection);
    connection.endpoint.close();
    const whose =
      connection.sessionId === 0n ? ' (no session established for client)' : ` which had sessionid ${hex(connection.sessionId)}`;
    this.log.info(this.nioThread, 'NIOServerCnxn@1007', `Closed socket connection for client ${connection.remote}${whose}`);
  }

  private received(connection: ServerConnection, message: unknown): void {
    if (!this.connections.has(connection)) return;
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
    connection.sendText(encodeUtf8(this.server.answerWord(word)));
    this.close(connection);
  }

  private receivedNonsense(connection: ServerConnection, why: string): void {
    this.log.warn(
      this.nioThread,
      'NIOServerCnxn@362',
      `Exception causing close of session ${hex(connection.sessionId)} due to ${why}`,
    );
    this.close(connection);
  }

  private count(connection: ServerConnection): void {
    connection.counts.received += 1;
    this.server.stats.packetsReceived += 1;
  }

  private connect(connection: ServerConnection, message: ConnectMessage): void {
    this.count(connection);
    const { lastZxid, minSessionTimeoutMs, maxSessionTimeoutMs, sessionTracker, sim } = this.server;
    if (message.lastZxidSeen > lastZxid) {
      const seen = `as it has seen zxid ${hex(message.lastZxidSeen)} our last zxid is ${hex(lastZxid)}`;
      this.log.info(
        this.nioThread,
        'ZooKeeperServer@841',
        `Refusing session request for client ${connection.remote} ${seen} client must try another server`,
      );
      this.close(connection);
      return;
    }
    const timeoutMs = Math.min(Math.max(message.timeoutMs, minSessionTimeoutMs), maxSessionTimeoutMs);
    connection.sessionTimeoutMs = timeoutMs;
    if (message.sessionId !== 0n) {
      this.renew(connection, message);
      return;
    }
    this.log.info(this.nioThread, 'ZooKeeperServer@868', `Client attempting to establish new session at ${connection.remote}`);
    const { id } = sessionTracker.create(timeoutMs);
    this.bind(connection, id);
    this.server.submit({
      connection,
      sessionId: id,
      cxid: 0,
      request: { op: 'createSession', timeoutMs },
      receivedUs: sim.nowUs,
    });
  }

  private renew(connection: ServerConnection, message: ConnectMessage): void {
    const { sessionId } = message;
    this.log.info(
      this.nioThread,
      'ZooKeeperServer@861',
      `Client attempting to renew session ${hex(sessionId)} at ${connection.remote}`,
    );
    const old = this.bySession.get(sessionId);
    if (old !== undefined) this.close(old);
    this.bind(connection, sessionId);
    this.finishSession(connection, message.password === passwordOf(sessionId) && this.server.sessionTracker.touch(sessionId));
  }

  private bind(connection: ServerConnection, sessionId: SessionId): void {
    connection.sessionId = sessionId;
    this.bySession.set(sessionId, connection);
  }

  private receivedRequest(connection: ServerConnection, message: RequestMessage): void {
    this.count(connection);
    const { sessionTracker, sim } = this.server;
    const { sessionId } = connection;
    if (!sessionTracker.touch(sessionId) && sessionTracker.get(sessionId) === undefined) return;
    connection.outstanding += 1;
    this.server.submit({ connection, sessionId, cxid: message.xid, request: message.request, receivedUs: sim.nowUs });
  }

  private clientWentAway(connection: ServerConnection): void {
    if (!this.connections.has(connection)) return;
    const what = `EndOfStreamException: Unable to read additional data from client sessionid ${hex(connection.sessionId)}`;
    const throwable = [`${what}, likely client has closed socket`, ...END_OF_STREAM_FRAMES].join('\n');
    this.log.warn(this.nioThread, 'NIOServerCnxn@357', 'caught end of stream exception', throwable);
    this.close(connection);
  }
}

function passwordOf(sessionId: SessionId): string {
  return (sessionId ^ PASSWORD_SALT).toString(16);
}
