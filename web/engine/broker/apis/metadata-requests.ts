import type { Op } from '../../kernel/task';
import { API_KEYS } from '../../protocol/api-keys';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { TopicMetadata } from '../../protocol/messages';
import { SUPPORTED_API_VERSIONS } from '../../release/supported-api-versions';
import { isInternalTopic } from '../metadata-cache';
import type { IncomingRequest } from '../network/incoming-request';
import type { ApiEnvironment, Handlers } from './api-environment';
import { autoCreateTopic, createOffsetsTopic } from './auto-topic-creation';

const NO_CONTROLLER = -1;

function* handleMetadataRequest(env: ApiEnvironment, request: IncomingRequest<'Metadata'>): Op<void> {
  const { metadataCache } = env;
  const { topics, allowAutoTopicCreation } = request.body;
  const found: TopicMetadata[] = [];
  for (const topic of topics ?? metadataCache.topicNames) {
    const known = metadataCache.topicMetadata(topic, request.listenerName);
    found.push(known ?? withoutPartitions(topic, yield* errorOfUnknownTopic(env, topic, allowAutoTopicCreation)));
  }
  request.respond({
    brokers: metadataCache.aliveNodes(request.listenerName),
    clusterId: env.clusterId,
    controllerId: metadataCache.controllerId ?? NO_CONTROLLER,
    topics: found,
  });
}

function* errorOfUnknownTopic(env: ApiEnvironment, topic: string, allowAutoTopicCreation: boolean): Op<ErrorCode> {
  if (isInternalTopic(topic)) {
    const error = yield* createOffsetsTopic(env);
    return error === ERRORS.COORDINATOR_NOT_AVAILABLE ? ERRORS.INVALID_REPLICATION_FACTOR : error;
  }
  if (allowAutoTopicCreation && env.config.boolean('auto.create.topics.enable')) return yield* autoCreateTopic(env, topic);
  return ERRORS.UNKNOWN_TOPIC_OR_PARTITION;
}

function withoutPartitions(topic: string, errorCode: ErrorCode): TopicMetadata {
  return { errorCode, topic, isInternal: isInternalTopic(topic), partitions: [] };
}

function handleApiVersionsRequest(_env: ApiEnvironment, request: IncomingRequest<'ApiVersions'>): void {
  const apiVersions = Object.entries(SUPPORTED_API_VERSIONS).map(([name, [min, max]]) => ({
    apiKey: API_KEYS[name as keyof typeof API_KEYS],
    minVersion: min,
    maxVersion: max,
  }));
  request.respond({ errorCode: ERRORS.NONE, apiVersions });
}

export const METADATA_REQUESTS: Handlers = { Metadata: handleMetadataRequest, ApiVersions: handleApiVersionsRequest };
