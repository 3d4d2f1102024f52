import type { Simulation } from '../../kernel/simulation';
import type { ConnectionHandler, Endpoint } from '../../network/connection';
import { type Host, ListenError, type Listener } from '../../network/host';
import type { Request } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import { IncomingRequest } from './incoming-request';
import { RequestChannel } from './request-channel';

/** Where to listen. An empty host is every address. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
  readonly listenerName: string;
}

/** The words of the KafkaException that stops a start. */
export class BindError extends Error {}

/** A port that no socket can have. */
export class PortRangeError extends Error {}

const MAX_PORT = 65535;

interface OpenConnection {
  readonly endpoint: Endpoint;
  readonly listenerName: string;
  /** Requests that arrived behind the one that is being answered. */
  readonly waiting: { request: Request; sizeInBytes: number }[];
  busy: boolean;
}

/**
 * Listens, and reads one request at a time from each connection: the next one is looked at when the first was answered, so responses keep their order.
 *
 * Errors: BindError and PortRangeError, in the words of the real exceptions.
 * Simplified: no limits on connections, no idle connections closed, network threads cost nothing of their own.
 * @source kafka 1.1.0 core/src/main/scala/kafka/network/SocketServer.scala
 */
export class SocketServer {
  readonly requestChannel = new RequestChannel();
  private readonly listeners: Listener[] = [];
  private readonly connections = new Map<Endpoint, OpenConnection>();
  private processing = true;

  constructor(
    private readonly sim: Simulation,
    private readonly host: Host,
    private readonly addresses: readonly ListenAddress[],
    private readonly log: { readonly server: ClassLogger; readonly acceptor: ClassLogger },
  ) {}

  get connectionCount(): number {
    return this.connections.size;
  }

  startup(): void {
    for (const address of this.addresses) this.listen(address);
    this.log.server.info(`Started ${this.addresses.length} acceptor threads`);
  }

  stopProcessingRequests(): void {
    this.log.server.info('Stopping socket server request processors');
    this.close();
    this.log.server.info('Stopped socket server request processors');
  }

  shutdown(): void {
    this.log.server.info('Shutting down socket server');
    this.close();
    this.log.server.info('Shutdown completed');
  }

  /** Closes everything without a word. */
  close(): void {
    this.processing = false;
    for (const listener of this.listeners.splice(0)) listener.close();
    for (const { endpoint } of [...this.connections.values()]) endpoint.close();
    this.connections.clear();
    this.requestChannel.clear();
  }

  private listen(address: ListenAddress): void {
    const { host, port } = address;
    if (port < 0 || port > MAX_PORT) throw new PortRangeError(`port out of range:${port}`);
    const where = host === '' ? '0.0.0.0' : host;
    const resolved = this.host.resolve(where)[0];
    if (resolved === undefined) throw new BindError(`Socket server failed to bind to ${where}:${port}: Unresolved address.`);
    try {
      this.listeners.push(this.host.listen({ address: resolved, port }, (endpoint) => this.accept(endpoint, address.listenerName)));
    } catch (error) {
      if (!(error instanceof ListenError)) throw error;
      throw new BindError(`Socket server failed to bind to ${where}:${port}: ${error.message}.`);
    }
    this.log.acceptor.info(`Awaiting socket connections on ${where}:${port}.`);
  }

  private accept(endpoint: Endpoint, listenerName: string): ConnectionHandler {
    const connection: OpenConnection = { endpoint, listenerName, waiting: [], busy: false };
    this.connections.set(endpoint, connection);
    return {
      onMessage: (_endpoint, message, sizeInBytes) => {
        if (isRequest(message)) this.received(connection, message, sizeInBytes);
      },
      onClosed: () => {
        this.connections.delete(endpoint);
      },
    };
  }

  private received(connection: OpenConnection, request: Request, sizeInBytes: number): void {
    if (!this.processing) return;
    if (connection.busy) connection.waiting.push({ request, sizeInBytes });
    else this.enqueue(connection, request, sizeInBytes);
  }

  private enqueue(connection: OpenConnection, request: Request, sizeInBytes: number): void {
    connection.busy = true;
    this.requestChannel.put(new IncomingRequest(request, connection, sizeInBytes, this.sim.nowUs, this.answered));
  }

  private readonly answered = (incoming: IncomingRequest): void => {
    const connection = this.connections.get(incoming.endpoint);
    if (connection === undefined) return;
    connection.busy = false;
    const next = connection.waiting.shift();
    if (next !== undefined && this.processing) this.enqueue(connection, next.request, next.sizeInBytes);
  };
}

/** What a ZooKeeper client says first reads here as a Produce request without topics that wants no answer: it gets none. */
function isRequest(message: unknown): message is Request {
  return typeof message === 'object' && message !== null && 'api' in message;
}
