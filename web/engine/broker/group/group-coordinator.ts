import type { Simulation } from '../../kernel/simulation';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import {
  type DescribedGroup,
  type JoinGroupRequest,
  type JoinGroupResponse,
  type SyncGroupRequest,
  type TopicPartition,
  topicPartitionName,
} from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import type { DelayedOperationPurgatory } from '../replica/delayed-operation-purgatory';
import { DelayedHeartbeat } from './delayed-heartbeat';
import { DelayedJoin, InitialDelayedJoin } from './delayed-join';
import { describeGroup, emptyDescription } from './describe-group';
import { GroupMetadata, type OffsetAndMetadata } from './group-metadata';
import { type GroupMetadataManager, OFFSETS_TOPIC } from './group-metadata-manager';
import { type JoinCallback, MemberMetadata, NO_ASSIGNMENT, type SyncCallback } from './member-metadata';
import { groupEmpty, groupRebalancing, groupStable, memberFailed, offsetsCommitted } from './trace-events';

export interface GroupConfig {
  readonly minSessionTimeoutMs: number;
  readonly maxSessionTimeoutMs: number;
  readonly initialRebalanceDelayMs: number;
}

/** Who sent a request, as a group remembers it. */
export interface GroupClient {
  readonly clientId: string;
  /** `/172.18.0.3`. */
  readonly clientHost: string;
}

/**
 * Membership, rebalances and committed offsets of the groups whose partition of `__consumer_offsets` this broker leads.
 *
 * Errors: codes in responses. Trace: `group.rebalancing`, `group.stable`, `group.empty`, `member.failed`, `offsets.committed`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupCoordinator.scala
 */
export class GroupCoordinator {
  private active = false;

  constructor(
    private readonly sim: Simulation,
    private readonly brokerId: number,
    private readonly config: GroupConfig,
    readonly groupManager: GroupMetadataManager,
    private readonly heartbeats: DelayedOperationPurgatory<DelayedHeartbeat>,
    private readonly joins: DelayedOperationPurgatory<DelayedJoin>,
    private readonly log: ClassLogger,
  ) {}

  startup(): void {
    this.log.info('Starting up.');
    this.groupManager.enableExpiration();
    this.active = true;
    this.log.info('Startup complete.');
  }

  shutdown(): void {
    this.log.info('Shutting down.');
    this.active = false;
    this.heartbeats.shutdown();
    this.joins.shutdown();
    this.log.info('Shutdown complete.');
  }

  halt(): void {
    this.active = false;
    this.heartbeats.halt();
    this.joins.halt();
  }

  partitionFor(groupId: string): number {
    return this.groupManager.partitionFor(groupId);
  }

  /** NONE when this broker may answer for the group. */
  private coordinatorError(groupId: string, options: { readonly loadingIsFine?: boolean } = {}): ErrorCode {
    if (!this.active) return ERRORS.COORDINATOR_NOT_AVAILABLE;
    if (!this.groupManager.isGroupLocal(groupId)) return ERRORS.NOT_COORDINATOR;
    if (options.loadingIsFine !== true && this.groupManager.isGroupLoading(groupId)) return ERRORS.COORDINATOR_LOAD_IN_PROGRESS;
    return ERRORS.NONE;
  }

  // Joining

  handleJoinGroup(request: JoinGroupRequest, client: GroupClient, respond: JoinCallback): void {
    const error = this.joinRequestError(request);
    if (error !== ERRORS.NONE) {
      respond(joinError(request.memberId, error));
      return;
    }
    const group = this.groupManager.get(request.groupId);
    if (group !== undefined) this.doJoinGroup(group, request, client, respond);
    else if (request.memberId !== '') respond(joinError(request.memberId, ERRORS.UNKNOWN_MEMBER_ID));
    else this.doJoinGroup(this.groupManager.add(new GroupMetadata(request.groupId, 'Empty')), request, client, respond);
  }

  private joinRequestError(request: JoinGroupRequest): ErrorCode {
    if (!this.active) return ERRORS.COORDINATOR_NOT_AVAILABLE;
    if (request.groupId === '') return ERRORS.INVALID_GROUP_ID;
    const error = this.coordinatorError(request.groupId);
    if (error !== ERRORS.NONE) return error;
    const { minSessionTimeoutMs, maxSessionTimeoutMs } = this.config;
    if (request.sessionTimeoutMs < minSessionTimeoutMs || request.sessionTimeoutMs > maxSessionTimeoutMs) return ERRORS.INVALID_SESSION_TIMEOUT;
    return ERRORS.NONE;
  }

