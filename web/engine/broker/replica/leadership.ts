import { type LogConfig, logConfigFromProps } from '../../config/log-config';
import type { Op } from '../../kernel/task';
import { sleep } from '../../kernel/waitables';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { javaStringHash } from '../../protocol/java-string-hash';
import { javaHashOrder, scalaImmutableOrder, scalaMutableMapOrder, scalaMutableSetOrder, topicPartitionHash } from '../../protocol/jvm-hash-order';
import {
  type LeaderAndIsrRequest,
  type LeaderAndIsrResponse,
  type Node,
  type PartitionState,
  type StopReplicaRequest,
  type StopReplicaResponse,
  type TopicPartition,
  topicPartitionName,
  type UpdateMetadataRequest,
} from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import { Lock } from './lock';
import { KafkaStorageError } from '../log/log-dir-failure-channel';
import type { Partition } from './partition';
import type { PartitionToFetch } from './replica-fetcher-manager';
import type { ReplicaManager } from './replica-manager';

/** What opening or making one log takes, in us. */
const CREATE_LOG_US = 1500;

/** Told which partitions this broker leads, and which it follows, from now on. */
export type OnLeadershipChange = (leads: readonly Partition[], follows: readonly Partition[]) => void;

interface Decided {
  readonly partition: Partition;
  readonly state: PartitionState;
}

/** `Partition.hashCode` of the real class. */
function partitionHash(tp: TopicPartition): number {
  return (31 + javaStringHash(tp.topic) + 17 * tp.partition) | 0;
}

/**
 * Carries out what the controller decides about this broker's replicas, one request at a time.
 *
 * Errors: STALE_CONTROLLER_EPOCH for what an older controller says, or says again; UNKNOWN_TOPIC_OR_PARTITION.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaManager.scala becomeLeaderOrFollower, stopReplicas
 */
export class Leadership {
  private readonly lock = new Lock();
  private readonly stateChangeLog: ClassLogger;

  constructor(
    private readonly manager: ReplicaManager,
    private readonly onChange: OnLeadershipChange,
  ) {
    this.stateChangeLog = new ClassLogger(manager.env.log, 'state.change.logger', `[Broker id=${manager.brokerId}] `);
  }

  *becomeLeaderOrFollower(request: LeaderAndIsrRequest): Op<LeaderAndIsrResponse> {
    return yield* this.lock.run(this.doBecomeLeaderOrFollower(request));
  }

  *stopReplicas(request: StopReplicaRequest): Op<StopReplicaResponse> {
    return yield* this.lock.run(this.doStopReplicas(request));
  }

  /** The partitions that are no more; undefined when an older controller says so. */
  *updateMetadata(request: UpdateMetadataRequest): Op<TopicPartition[] | undefined> {
    return yield* this.lock.run(this.doUpdateMetadata(request));
  }

  // eslint-disable-next-line require-yield -- runs under the lock, which may wait
  private *doUpdateMetadata(request: UpdateMetadataRequest): Op<TopicPartition[] | undefined> {
    const { manager } = this;
    if (request.controllerEpoch < manager.controllerEpoch) return undefined;
    manager.controllerEpoch = request.controllerEpoch;
    return manager.env.metadataCache.update(request);
  }

  private *doBecomeLeaderOrFollower(request: LeaderAndIsrRequest): Op<LeaderAndIsrResponse> {
    const { manager } = this;
    if (request.controllerEpoch < manager.controllerEpoch) {
      this.stateChangeLog.warn(
        `Ignoring LeaderAndIsr request from controller ${request.controllerId} since its controller epoch ${request.controllerEpoch} is old. ` +
          `Latest known controller epoch is ${manager.controllerEpoch}`,
      );
      return { errorCode: ERRORS.STALE_CONTROLLER_EPOCH, partitions: request.partitionStates.map((tp) => answer(tp, ERRORS.STALE_CONTROLLER_EPOCH)) };
    }
    manager.controllerEpoch = request.controllerEpoch;
    const answers: LeaderAndIsrResponse['partitions'] = [];
    const decided: Decided[] = [];
    for (const state of javaHashOrder(request.partitionStates, topicPartitionHash)) {
      const error = this.check(state);
      answers.push(answer(state, error));
      if (error === ERRORS.NONE) decided.push({ partition: manager.getOrCreatePartition(state.topic, state.partition), state });
    }
    const all = inMapOrder(decided);
    const toLead = inMapOrder(all.filter(({ state }) => state.leader === manager.brokerId));
    const toFollow = all.filter(({ state }) => state.leader !== manager.brokerId);
    const leads = toLead.length > 0 ? yield* this.makeLeaders(toLead) : [];
    const follows = toFollow.length > 0 ? yield* this.makeFollowers(toFollow, request.liveLeaders) : [];
    for (const { partition } of decided) if (partition.local === undefined) manager.takeOffline(partition);
    manager.startHighWatermarkCheckpoints();
    manager.alterLogDirsLog.info('Added fetcher for partitions List()');
    manager.fetcherManager.shutdownIdle();
    this.onChange(leads, follows);
    const partitions = answers.map((each) => (manager.isOffline(each) ? answer(each, ERRORS.KAFKA_STORAGE_ERROR) : each));
    return { errorCode: ERRORS.NONE, partitions };
  }

