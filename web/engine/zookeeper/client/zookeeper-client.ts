import type { LogLevel } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import { type Op, spawn } from '../../kernel/task';
import { Condition, Delay, firstOf, Future } from '../../kernel/waitables';
import { KeeperError } from './keeper-error';
import type { CreateRequest, MultiRequest, SessionId, Stat, WatchedEvent, ZkRequest, ZkResponse } from './messages';
import { pathOfRequest } from './chroot';
import type { ZooKeeperClientEnvironment } from './client-environment';
import { type StateChangeHandler, WatchHandlers, type ZNodeChangeHandler, type ZNodeChildChangeHandler } from './watch-handlers';
import { ZooKeeper, type ZooKeeperState } from './zookeeper';
import { ZooKeeperClientError } from './zookeeper-client-error';

export interface ZooKeeperClientOptions {
  readonly connectString: string;
  readonly sessionTimeoutMs: number;
  /** How long `connect`'s caller waits in `waitUntilConnected`; the session timeout when absent. */
  readonly connectionTimeoutMs?: number;
  readonly maxInFlightRequests?: number;
  readonly onStateChange?: (event: WatchedEvent) => void;
  /** Every fired watch, after the handlers registered for its path. */
  readonly onWatch?: (event: WatchedEvent) => void;
}

const LOGGER = 'kafka.zookeeper.ZooKeeperClient';
const RETRY_INITIALIZE_US = 1_000_000;

/**
 * Kafka's client of ZooKeeper: pipelines requests, watches what has a handler, and begins a new session when one expired.
 *
 * Errors: ZooKeeperClientError from waiting; ConnectStringError from `connect`; KeeperError from the convenience operations.
 * @source kafka 1.1.0 core/src/main/scala/kafka/zookeeper/ZooKeeperClient.scala
 */
export class ZooKeeperClient {
  private readonly sim: Simulation;
  private zooKeeper: ZooKeeper | undefined;
  private readonly changed = new Condition();
  private readonly slotFreed = new Condition();
  private inFlight = 0;
  private halted = false;
  private initializing: Future<void> | undefined;
  private readonly handlers = new WatchHandlers();

  constructor(
    private readonly env: ZooKeeperClientEnvironment,
    readonly options: ZooKeeperClientOptions,
  ) {
    this.sim = env.sim;
  }

  get sessionId(): SessionId {
    return this.zooKeeper?.sessionId ?? 0n;
  }

  get state(): ZooKeeperState {
    return this.zooKeeper?.state ?? 'CLOSED';
  }

  get connected(): boolean {
    return this.state === 'CONNECTED';
  }

  /** Begins a session; returns at once. Throws ConnectStringError. */
  connect(): void {
    this.log('INFO', `Initializing a new session to ${this.options.connectString}.`);
    this.zooKeeper = this.newSession(this.env);
  }

  /** Throws ZooKeeperClientError when the time is over, or the session expired. */
  *waitUntilConnected(timeoutMs = Infinity): Op<void> {
    this.log('INFO', 'Waiting until connected.');
    const endUs = this.sim.nowUs + timeoutMs * 1000;
    while (this.state === 'CONNECTING') {
      const leftUs = endUs - this.sim.nowUs;
      if (leftUs <= 0)
        throw new ZooKeeperClientError('Timeout', `Timed out waiting for connection while in state: ${this.state}`);
      if (leftUs === Infinity) yield this.changed;
      else yield* firstOf(this.changed, new Delay(this.sim, leftUs));
    }
    if (this.state === 'CLOSED')
      throw new ZooKeeperClientError('Expired', 'Session expired either before or while waiting for connection');
    this.log('INFO', 'Connected.');
  }

  /** `connect`, then waits as the constructor of Kafka's class does. */
  *connectAndWait(): Op<void> {
    this.connect();
    yield* this.waitUntilConnected(this.options.connectionTimeoutMs ?? this.options.sessionTimeoutMs);
  }

