import type { Op } from '../../kernel/task';
import { ERRORS } from '../../protocol/errors';
import type { IncomingRequest } from '../network/incoming-request';
import type { ProduceResult } from '../replica/delayed-produce';
import type { ApiEnvironment, Handlers } from './api-environment';

const ADMIN_CLIENT_ID = '__admin_client';

function handleProduceRequest(env: ApiEnvironment, request: IncomingRequest<'Produce'>): void {
  const { acks, timeoutMs, partitions } = request.body;
  const known = partitions.filter((each) => env.metadataCache.has(each));
  const unknown = partitions.filter((each) => !env.metadataCache.has(each));
  const respond = (results: readonly ProduceResult[]): void => {
    const all = [...results, ...unknown.map(({ topic, partition }) => unknownPartition(topic, partition))];
    if (acks !== 0) request.respond({ partitions: all, throttleTimeMs: 0 });
    else if (all.some((each) => each.errorCode !== ERRORS.NONE)) request.closeConnection();
    else request.dropResponse();
  };
  env.replicaManager.appendRecords(
    {
      timeoutMs,
      acks,
      internalTopicsAllowed: request.clientId === ADMIN_CLIENT_ID,
      isFromClient: true,
      partitions: known,
      parked: { api: 'Produce', clientId: request.clientId, connectionId: request.connectionId, sinceUs: env.sim.nowUs },
    },
    respond,
  );
}

function unknownPartition(topic: string, partition: number): ProduceResult {
  return { topic, partition, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
}

/** Simplified: a transactional id is refused, since transactions are not simulated. */
function* handleInitProducerIdRequest(env: ApiEnvironment, request: IncomingRequest<'InitProducerId'>): Op<void> {
  if (request.body.transactionalId !== null) {
    request.respond({ errorCode: ERRORS.COORDINATOR_NOT_AVAILABLE, producerId: -1, producerEpoch: -1 });
    return;
  }
  const producerId = yield* env.producerIds.generateProducerId();
  request.respond({ errorCode: ERRORS.NONE, producerId, producerEpoch: 0 });
}

export const PRODUCE_REQUESTS: Handlers = { Produce: handleProduceRequest, InitProducerId: handleInitProducerIdRequest };