  private check(state: PartitionState & TopicPartition): ErrorCode {
    const { manager } = this;
    if (manager.isOffline(state)) {
      this.stateChangeLog.warn(`Ignoring LeaderAndIsr request for partition ${topicPartitionName(state)} as the local replica for the partition is in an offline log directory`);
      return ERRORS.KAFKA_STORAGE_ERROR;
    }
    const present = manager.partition(state.topic, state.partition);
    if (present !== undefined && present.leaderEpoch >= state.leaderEpoch) {
      this.stateChangeLog.warn(
        `Ignoring LeaderAndIsr request for partition ${topicPartitionName(state)} since its associated leader epoch ${state.leaderEpoch} ` +
          `is not higher than the current leader epoch ${present.leaderEpoch}`,
      );
      return ERRORS.STALE_CONTROLLER_EPOCH;
    }
    if (state.replicas.includes(manager.brokerId)) return ERRORS.NONE;
    this.stateChangeLog.warn(
      `Ignoring LeaderAndIsr request for partition ${topicPartitionName(state)} as itself is not in assigned replica list ${state.replicas.join(',')}`,
    );
    return ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
  }

  private *makeLeaders(decided: readonly Decided[]): Op<Partition[]> {
    this.removeFetchers(scalaImmutableOrder(decided.map(({ partition }) => partition), topicPartitionHash));
    const became: Partition[] = [];
    for (const { partition, state } of decided) {
      const config = yield* this.prepare(partition);
      try {
        if (partition.makeLeader(state, config)) became.push(partition);
      } catch (error) {
        this.onStorageError(error, partition, 'leader');
      }
    }
    return scalaMutableSetOrder(became, partitionHash);
  }

  private *makeFollowers(decided: readonly Decided[], liveLeaders: readonly Node[]): Op<Partition[]> {
    const { manager } = this;
    const became: Partition[] = [];
    for (const { partition, state } of decided) {
      const config = yield* this.prepare(partition);
      try {
        if (!manager.env.metadataCache.isAlive(state.leader)) {
          this.stateChangeLog.error(`Received LeaderAndIsrRequest for partition ${partition.name} but cannot become follower since the new leader ${state.leader} is unavailable.`);
          partition.ensureLocal(config);
        } else if (partition.makeFollower(state, config)) became.push(partition);
      } catch (error) {
        this.onStorageError(error, partition, 'follower');
      }
    }
    const followers = scalaMutableSetOrder(became, partitionHash);
    this.removeFetchers(scalaMutableSetOrder(followers, topicPartitionHash));
    for (const partition of followers) manager.completeDelayed(partition);
    if (!manager.isShuttingDown) this.addFetchers(followers, liveLeaders);
    return followers;
  }

  /** The replica's disk failed while it was made; its directory is going out of service. */
  private onStorageError(error: unknown, partition: Partition, role: 'leader' | 'follower'): void {
    if (!(error instanceof KafkaStorageError)) throw error;
    const reason = `since the replica for the partition is offline due to disk error ${error.throwable.split('\n')[0]}`;
    this.stateChangeLog.error(`Skipped the become-${role} state change for partition ${partition.name} ${reason}`);
    this.manager.log.error(`Error while making broker the ${role} for partition ${partition.description} in dir None`, error.throwable);
  }

  private removeFetchers(partitions: readonly Partition[]): void {
    this.manager.fetcherManager.removePartitions(partitions);
  }

  private addFetchers(followers: readonly Partition[], liveLeaders: readonly Node[]): void {
    const { env, fetcherManager } = this.manager;
    const toFetch: PartitionToFetch[] = [];
    for (const partition of scalaImmutableOrder(followers, topicPartitionHash)) {
      const id = partition.leaderId as number;
      const leader = env.metadataCache.node(id, env.config.interBrokerListenerName) ?? liveLeaders.find((node) => node.id === id);
      if (leader !== undefined) toFetch.push({ partition, leader, fetchOffset: partition.local?.highWatermark ?? 0 });
    }
    fetcherManager.addPartitions(toFetch);
  }

  /** What a first replica needs: its topic's settings, and the time that opening its log takes. */
  private *prepare(partition: Partition): Op<LogConfig> {
    const { env } = this.manager;
    if (partition.local !== undefined) return partition.local.log.config;
    const overrides = yield* env.zk.getEntityConfigs('topics', partition.topic);
    if (env.logManager.getLog(partition) === undefined) yield* sleep(env.sim, CREATE_LOG_US);
    return logConfigFromProps(env.config.logConfigDefaults, overrides);
  }

  // eslint-disable-next-line require-yield -- runs under the lock, which may wait
  private *doStopReplicas(request: StopReplicaRequest): Op<StopReplicaResponse> {
    const { manager } = this;
    if (request.controllerEpoch < manager.controllerEpoch) return { errorCode: ERRORS.STALE_CONTROLLER_EPOCH, partitions: [] };
    manager.controllerEpoch = request.controllerEpoch;
    const names = request.partitions.map(topicPartitionName).join(',');
    manager.fetcherManager.removePartitions(request.partitions);
    manager.alterLogDirsLog.info(`Removed fetcher for partitions ${names}`);
    return { errorCode: ERRORS.NONE, partitions: request.partitions.map((tp) => answer(tp, request.deletePartitions ? this.deleteReplica(tp) : ERRORS.NONE)) };
  }

  private deleteReplica(tp: TopicPartition): ErrorCode {
    try {
      this.manager.removePartition(tp);
      this.manager.env.logManager.asyncDelete(tp);
      return ERRORS.NONE;
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
      this.stateChangeLog.error(`Ignoring stop replica (delete=true) for partition ${topicPartitionName(tp)} due to storage exception`, error.throwable);
      return ERRORS.KAFKA_STORAGE_ERROR;
    }
  }
}

function inMapOrder(decided: readonly Decided[]): Decided[] {
  return scalaMutableMapOrder(decided, ({ partition }) => partitionHash(partition));
}

function answer(tp: TopicPartition, errorCode: ErrorCode): LeaderAndIsrResponse['partitions'][number] {
  return { topic: tp.topic, partition: tp.partition, errorCode };
}
