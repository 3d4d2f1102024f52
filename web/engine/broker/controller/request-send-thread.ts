import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Mailbox, sleep } from '../../kernel/waitables';
import type { Messages } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import { type BrokerChannel, BrokerConnectionError, nodeName } from '../network/broker-channel';

export type ControllerApi = 'LeaderAndIsr' | 'StopReplica' | 'UpdateMetadata';

export interface QueuedRequest<A extends ControllerApi = ControllerApi> {
  readonly api: A;
  readonly apiVersion: number;
  readonly body: Messages[A]['request'];
  readonly onResponse: ((response: Messages[A]['response']) => void) | undefined;
}

const BACKOFF_US = 100_000;

/**
 * Sends the controller's requests to one broker, in order, one at a time, each until it was answered.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/ControllerChannelManager.scala RequestSendThread
 */
export class RequestSendThread {
  private readonly queue = new Mailbox<QueuedRequest>();
  private running = true;

  constructor(
    private readonly sim: Simulation,
    private readonly controllerId: number,
    private readonly epoch: () => number,
    private readonly channel: BrokerChannel,
    private readonly log: ClassLogger,
  ) {}

  put(request: QueuedRequest): void {
    this.queue.put(request);
  }

  *run(): Op<void> {
    this.log.info('Starting');
    while (this.running) {
      const request = yield* this.queue.take();
      let sent = false;
      while (this.running && !sent) {
        sent = yield* this.trySend(request);
        if (!sent && this.running) yield* sleep(this.sim, BACKOFF_US);
      }
    }
  }

  shutdown(): void {
    if (!this.running) return;
    this.log.info('Shutting down');
    this.running = false;
    this.channel.close();
    this.log.info('Stopped');
    this.log.info('Shutdown completed');
  }

  private *trySend(request: QueuedRequest): Op<boolean> {
    if (!(yield* this.brokerReady())) return false;
    try {
      const response = yield* this.channel.send(request.api, request.apiVersion, request.body);
      if (this.running) request.onResponse?.(response as never);
      return true;
    } catch (error) {
      if (!(error instanceof BrokerConnectionError)) throw error;
      if (!this.running) return false;
      this.log.warn(
        `Controller ${this.controllerId} epoch ${this.epoch()} fails to send request ${request.api} to broker ${nodeName(this.channel.node)}. Reconnecting to broker.`,
        `java.io.IOException: ${error.message}`,
      );
      this.channel.close();
      return false;
    }
  }

  private *brokerReady(): Op<boolean> {
    const { channel } = this;
    try {
      if (yield* channel.awaitReady()) {
        this.log.info(`Controller ${this.controllerId} connected to ${nodeName(channel.node)} for sending state change requests`);
      }
      return this.running;
    } catch (error) {
      if (!(error instanceof BrokerConnectionError)) throw error;
      if (this.running) {
        this.log.warn(
          `Controller ${this.controllerId}'s connection to broker ${nodeName(channel.node)} was unsuccessful`,
          `java.io.IOException: ${error.message}`,
        );
      }
      return false;
    }
  }
}
