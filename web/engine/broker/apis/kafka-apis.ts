import type { Op } from '../../kernel/task';
import type { SimulatedApi } from '../../protocol/messages';
import type { IncomingRequest } from '../network/incoming-request';
import { KeeperError } from '../../zookeeper/client/keeper-error';
import { ZooKeeperClientError } from '../../zookeeper/client/zookeeper-client-error';
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
 *
 * Simplified: a request that ZooKeeper's refusal breaks off closes its connection too, where the real broker answers with UNKNOWN_SERVER_ERROR.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/KafkaApis.scala
 */
export class KafkaApis {
  constructor(private readonly env: ApiEnvironment) {}

  readonly handle = (request: IncomingRequest): Op<void> | undefined => {
    const handler = HANDLERS[request.request.api] as Handler<SimulatedApi> | undefined;
    if (handler !== undefined) {
      const op = handler(this.env, request) ?? undefined;
      return op === undefined ? undefined : this.guarded(request, op);
    }
    request.closeConnection();
    return undefined;
  };

  /** A session that ZooKeeper has expired meanwhile ends the request, not the thread that handles it. */
  private *guarded(request: IncomingRequest, op: Op<void>): Op<void> {
    try {
      yield* op;
    } catch (error) {
      if (!(error instanceof KeeperError) && !(error instanceof ZooKeeperClientError)) throw error;
      this.env.log.error(`Error when handling request ${request.request.api}`, `${error.javaClass}: ${error.message}`);
      request.closeConnection();
    }
  }
}
