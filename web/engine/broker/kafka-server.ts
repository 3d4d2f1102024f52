import { KafkaConfig } from '../config/kafka-config';
import type { Op } from '../kernel/task';
import { sleep } from '../kernel/waitables';
import { KAFKA_COMMIT_ID, KAFKA_VERSION } from '../release/api-version';
import type { BrokerEnvironment } from './broker-environment';
import { BrokerParts } from './broker-parts';
import { BrokerShutdown } from './broker-shutdown';
import { BrokerStartup } from './broker-startup';
import { ClassLogger } from './class-logger';
import type { KafkaController } from './controller/kafka-controller';
import type { GroupCoordinator } from './group/group-coordinator';
import { type LogManager, NoLogDirError } from './log/log-manager';
import type { MetadataCache } from './metadata-cache';
import type { SocketServer } from './network/socket-server';
import type { FetchManager } from './replica/fetch-manager';
import type { ParkedRequest } from './replica/parked-request';
import type { Partition } from './replica/partition';
import type { ReplicaManager } from './replica/replica-manager';
import { FatalStartupError, startupThrowable, STILL_STARTING } from './startup-error';
import { brokerStopped, brokerUp } from './trace-events';

export type BrokerState = 'starting' | 'running' | 'stopping' | 'stopped';

const NO_BROKER_ID = -1;

/**
 * One Kafka broker.
 *
 * `startup` ends when it is registered and answers; it throws FatalStartupError when it logged why it cannot. `halt` is what a kill does: nothing is said or saved any more.
 * Trace: `broker.up`, `broker.stopped`.
 * Errors: the constructor throws ConfigException and IllegalConfigException for settings that make no sense.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaServer.scala
 */
export class KafkaServer {
  readonly config: KafkaConfig;
  state: BrokerState = 'starting';
  private readonly log: ClassLogger;
  private readonly parts: BrokerParts;
  private readonly ending: BrokerShutdown;

  constructor(
    private readonly env: BrokerEnvironment,
    props: ReadonlyMap<string, string>,
  ) {
    this.config = new KafkaConfig(props);
    this.parts = new BrokerParts(env, this.config);
    this.ending = new BrokerShutdown(this.parts);
    this.log = this.parts.log;
  }

  // For views and for who looks inside. A part is undefined before it was started.

  get brokerId(): number {
    return this.parts.brokerId;
  }

  get clusterId(): string {
    return this.parts.clusterId;
  }

  get replicaManager(): ReplicaManager | undefined {
    return this.parts.replicaManager;
  }

  get groupCoordinator(): GroupCoordinator | undefined {
    return this.parts.groupCoordinator;
  }

  get controller(): KafkaController | undefined {
    return this.parts.controller;
  }

  get logManager(): LogManager | undefined {
    return this.parts.logManager;
  }

  get metadataCache(): MetadataCache | undefined {
    return this.parts.metadataCache;
  }

  get fetchManager(): FetchManager | undefined {
    return this.parts.fetchManager;
  }

  get socketServer(): SocketServer | undefined {
    return this.parts.socketServer;
  }

  get host(): string {
    return this.env.host.name;
  }

  /** `kafka:9092`. */
  get advertised(): string {
    const [first] = this.config.advertisedListeners;
    return first === undefined ? '' : `${first.host}:${first.port}`;
  }

  get rack(): string | null {
    return this.parts.rack;
  }

  get isController(): boolean {
    return this.state !== 'stopped' && this.controller?.isActive === true;
  }

  get partitions(): readonly Partition[] {
    return this.replicaManager?.partitions ?? [];
  }

  /** Long polls and acks=all that wait here. */
  get parkedRequests(): readonly ParkedRequest[] {
    return this.replicaManager?.parkedRequests ?? [];
  }

  // Start

  *startup(): Op<void> {
    try {
      yield* new BrokerStartup(this.parts).run();
    } catch (error) {
      if (error instanceof NoLogDirError) yield* this.exitAtOnce();
      const throwable = startupThrowable(error);
      if (throwable === undefined) throw error;
      this.log.fatal('Fatal error during KafkaServer startup. Prepare to shutdown', throwable);
      yield* this.shutdown();
      throw new FatalStartupError(throwable);
    }
    this.state = 'running';
    const appInfo = new ClassLogger(this.env.log, 'org.apache.kafka.common.utils.AppInfoParser');
    appInfo.info(`Kafka version : ${KAFKA_VERSION}`);
    appInfo.info(`Kafka commitId : ${KAFKA_COMMIT_ID}`);
    this.log.info('started');
    const up = this.env.sim.trace.channel(brokerUp);
    if (up.hot) up.emit({ brokerId: this.brokerId, host: this.host });
  }

  // Stop

  /** The clean end: leaders move elsewhere, logs are closed, the session ends. Once stopped, it says its line and does nothing. */
  *shutdown(): Op<void> {
    this.log.info('shutting down');
    if (this.state === 'stopped' || this.state === 'stopping') return;
    const wasRunning = this.state === 'running';
    this.state = 'stopping';
    yield* this.ending.run(wasRunning);
    this.stopped(true);
    this.log.info('shut down completed');
  }

  /** What it says when it is told to stop before it has started: it cannot, so its process halts. */
  refuseShutdown(): void {
    this.log.info('shutting down');
    this.log.fatal('Fatal error during KafkaServer shutdown.', STILL_STARTING);
  }

  /** What `Exit.halt` does: nothing more is said. */
  private *exitAtOnce(): Op<never> {
    this.halt();
    this.env.onExit?.(1);
    yield* sleep(this.env.sim, 0);
    throw new FatalStartupError('no log directory');
  }

  /** The process was killed: sockets close, memory is gone, files stay as they are. */
  halt(): void {
    if (this.state === 'stopped') return;
    this.ending.halt();
    this.stopped(false);
  }

  private stopped(clean: boolean): void {
    this.state = 'stopped';
    const channel = this.env.sim.trace.channel(brokerStopped);
    if (channel.hot && this.brokerId !== NO_BROKER_ID) channel.emit({ brokerId: this.brokerId, host: this.host, clean });
  }
}
