import type { Messages, SimulatedApi } from '../protocol/messages';

export interface OutgoingRequest<A extends SimulatedApi> {
  readonly api: A;
  readonly body: Messages[A]['request'];
  /** False for a Produce request with acks=0. */
  readonly expectResponse?: boolean;
  /** Taken earlier with `nextCorrelationId`; a new one when left out. */
  readonly correlationId?: number;
}

export interface RequestHandlers<A extends SimulatedApi> {
  /** `body` is undefined when no response was expected. */
  onResponse(body: Messages[A]['response'], correlationId: number): void;
  onDisconnected(correlationId: number): void;
}
