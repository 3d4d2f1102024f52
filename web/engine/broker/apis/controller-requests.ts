import type { Op } from '../../kernel/task';
import { ERRORS } from '../../protocol/errors';
import type { IncomingRequest } from '../network/incoming-request';
import type { ApiEnvironment, Handlers } from './api-environment';

function* handleLeaderAndIsrRequest(env: ApiEnvironment, request: IncomingRequest<'LeaderAndIsr'>): Op<void> {
  request.respond(yield* env.leadership.becomeLeaderOrFollower(request.body));
}

function* handleStopReplicaRequest(env: ApiEnvironment, request: IncomingRequest<'StopReplica'>): Op<void> {
  request.respond(yield* env.leadership.stopReplicas(request.body));
}

function* handleUpdateMetadataRequest(env: ApiEnvironment, request: IncomingRequest<'UpdateMetadata'>): Op<void> {
  const deleted = yield* env.leadership.updateMetadata(request.body);
  if (deleted === undefined) {
    request.respond({ errorCode: ERRORS.STALE_CONTROLLER_EPOCH });
    return;
  }
  if (deleted.length > 0) env.groupCoordinator.handleDeletedPartitions(deleted);
  const touched = new Set(request.body.partitionStates.map((state) => state.topic));
  if (env.topicPurgatory.size > 0) for (const topic of touched) env.topicPurgatory.checkAndComplete(topic);
  request.respond({ errorCode: ERRORS.NONE });
}

function handleControlledShutdownRequest(env: ApiEnvironment, request: IncomingRequest<'ControlledShutdown'>): void {
  env.controller.controlledShutdown(request.body.brokerId, (response) => request.respond(response));
}

export const CONTROLLER_REQUESTS: Handlers = {
  LeaderAndIsr: handleLeaderAndIsrRequest,
  StopReplica: handleStopReplicaRequest,
  UpdateMetadata: handleUpdateMetadataRequest,
  ControlledShutdown: handleControlledShutdownRequest,
};
