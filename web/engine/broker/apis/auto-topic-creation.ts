import { AdminError } from '../../admin/admin-errors';
import type { Op } from '../../kernel/task';
import { ERROR_ROWS, ERRORS, type ErrorCode } from '../../protocol/errors';
import { KeeperError } from '../../zookeeper/client/keeper-error';
import { ZooKeeperClientError } from '../../zookeeper/client/zookeeper-client-error';
import { OFFSETS_TOPIC } from '../group/group-metadata-manager';
import type { ApiEnvironment } from './api-environment';

/** The code that a client gets for an exception: that of its class, else UNKNOWN_SERVER_ERROR. */
export function errorCodeOf(error: unknown): ErrorCode {
  if (!(error instanceof AdminError)) return ERRORS.UNKNOWN_SERVER_ERROR;
  return ERROR_ROWS.find((row) => row.exception === error.simpleName)?.code ?? ERRORS.UNKNOWN_SERVER_ERROR;
}

/** The error that the topic's metadata shows while it has no leader yet, or why it was not made. */
export function* autoCreateTopic(env: ApiEnvironment, topic: string): Op<ErrorCode> {
  const { config } = env;
  return yield* create(env, { topic, partitions: config.number('num.partitions'), replicationFactor: config.number('default.replication.factor'), configs: new Map() });
}

/**
 * Makes `__consumer_offsets` when somebody first needs it.
 * Errors: COORDINATOR_NOT_AVAILABLE while fewer brokers live than it wants replicas.
 */
export function* createOffsetsTopic(env: ApiEnvironment): Op<ErrorCode> {
  const { config } = env;
  const replicationFactor = config.number('offsets.topic.replication.factor');
  const alive = env.metadataCache.aliveBrokers.length;
  if (alive < replicationFactor) {
    env.log.error(
      `Number of alive brokers '${alive}' does not meet the required replication factor '${replicationFactor}' for the offsets topic ` +
        "(configured via 'offsets.topic.replication.factor'). This error can be ignored if the cluster is starting up and not all brokers are up yet.",
    );
    return ERRORS.COORDINATOR_NOT_AVAILABLE;
  }
  const configs = new Map([
    ['cleanup.policy', 'compact'],
    ['segment.bytes', String(config.number('offsets.topic.segment.bytes'))],
    ['compression.type', 'producer'],
  ]);
  return yield* create(env, { topic: OFFSETS_TOPIC, partitions: config.number('offsets.topic.num.partitions'), replicationFactor, configs });
}

function* create(
  env: ApiEnvironment,
  request: { topic: string; partitions: number; replicationFactor: number; configs: ReadonlyMap<string, string> },
): Op<ErrorCode> {
  const { topic, partitions, replicationFactor } = request;
  try {
    yield* env.adminZk.createTopic({ ...request, rackAwareMode: 'safe' });
    env.log.info(`Auto creation of topic ${topic} with ${partitions} partitions and replication factor ${replicationFactor} is successful`);
    return ERRORS.LEADER_NOT_AVAILABLE;
  } catch (error) {
    if (error instanceof AdminError && error.simpleName === 'TopicExistsException') return ERRORS.LEADER_NOT_AVAILABLE;
    if (error instanceof AdminError || error instanceof KeeperError || error instanceof ZooKeeperClientError) return errorCodeOf(error);
    throw error;
  }
}
