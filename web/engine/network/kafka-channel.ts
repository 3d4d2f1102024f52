import type { Messages, Request, Response, SimulatedApi } from '../protocol/messages';
import { sizeOfMessage } from '../protocol/size';
import { type TraceChannel, traceEvent } from '../kernel/trace';
import type { ConnectFailure, Host } from './host';
import type { ConnectionHandler, Endpoint } from './connection';

/** A request left its sender, or a response did. `arrivesUs` is when the other side gets it; Infinity while the link is cut. */
export interface MessageSent {
  readonly connectionId: string;
  readonly fromHost: string;
  readonly toHost: string;
  readonly clientId: string;
  readonly message: Request | Response;
  readonly sizeInBytes: number;
  readonly arrivesUs: number;
}

export const requestSent = traceEvent<MessageSent>('request.sent');
export const responseSent = traceEvent<MessageSent>('response.sent');

export interface ChannelHandlers {
  onConnected(): void;
  /** Never connected; the channel is of no more use. */
  onFailed(failure: ConnectFailure): void;
  /** The other side went away; every request in flight has had its `onDisconnected` before. */
  onDisconnected(): void;
}

interface InFlight {
  readonly request: Request;
  onResponse(body: unknown): void;
  onDisconnected(): void;
}

/**
 * A client's end of a connection to a broker: sends requests, matches responses by order.
 *
 * Used by the Java clients and between brokers alike; back-off, metadata and limits on requests in flight are its user's.
 * Trace: `request.sent`.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/NetworkClient.java
 */
export class KafkaChannel {
  private endpoint: Endpoint | undefined;
  private state: 'connecting' | 'ready' | 'closed' = 'connecting';
  private readonly inFlight: InFlight[] = [];
  private nextCorrelationId = 0;
  private readonly sent: TraceChannel<MessageSent>;
  private readonly pending: { cancel(): void };

  constructor(
    private readonly host: Host,
    readonly target: { readonly address: string; readonly port: number },
    private readonly clientId: string,
    private readonly handlers: ChannelHandlers,
  ) {
    this.sent = host.network.sim.trace.channel(requestSent);
    this.pending = host.connect(target, {
      onConnected: (endpoint) => this.connected(endpoint),
      onFailed: (failure) => {
        this.state = 'closed';
        handlers.onFailed(failure);
      },
    });
  }

  get ready(): boolean {
    return this.state === 'ready';
  }

  get closed(): boolean {
    return this.state === 'closed';
  }

  get requestsInFlight(): number {
    return this.inFlight.length;
  }

  /** The connection's name on the network; undefined before it is connected. */
  get connectionId(): string | undefined {
    return this.endpoint?.id;
  }

  /** `/172.18.0.3:40122` of this side; undefined before it is connected. */
  get localPort(): number | undefined {
    return this.endpoint?.localPort;
  }

  /**
   * Sends a request; exactly one of the callbacks is called later. A Produce request with acks=0 gets no response: its `onResponse` is called with undefined as soon as it is sent.
   * Returns the correlation id.
   */
  send<A extends SimulatedApi>(
    options: { api: A; apiVersion: number; body: Messages[A]['request']; correlationId?: number; expectResponse?: boolean },
    onResponse: (body: Messages[A]['response']) => void,
    onDisconnected: () => void,
  ): number {
    const correlationId = options.correlationId ?? this.nextCorrelationId++;
    if (this.state !== 'ready' || this.endpoint === undefined) {
      this.host.network.sim.after(0, onDisconnected, undefined);
      return correlationId;
    }
    const request = { api: options.api, apiVersion: options.apiVersion, correlationId, clientId: this.clientId, body: options.body } as Request;
    const sizeInBytes = sizeOfMessage(request);
    const arrivesUs = this.endpoint.send(request, sizeInBytes);
    if (this.sent.hot) {
      this.sent.emit({
        connectionId: this.endpoint.id,
        fromHost: this.host.name,
        toHost: this.endpoint.peerHost.name,
        clientId: this.clientId,
        message: request,
        sizeInBytes,
        arrivesUs,
      });
    }
    if (options.expectResponse === false) {
      this.host.network.sim.after(0, onResponse as (body: unknown) => void, undefined);
    } else {
      this.inFlight.push({ request, onResponse: onResponse as (body: unknown) => void, onDisconnected });
    }
    return correlationId;
  }

  /** Closes at once; requests in flight get their `onDisconnected`, the channel's own handler is not called. */
  close(): void {
    if (this.state === 'closed') return;
    this.pending.cancel();
    this.state = 'closed';
    this.endpoint?.close();
    this.failInFlight();
  }

  private connected(endpoint: Endpoint): ConnectionHandler {
    this.endpoint = endpoint;
    this.state = 'ready';
    this.host.network.sim.after(0, () => {
      if (this.state === 'ready') this.handlers.onConnected();
    }, undefined);
    return {
      onMessage: (_endpoint, message) => {
        const response = message as Response;
        const first = this.inFlight.shift();
        if (first === undefined || first.request.correlationId !== response.correlationId) {
          throw new Error(`response ${response.correlationId} does not match request ${first?.request.correlationId}`);
        }
        first.onResponse(response.body);
      },
      onClosed: () => {
        if (this.state === 'closed') return;
        this.state = 'closed';
        this.failInFlight();
        this.handlers.onDisconnected();
      },
    };
  }

  private failInFlight(): void {
    for (const each of this.inFlight.splice(0)) each.onDisconnected();
  }
}

/** Sends a response on a server's endpoint. Trace: `response.sent`. */
export function sendResponse(endpoint: Endpoint, request: Request, body: Response['body']): void {
  const response: Response = { api: request.api, correlationId: request.correlationId, body };
  const sizeInBytes = sizeOfMessage(response);
  const arrivesUs = endpoint.send(response, sizeInBytes);
  const sent = endpoint.host.network.sim.trace.channel(responseSent);
  if (!sent.hot) return;
  sent.emit({
    connectionId: endpoint.id,
    fromHost: endpoint.host.name,
    toHost: endpoint.peerHost.name,
    clientId: request.clientId,
    message: response,
    sizeInBytes,
    arrivesUs,
  });
}