  private doJoinGroup(group: GroupMetadata, request: JoinGroupRequest, client: GroupClient, respond: JoinCallback): void {
    const error = membershipError(group, request);
    if (error !== ERRORS.NONE) {
      respond(joinError(request.memberId, error));
      return;
    }
    if (request.memberId === '') this.addMemberAndRebalance(group, request, client, respond);
    else {
      const member = group.get(request.memberId);
      const unchanged = member.matches(request.protocols);
      const settled = group.is('CompletingRebalance') ? unchanged : group.is('Stable') && unchanged && !group.isLeader(member.memberId);
      if (settled) respond(joinResponse(group, member));
      else this.updateMemberAndRebalance(group, member, request, respond);
    }
    if (group.is('PreparingRebalance')) this.joins.checkAndComplete(group.groupId);
  }

  private addMemberAndRebalance(group: GroupMetadata, request: JoinGroupRequest, client: GroupClient, respond: JoinCallback): void {
    const memberId = `${client.clientId}-${this.sim.random('member ids').uuid()}`;
    const member = new MemberMetadata(
      memberId,
      client.clientId,
      client.clientHost,
      request.rebalanceTimeoutMs,
      request.sessionTimeoutMs,
      request.protocolType,
      request.protocols,
    );
    member.awaitingJoin = respond;
    if (group.is('PreparingRebalance') && group.generationId === 0) group.newMemberAdded = true;
    group.add(member);
    if (group.canRebalance) this.prepareRebalance(group);
  }

  private updateMemberAndRebalance(group: GroupMetadata, member: MemberMetadata, request: JoinGroupRequest, respond: JoinCallback): void {
    member.protocols = request.protocols;
    member.awaitingJoin = respond;
    if (group.canRebalance) this.prepareRebalance(group);
  }

  private prepareRebalance(group: GroupMetadata): void {
    if (group.is('CompletingRebalance')) this.resetAssignment(group, ERRORS.REBALANCE_IN_PROGRESS);
    const delayMs = this.config.initialRebalanceDelayMs;
    const onJoined = (joined: GroupMetadata): void => this.completeJoin(joined);
    const join = group.is('Empty')
      ? new InitialDelayedJoin(this.joins, group.groupId, group, onJoined, {
          configuredDelayMs: delayMs,
          delayMs,
          remainingMs: Math.max(group.rebalanceTimeoutMs - delayMs, 0),
        })
      : new DelayedJoin(group, onJoined, group.rebalanceTimeoutMs);
    group.transitionTo('PreparingRebalance');
    this.log.info(`Preparing to rebalance group ${group.groupId} with old generation ${group.generationId} (${this.partitionName(group)})`);
    const rebalancing = this.sim.trace.channel(groupRebalancing);
    if (rebalancing.hot) rebalancing.emit({ ...this.eventOf(group), members: group.members.map((member) => member.memberId) });
    this.joins.tryCompleteElseWatch(join, [group.groupId]);
  }

  private completeJoin(group: GroupMetadata): void {
    for (const failed of group.notYetRejoined) group.remove(failed.memberId);
    if (group.is('Dead')) return;
    group.initNextGeneration();
    if (group.is('Empty')) {
      this.log.info(`Group ${group.groupId} with generation ${group.generationId} is now empty (${this.partitionName(group)})`);
      const empty = this.sim.trace.channel(groupEmpty);
      if (empty.hot) empty.emit(this.eventOf(group));
      this.groupManager.storeGroup(group, new Map(), () => {});
      return;
    }
    this.log.info(`Stabilized group ${group.groupId} generation ${group.generationId} (${this.partitionName(group)})`);
    for (const member of group.members) {
      const respond = member.awaitingJoin as JoinCallback;
      member.awaitingJoin = undefined;
      respond(joinResponse(group, member));
      this.scheduleNextHeartbeat(group, member);
    }
  }

  // Assigning

  handleSyncGroup(request: SyncGroupRequest, respond: SyncCallback): void {
    const fail = (errorCode: ErrorCode): void => respond({ errorCode, assignment: NO_ASSIGNMENT });
    const error = this.coordinatorError(request.groupId, { loadingIsFine: true });
    const group = this.groupManager.get(request.groupId);
    if (error !== ERRORS.NONE) fail(error);
    else if (group === undefined || !group.has(request.memberId)) fail(ERRORS.UNKNOWN_MEMBER_ID);
    else if (request.generationId !== group.generationId) fail(ERRORS.ILLEGAL_GENERATION);
    else if (group.is('Empty') || group.is('Dead')) fail(ERRORS.UNKNOWN_MEMBER_ID);
    else if (group.is('PreparingRebalance')) fail(ERRORS.REBALANCE_IN_PROGRESS);
    else this.doSyncGroup(group, request, respond);
  }

