import type { KafkaZkClient } from '../admin/kafka-zk-client';
import type { Op } from '../kernel/task';
import { sleep } from '../kernel/waitables';
import type { BrokerParts } from './broker-parts';
import { ClassLogger } from './class-logger';
import { controlledShutdown } from './controlled-shutdown';

const QUIET_US = 0;

/** What ends of threads take at a stop, in us: each looks up once in 200 ms. */
const REAPER_STOP_US = { topic: 140_000, group: 135_000, replicas: 390_000, requests: 30_000, logs: 20_000 } as const;

/**
 * Ends a broker's parts, those that there are, in order: leaders move elsewhere, logs are closed, the session ends.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaServer.scala shutdown
 */
export class BrokerShutdown {
  constructor(private readonly parts: BrokerParts) {}

  *run(wasRunning: boolean): Op<void> {
    const { parts } = this;
    const { sim, host } = parts.env;
    if (wasRunning && parts.config.boolean('controlled.shutdown.enable')) {
      yield* controlledShutdown({ sim, host, tasks: parts.tasks, zk: parts.zk as KafkaZkClient, config: parts.config, brokerId: parts.brokerId }, parts.log);
    }
    parts.dynamicConfig?.shutdown();
    parts.socketServer?.stopProcessingRequests();
    yield* sleep(sim, parts.handlerPool === undefined ? QUIET_US : REAPER_STOP_US.requests);
    parts.handlerPool?.shutdown();
    if (parts.scheduler === undefined) this.logNullScheduler();
    parts.scheduler?.shutdown();
    yield* this.stopCoordinators();
    yield* this.stopStorage();
    if (parts.zk !== undefined) yield* parts.zk.close();
    else parts.zooKeeperClient?.halt();
    if (parts.reapers !== undefined) yield* parts.reapers.shutdown();
    parts.socketServer?.shutdown();
    parts.tasks.halt();
  }

  private *stopCoordinators(): Op<void> {
    const { parts } = this;
    const { sim, log } = parts.env;
    if (parts.handlerPool !== undefined) new ClassLogger(log, 'kafka.server.KafkaApis', `[KafkaApi-${parts.brokerId}] `).info('Shutdown complete.');
    if (parts.topicPurgatory !== undefined) {
      yield* sleep(sim, REAPER_STOP_US.topic);
      parts.topicPurgatory.shutdown();
    }
    parts.transactions?.shutdown(() => parts.producerIds?.shutdown());
    if (parts.groupCoordinator !== undefined) {
      yield* sleep(sim, REAPER_STOP_US.group);
      parts.groupCoordinator.shutdown();
    }
  }

  private *stopStorage(): Op<void> {
    const { parts } = this;
    const { sim } = parts.env;
    if (parts.replicaManager !== undefined) {
      parts.replicaManager.isShuttingDown = true;
      parts.replicaManager.shutdown();
      yield* sleep(sim, REAPER_STOP_US.replicas);
    }
    if (parts.logManager !== undefined) {
      parts.logManager.shutdown();
      yield* sleep(sim, REAPER_STOP_US.logs);
    }
    parts.controller?.shutdown();
  }

  /** A stop before the scheduler was made trips over it, harmlessly; the words are those of the JVM. */
  private logNullScheduler(): void {
    const isJava8 = this.parts.env.javaEnvironment?.get('java.version')?.startsWith('1.8') === true;
    const why = 'Cannot invoke "kafka.utils.KafkaScheduler.shutdown()" because the return value of "kafka.server.KafkaServer.kafkaScheduler()" is null';
    const utils = new ClassLogger(this.parts.env.log, 'kafka.utils.CoreUtils$');
    utils.warn(isJava8 ? 'null' : why, isJava8 ? 'java.lang.NullPointerException' : `java.lang.NullPointerException: ${why}`);
  }

  /** The process was killed: sockets close, memory is gone, files stay as they are. */
  halt(): void {
    const { parts } = this;
    parts.tasks.halt();
    parts.scheduler?.shutdown();
    parts.handlerPool?.halt();
    parts.topicPurgatory?.halt();
    parts.groupCoordinator?.halt();
    parts.replicaManager?.halt();
    parts.socketServer?.close();
    parts.zooKeeperClient?.halt();
  }
}
