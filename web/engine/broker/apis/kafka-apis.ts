import type { Op } from '../../kernel/task';
import type { SimulatedApi } from '../../protocol/messages';
import type { IncomingRequest } from '../network/incoming-request';
import type { ApiEnvironment, Handler, Handlers } from './api-environment';
import { CONTROLLER_REQUESTS } from './controller-requests';
import { FETCH_REQUESTS } from './fetch-requests';
import { GROUP_REQUESTS } from './group-requests';
import { METADATA_REQUESTS } from './metadata-requests';
import { PRODUCE_REQUESTS } from './produce-requests';
import { TOPIC_REQUESTS } from './topic-requests';

const HANDLERS: Handlers = {
  ...PRODUCE_REQUESTS,
  ...FETCH_REQUESTS,
  ...METADATA_REQUESTS,
  ...CONTROLLER_REQUESTS,
  ...GROUP_REQUESTS,
  ...TOPIC_REQUESTS,
};

/**
 * Hands each request to the function for its kind. A kind that is not there closes the connection, as the real broker does for one it does not know.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaApis.scala
 */
export class KafkaApis {
  constructor(private readonly env: ApiEnvironment) {}

  readonly handle = (request: IncomingRequest): Op<void> | undefined => {
    const handler = HANDLERS[request.request.api] as Handler<SimulatedApi> | undefined;
    if (handler !== undefined) return handler(this.env, request) ?? undefined;
    request.closeConnection();
    return undefined;
  };
}