  private doSyncGroup(group: GroupMetadata, request: SyncGroupRequest, respond: SyncCallback): void {
    const member = group.get(request.memberId);
    if (group.is('Stable')) {
      respond({ errorCode: ERRORS.NONE, assignment: member.assignment ?? NO_ASSIGNMENT });
      this.scheduleNextHeartbeat(group, member);
      return;
    }
    member.awaitingSync = respond;
    if (!group.isLeader(request.memberId)) return;
    this.log.info(`Assignment received from leader for group ${group.groupId} for generation ${group.generationId}`);
    const assignments = new Map(request.assignments.map((each) => [each.memberId, each.assignment]));
    this.groupManager.storeGroup(group, assignments, (error) => {
      if (!group.is('CompletingRebalance') || request.generationId !== group.generationId) return;
      if (error !== ERRORS.NONE) {
        this.resetAssignment(group, error);
        if (group.canRebalance) this.prepareRebalance(group);
        return;
      }
      for (const each of group.members) each.assignment = assignments.get(each.memberId);
      this.propagateAssignment(group, ERRORS.NONE);
      group.transitionTo('Stable');
      this.traceStable(group);
    });
  }

  private resetAssignment(group: GroupMetadata, error: ErrorCode): void {
    for (const member of group.members) member.assignment = undefined;
    this.propagateAssignment(group, error);
  }

  private propagateAssignment(group: GroupMetadata, errorCode: ErrorCode): void {
    for (const member of group.members) {
      const respond = member.awaitingSync;
      if (respond === undefined) continue;
      member.awaitingSync = undefined;
      respond({ errorCode, assignment: member.assignment ?? NO_ASSIGNMENT });
      this.scheduleNextHeartbeat(group, member);
    }
  }

  private traceStable(group: GroupMetadata): void {
    const stable = this.sim.trace.channel(groupStable);
    if (!stable.hot) return;
    const members = group.members.map((member) => ({
      memberId: member.memberId,
      clientId: member.clientId,
      partitions: (member.assignment ?? NO_ASSIGNMENT).partitions.map(topicPartitionName),
    }));
    stable.emit({ ...this.eventOf(group), members });
  }

  // Staying and leaving

