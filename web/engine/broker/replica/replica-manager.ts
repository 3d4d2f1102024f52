import type { KafkaZkClient } from '../../admin/kafka-zk-client';
import type { KafkaConfig } from '../../config/kafka-config';
import type { LogConfig } from '../../config/log-config';
import type { Disk } from '../../kernel/disk';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { Host } from '../../network/host';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { RecordBatch } from '../../protocol/record-batch';
import type { BrokerTasks } from '../broker-tasks';
import { ClassLogger } from '../class-logger';
import type { KafkaScheduler } from '../kafka-scheduler';
import type { Log } from '../log/log';
import type { LogManager } from '../log/log-manager';
import type { MetadataCache } from '../metadata-cache';
import { type AppendRequest, ReplicaAppender } from './replica-appender';
import type { DelayedOperation } from './delayed-operation';
import { DelayedOperationPurgatory } from './delayed-operation-purgatory';
import type { DelayedDeleteRecords } from './delayed-delete-records';
import type { DelayedFetch } from './delayed-fetch';
import type { DelayedProduce, ProduceResult } from './delayed-produce';
import type { FetchPartition } from './fetch-session';
import { HighWatermarkCheckpoints } from './high-watermark-checkpoints';
import { KafkaStorageError } from '../log/log-dir-failure-channel';
import { IsrChanges } from './isr-changes';
import { LogDirFailureHandler } from './log-dir-failure-handler';
import { Partition } from './partition';
import type { PartitionHost } from './partition-host';
import type { ParkedRequest } from './parked-request';
import { LocalReplica } from './replica';
import { ReplicaFetcherManager } from './replica-fetcher-manager';
import { ReplicaReader } from './replica-reader';
import { requestParked } from './trace-events';

const ISR_PROPAGATION_PERIOD_MS = 2500;
const REAPER = 'kafka.server.DelayedOperationPurgatory$ExpiredOperationReaper';

export interface ReplicaManagerEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly disk: Disk;
  readonly log: LogSink;
  readonly tasks: BrokerTasks;
  readonly brokerId: number;
  readonly config: KafkaConfig;
  readonly zk: KafkaZkClient;
  readonly scheduler: KafkaScheduler;
  readonly logManager: LogManager;
  readonly metadataCache: MetadataCache;
  /** The process must end with this status. */
  exit(code: number): void;
}

/**
 * The partitions that this broker holds, and what waits for them.
 *
 * Cost: whatever happens to one partition looks at that partition only; the periodic checks look at those with followers, or that changed.
 * Trace: `request.parked`, and those of Partition.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaManager.scala
 */
export class ReplicaManager implements PartitionHost {
  readonly sim: Simulation;
  readonly brokerId: number;
  readonly replicaLagTimeMaxMs: number;
  readonly log: ClassLogger;
  readonly producePurgatory: DelayedOperationPurgatory<DelayedProduce>;
  readonly fetchPurgatory: DelayedOperationPurgatory<DelayedFetch>;
  readonly deleteRecordsPurgatory: DelayedOperationPurgatory<DelayedDeleteRecords>;
  readonly fetcherManager: ReplicaFetcherManager;
  readonly alterLogDirsLog: ClassLogger;
  readonly reader: ReplicaReader;
  controllerEpoch = 0;
  isShuttingDown = false;
  private readonly appender: ReplicaAppender;
  private readonly topics = new Map<string, Map<number, Partition>>();
  private readonly replicatedLeaders = new Set<Partition>();
  readonly highWatermarks: HighWatermarkCheckpoints;
  private readonly offline = new Set<string>();
  private readonly failureHandler = new LogDirFailureHandler(this);
  private readonly dirHandlerLog: ClassLogger;
  private readonly isrChanges: IsrChanges;

