import type { LogConfig } from '../../config/log-config';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { PartitionState } from '../../protocol/messages';
import type { RecordBatch } from '../../protocol/record-batch';
import type { ClassLogger } from '../class-logger';
import { appendFailed, type LogAppendInfo } from '../log/log-append-info';
import { FetchListeners } from './fetch-listeners';
import type { FetchPartition } from './fetch-session';
import { IsrUpdate } from './isr-update';
import type { PartitionHost } from './partition-host';
import { type LocalReplica, logReplicaLoaded, RemoteReplica } from './replica';
import { followerStarted, highWatermarkAdvanced, leaderStarted, recordsAppended } from './trace-events';

export interface EpochEndOffset {
  readonly errorCode: ErrorCode;
  readonly endOffset: number;
}

/**
 * A partition of which this broker has a replica: as its leader it takes appends and keeps the ISR; as a follower it copies.
 *
 * Why: acks=all waits for the ISR, so a wrong member loses data or stalls producers.
 * Units: offsets count records from 0, `logEndOffset` is exclusive; times are ms since 1970.
 * Errors: NOT_ENOUGH_REPLICAS when the ISR is smaller than min.insync.replicas and acks=-1, NOT_LEADER_FOR_PARTITION.
 * Trace: `leader.started`, `follower.started`, `records.appended`, `high-watermark.advanced`, `isr.shrunk`, `isr.expanded`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/cluster/Partition.scala
 */
export class Partition {
  readonly name: string;
  leaderId: number | undefined;
  leaderEpoch = -1;
  controllerEpoch = 0;
  zkVersion = 0;
  /** In the order in which the controller listed them. */
  assignment: readonly number[] = [];
  local: LocalReplica | undefined;
  readonly remotes = new Map<number, RemoteReplica>();
  readonly isr: IsrUpdate;
  private readonly listeners: FetchListeners;

  constructor(
    private readonly host: PartitionHost,
    readonly topic: string,
    readonly partition: number,
    readonly log: ClassLogger,
    private readonly replicaLog: ClassLogger,
  ) {
    this.name = `${topic}-${partition}`;
    this.isr = new IsrUpdate(this, host);
    this.listeners = new FetchListeners((fetch) => host.wakeSession(fetch));
  }

  get inSyncReplicas(): readonly number[] {
    return this.isr.members;
  }

  /** As an error in the log shows it. */
  get description(): string {
    const leader = this.leaderId === undefined ? 'None' : `Some(${this.leaderId})`;
    const replicas = [...(this.local === undefined ? [] : [this.host.brokerId]), ...this.remotes.keys()];
    return `Topic: ${this.topic}; Partition: ${this.partition}; Leader: ${leader}; AllReplicas: ${replicas.join(',')}; InSyncReplicas: ${this.isr.members.join(',')}`;
  }

  get isLeader(): boolean {
    return this.local !== undefined && this.leaderId === this.host.brokerId;
  }

  /** The local replica when this broker leads. */
  get leaderReplica(): LocalReplica | undefined {
    return this.isLeader ? this.local : undefined;
  }

  get isUnderReplicated(): boolean {
    return this.isLeader && this.isr.members.length < this.assignment.length;
  }

  // Who leads

  /** True when this broker did not lead before. `config` is needed for a first local replica only. */
  makeLeader(state: PartitionState, config: LogConfig): boolean {
    this.controllerEpoch = state.controllerEpoch;
    for (const id of state.isr) this.getOrCreateReplica(id, config);
    this.removeReplicasNotIn(state.replicas);
    this.isr.reset(state.isr);
    const local = this.getOrCreateLocal(config);
    const logEndOffset = local.logEndOffset;
    this.log.info(`${this.name} starts at Leader Epoch ${state.leaderEpoch} from offset ${logEndOffset}. Previous Leader Epoch was: ${this.leaderEpoch}`);
    this.leaderEpoch = state.leaderEpoch;
    for (const id of state.replicas) this.getOrCreateReplica(id, config);
    this.assignment = state.replicas;
    this.zkVersion = state.zkVersion;
    const isNewLeader = this.leaderId !== this.host.brokerId;
    const nowMs = this.host.sim.dateMs();
    for (const remote of this.remotes.values()) {
      remote.reset(logEndOffset, nowMs, this.isr.members.includes(remote.brokerId) ? nowMs : 0);
      if (isNewLeader) remote.forgetPosition();
    }
    this.leaderId = this.host.brokerId;
    this.listeners.markDirty();
    this.host.onLeadershipChanged(this);
    const started = this.host.sim.trace.channel(leaderStarted);
    if (started.hot) started.emit({ ...this.event, leaderEpoch: this.leaderEpoch, logEndOffset });
    if (this.maybeIncrementHighWatermark()) this.host.completeDelayed(this);
    return isNewLeader;
  }

