import type { Op } from '../../kernel/task';
import { Mailbox } from '../../kernel/waitables';
import { KeeperError } from '../../zookeeper/client/keeper-error';
import { ZooKeeperClientError } from '../../zookeeper/client/zookeeper-client-error';
import type { ClassLogger } from '../class-logger';

/** One thing that the controller has to do. */
export interface ControllerEvent {
  readonly name: string;
  process(): Op<void>;
}

/**
 * The single thread that does what a controller does, one event after the other.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/ControllerEventManager.scala
 */
export class ControllerEventQueue {
  private queue = new Mailbox<ControllerEvent>();
  private open = true;

  constructor(private readonly log: ClassLogger) {}

  put(event: ControllerEvent): void {
    if (this.open) this.queue.put(event);
  }

  /** Forgets what waits: it was of another session. */
  clearAndPut(event: ControllerEvent): void {
    while (this.queue.size > 0) this.queue.tryTake();
    this.put(event);
  }

  *run(): Op<void> {
    this.log.info('Starting');
    for (;;) {
      const event = yield* this.queue.take();
      if (!this.open) return;
      yield* this.process(event);
    }
  }

  /** What ZooKeeper refuses ends one event, not the thread. */
  private *process(event: ControllerEvent): Op<void> {
    try {
      yield* event.process();
    } catch (error) {
      if (!(error instanceof KeeperError) && !(error instanceof ZooKeeperClientError)) throw error;
      this.log.error(`Error processing event ${event.name}`, `${error.javaClass}: ${error.message}`);
    }
  }

  close(): void {
    if (!this.open) return;
    this.log.info('Shutting down');
    this.open = false;
    this.queue.put({ name: 'ShutdownEventThread', *process() {} });
    this.log.info('Stopped');
    this.log.info('Shutdown completed');
  }
}
