import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Mailbox, sleep } from '../../kernel/waitables';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { javaStringHash, kafkaAbs } from '../../protocol/java-string-hash';
import type { Assignment, TopicPartition } from '../../protocol/messages';
import type { RecordBatch } from '../../protocol/record-batch';
import { RecordBatchBuilder } from '../../protocol/record-batch-builder';
import type { BrokerTasks } from '../broker-tasks';
import type { ClassLogger } from '../class-logger';
import type { KafkaScheduler } from '../kafka-scheduler';
import type { ReplicaManager } from '../replica/replica-manager';
import type { GroupMetadata, OffsetAndMetadata } from './group-metadata';
import { loadGroups } from './group-loader';
import { groupMetadataKey, groupMetadataValue, offsetCommitKey, offsetCommitValue } from './group-records';

export const OFFSETS_TOPIC = '__consumer_offsets';

export interface OffsetConfig {
  readonly maxMetadataSize: number;
  readonly retentionCheckIntervalMs: number;
  readonly partitionCount: number;
  readonly commitTimeoutMs: number;
  readonly commitRequiredAcks: number;
}

interface RecordToWrite {
  readonly key: Uint8Array;
  readonly value: Uint8Array | null;
}

/** What loading a partition of the offsets topic costs, and each batch that is in it. */
const LOAD_US = 150;
const LOAD_BATCH_US = 20;

/** What the failed append of a group's record means to the group's members. */
const GROUP_APPEND_ERRORS: Readonly<Record<ErrorCode, ErrorCode>> = {
  [ERRORS.UNKNOWN_TOPIC_OR_PARTITION]: ERRORS.COORDINATOR_NOT_AVAILABLE,
  [ERRORS.NOT_ENOUGH_REPLICAS]: ERRORS.COORDINATOR_NOT_AVAILABLE,
  [ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND]: ERRORS.COORDINATOR_NOT_AVAILABLE,
  [ERRORS.NOT_LEADER_FOR_PARTITION]: ERRORS.NOT_COORDINATOR,
  [ERRORS.REQUEST_TIMED_OUT]: ERRORS.REBALANCE_IN_PROGRESS,
  [ERRORS.MESSAGE_TOO_LARGE]: ERRORS.UNKNOWN_SERVER_ERROR,
  [ERRORS.RECORD_LIST_TOO_LARGE]: ERRORS.UNKNOWN_SERVER_ERROR,
  [ERRORS.INVALID_FETCH_SIZE]: ERRORS.UNKNOWN_SERVER_ERROR,
};
/** The same for an offset commit. */
const OFFSET_APPEND_ERRORS: Readonly<Record<ErrorCode, ErrorCode>> = {
  [ERRORS.UNKNOWN_TOPIC_OR_PARTITION]: ERRORS.COORDINATOR_NOT_AVAILABLE,
  [ERRORS.NOT_ENOUGH_REPLICAS]: ERRORS.COORDINATOR_NOT_AVAILABLE,
  [ERRORS.NOT_ENOUGH_REPLICAS_AFTER_APPEND]: ERRORS.COORDINATOR_NOT_AVAILABLE,
  [ERRORS.NOT_LEADER_FOR_PARTITION]: ERRORS.NOT_COORDINATOR,
  [ERRORS.MESSAGE_TOO_LARGE]: ERRORS.INVALID_COMMIT_OFFSET_SIZE,
  [ERRORS.RECORD_LIST_TOO_LARGE]: ERRORS.INVALID_COMMIT_OFFSET_SIZE,
  [ERRORS.INVALID_FETCH_SIZE]: ERRORS.INVALID_COMMIT_OFFSET_SIZE,
};

/**
 * Groups and committed offsets of the partitions of `__consumer_offsets` that this broker leads: a cache of what that log holds.
 *
 * Why: whoever leads the partition next reads the log and knows the same.
 * Simplified: no transactional offset commits.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupMetadataManager.scala
 */
export class GroupMetadataManager {
  private readonly groups = new Map<string, GroupMetadata>();
  private readonly loading = new Set<number>();
  private readonly owned = new Set<number>();
  private readonly work = new Mailbox<() => Op<void>>();