  /** True when the leader is another one than before. */
  makeFollower(state: PartitionState, config: LogConfig): boolean {
    this.controllerEpoch = state.controllerEpoch;
    for (const id of state.replicas) this.getOrCreateReplica(id, config);
    this.removeReplicasNotIn(state.replicas);
    this.assignment = state.replicas;
    this.isr.reset([]);
    this.leaderEpoch = state.leaderEpoch;
    this.zkVersion = state.zkVersion;
    if (this.leaderId === state.leader) return false;
    this.leaderId = state.leader;
    this.host.onLeadershipChanged(this);
    this.listeners.dismiss();
    const started = this.host.sim.trace.channel(followerStarted);
    if (started.hot) started.emit({ ...this.event, leaderEpoch: this.leaderEpoch, leader: state.leader });
    return true;
  }

  /** The partition is no more on this broker. */
  close(): void {
    this.leaderId = undefined;
    this.local = undefined;
    this.remotes.clear();
    this.isr.reset([]);
    this.host.onLeadershipChanged(this);
    this.listeners.dismiss();
    this.host.completeDelayed(this);
  }

  ensureLocal(config: LogConfig): void {
    this.getOrCreateLocal(config);
  }

  private getOrCreateReplica(brokerId: number, config: LogConfig): void {
    if (brokerId === this.host.brokerId) {
      this.getOrCreateLocal(config);
      return;
    }
    if (this.remotes.has(brokerId)) return;
    this.remotes.set(brokerId, new RemoteReplica(brokerId));
    logReplicaLoaded(this.replicaLog, this.name, 0);
  }

  private getOrCreateLocal(config: LogConfig): LocalReplica {
    if (this.local !== undefined) return this.local;
    const local = this.host.createLocalReplica(this, config);
    this.local = local;
    logReplicaLoaded(this.replicaLog, this.name, local.highWatermark);
    return local;
  }

  private removeReplicasNotIn(replicas: readonly number[]): void {
    for (const id of [...this.remotes.keys()]) if (!replicas.includes(id)) this.remotes.delete(id);
  }

  // Writing

  appendToLeader(batches: readonly RecordBatch[], options: { readonly isFromClient: boolean; readonly acks: number }): LogAppendInfo {
    const leader = this.leaderReplica;
    if (leader === undefined) {
      return appendFailed(ERRORS.NOT_LEADER_FOR_PARTITION, `Leader not local for partition ${this.name} on broker ${this.host.brokerId}`, -1);
    }
    const { minInsyncReplicas } = leader.log.config;
    const inSync = this.isr.members.length;
    if (inSync < minInsyncReplicas && options.acks === -1) {
      const message = `Number of insync replicas for partition ${this.name} is [${inSync}], below required minimum [${minInsyncReplicas}]`;
      return appendFailed(ERRORS.NOT_ENOUGH_REPLICAS, message, leader.logStartOffset);
    }
    for (const remote of this.remotes.values()) remote.settle();
    const info = leader.log.appendAsLeader(batches, this.leaderEpoch, options.isFromClient);
    if (info.errorCode !== ERRORS.NONE || info.isDuplicate) return info;
    this.appended(info, false);
    this.listeners.tellFollowers();
    this.host.completeDelayedFetches(this);
    if (this.maybeIncrementHighWatermark()) this.host.completeDelayed(this);
    return info;
  }

  /** What came from the leader. Throws nothing; returns the error code. */
  appendToFollower(batches: readonly RecordBatch[]): ErrorCode {
    if (this.local === undefined) return ERRORS.REPLICA_NOT_AVAILABLE;
    const info = this.local.log.appendAsFollower(batches);
    if (info.errorCode === ERRORS.NONE && info.recordCount > 0) this.appended(info, true);
    return info.errorCode;
  }

  /** As a follower: the leader said how far is safe, and where its log begins. */
  updateFollowerMarks(leaderHighWatermark: number, leaderLogStartOffset: number): void {
    const { local } = this;
    if (local === undefined) return;
    const mark = Math.min(local.logEndOffset, leaderHighWatermark);
    const advanced = mark > local.highWatermark;
    local.highWatermark = mark;
    if (advanced) this.traceHighWatermark(mark);
    if (leaderLogStartOffset <= mark) local.log.maybeIncrementLogStartOffset(leaderLogStartOffset);
  }

