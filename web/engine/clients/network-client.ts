import type { Random } from '../kernel/random';
import type { Simulation } from '../kernel/simulation';
import type { Op } from '../kernel/task';
import { Condition, Delay, firstOf } from '../kernel/waitables';
import { KafkaChannel } from '../network/kafka-channel';
import { ERRORS, errorForCode } from '../protocol/errors';
import type { ApiVersionsResponse, Node, SimulatedApi } from '../protocol/messages';
import { CLIENT_COSTS } from './client-costs';
import { type ClientEnvironment, ClientLogger, STOPPED_LOOK_US } from './client-environment';
import type { Metadata } from './metadata';
import { type MetadataConnections, MetadataUpdater } from './metadata-updater';
import type { NodeConnection } from './node-connection';
import { NodeConnections } from './node-connections';
import type { OutgoingRequest, RequestHandlers } from './outgoing-request';
import { LATEST_VERSIONS } from './request-versions';

const LOGGER = 'org.apache.kafka.clients.NetworkClient';

export interface NetworkClientOptions {
  readonly clientId: string;
  /** `[Producer clientId=console-producer] `. */
  readonly logPrefix: string;
  readonly maxInFlightRequestsPerConnection: number;
  readonly reconnectBackoffMs: number;
  readonly reconnectBackoffMaxMs: number;
  readonly requestTimeoutMs: number;
}

/**
 * A client's connections to the brokers: connects with back-off, keeps the metadata fresh, limits and times out requests in flight.
 *
 * Handlers are called when a response arrives; `poll` waits until anything happened, and is what makes connections and asks for metadata.
 * Units: ms of simulated time; node ids -1, -2 are bootstrap addresses.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/NetworkClient.java
 */
export class NetworkClient implements MetadataConnections {
  private readonly sim: Simulation;
  private readonly log: ClientLogger;
  private readonly nodes: NodeConnections;
  private readonly activity = new Condition();
  private active = false;
  private correlation = 0;
  private inFlight = 0;
  /** Since the last round of `poll`, which takes the time for them. */
  private requestsSent = 0;
  private readonly updater: MetadataUpdater;
  private readonly timers: Random;
  private closed = false;

  constructor(
    private readonly env: ClientEnvironment,
    private readonly metadata: Metadata,
    private readonly options: NetworkClientOptions,
  ) {
    this.sim = env.sim;
    this.log = new ClientLogger(env.log, options.logPrefix);
    this.updater = new MetadataUpdater(metadata, this, options, this.log);
    const name = `${env.host.name}:${env.process?.pid ?? 0}:${options.clientId}`;
    this.timers = env.sim.random(`${name}:timers`);
    const backoff = { initialMs: options.reconnectBackoffMs, maxMs: options.reconnectBackoffMaxMs };
    this.nodes = new NodeConnections(backoff, env.sim.random(`${name}:nodes`), env.sim.random(`${name}:reconnects`));
  }

  get nowMs(): number {
    return this.sim.nowUs / 1000;
  }

  get inFlightRequestCount(): number {
    return this.inFlight;
  }

  get hasReadyNodes(): boolean {
    for (const connection of this.nodes.all) if (connection.state === 'ready') return true;
    return false;
  }

  get connections(): IterableIterator<NodeConnection> {
    return this.nodes.all;
  }

  hasInFlightRequests(node: Node): boolean {
    return (this.nodes.get(node)?.sentMs.length ?? 0) > 0;
  }

  nextCorrelationId(): number {
    return this.correlation++;
  }

  /** True when a request can be sent to the node now; starts a connection when there is none. A metadata request that is due goes first. */
  tryReady(node: Node): boolean {
    if (this.isReady(node)) return true;
    this.tryConnect(node);
    return false;
  }

  isReady(node: Node): boolean {
    return !this.updater.isDue && this.canSend(node);
  }

  /** Connected, and not too many requests in flight. */
  canSend(node: Node): boolean {
    const connection = this.nodes.get(node);
    return connection?.state === 'ready' && connection.sentMs.length < this.options.maxInFlightRequestsPerConnection;
  }

  isConnectingToAny(nodes: readonly Node[]): boolean {
    return nodes.some((each) => this.nodes.get(each)?.state === 'connecting');
  }

  /** False when there is a connection, or the back-off of the last attempt is not over. */
  tryConnect(node: Node): boolean {
    const connection = this.nodes.to(node);
    if (!connection.canConnect(this.nowMs)) return false;
    this.connect(connection);
    return true;
  }

  connectionFailed(node: Node): boolean {
    const connection = this.nodes.get(node);
    return connection !== undefined && connection.state === 'disconnected';
  }

  /** True while the back-off of the last attempt lasts: what is sent then fails at once. */
  isUnavailable(node: Node): boolean {
    return this.nodes.get(node)?.isBlackedOut(this.nowMs) === true;
  }

  /** Milliseconds until a connection may be tried: 0 for now, Infinity while there is one. */
  connectionDelayMs(node: Node): number {
    return this.nodes.get(node)?.connectionDelayMs(this.nowMs) ?? 0;
  }

  /** The node to ask when any will do: one that is connected and idle, else the least busy that may be connected to. */
  leastLoadedNode(): Node | undefined {
    return this.nodes.leastLoaded(this.metadata.cluster.nodes, this.nowMs, (node) => this.isReady(node));
  }

  /** Sends to a node for which `isReady` holds. Returns the correlation id. */
  send<A extends SimulatedApi>(node: Node, request: OutgoingRequest<A>, handlers: RequestHandlers<A>): number {
    const connection = this.nodes.get(node) as NodeConnection;
    return this.transmit(connection, request, handlers);
  }

