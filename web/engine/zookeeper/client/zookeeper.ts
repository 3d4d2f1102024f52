import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Future } from '../../kernel/waitables';
import type { ConnectionHandler, Endpoint } from '../../network/connection';
import type { ConnectFailure, PendingConnect } from '../../network/host';
import { KeeperError } from './keeper-error';
import {
  type ConnectedMessage,
  isZkMessage,
  type ReplyMessage,
  type SessionId,
  type WatchedEvent,
  type WatchMessage,
  type ZkRequest,
  type ZkResponse,
} from './messages';
import { sendZkMessage } from './traffic';
import { pathOfRequest, withChroot, withoutChroot } from './chroot';
import { ClientLog } from './client-log';
import { ClientWatches } from './client-watches';
import type { ZooKeeperClientEnvironment } from './client-environment';
import { Heartbeat } from './heartbeat';
import { type Packet, RequestQueue } from './request-queue';
import { type ConnectTargets, parseConnectString, type ServerAddress } from './connect-string';

export interface ZooKeeperOptions {
  readonly connectString: string;
  readonly sessionTimeoutMs: number;
  /** What `watcher=` of the first log line says. */
  readonly watcherName: string;
  onEvent(event: WatchedEvent): void;
}

export type ZooKeeperState = 'CONNECTING' | 'CONNECTED' | 'CLOSED';

/** How long it waits before it tries the same server again: a second, and 100 ms for putting the old socket away. */
const SPIN_DELAY_US = 1_100_000;
/** Who waits for an answer hears of a lost connection before the thread that tells watchers gets there. */
const EVENT_THREAD_US = 500;
const PING_XID = -2;
const SET_WATCHES_XID = -8;

/**
 * One session with ZooKeeper, as `org.apache.zookeeper.ZooKeeper` holds it: connects, reconnects, pings, and ends when the session expires.
 *
 * Errors: the constructor throws ConnectStringError. A request's answer has a code; ConnectionLoss and SessionExpired come from here.
 * Trace: `zookeeper.sent`.
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/ClientCnxn.java
 */
export class ZooKeeper {
  state: ZooKeeperState = 'CONNECTING';
  sessionId: SessionId = 0n;
  /** What the server granted; 0 before. */
  negotiatedTimeoutMs = 0;
  private readonly sim: Simulation;
  private readonly log: ClientLog;
  private readonly targets: ConnectTargets;
  private readonly watches = new ClientWatches();
  private password = '';
  private connectTimeoutMs: number;
  private lastZxid = 0;
  private nextServer = 0;
  private firstConnect = true;
  private attempts = 0;
  private pendingConnect: PendingConnect | undefined;
  private endpoint: Endpoint | undefined;
  private readonly heartbeat: Heartbeat;
  /** The end of the session was asked for: losing the connection is no surprise any more. */
  private closing = false;
  private halted = false;
  private readonly requests = new RequestQueue();
  private connectEvent: SimEvent | undefined;

  constructor(
    private readonly env: ZooKeeperClientEnvironment,
    private readonly options: ZooKeeperOptions,
  ) {
    this.sim = env.sim;
    this.log = new ClientLog(env);
    this.log.sayEnvironment();
    const { connectString, sessionTimeoutMs, watcherName } = options;
    this.log.client(
      'INFO',
      `Initiating client connection, connectString=${connectString} sessionTimeout=${sessionTimeoutMs} watcher=${watcherName}`,
      'ZooKeeper@438',
    );
    this.targets = parseConnectString(connectString, env.host, this.sim.random(`zookeeper.servers.${env.host.name}`));
    this.connectTimeoutMs = Math.floor(sessionTimeoutMs / this.targets.servers.length);
    this.heartbeat = new Heartbeat(this.sim, {
      ping: () => this.send(PING_XID, { op: 'ping' }),
      onSilence: () => this.timedOut(),
    });
    this.connectAfter(0);
  }

  get alive(): boolean {
    return this.state !== 'CLOSED';
  }

  /** Sends a request, or keeps it until there is a connection. The future never fails; its answer's `code` says how it went. */
  submit(request: ZkRequest): Future<ZkResponse> {
    const future = new Future<ZkResponse>();
    const packet = { request, future };
    if (this.halted) return future;
    if (!this.alive) future.resolve({ code: 'SessionExpired' });
    else if (this.state === 'CONNECTED') this.transmit(packet);
    else this.requests.wait(packet);
    return future;
  }

  /** As `submit`, and waits. Throws KeeperError. */
  *request(request: ZkRequest): Op<ZkResponse> {
    const response = yield* this.submit(request).wait();
    if (response.code !== 'Ok') throw new KeeperError(response.code, pathOfRequest(request));
    return response;
  }

  /** Ends the session and the connection. */
  *close(): Op<void> {
    if (!this.alive) return;
    const answer = this.submit({ op: 'closeSession' });
    this.closing = true;
    yield* answer.wait();
    this.stop('CLOSED');
    this.log.closed(this.sessionId);
  }

  /** The process was killed: the connection goes, the session stays until it expires. Nobody hears of it: what was asked is never answered. */
  halt(): void {
    this.halted = true;
    this.dropConnection();
    this.state = 'CLOSED';
    this.requests.forget();
  }

  private connectAfter(delayUs: number): void {
    this.connectEvent = this.sim.after(delayUs, () => this.connectNext(), undefined);
  }

