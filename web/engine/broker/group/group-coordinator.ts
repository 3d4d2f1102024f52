import type { Simulation } from '../../kernel/simulation';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { DescribedGroup, JoinGroupRequest, SyncGroupRequest, TopicPartition } from '../../protocol/messages';
import { CoordinatorAccess } from './coordinator-access';
import { describeGroup, emptyDescription } from './describe-group';
import { GroupMetadata, type OffsetAndMetadata } from './group-metadata';
import type { GroupMetadataManager } from './group-metadata-manager';
import { type GroupClient, GroupMembership, type MembershipEnvironment } from './group-membership';
import type { JoinCallback, SyncCallback } from './member-metadata';
import { offsetsCommitted } from './trace-events';

/**
 * Membership, rebalances and committed offsets of the groups whose partition of `__consumer_offsets` this broker leads.
 *
 * Errors: codes in responses. Trace: `offsets.committed`, and those of GroupMembership.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupCoordinator.scala
 */
export class GroupCoordinator {
  private readonly sim: Simulation;
  private readonly access: CoordinatorAccess;
  private readonly membership: GroupMembership;

  constructor(
    private readonly env: MembershipEnvironment,
    readonly groupManager: GroupMetadataManager,
  ) {
    this.sim = env.sim;
    this.access = new CoordinatorAccess(groupManager);
    this.membership = new GroupMembership(env, this.access);
  }

  startup(): void {
    this.env.log.info('Starting up.');
    this.groupManager.enableExpiration();
    this.access.active = true;
    this.env.log.info('Startup complete.');
  }

  shutdown(): void {
    this.env.log.info('Shutting down.');
    this.access.active = false;
    this.env.heartbeats.shutdown();
    this.env.joins.shutdown();
    this.env.log.info('Shutdown complete.');
  }

  halt(): void {
    this.access.active = false;
    this.env.heartbeats.halt();
    this.env.joins.halt();
  }

  partitionFor(groupId: string): number {
    return this.groupManager.partitionFor(groupId);
  }

  handleJoinGroup(request: JoinGroupRequest, client: GroupClient, respond: JoinCallback): void {
    this.membership.handleJoinGroup(request, client, respond);
  }

  handleSyncGroup(request: SyncGroupRequest, respond: SyncCallback): void {
    this.membership.handleSyncGroup(request, respond);
  }

  handleHeartbeat(groupId: string, memberId: string, generationId: number): ErrorCode {
    return this.membership.handleHeartbeat(groupId, memberId, generationId);
  }

  handleLeaveGroup(groupId: string, memberId: string): ErrorCode {
    return this.membership.handleLeaveGroup(groupId, memberId);
  }

  handleCommitOffsets(
    commit: { readonly groupId: string; readonly memberId: string; readonly generationId: number; readonly offsets: readonly OffsetAndMetadata[] },
    respond: (errorOf: (tp: TopicPartition) => ErrorCode) => void,
  ): void {
    const error = this.access.errorFor(commit.groupId);
    const present = this.groupManager.get(commit.groupId);
    const group = present ?? (error === ERRORS.NONE && commit.generationId < 0 ? this.groupManager.add(new GroupMetadata(commit.groupId, 'Empty')) : undefined);
    const refused = error !== ERRORS.NONE ? error : group === undefined ? ERRORS.ILLEGAL_GENERATION : commitError(group, commit);
    if (refused !== ERRORS.NONE || group === undefined) {
      respond(() => refused);
      return;
    }
    if (group.has(commit.memberId)) this.membership.scheduleNextHeartbeat(group, group.get(commit.memberId));
    this.groupManager.storeOffsets(group, commit.offsets, (errorOf) => {
      const committed = this.sim.trace.channel(offsetsCommitted);
      if (committed.hot) committed.emit({ groupId: group.groupId, offsets: commit.offsets.filter((each) => errorOf(each) === ERRORS.NONE) });
      respond(errorOf);
    });
  }

