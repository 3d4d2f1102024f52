import type { Simulation } from '../../kernel/simulation';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import { type JoinGroupRequest, type SyncGroupRequest, topicPartitionName } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import type { DelayedOperationPurgatory } from '../replica/delayed-operation-purgatory';
import type { CoordinatorAccess } from './coordinator-access';
import { DelayedHeartbeat } from './delayed-heartbeat';
import { DelayedJoin, InitialDelayedJoin } from './delayed-join';
import { GroupMetadata } from './group-metadata';
import { OFFSETS_TOPIC } from './group-metadata-manager';
import { joinError, joinResponse, membershipError } from './join-answers';
import { type JoinCallback, MemberMetadata, NO_ASSIGNMENT, type SyncCallback } from './member-metadata';
import { groupEmpty, groupRebalancing, groupStable, memberFailed } from './trace-events';

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

/** What membership works with. */
export interface MembershipEnvironment {
  readonly sim: Simulation;
  readonly brokerId: number;
  readonly config: GroupConfig;
  readonly heartbeats: DelayedOperationPurgatory<DelayedHeartbeat>;
  readonly joins: DelayedOperationPurgatory<DelayedJoin>;
  readonly log: ClassLogger;
}

/**
 * How members join, are assigned their partitions, show that they live, and leave.
 *
 * Errors: codes in responses. Trace: `group.rebalancing`, `group.stable`, `group.empty`, `member.failed`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupCoordinator.scala
 */
export class GroupMembership {
  constructor(
    private readonly env: MembershipEnvironment,
    private readonly access: CoordinatorAccess,
  ) {}

  handleJoinGroup(request: JoinGroupRequest, client: GroupClient, respond: JoinCallback): void {
    const error = this.joinRequestError(request);
    if (error !== ERRORS.NONE) {
      respond(joinError(request.memberId, error));
      return;
    }
    const group = this.access.groups.get(request.groupId);
    if (group !== undefined) this.doJoinGroup(group, request, client, respond);
    else if (request.memberId !== '') respond(joinError(request.memberId, ERRORS.UNKNOWN_MEMBER_ID));
    else this.doJoinGroup(this.access.groups.add(new GroupMetadata(request.groupId, 'Empty')), request, client, respond);
  }

  private joinRequestError(request: JoinGroupRequest): ErrorCode {
    if (!this.access.active) return ERRORS.COORDINATOR_NOT_AVAILABLE;
    if (request.groupId === '') return ERRORS.INVALID_GROUP_ID;
    const error = this.access.errorFor(request.groupId);
    if (error !== ERRORS.NONE) return error;
    const { minSessionTimeoutMs, maxSessionTimeoutMs } = this.env.config;
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
    if (group.is('PreparingRebalance')) this.env.joins.checkAndComplete(group.groupId);
  }

  private addMemberAndRebalance(group: GroupMetadata, request: JoinGroupRequest, client: GroupClient, respond: JoinCallback): void {
    const memberId = `${client.clientId}-${this.env.sim.random('member ids').uuid()}`;
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
    const delayMs = this.env.config.initialRebalanceDelayMs;
    const onJoined = (joined: GroupMetadata): void => this.completeJoin(joined);
    const join = group.is('Empty')
      ? new InitialDelayedJoin(this.env.joins, group.groupId, group, onJoined, {
          configuredDelayMs: delayMs,
          delayMs,
          remainingMs: Math.max(group.rebalanceTimeoutMs - delayMs, 0),
        })
      : new DelayedJoin(group, onJoined, group.rebalanceTimeoutMs);
    group.transitionTo('PreparingRebalance');
    this.env.log.info(`Preparing to rebalance group ${group.groupId} with old generation ${group.generationId} (${this.partitionName(group)})`);
    const rebalancing = this.env.sim.trace.channel(groupRebalancing);
    if (rebalancing.hot) rebalancing.emit({ ...this.eventOf(group), members: group.members.map((member) => member.memberId) });
    this.env.joins.tryCompleteElseWatch(join, [group.groupId]);
  }

