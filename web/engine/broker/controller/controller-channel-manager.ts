import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { Host } from '../../network/host';
import type { BrokerTasks } from '../broker-tasks';
import { ClassLogger } from '../class-logger';
import type { CachedBroker } from '../metadata-cache';
import { BrokerChannel } from '../network/broker-channel';
import { type ControllerApi, type QueuedRequest, RequestSendThread } from './request-send-thread';

/** What the channel manager needs of its broker. */
export interface ControllerChannelEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly log: LogSink;
  readonly tasks: BrokerTasks;
  readonly brokerId: number;
  readonly interBrokerListenerName: string;
  readonly socketTimeoutMs: number;
}

/**
 * The controller's connections to all live brokers, its own one included.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/ControllerChannelManager.scala
 */
export class ControllerChannelManager {
  private readonly threads = new Map<number, RequestSendThread>();
  private readonly log: ClassLogger;

  constructor(
    private readonly env: ControllerChannelEnvironment,
    private readonly epoch: () => number,
  ) {
    this.log = new ClassLogger(env.log, 'kafka.controller.ControllerChannelManager', `[Channel manager on controller ${env.brokerId}]: `);
  }

  addBroker(broker: CachedBroker): void {
    if (this.threads.has(broker.id)) return;
    const { sim, brokerId, interBrokerListenerName } = this.env;
    this.log.debug(`Controller ${brokerId} trying to connect to broker ${broker.id}`);
    const endPoint = broker.endPoints.find((each) => each.listenerName === interBrokerListenerName);
    if (endPoint === undefined) return;
    const node = { id: broker.id, host: endPoint.host, port: endPoint.port, rack: broker.rack };
    const channel = new BrokerChannel(this.env, node, String(brokerId), this.env.socketTimeoutMs);
    const threadLog = new ClassLogger(this.env.log, 'kafka.controller.RequestSendThread', `[RequestSendThread controllerId=${brokerId}] `);
    const thread = new RequestSendThread(sim, brokerId, this.epoch, channel, threadLog);
    this.threads.set(broker.id, thread);
    this.env.tasks.start(thread.run());
  }

  removeBroker(brokerId: number): void {
    this.threads.get(brokerId)?.shutdown();
    this.threads.delete(brokerId);
  }

  sendRequest<A extends ControllerApi>(brokerId: number, request: QueuedRequest<A>): void {
    const thread = this.threads.get(brokerId);
    if (thread === undefined) this.log.warn(`Not sending request ${request.api} to broker ${brokerId}, since it is offline.`);
    else thread.put(request as unknown as QueuedRequest);
  }

  shutdown(): void {
    for (const brokerId of [...this.threads.keys()]) this.removeBroker(brokerId);
  }
}