  constructor(
    private readonly sim: Simulation,
    tasks: BrokerTasks,
    private readonly scheduler: KafkaScheduler,
    private readonly config: OffsetConfig,
    private readonly replicaManager: ReplicaManager,
    private readonly log: ClassLogger,
  ) {
    tasks.start(this.doWork());
  }

  /** One thread loads and unloads, in the order asked for. */
  private *doWork(): Op<void> {
    for (;;) {
      const job = yield* this.work.take();
      yield* job();
    }
  }

  enableExpiration(): void {
    this.scheduler.schedule(() => this.cleanUp({ groups: this.allGroups, nowMs: this.sim.dateMs() }), {
      periodMs: this.config.retentionCheckIntervalMs,
    });
  }

  get allGroups(): readonly GroupMetadata[] {
    return [...this.groups.values()];
  }

  get isLoading(): boolean {
    return this.loading.size > 0;
  }

  partitionFor(groupId: string): number {
    return kafkaAbs(javaStringHash(groupId)) % this.config.partitionCount;
  }

  isGroupLocal(groupId: string): boolean {
    return this.owned.has(this.partitionFor(groupId));
  }

  isGroupLoading(groupId: string): boolean {
    return this.loading.has(this.partitionFor(groupId));
  }

  groupNotExists(groupId: string): boolean {
    const group = this.groups.get(groupId);
    return this.isGroupLocal(groupId) && (group === undefined || group.is('Dead'));
  }

  get(groupId: string): GroupMetadata | undefined {
    return this.groups.get(groupId);
  }

  /** Returns the group of that name that is there already, else this one. */
  add(group: GroupMetadata): GroupMetadata {
    const present = this.groups.get(group.groupId);
    if (present !== undefined) return present;
    this.groups.set(group.groupId, group);
    return group;
  }

  /** Writes the group's record; `onStored` hears NONE or the error that members get. */
  storeGroup(group: GroupMetadata, assignments: ReadonlyMap<string, Assignment>, onStored: (error: ErrorCode) => void): void {
    const record = { key: groupMetadataKey(group.groupId), value: groupMetadataValue(group, assignments) };
    this.append(group, [record], (error) => onStored(GROUP_APPEND_ERRORS[error] ?? error));
  }

  storeOffsets(group: GroupMetadata, offsets: readonly OffsetAndMetadata[], onStored: (errorOf: (tp: TopicPartition) => ErrorCode) => void): void {
    const fits = (each: OffsetAndMetadata): boolean => each.metadata.length <= this.config.maxMetadataSize;
    const accepted = offsets.filter(fits);
    const tooLarge = new Set(offsets.filter((each) => !fits(each)).map((each) => `${each.topic}-${each.partition}`));
    const answer = (error: ErrorCode): void =>
      onStored((tp) => (tooLarge.has(`${tp.topic}-${tp.partition}`) ? ERRORS.OFFSET_METADATA_TOO_LARGE : error));
    if (accepted.length === 0) {
      answer(ERRORS.NONE);
      return;
    }
    const records = accepted.map((each) => ({ key: offsetCommitKey(group.groupId, each.topic, each.partition), value: offsetCommitValue(each) }));
    group.prepareOffsetCommit(accepted);
    this.append(group, records, (error, baseOffset) => {
      if (!group.is('Dead')) {
        for (const each of accepted) {
          if (error === ERRORS.NONE) group.onOffsetCommitAppended(each, baseOffset);
          else group.failPendingOffset(each);
        }
      }
      answer(OFFSET_APPEND_ERRORS[error] ?? error);
    });
  }

  loadPartition(partition: number, onLoaded: (group: GroupMetadata) => void): void {
    this.log.info(`Scheduling loading of offsets and group metadata from ${OFFSETS_TOPIC}-${partition}`);
    this.work.put(() => this.doLoad(partition, onLoaded));
  }

  private *doLoad(partition: number, onLoaded: (group: GroupMetadata) => void): Op<void> {
    this.loading.add(partition);
    const startMs = this.sim.dateMs();
    const log = this.replicaManager.logOf(OFFSETS_TOPIC, partition);
    if (log === undefined) {
      this.log.warn(`Attempted to load offsets and group metadata from ${OFFSETS_TOPIC}-${partition}, but found no log`);
    } else {
      const { groups, batchCount } = loadGroups(log);
      yield* sleep(this.sim, LOAD_US + batchCount * LOAD_BATCH_US);
      for (const group of groups) {
        this.add(group);
        onLoaded(group);
      }
    }
    this.log.info(
      `Finished loading offsets and group metadata from ${OFFSETS_TOPIC}-${partition} in ${this.sim.dateMs() - startMs} milliseconds.`,
    );
    this.owned.add(partition);
    this.loading.delete(partition);
  }