  private completeJoin(group: GroupMetadata): void {
    for (const failed of group.notYetRejoined) group.remove(failed.memberId);
    if (group.is('Dead')) return;
    group.initNextGeneration();
    if (group.is('Empty')) {
      this.env.log.info(`Group ${group.groupId} with generation ${group.generationId} is now empty (${this.partitionName(group)})`);
      const empty = this.env.sim.trace.channel(groupEmpty);
      if (empty.hot) empty.emit(this.eventOf(group));
      this.access.groups.storeGroup(group, new Map(), () => {});
      return;
    }
    this.env.log.info(`Stabilized group ${group.groupId} generation ${group.generationId} (${this.partitionName(group)})`);
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
    const error = this.access.errorFor(request.groupId, { loadingIsFine: true });
    const group = this.access.groups.get(request.groupId);
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
    this.env.log.info(`Assignment received from leader for group ${group.groupId} for generation ${group.generationId}`);
    const assignments = new Map(request.assignments.map((each) => [each.memberId, each.assignment]));
    this.access.groups.storeGroup(group, assignments, (error) => {
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
    const stable = this.env.sim.trace.channel(groupStable);
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
    const error = this.access.errorFor(groupId, { loadingIsFine: true });
    if (error !== ERRORS.NONE) return error;
    if (this.access.groups.isGroupLoading(groupId)) return ERRORS.NONE;
    const group = this.access.groups.get(groupId);
    if (group === undefined || group.is('Dead') || group.is('Empty') || !group.has(memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
    if (group.is('CompletingRebalance')) return ERRORS.REBALANCE_IN_PROGRESS;
    if (generationId !== group.generationId) return ERRORS.ILLEGAL_GENERATION;
    this.scheduleNextHeartbeat(group, group.get(memberId));
    return group.is('PreparingRebalance') ? ERRORS.REBALANCE_IN_PROGRESS : ERRORS.NONE;
  }

  handleLeaveGroup(groupId: string, memberId: string): ErrorCode {
    const error = this.access.errorFor(groupId);
    if (error !== ERRORS.NONE) return error;
    const group = this.access.groups.get(groupId);
    if (group === undefined || group.is('Dead') || !group.has(memberId)) return ERRORS.UNKNOWN_MEMBER_ID;
    const member = group.get(memberId);
    member.isLeaving = true;
    this.env.heartbeats.checkAndComplete(member);
    this.removeMember(group, member);
    return ERRORS.NONE;
  }

  private removeMember(group: GroupMetadata, member: MemberMetadata): void {
    group.remove(member.memberId);
    if (group.is('Stable') || group.is('CompletingRebalance')) this.prepareRebalance(group);
    else if (group.is('PreparingRebalance')) this.env.joins.checkAndComplete(group.groupId);
  }

  scheduleNextHeartbeat(group: GroupMetadata, member: MemberMetadata): void {
    member.latestHeartbeatMs = this.env.sim.dateMs();
    this.env.heartbeats.checkAndComplete(member);
    const deadlineMs = member.latestHeartbeatMs + member.sessionTimeoutMs;
    this.env.heartbeats.tryCompleteElseWatch(new DelayedHeartbeat(member, group, deadlineMs, this.onMemberFailed), [member]);
  }

  private readonly onMemberFailed = (group: GroupMetadata, member: MemberMetadata): void => {
    this.env.log.info(`Member ${member.memberId} in group ${group.groupId} has failed, removing it from the group`);
    const failed = this.env.sim.trace.channel(memberFailed);
    if (failed.hot) failed.emit({ ...this.eventOf(group), memberId: member.memberId });
    this.removeMember(group, member);
  };

  /** Another broker coordinates the group now: whoever waits here is told. */
  unload(group: GroupMetadata): void {
    this.env.log.info(`Unloading group metadata for ${group.groupId} with generation ${group.generationId}`);
    const wasPreparing = group.is('PreparingRebalance');
    group.transitionTo('Dead');
    for (const member of group.members) {
      const { awaitingJoin, awaitingSync } = member;
      member.awaitingJoin = undefined;
      member.awaitingSync = undefined;
      awaitingJoin?.(joinError(member.memberId, ERRORS.NOT_COORDINATOR));
      awaitingSync?.({ errorCode: ERRORS.NOT_COORDINATOR, assignment: NO_ASSIGNMENT });
      member.isLeaving = true;
      this.env.heartbeats.checkAndComplete(member);
    }
    if (wasPreparing) this.env.joins.checkAndComplete(group.groupId);
  }

  private partitionName(group: GroupMetadata): string {
    return `${OFFSETS_TOPIC}-${this.access.groups.partitionFor(group.groupId)}`;
  }

  private eventOf(group: GroupMetadata): { groupId: string; generationId: number; coordinator: number } {
    return { groupId: group.groupId, generationId: group.generationId, coordinator: this.env.brokerId };
  }
}