  constructor(readonly env: ReplicaManagerEnvironment) {
    const { sim, brokerId, config, log } = env;
    this.sim = sim;
    this.brokerId = brokerId;
    this.replicaLagTimeMaxMs = config.number('replica.lag.time.max.ms');
    this.log = new ClassLogger(log, 'kafka.server.ReplicaManager', `[ReplicaManager broker=${brokerId}] `);
    this.dirHandlerLog = new ClassLogger(log, 'kafka.server.ReplicaManager$LogDirFailureHandler', '[LogDirFailureHandler]: ');
    this.alterLogDirsLog = new ClassLogger(log, 'kafka.server.ReplicaAlterLogDirsManager', `[ReplicaAlterLogDirsManager on broker ${brokerId}] `);
    const purgatory = <T extends DelayedOperation>(name: string): DelayedOperationPurgatory<T> =>
      new DelayedOperationPurgatory<T>(sim, name, new ClassLogger(log, REAPER, `[ExpirationReaper-${brokerId}-${name}]: `));
    this.producePurgatory = purgatory('Produce');
    this.fetchPurgatory = purgatory('Fetch');
    this.deleteRecordsPurgatory = purgatory('DeleteRecords');
    this.fetcherManager = new ReplicaFetcherManager(
      {
        sim,
        host: env.host,
        sink: log,
        tasks: env.tasks,
        brokerId,
        config,
        truncateTo: (partition, offset) => ignoringStorageErrors(() => env.logManager.truncateTo([[partition, offset]])),
        truncateFullyAndStartAt: (partition, offset) => ignoringStorageErrors(() => env.logManager.truncateFullyAndStartAt(partition, offset)),
        onFatalExit: () => env.exit(1),
      },
      env.tasks,
      new ClassLogger(log, 'kafka.server.ReplicaFetcherManager', `[ReplicaFetcherManager on broker ${brokerId}] `),
    );
    this.highWatermarks = new HighWatermarkCheckpoints({ disk: env.disk, failures: env.logManager.failures }, env.logManager.liveLogDirs, this.log);
    this.appender = new ReplicaAppender(this);
    this.reader = new ReplicaReader(this);
    this.isrChanges = new IsrChanges(env);
  }

  startup(): void {
    const { scheduler } = this.env;
    scheduler.schedule(() => this.maybeShrinkIsrs(), { periodMs: Math.floor(this.replicaLagTimeMaxMs / 2) });
    scheduler.schedule(() => this.isrChanges.maybePropagate(), { periodMs: ISR_PROPAGATION_PERIOD_MS });
    this.dirHandlerLog.info('Starting');
    this.failureHandler.start(this.env.logManager.failures);
  }

  shutdown(): void {
    this.log.info('Shutting down');
    for (const word of ['Shutting down', 'Stopped', 'Shutdown completed']) this.dirHandlerLog.info(word);
    this.failureHandler.stop();
    this.fetcherManager.shutdown();
    this.alterLogDirsLog.info('shutting down');
    this.alterLogDirsLog.info('shutdown completed');
    this.fetchPurgatory.shutdown();
    this.producePurgatory.shutdown();
    this.deleteRecordsPurgatory.shutdown();
    this.checkpointHighWatermarks();
    this.log.info('Shut down completely');
  }

  halt(): void {
    this.failureHandler.stop();
    this.fetchPurgatory.halt();
    this.producePurgatory.halt();
    this.deleteRecordsPurgatory.halt();
  }

  // Partitions

  partition(topic: string, partition: number): Partition | undefined {
    return this.topics.get(topic)?.get(partition);
  }

  get partitions(): readonly Partition[] {
    return [...this.topics.values()].flatMap((partitions) => [...partitions.values()]);
  }

  partitionsOf(topic: string): readonly Partition[] {
    return [...(this.topics.get(topic)?.values() ?? [])];
  }

  getOrCreatePartition(topic: string, partition: number): Partition {
    const present = this.partition(topic, partition);
    if (present !== undefined) return present;
    const { log } = this.env;
    const partitionLog = new ClassLogger(log, 'kafka.cluster.Partition', `[Partition ${topic}-${partition} broker=${this.brokerId}] `);
    const created = new Partition(this, topic, partition, partitionLog, new ClassLogger(log, 'kafka.cluster.Replica'));
    const ofTopic = this.topics.get(topic);
    if (ofTopic === undefined) this.topics.set(topic, new Map([[partition, created]]));
    else ofTopic.set(partition, created);
    return created;
  }

  removePartition(tp: TopicPartition): void {
    const ofTopic = this.topics.get(tp.topic);
    const partition = ofTopic?.get(tp.partition);
    if (ofTopic === undefined || partition === undefined) return;
    ofTopic.delete(tp.partition);
    if (ofTopic.size === 0) this.topics.delete(tp.topic);
    this.replicatedLeaders.delete(partition);
    partition.close();
  }