  unloadPartition(partition: number, onUnloaded: (group: GroupMetadata) => void): void {
    this.log.info(`Scheduling unloading of offsets and group metadata from ${OFFSETS_TOPIC}-${partition}`);
    this.work.put(() => this.doUnload(partition, onUnloaded));
  }

  // eslint-disable-next-line require-yield -- a job of the loading thread, which may wait
  private *doUnload(partition: number, onUnloaded: (group: GroupMetadata) => void): Op<void> {
    this.owned.delete(partition);
    let offsets = 0;
    let count = 0;
    for (const group of this.allGroups) {
      if (this.partitionFor(group.groupId) !== partition) continue;
      onUnloaded(group);
      this.groups.delete(group.groupId);
      count += 1;
      offsets += group.offsetCount;
    }
    this.log.info(
      `Finished unloading ${OFFSETS_TOPIC}-${partition}. Removed ${offsets} cached offsets and ${count} cached groups.`,
    );
  }

  /** Drops expired offsets, or those of `deleted` partitions, and groups that are empty without any; writes tombstones for both. */
  cleanUp(what: { groups: readonly GroupMetadata[]; nowMs: number; deleted?: readonly TopicPartition[] }): void {
    const startMs = this.sim.dateMs();
    let removedCount = 0;
    for (const group of what.groups) removedCount += this.cleanUpGroup(group, what.nowMs, what.deleted);
    this.log.info(`Removed ${removedCount} expired offsets in ${this.sim.dateMs() - startMs} milliseconds.`);
  }

  private cleanUpGroup(group: GroupMetadata, nowMs: number, deleted: readonly TopicPartition[] | undefined): number {
    const { groupId } = group;
    const removed = deleted === undefined ? group.removeExpiredOffsets(nowMs) : group.removeOffsets(deleted);
    if (group.is('Empty') && !group.hasOffsets) {
      this.log.info(`Group ${groupId} transitioned to Dead in generation ${group.generationId}`);
      group.transitionTo('Dead');
    }
    const partition = this.partitionFor(groupId);
    if (this.replicaManager.logOf(OFFSETS_TOPIC, partition) === undefined) return 0;
    const tombstones: RecordToWrite[] = removed.map((each) => ({ key: offsetCommitKey(groupId, each.topic, each.partition), value: null }));
    if (group.is('Dead') && this.groups.delete(groupId) && group.generationId > 0) {
      tombstones.push({ key: groupMetadataKey(groupId), value: null });
    }
    if (tombstones.length === 0) return 0;
    const error = this.replicaManager.appendInternally(OFFSETS_TOPIC, partition, this.batchOf(tombstones));
    return error === ERRORS.NONE ? removed.length : 0;
  }

  private append(group: GroupMetadata, records: readonly RecordToWrite[], onAppended: (error: ErrorCode, baseOffset: number) => void): void {
    const partition = this.partitionFor(group.groupId);
    if (this.replicaManager.logOf(OFFSETS_TOPIC, partition) === undefined) {
      onAppended(ERRORS.NOT_LEADER_FOR_PARTITION, -1);
      return;
    }
    this.replicaManager.appendRecords(
      {
        timeoutMs: this.config.commitTimeoutMs,
        acks: this.config.commitRequiredAcks,
        internalTopicsAllowed: true,
        isFromClient: false,
        partitions: [{ topic: OFFSETS_TOPIC, partition, batches: [this.batchOf(records)] }],
      },
      ([result]) => {
        if (result === undefined) throw new Error('an append of one partition has one result');
        onAppended(result.errorCode, result.baseOffset);
      },
    );
  }

  private batchOf(records: readonly RecordToWrite[]): RecordBatch {
    const builder = new RecordBatchBuilder();
    const nowMs = this.sim.dateMs();
    for (const { key, value } of records) builder.tryAppend(nowMs, key, value);
    return builder.build();
  }
}