  /** Makes due connections and metadata requests, then waits until something happens, at most `timeoutMs`. */
  *poll(timeoutMs: number): Op<void> {
    const metadataMs = this.updater.maybeUpdate();
    const waitMs = Math.min(timeoutMs, metadataMs, this.timeToRequestTimeoutMs());
    if (!this.active && waitMs > 0) {
      if (waitMs === Infinity) yield this.activity;
      else yield* firstOf(this.activity, new Delay(this.sim, waitMs * 1000 + this.timers.below(CLIENT_COSTS.timerLateUs)));
    }
    while (this.env.process?.isStopped === true) yield new Delay(this.sim, STOPPED_LOOK_US);
    this.active = false;
    const busyUs = CLIENT_COSTS.pollUs + this.requestsSent * CLIENT_COSTS.requestUs;
    this.requestsSent = 0;
    yield new Delay(this.sim, busyUs);
    this.failTimedOutRequests();
  }

  /** Ends a wait in `poll`, or the next one. */
  wakeup(): void {
    this.active = true;
    this.activity.notifyAll();
  }

  /** Drops the connection to a node; requests in flight fail. */
  disconnect(node: Node): void {
    const connection = this.nodes.get(node);
    if (connection === undefined || connection.state === 'disconnected') return;
    this.dropped(connection, 'closed by the client');
  }

  close(): void {
    this.closed = true;
    this.updater.close();
    for (const connection of this.nodes.all) connection.channel?.close();
    this.wakeup();
  }

  private connect(connection: NodeConnection): void {
    const { node } = connection;
    const address = this.env.host.resolve(node.host)[0];
    connection.connecting(this.nowMs);
    if (address === undefined) {
      // Java throws here and a client says nothing at its usual level: a host name that does not resolve is a silent wait.
      connection.disconnected(this.nowMs, `${node.host} cannot be resolved`);
      this.metadata.requestUpdate();
      return;
    }
    const channel = new KafkaChannel(this.env.host, { address, port: node.port }, this.options.clientId, {
      onConnected: () => this.connected(connection),
      onFailed: (failure) => this.neverConnected(connection, failure),
      onDisconnected: () => {
        if (connection.channel === channel) this.lost(connection);
      },
    });
    connection.channel = channel;
  }

  private connected(connection: NodeConnection): void {
    if (this.closed) return;
    connection.state = 'checkingApiVersions';
    this.transmit<'ApiVersions'>(
      connection,
      { api: 'ApiVersions', body: {} },
      { onResponse: (body, correlationId) => this.handleApiVersions(connection, body, correlationId), onDisconnected: () => undefined },
    );
  }

  private handleApiVersions(connection: NodeConnection, response: ApiVersionsResponse, correlationId: number): void {
    if (response.errorCode === ERRORS.NONE) {
      connection.ready();
      return;
    }
    const { name } = errorForCode(response.errorCode);
    const what = `when making an ApiVersionsRequest with correlation id ${correlationId}. Disconnecting.`;
    this.log.warn(LOGGER, `Received error ${name} from node ${connection.node.id} ${what}`);
    this.dropped(connection, name);
  }

  private neverConnected(connection: NodeConnection, failure: string): void {
    this.log.warn(LOGGER, `Connection to node ${connection.node.id} could not be established. Broker may not be available.`);
    this.dropped(connection, failure);
    this.metadata.requestUpdate();
  }

  private lost(connection: NodeConnection): void {
    this.dropped(connection, 'the broker closed the connection');
    this.metadata.requestUpdate();
  }

  /** The connection is gone: its requests fail after it is known to be, so that handlers see the new state. */
  private dropped(connection: NodeConnection, failure: string): void {
    this.inFlight -= connection.sentMs.length;
    connection.disconnected(this.nowMs, failure);
    const { channel } = connection;
    connection.channel = undefined;
    channel?.close();
    this.wakeup();
  }

  private transmit<A extends SimulatedApi>(connection: NodeConnection, request: OutgoingRequest<A>, handlers: RequestHandlers<A>): number {
    const correlationId = request.correlationId ?? this.nextCorrelationId();
    const channel = connection.channel as KafkaChannel;
    connection.sentMs.push(this.nowMs);
    this.inFlight += 1;
    this.requestsSent += 1;
    channel.send(
      {
        api: request.api,
        apiVersion: LATEST_VERSIONS[request.api],
        body: request.body,
        correlationId,
        expectResponse: request.expectResponse,
      },
      (body) => {
        if (connection.channel !== channel) return;
        connection.sentMs.shift();
        this.inFlight -= 1;
        handlers.onResponse(body, correlationId);
        this.wakeup();
      },
      () => {
        if (connection.channel === channel) this.lost(connection);
        handlers.onDisconnected(correlationId);
        this.wakeup();
      },
    );
    return correlationId;
  }

  private timeToRequestTimeoutMs(): number {
    const oldest = this.nodes.oldestSentMs;
    return oldest === Infinity ? Infinity : Math.max(oldest + this.options.requestTimeoutMs - this.nowMs, 0) + 1;
  }

  private failTimedOutRequests(): void {
    let anyTimedOut = false;
    for (const connection of this.nodes.all) {
      const sent = connection.sentMs[0];
      if (sent === undefined || this.nowMs - sent <= this.options.requestTimeoutMs) continue;
      this.dropped(connection, 'a request was not answered in time');
      anyTimedOut = true;
    }
    if (anyTimedOut) this.metadata.requestUpdate();
  }
}