  /** The partition's log directory failed. */
  takeOffline(partition: Partition): void {
    this.removePartition(partition);
    this.offline.add(partition.name);
  }

  isOffline(tp: TopicPartition): boolean {
    return this.offline.has(topicPartitionName(tp));
  }

  /** What to answer for a partition that is not here. */
  errorOfMissing(tp: TopicPartition): ErrorCode {
    return this.isOffline(tp) ? ERRORS.KAFKA_STORAGE_ERROR : ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
  }

  /** The log of a partition that this broker leads or follows. */
  logOf(topic: string, partition: number): Log | undefined {
    return this.partition(topic, partition)?.local?.log;
  }

  // What a partition asks of its broker

  isBrokerAlive(brokerId: number): boolean {
    return this.env.metadataCache.isAlive(brokerId);
  }

  /** Throws KafkaStorageError. */
  createLocalReplica(partition: Partition, config: LogConfig): LocalReplica {
    const log = this.env.logManager.getOrCreateLog(partition, config);
    const stored = this.highWatermarks.read(log.parentDir, partition);
    if (stored === undefined) partition.log.info(`No checkpointed highwatermark is found for partition ${partition.name}`);
    return new LocalReplica(this.brokerId, log, Math.min(stored ?? 0, log.logEndOffset));
  }

  completeDelayed(partition: Partition): void {
    this.fetchPurgatory.checkAndComplete(partition);
    this.producePurgatory.checkAndComplete(partition);
    this.deleteRecordsPurgatory.checkAndComplete(partition);
  }

  completeDelayedFetches(partition: Partition): void {
    this.fetchPurgatory.checkAndComplete(partition);
  }

  wakeSession(fetch: FetchPartition): void {
    if (fetch.session !== undefined) this.fetchPurgatory.checkAndComplete(fetch.session);
  }

  onLeadershipChanged(partition: Partition): void {
    if (partition.isLeader && partition.remotes.size > 0) this.replicatedLeaders.add(partition);
    else this.replicatedLeaders.delete(partition);
  }

  onIsrChanged(partition: Partition): void {
    this.isrChanges.changed(partition);
  }

  writeIsr(partition: Partition, isr: readonly number[], onWritten: (zkVersion: number | undefined) => void): void {
    this.isrChanges.write(partition, isr, onWritten);
  }

  // What is due from time to time

  private maybeShrinkIsrs(): void {
    for (const partition of this.replicatedLeaders) partition.isr.maybeShrink();
  }

  private checkpointing = false;

  startHighWatermarkCheckpoints(): void {
    if (this.checkpointing) return;
    this.checkpointing = true;
    this.env.scheduler.schedule(() => this.checkpointHighWatermarks(), { periodMs: this.env.config.number('replica.high.watermark.checkpoint.interval.ms') });
  }

  private checkpointHighWatermarks(): void {
    this.highWatermarks.write(this.partitions);
  }

  // Writing and reading

  appendRecords(request: AppendRequest, respond: (results: ProduceResult[]) => void): void {
    this.appender.append(request, respond);
  }

  /** For the broker's own records, which wait for nobody. */
  appendInternally(topic: string, partition: number, batch: RecordBatch): ErrorCode {
    return this.partition(topic, partition)?.appendToLeader([batch], { isFromClient: false, acks: 0 }).errorCode ?? ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
  }

  /** What waits here now, for views. */
  get parkedRequests(): readonly ParkedRequest[] {
    const parked = [...this.producePurgatory.waiting].map((each) => each.parked);
    return [...parked, ...[...this.fetchPurgatory.waiting].map((each) => each.parked)].filter((each): each is ParkedRequest => each !== undefined);
  }

  traceParked(parked: ParkedRequest): void {
    const channel = this.sim.trace.channel(requestParked);
    if (channel.hot) channel.emit({ brokerId: this.brokerId, api: parked.api, clientId: parked.clientId, connectionId: parked.connectionId });
  }
}

/** The directory is on its way out of service: what was asked of it no longer matters. */
function ignoringStorageErrors(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof KafkaStorageError)) throw error;
  }
}