  handleHeartbeat(groupId: string, memberId: string, generationId: number): ErrorCode {
    const error = this.coordinatorError(groupId, { loadingIsFine: true });
    if (error !== ERRORS.NONE) return error;
    if (this.groupManager.isGroupLoading(groupId)) return ERRORS.NONE;
    const group = this.groupManager.get(groupId);
    if (group === undefined || group.is('Dead') || group.is('Empty') || !group.has(memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
    if (group.is('CompletingRebalance')) return ERRORS.REBALANCE_IN_PROGRESS;
    if (generationId !== group.generationId) return ERRORS.ILLEGAL_GENERATION;
    this.scheduleNextHeartbeat(group, group.get(memberId));
    return group.is('PreparingRebalance') ? ERRORS.REBALANCE_IN_PROGRESS : ERRORS.NONE;
  }

  handleLeaveGroup(groupId: string, memberId: string): ErrorCode {
    const error = this.coordinatorError(groupId);
    if (error !== ERRORS.NONE) return error;
    const group = this.groupManager.get(groupId);
    if (group === undefined || group.is('Dead') || !group.has(memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
    const member = group.get(memberId);
    member.isLeaving = true;
    this.heartbeats.checkAndComplete(member);
    this.removeMember(group, member);
    return ERRORS.NONE;
  }

  private removeMember(group: GroupMetadata, member: MemberMetadata): void {
    group.remove(member.memberId);
    if (group.is('Stable') || group.is('CompletingRebalance')) this.prepareRebalance(group);
    else if (group.is('PreparingRebalance')) this.joins.checkAndComplete(group.groupId);
  }

  private scheduleNextHeartbeat(group: GroupMetadata, member: MemberMetadata): void {
    member.latestHeartbeatMs = this.sim.dateMs();
    this.heartbeats.checkAndComplete(member);
    const deadlineMs = member.latestHeartbeatMs + member.sessionTimeoutMs;
    this.heartbeats.tryCompleteElseWatch(new DelayedHeartbeat(member, group, deadlineMs, this.onMemberFailed), [member]);
  }

  private readonly onMemberFailed = (group: GroupMetadata, member: MemberMetadata): void => {
    this.log.info(`Member ${member.memberId} in group ${group.groupId} has failed, removing it from the group`);
    const failed = this.sim.trace.channel(memberFailed);
    if (failed.hot) failed.emit({ ...this.eventOf(group), memberId: member.memberId });
    this.removeMember(group, member);
  };

  // Offsets

  handleCommitOffsets(
    commit: { readonly groupId: string; readonly memberId: string; readonly generationId: number; readonly offsets: readonly OffsetAndMetadata[] },
    respond: (errorOf: (tp: TopicPartition) => ErrorCode) => void,
  ): void {
    const error = this.coordinatorError(commit.groupId);
    const present = this.groupManager.get(commit.groupId);
    const group = present ?? (error === ERRORS.NONE && commit.generationId < 0 ? this.groupManager.add(new GroupMetadata(commit.groupId, 'Empty')) : undefined);
    const refused = error !== ERRORS.NONE ? error : group === undefined ? ERRORS.ILLEGAL_GENERATION : commitError(group, commit);
    if (refused !== ERRORS.NONE || group === undefined) {
      respond(() => refused);
      return;
    }
    if (group.has(commit.memberId)) this.scheduleNextHeartbeat(group, group.get(commit.memberId));
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
    const errorCode = this.coordinatorError(groupId);
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
    if (!this.active) return { errorCode: ERRORS.COORDINATOR_NOT_AVAILABLE, groups: [] };
    return {
      errorCode: this.groupManager.isLoading ? ERRORS.COORDINATOR_LOAD_IN_PROGRESS : ERRORS.NONE,
      groups: this.groupManager.allGroups.map((group) => ({ groupId: group.groupId, protocolType: group.protocolType ?? '' })),
    };
  }

  handleDescribeGroup(groupId: string): DescribedGroup {
    const error = this.coordinatorError(groupId);
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
      this.log.info(`The following groups were deleted: ${eligible.map((group) => group.groupId).join(', ')}`);
    }
    return results;
  }

  private deletionError(groupId: string, group: GroupMetadata | undefined): ErrorCode {
    if (this.active && groupId === '') return ERRORS.INVALID_GROUP_ID;
    const error = this.coordinatorError(groupId);
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
      this.log.info(`Loading group metadata for ${group.groupId} with generation ${group.generationId}`);
      for (const member of group.members) this.scheduleNextHeartbeat(group, member);
    });
  }

  handleEmigration(partition: number): void {
    this.groupManager.unloadPartition(partition, (group) => this.onUnloaded(group));
  }

  private onUnloaded(group: GroupMetadata): void {
    this.log.info(`Unloading group metadata for ${group.groupId} with generation ${group.generationId}`);
    const wasPreparing = group.is('PreparingRebalance');
    group.transitionTo('Dead');
    for (const member of group.members) {
      const { awaitingJoin, awaitingSync } = member;
      member.awaitingJoin = undefined;
      member.awaitingSync = undefined;
      awaitingJoin?.(joinError(member.memberId, ERRORS.NOT_COORDINATOR));
      awaitingSync?.({ errorCode: ERRORS.NOT_COORDINATOR, assignment: NO_ASSIGNMENT });
      member.isLeaving = true;
      this.heartbeats.checkAndComplete(member);
    }
    if (wasPreparing) this.joins.checkAndComplete(group.groupId);
  }

  private partitionName(group: GroupMetadata): string {
    return `${OFFSETS_TOPIC}-${this.partitionFor(group.groupId)}`;
  }

  private eventOf(group: GroupMetadata): { groupId: string; generationId: number; coordinator: number } {
    return { groupId: group.groupId, generationId: group.generationId, coordinator: this.brokerId };
  }
}

function membershipError(group: GroupMetadata, request: JoinGroupRequest): ErrorCode {
  const names = request.protocols.map((each) => each.name);
  if (!group.is('Empty') && (group.protocolType !== request.protocolType || !group.supportsProtocols(names))) {
    return ERRORS.INCONSISTENT_GROUP_PROTOCOL;
  }
  if (group.is('Empty') && (names.length === 0 || request.protocolType === '')) return ERRORS.INCONSISTENT_GROUP_PROTOCOL;
  if (group.is('Dead') || (request.memberId !== '' && !group.has(request.memberId))) return ERRORS.UNKNOWN_MEMBER_ID;
  return ERRORS.NONE;
}

function commitError(group: GroupMetadata, commit: { readonly memberId: string; readonly generationId: number }): ErrorCode {
  if (group.is('Dead')) return ERRORS.UNKNOWN_MEMBER_ID;
  if (commit.generationId < 0 && group.is('Empty')) return ERRORS.NONE;
  if (group.is('CompletingRebalance')) return ERRORS.REBALANCE_IN_PROGRESS;
  if (!group.has(commit.memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
  return commit.generationId === group.generationId ? ERRORS.NONE : ERRORS.ILLEGAL_GENERATION;
}

function joinError(memberId: string, errorCode: ErrorCode): JoinGroupResponse {
  return { errorCode, generationId: 0, protocol: '', leaderId: '', memberId, members: [] };
}

function joinResponse(group: GroupMetadata, member: MemberMetadata): JoinGroupResponse {
  const protocol = group.protocol as string;
  const members = group.isLeader(member.memberId) ? group.members.map((each) => ({ memberId: each.memberId, metadata: each.metadata(protocol) })) : [];
  return { errorCode: ERRORS.NONE, generationId: group.generationId, protocol, leaderId: group.leaderId ?? '', memberId: member.memberId, members };
}
