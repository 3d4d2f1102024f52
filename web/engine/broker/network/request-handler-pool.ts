import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import type { BrokerTasks } from '../broker-tasks';
import type { ClassLogger } from '../class-logger';
import type { IncomingRequest } from './incoming-request';
import type { RequestChannel } from './request-channel';
import { requestCostUs } from './request-costs';

/** Handles a request: at once, or as an operation during which its thread is taken. */
export type HandleRequest = (request: IncomingRequest) => Op<void> | undefined;

/**
 * The `num.io.threads` threads that take requests from the channel and hand them to KafkaApis.
 *
 * Simplified: threads share no processor; each request costs a fixed time and a time per byte.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaRequestHandler.scala
 */
export class RequestHandlerPool {
  private free: number;
  private open = true;
  private readonly working = new Set<SimEvent>();

  constructor(
    private readonly sim: Simulation,
    private readonly tasks: BrokerTasks,
    private readonly channel: RequestChannel,
    private readonly handle: HandleRequest,
    threads: number,
    private readonly log: ClassLogger,
  ) {
    this.free = threads;
    channel.notify(() => this.takeNext());
    for (let i = 0; i < threads; i++) this.takeNext();
  }

  shutdown(): void {
    this.log.info('shutting down');
    this.halt();
    this.log.info('shut down completely');
  }

  halt(): void {
    this.open = false;
    this.channel.notify(undefined);
    for (const event of this.working) this.sim.cancel(event);
    this.working.clear();
  }

  private takeNext(): void {
    if (!this.open || this.free === 0) return;
    const request = this.channel.take();
    if (request === undefined) return;
    this.free -= 1;
    const event = this.sim.after(
      requestCostUs(request.request.api, request.sizeInBytes),
      () => {
        this.working.delete(event);
        this.process(request);
      },
      undefined,
    );
    this.working.add(event);
  }

  private process(request: IncomingRequest): void {
    const operation = this.handle(request);
    if (operation === undefined) this.released();
    else this.tasks.start(operation, () => this.released());
  }

  private released(): void {
    this.free += 1;
    this.takeNext();
  }
}