  /** `partitions` null is all that were committed. An offset that was not is -1. */
  handleFetchOffsets(
    groupId: string,
    partitions: readonly TopicPartition[] | null,
  ): { readonly errorCode: ErrorCode; readonly partitions: (TopicPartition & { errorCode: ErrorCode; offset: number; metadata: string })[] } {
    const errorCode = this.access.errorFor(groupId);
    if (errorCode !== ERRORS.NONE) return { errorCode, partitions: [] };
    const group = this.groupManager.get(groupId);
    const known = group === undefined || group.is('Dead') ? undefined : group;
    const asked = partitions ?? known?.committedOffsets ?? [];
    return {
      errorCode,
      partitions: asked.map(({ topic, partition }) => {
        const committed = known?.committedOffset({ topic, partition });
        return { topic, partition, errorCode: ERRORS.NONE, offset: committed?.offset ?? -1, metadata: committed?.metadata ?? '' };
      }),
    };
  }

  // Administration

  handleListGroups(): { readonly errorCode: ErrorCode; readonly groups: readonly { groupId: string; protocolType: string }[] } {
    if (!this.access.active) return { errorCode: ERRORS.COORDINATOR_NOT_AVAILABLE, groups: [] };
    return {
      errorCode: this.groupManager.isLoading ? ERRORS.COORDINATOR_LOAD_IN_PROGRESS : ERRORS.NONE,
      groups: this.groupManager.allGroups.map((group) => ({ groupId: group.groupId, protocolType: group.protocolType ?? '' })),
    };
  }

  handleDescribeGroup(groupId: string): DescribedGroup {
    const error = this.access.errorFor(groupId);
    if (error !== ERRORS.NONE) return emptyDescription(groupId, '', error);
    const group = this.groupManager.get(groupId);
    return group === undefined ? emptyDescription(groupId, 'Dead', ERRORS.NONE) : describeGroup(group);
  }

  handleDeleteGroups(groupIds: readonly string[]): { readonly groupId: string; readonly errorCode: ErrorCode }[] {
    const eligible: GroupMetadata[] = [];
    const results = groupIds.map((groupId) => {
      const group = this.groupManager.get(groupId);
      const errorCode = this.deletionError(groupId, group);
      if (errorCode === ERRORS.NONE && group !== undefined) {
        group.transitionTo('Dead');
        eligible.push(group);
      }
      return { groupId, errorCode };
    });
    if (eligible.length > 0) {
      this.groupManager.cleanUp({ groups: eligible, nowMs: Infinity });
      this.env.log.info(`The following groups were deleted: ${eligible.map((group) => group.groupId).join(', ')}`);
    }
    return results;
  }

  private deletionError(groupId: string, group: GroupMetadata | undefined): ErrorCode {
    if (this.access.active && groupId === '') return ERRORS.INVALID_GROUP_ID;
    const error = this.access.errorFor(groupId);
    if (error !== ERRORS.NONE) return error;
    if (group === undefined || group.is('Dead')) return this.groupManager.groupNotExists(groupId) ? ERRORS.GROUP_ID_NOT_FOUND : ERRORS.NOT_COORDINATOR;
    return group.is('Empty') ? ERRORS.NONE : ERRORS.NON_EMPTY_GROUP;
  }

  handleDeletedPartitions(deleted: readonly TopicPartition[]): void {
    this.groupManager.cleanUp({ groups: this.groupManager.allGroups, nowMs: this.sim.dateMs(), deleted });
  }

  // Leadership of the offsets topic

  handleImmigration(partition: number): void {
    this.groupManager.loadPartition(partition, (group) => {
      this.env.log.info(`Loading group metadata for ${group.groupId} with generation ${group.generationId}`);
      for (const member of group.members) this.membership.scheduleNextHeartbeat(group, member);
    });
  }

  handleEmigration(partition: number): void {
    this.groupManager.unloadPartition(partition, (group) => this.membership.unload(group));
  }
}

function commitError(group: GroupMetadata, commit: { readonly memberId: string; readonly generationId: number }): ErrorCode {
  if (group.is('Dead')) return ERRORS.UNKNOWN_MEMBER_ID;
  if (commit.generationId < 0 && group.is('Empty')) return ERRORS.NONE;
  if (group.is('CompletingRebalance')) return ERRORS.REBALANCE_IN_PROGRESS;
  if (!group.has(commit.memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
  return commit.generationId === group.generationId ? ERRORS.NONE : ERRORS.ILLEGAL_GENERATION;
}