  /** Sends one request now. A read leaves a watch when a handler is registered for its path. The future's value tells how it went. */
  submit(request: ZkRequest): Future<ZkResponse> {
    if (this.zooKeeper === undefined) throw new Error('the ZooKeeper client was not connected');
    return this.zooKeeper.submit(this.withWatch(request));
  }

  /** Sends all, at most `maxInFlightRequests` at a time, and waits for all. Answers are in the order of the requests. */
  *handleRequests(requests: readonly ZkRequest[]): Op<ZkResponse[]> {
    const futures: Future<ZkResponse>[] = [];
    for (const request of requests) {
      while (this.inFlight >= (this.options.maxInFlightRequests ?? 10)) yield this.slotFreed;
      while (this.initializing !== undefined) yield this.initializing;
      this.inFlight += 1;
      const future = this.submit(request);
      future.whenDone(() => {
        this.inFlight -= 1;
        this.slotFreed.notifyOne();
      });
      futures.push(future);
    }
    const responses: ZkResponse[] = [];
    for (const future of futures) responses.push(yield* future.wait());
    return responses;
  }

  /** Sends one and waits; asks again, once connected, when the connection was lost meanwhile. Never throws KeeperError. */
  *retryUntilConnected(request: ZkRequest): Op<ZkResponse> {
    return (yield* this.retryAllUntilConnected([request]))[0] as ZkResponse;
  }

  /** As `retryUntilConnected`, for several. Answers are in the order in which they were got. */
  *retryAllUntilConnected(requests: readonly ZkRequest[]): Op<ZkResponse[]> {
    const answers: ZkResponse[] = [];
    let remaining = requests.map((_request, index) => index);
    while (remaining.length > 0) {
      const responses = yield* this.handleRequests(remaining.map((index) => requests[index] as ZkRequest));
      const lost: number[] = [];
      remaining.forEach((index, at) => {
        const response = responses[at] as ZkResponse;
        if (response.code === 'ConnectionLoss') lost.push(index);
        else answers[index] = response;
      });
      remaining = lost;
      if (remaining.length > 0) yield* this.waitUntilConnected();
    }
    return answers;
  }

  /** The created path. Throws KeeperError, as those below. */
  *create(path: string, data: Uint8Array | null, mode: Pick<CreateRequest, 'ephemeral' | 'sequential' | 'acl'> = {}): Op<string> {
    return (yield* this.require({ op: 'create', path, data, ...mode })).name as string;
  }

  *getData(path: string): Op<{ data: Uint8Array | null; stat: Stat }> {
    const response = yield* this.require({ op: 'getData', path });
    return { data: response.data ?? null, stat: response.stat as Stat };
  }

  *setData(path: string, data: Uint8Array | null, version = -1): Op<Stat> {
    return (yield* this.require({ op: 'setData', path, data, version })).stat as Stat;
  }

  *delete(path: string, version = -1): Op<void> {
    yield* this.require({ op: 'delete', path, version });
  }

  /** Undefined when there is no such znode. */
  *exists(path: string): Op<Stat | undefined> {
    const response = yield* this.retryUntilConnected({ op: 'exists', path });
    if (response.code !== 'Ok' && response.code !== 'NoNode') throw new KeeperError(response.code, path);
    return response.stat;
  }

  *getChildren(path: string): Op<readonly string[]> {
    return (yield* this.require({ op: 'getChildren', path })).children ?? [];
  }

  *multi(ops: MultiRequest['ops']): Op<readonly ZkResponse[]> {
    const results = (yield* this.require({ op: 'multi', ops })).results ?? [];
    const failed = results.findIndex((result) => result.code !== 'Ok');
    if (failed >= 0) throw new KeeperError((results[failed] as ZkResponse).code, ops[failed]?.path);
    return results;
  }

  registerZNodeChangeHandler(handler: ZNodeChangeHandler): void {
    this.handlers.changes.set(handler.path, handler);
  }