  private connectNext(): void {
    const { servers } = this.targets;
    const server = servers[this.nextServer] as ServerAddress;
    this.log.server = server;
    this.nextServer = (this.nextServer + 1) % servers.length;
    this.attempts += 1;
    this.log.opening();
    this.heartbeat.expectWithin(this.connectTimeoutMs);
    this.pendingConnect = this.env.host.connect(server, {
      onConnected: (endpoint) => this.socketConnected(endpoint),
      onFailed: (failure) => this.connectFailed(failure),
    });
  }

  private connectFailed(failure: ConnectFailure): void {
    this.log.connectFailed(this.sessionId, failure);
    this.disconnected();
  }

  private socketConnected(endpoint: Endpoint): ConnectionHandler {
    this.endpoint = endpoint;
    this.pendingConnect = undefined;
    this.firstConnect = false;
    this.log.connected();
    this.sim.after(0, () => this.prime(endpoint), undefined);
    return {
      onMessage: (_endpoint, message) => this.received(endpoint, message),
      onClosed: () => this.serverWentAway(endpoint),
    };
  }

  private prime(endpoint: Endpoint): void {
    if (endpoint !== this.endpoint) return;
    this.heartbeat.sent();
    sendZkMessage(endpoint, {
      kind: 'zk.connect',
      timeoutMs: this.options.sessionTimeoutMs,
      sessionId: this.sessionId,
      password: this.password,
      lastZxidSeen: this.lastZxid,
    });
  }

  private received(endpoint: Endpoint, message: unknown): void {
    if (endpoint !== this.endpoint || !isZkMessage(message)) return;
    this.heartbeat.heard();
    if (message.kind === 'zk.connected') this.sessionAnswered(message);
    else if (message.kind === 'zk.reply') this.replied(message);
    else if (message.kind === 'zk.watch') this.watchFired(message);
  }

  private sessionAnswered(message: ConnectedMessage): void {
    if (message.timeoutMs <= 0) {
      this.expired();
      return;
    }
    this.negotiatedTimeoutMs = message.timeoutMs;
    this.connectTimeoutMs = Math.floor(message.timeoutMs / this.targets.servers.length);
    this.sessionId = message.sessionId;
    this.password = message.password;
    this.state = 'CONNECTED';
    this.log.established(this.sessionId, message.timeoutMs);
    const renewal = this.watches.renewal(this.lastZxid);
    if (renewal !== undefined) this.send(SET_WATCHES_XID, renewal);
    for (const packet of this.requests.takeWaiting()) this.transmit(packet);
    this.heartbeat.begin(Math.floor((message.timeoutMs * 2) / 3));
    this.tell({ type: 'None', state: 'SyncConnected', path: null });
  }

  private expired(): void {
    this.log.expired(this.sessionId);
    this.stop('CLOSED');
    this.tell({ type: 'None', state: 'Expired', path: null });
    this.log.eventThreadEnded(this.sessionId);
  }

  private transmit(packet: Packet): void {
    this.send(this.requests.sent(packet), withChroot(packet.request, this.targets.chroot));
  }

  private send(xid: number, request: ZkRequest): void {
    this.heartbeat.sent();
    if (this.endpoint !== undefined) sendZkMessage(this.endpoint, { kind: 'zk.request', xid, request });
  }

  private replied(message: ReplyMessage): void {
    if (message.xid === PING_XID || message.xid === SET_WATCHES_XID) return;
    const packet = this.requests.answered(message.xid);
    if (message.zxid > 0) this.lastZxid = message.zxid;
    this.watches.answered(withChroot(packet.request, this.targets.chroot), message.response.code);
    packet.future.resolve(withoutChroot(message.response, this.targets.chroot));
  }

  private watchFired(message: WatchMessage): void {
    if (!this.watches.fired(message.type, message.path)) return;
    const { chroot } = this.targets;
    const path = chroot !== '' && message.path.startsWith(chroot) ? message.path.slice(chroot.length) || '/' : message.path;
    this.tell({ type: message.type, state: 'SyncConnected', path });
  }

  private tell(event: WatchedEvent): void {
    if (!this.halted) this.options.onEvent(event);
  }

  private timedOut(): void {
    this.log.timedOut(this.sessionId, this.heartbeat.silentMs);
    this.disconnected();
  }

  private serverWentAway(endpoint: Endpoint): void {
    if (endpoint !== this.endpoint) return;
    if (this.closing) {
      this.stop('CLOSED');
      return;
    }
    this.log.serverWentAway(this.sessionId);
    this.disconnected();
  }

  private disconnected(): void {
    if (this.closing) {
      this.stop('CLOSED');
      return;
    }
    this.dropConnection();
    this.state = 'CONNECTING';
    this.requests.lose('ConnectionLoss');
    this.sim.after(EVENT_THREAD_US, () => this.tell({ type: 'None', state: 'Disconnected', path: null }), undefined);
    if (this.alive) this.connectAfter(this.pauseUs());
  }

  private pauseUs(): number {
    const random = this.firstConnect ? 0 : this.sim.random(`zookeeper.reconnect.${this.env.host.name}`).below(1000) * 1000;
    return random + (this.attempts % this.targets.servers.length === 0 ? SPIN_DELAY_US : 0);
  }

  private dropConnection(): void {
    this.heartbeat.stop();
    this.sim.cancel(this.connectEvent);
    this.pendingConnect?.cancel();
    this.pendingConnect = undefined;
    const { endpoint } = this;
    this.endpoint = undefined;
    endpoint?.close();
  }

  private stop(state: ZooKeeperState): void {
    this.dropConnection();
    this.state = state;
    this.requests.lose(this.alive ? 'ConnectionLoss' : 'SessionExpired');
  }
}
