import type { Endpoint } from '../../network/connection';
import { sendResponse } from '../../network/kafka-channel';
import type { Messages, Request, SimulatedApi } from '../../protocol/messages';

/** A request that reached a broker, and the way back. */
export class IncomingRequest<A extends SimulatedApi = SimulatedApi> {
  private answered = false;

  constructor(
    readonly request: Request<A>,
    private readonly connection: { readonly endpoint: Endpoint; readonly listenerName: string },
    readonly sizeInBytes: number,
    readonly receivedUs: number,
    private readonly onAnswered: (request: IncomingRequest) => void,
  ) {}

  get endpoint(): Endpoint {
    return this.connection.endpoint;
  }

  /** Which of the broker's listeners it came through. */
  get listenerName(): string {
    return this.connection.listenerName;
  }

  get body(): Messages[A]['request'] {
    return this.request.body;
  }

  get clientId(): string {
    return this.request.clientId;
  }

  get connectionId(): string {
    return this.endpoint.id;
  }

  /** `/172.18.0.3`. */
  get clientHost(): string {
    return `/${this.endpoint.remoteAddress}`;
  }

  respond(body: Messages[A]['response']): void {
    if (this.answered) throw new Error(`second response to ${this.request.api} ${this.request.correlationId}`);
    this.answered = true;
    sendResponse(this.endpoint, this.request as Request, body);
    this.onAnswered(this as unknown as IncomingRequest);
  }

  /** Nothing goes back, as for acks=0; the connection's next request may be read. */
  dropResponse(): void {
    this.answered = true;
    this.onAnswered(this as unknown as IncomingRequest);
  }

  /** Closes the client's connection instead of answering. */
  closeConnection(): void {
    this.answered = true;
    this.endpoint.close();
  }
}