  unregisterZNodeChangeHandler(path: string): void {
    this.handlers.changes.delete(path);
  }

  registerZNodeChildChangeHandler(handler: ZNodeChildChangeHandler): void {
    this.handlers.childChanges.set(handler.path, handler);
  }

  unregisterZNodeChildChangeHandler(path: string): void {
    this.handlers.childChanges.delete(path);
  }

  registerStateChangeHandler(handler: StateChangeHandler): void {
    this.handlers.stateChanges.set(handler.name, handler);
  }

  unregisterStateChangeHandler(name: string): void {
    this.handlers.stateChanges.delete(name);
  }

  /** Ends the session; ephemeral znodes go with it. */
  *close(): Op<void> {
    this.log('INFO', 'Closing.');
    this.handlers.clear();
    if (this.zooKeeper !== undefined) yield* this.zooKeeper.close();
    this.log('INFO', 'Closed.');
  }

  /** The process was killed. */
  halt(): void {
    this.halted = true;
    this.zooKeeper?.halt();
  }

  private log(level: LogLevel, message: string, throwable?: string): void {
    this.env.log({ level, message: `[ZooKeeperClient] ${message}`, logger: LOGGER, throwable });
  }

  private newSession(env: ZooKeeperClientEnvironment): ZooKeeper {
    const { connectString, sessionTimeoutMs } = this.options;
    const hash = this.sim.random(`zookeeper.watcher.${env.host.name}`).hex(7);
    const watcherName = `kafka.zookeeper.ZooKeeperClient$ZooKeeperClientWatcher$@${hash}`;
    return new ZooKeeper(env, { connectString, sessionTimeoutMs, watcherName, onEvent: (event) => this.onEvent(event) });
  }

  private withWatch(request: ZkRequest): ZkRequest {
    if (request.op === 'getChildren')
      return { ...request, watch: this.handlers.childChanges.has(request.path) || request.watch === true };
    if (request.op === 'exists' || request.op === 'getData')
      return { ...request, watch: this.handlers.changes.has(request.path) || request.watch === true };
    return request;
  }

  private *require(request: ZkRequest): Op<ZkResponse> {
    const response = yield* this.retryUntilConnected(request);
    if (response.code !== 'Ok') throw new KeeperError(response.code, pathOfRequest(request));
    return response;
  }

  private onEvent(event: WatchedEvent): void {
    if (this.halted) return;
    if (event.path === null) {
      this.changed.notifyAll();
      this.options.onStateChange?.(event);
      if (event.state === 'Expired') this.begin();
      return;
    }
    this.handlers.call(event, event.path);
    this.options.onWatch?.(event);
  }

  private begin(): void {
    const done = new Future<void>();
    spawn(this.sim, this.initialize(done));
  }

  /** A new session in place of the expired one; requests wait meanwhile. */
  private *initialize(done: Future<void>): Op<void> {
    this.log('INFO', 'Session expired.');
    for (const handler of [...this.handlers.stateChanges.values()])
      if (handler.beforeInitializingSession !== undefined) yield* handler.beforeInitializingSession();
    this.initializing = done;
    this.log('INFO', `Initializing a new session to ${this.options.connectString}.`);
    while (!this.tryNewSession()) yield new Delay(this.sim, RETRY_INITIALIZE_US);
    this.initializing = undefined;
    done.resolve();
    this.changed.notifyAll();
    for (const handler of [...this.handlers.stateChanges.values()]) handler.afterInitializingSession?.();
  }

  private tryNewSession(): boolean {
    if (this.halted) return true;
    try {
      this.zooKeeper = this.newSession({ ...this.env, javaEnvironment: undefined });
      return true;
    } catch (error) {
      const javaClass = (error as { javaClass?: string }).javaClass;
      if (javaClass === undefined) throw error;
      this.log(
        'INFO',
        'Error when recreating ZooKeeper, retrying after a short sleep',
        `${javaClass}: ${(error as Error).message}`,
      );
      return false;
    }
  }
}