  private appended(info: LogAppendInfo, fromLeader: boolean): void {
    const channel = this.host.sim.trace.channel(recordsAppended);
    if (channel.hot) channel.emit({ ...this.event, firstOffset: info.firstOffset, lastOffset: info.lastOffset, fromLeader });
  }

  /** Moves the log's beginning; false when `offset` is beyond the high watermark. */
  deleteRecords(offset: number): boolean {
    const leader = this.leaderReplica;
    if (leader === undefined || offset > leader.highWatermark) return false;
    leader.log.maybeIncrementLogStartOffset(offset);
    this.listeners.tellAll();
    return true;
  }

  /** The lowest log start offset of all live replicas: what is gone everywhere. */
  get lowWatermark(): number {
    let lowest = this.local?.logStartOffset ?? 0;
    for (const remote of this.remotes.values()) if (this.host.isBrokerAlive(remote.brokerId)) lowest = Math.min(lowest, remote.logStartOffset);
    return lowest;
  }

  // Followers and the high watermark

  /** A follower fetched: notes how far it is, takes it into the ISR, moves the high watermark. False when it is no replica of this partition. */
  updateFollower(brokerId: number, fetch: FetchPartition, leaderLogEndOffset: number): boolean {
    const remote = this.remotes.get(brokerId);
    if (remote === undefined) return false;
    const oldLowWatermark = this.lowWatermark;
    remote.updateFromFetch(fetch, leaderLogEndOffset, this.host.sim.dateMs());
    this.isr.maybeExpand(remote);
    const moved = this.maybeIncrementHighWatermark();
    if (moved || this.lowWatermark > oldLowWatermark) this.host.completeDelayed(this);
    return true;
  }

  /** True when it moved. It is the lowest end of the logs that are in sync or about to be. */
  maybeIncrementHighWatermark(): boolean {
    const leader = this.leaderReplica;
    if (leader === undefined) return false;
    let lowest = leader.logEndOffset;
    if (this.remotes.size > 0) {
      const nowMs = this.host.sim.dateMs();
      for (const remote of this.remotes.values()) {
        const counts = this.isr.members.includes(remote.brokerId) || nowMs - remote.lastCaughtUpTimeMs <= this.host.replicaLagTimeMaxMs;
        if (counts && remote.logEndOffset < lowest) lowest = remote.logEndOffset;
      }
    }
    if (lowest <= leader.highWatermark) return false;
    leader.highWatermark = lowest;
    this.traceHighWatermark(lowest);
    this.listeners.tellAll();
    return true;
  }

  /** Whether acks=all is satisfied up to `requiredOffset`. */
  hasEnoughReplicas(requiredOffset: number): { readonly done: boolean; readonly errorCode: ErrorCode } {
    const leader = this.leaderReplica;
    if (leader === undefined) return { done: false, errorCode: ERRORS.NOT_LEADER_FOR_PARTITION };
    if (leader.highWatermark < requiredOffset) return { done: false, errorCode: ERRORS.NONE };
    const enough = leader.log.config.minInsyncReplicas <= this.isr.members.length;
    return { done: true, errorCode: enough ? ERRORS.NONE : ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND };
  }

  lastOffsetForLeaderEpoch(leaderEpoch: number): EpochEndOffset {
    const leader = this.leaderReplica;
    if (leader === undefined) return { errorCode: ERRORS.NOT_LEADER_FOR_PARTITION, endOffset: -1 };
    return { errorCode: ERRORS.NONE, endOffset: leader.log.leaderEpochCache.endOffsetFor(leaderEpoch) };
  }

  private traceHighWatermark(highWatermark: number): void {
    const channel = this.host.sim.trace.channel(highWatermarkAdvanced);
    if (channel.hot) channel.emit({ ...this.event, highWatermark });
  }

  get event(): { brokerId: number; topic: string; partition: number } {
    return { brokerId: this.host.brokerId, topic: this.topic, partition: this.partition };
  }

  // Fetch sessions that want to hear of changes

  addListener(fetch: FetchPartition): void {
    this.listeners.add(fetch);
    fetch.source = this;
  }

  removeListener(fetch: FetchPartition): void {
    this.listeners.remove(fetch);
    fetch.source = undefined;
  }
}
