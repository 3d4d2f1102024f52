import type { Op } from '../../kernel/task';
import { ERRORS } from '../../protocol/errors';
import type { FindCoordinatorResponse, Node } from '../../protocol/messages';
import { OFFSETS_TOPIC } from '../group/group-metadata-manager';
import type { IncomingRequest } from '../network/incoming-request';
import type { ApiEnvironment, Handlers } from './api-environment';
import { createOffsetsTopic } from './auto-topic-creation';

const NO_NODE: Node = { id: -1, host: '', port: -1, rack: null };
const GROUP = 0;
const DEFAULT_RETENTION = -1;

function* handleFindCoordinatorRequest(env: ApiEnvironment, request: IncomingRequest<'FindCoordinator'>): Op<void> {
  const unavailable: FindCoordinatorResponse = { errorCode: ERRORS.COORDINATOR_NOT_AVAILABLE, errorMessage: null, coordinator: NO_NODE };
  const { coordinatorKey, coordinatorType } = request.body;
  if (coordinatorType !== GROUP) {
    request.respond(unavailable);
    return;
  }
  const metadata = env.metadataCache.topicMetadata(OFFSETS_TOPIC, request.listenerName);
  if (metadata === undefined) {
    yield* createOffsetsTopic(env);
    request.respond(unavailable);
    return;
  }
  const partition = env.groupCoordinator.partitionFor(coordinatorKey);
  const leader = metadata.partitions.find((each) => each.partition === partition)?.leader ?? -1;
  const coordinator = leader < 0 ? undefined : env.metadataCache.node(leader, request.listenerName);
  request.respond(coordinator === undefined ? unavailable : { errorCode: ERRORS.NONE, errorMessage: null, coordinator });
}

function handleJoinGroupRequest(env: ApiEnvironment, request: IncomingRequest<'JoinGroup'>): void {
  const client = { clientId: request.clientId, clientHost: request.clientHost };
  env.groupCoordinator.handleJoinGroup(request.body, client, (response) => request.respond(response));
}

function handleSyncGroupRequest(env: ApiEnvironment, request: IncomingRequest<'SyncGroup'>): void {
  env.groupCoordinator.handleSyncGroup(request.body, (response) => request.respond(response));
}

function handleHeartbeatRequest(env: ApiEnvironment, request: IncomingRequest<'Heartbeat'>): void {
  const { groupId, memberId, generationId } = request.body;
  request.respond({ errorCode: env.groupCoordinator.handleHeartbeat(groupId, memberId, generationId) });
}

function handleLeaveGroupRequest(env: ApiEnvironment, request: IncomingRequest<'LeaveGroup'>): void {
  request.respond({ errorCode: env.groupCoordinator.handleLeaveGroup(request.body.groupId, request.body.memberId) });
}

function handleOffsetCommitRequest(env: ApiEnvironment, request: IncomingRequest<'OffsetCommit'>): void {
  const { groupId, memberId, generationId, retentionTimeMs, partitions } = request.body;
  const nowMs = env.sim.dateMs();
  const retentionMs = retentionTimeMs === DEFAULT_RETENTION ? env.config.number('offsets.retention.minutes') * 60_000 : retentionTimeMs;
  const known = partitions.filter((each) => env.metadataCache.has(each));
  const offsets = known.map(({ topic, partition, offset, metadata }) => ({
    topic,
    partition,
    offset,
    metadata,
    commitTimestampMs: nowMs,
    expireTimestampMs: nowMs + retentionMs,
  }));
  const unknown = partitions
    .filter((each) => !env.metadataCache.has(each))
    .map(({ topic, partition }) => ({ topic, partition, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION }));
  if (offsets.length === 0) {
    request.respond({ partitions: unknown });
    return;
  }
  env.groupCoordinator.handleCommitOffsets({ groupId, memberId, generationId, offsets }, (errorOf) => {
    const results = known.map(({ topic, partition }) => ({ topic, partition, errorCode: errorOf({ topic, partition }) }));
    request.respond({ partitions: [...results, ...unknown] });
  });
}

function handleOffsetFetchRequest(env: ApiEnvironment, request: IncomingRequest<'OffsetFetch'>): void {
  request.respond(env.groupCoordinator.handleFetchOffsets(request.body.groupId, request.body.partitions));
}

function handleDescribeGroupsRequest(env: ApiEnvironment, request: IncomingRequest<'DescribeGroups'>): void {
  request.respond({ groups: request.body.groupIds.map((groupId) => env.groupCoordinator.handleDescribeGroup(groupId)) });
}

function handleListGroupsRequest(env: ApiEnvironment, request: IncomingRequest<'ListGroups'>): void {
  request.respond(env.groupCoordinator.handleListGroups());
}

function handleDeleteGroupsRequest(env: ApiEnvironment, request: IncomingRequest<'DeleteGroups'>): void {
  request.respond({ results: env.groupCoordinator.handleDeleteGroups(request.body.groupIds) });
}

export const GROUP_REQUESTS: Handlers = {
  FindCoordinator: handleFindCoordinatorRequest,
  JoinGroup: handleJoinGroupRequest,
  SyncGroup: handleSyncGroupRequest,
  Heartbeat: handleHeartbeatRequest,
  LeaveGroup: handleLeaveGroupRequest,
  OffsetCommit: handleOffsetCommitRequest,
  OffsetFetch: handleOffsetFetchRequest,
  DescribeGroups: handleDescribeGroupsRequest,
  ListGroups: handleListGroupsRequest,
  DeleteGroups: handleDeleteGroupsRequest,
};
