import { AdminError } from '../../admin/admin-errors';
import { assignReplicasToBrokers, type ReplicaAssignment } from '../../admin/replica-placement';
import { ConfigException } from '../../config/config-def';
import { InvalidConfigurationException } from '../../config/log-config';
import type { Op } from '../../kernel/task';
import { ERRORS } from '../../protocol/errors';
import type { CreatePartitionsRequest, CreateTopicsRequest, TopicPartition } from '../../protocol/messages';
import { KeeperError } from '../../zookeeper/client/keeper-error';
import { ZooKeeperClientError } from '../../zookeeper/client/zookeeper-client-error';
import type { IncomingRequest } from '../network/incoming-request';
import { deleteRecords } from '../replica/delete-records';
import type { ApiEnvironment, Handlers } from './api-environment';
import { errorCodeOf } from './auto-topic-creation';
import { DelayedTopicOperation, type TopicResult } from './delayed-topic-operation';

/** Runs one topic's change and tells how it went. */
function* attempt(topic: string, change: Op<void>): Op<TopicResult> {
  try {
    yield* change;
    return { topic, errorCode: ERRORS.NONE, errorMessage: null };
  } catch (error) {
    if (error instanceof ConfigException || error instanceof InvalidConfigurationException) {
      return { topic, errorCode: ERRORS.INVALID_CONFIG, errorMessage: error.message };
    }
    if (error instanceof AdminError || error instanceof KeeperError || error instanceof ZooKeeperClientError) return { topic, errorCode: errorCodeOf(error), errorMessage: error.message };
    throw error;
  }
}

function refuseAll(topics: readonly { readonly topic: string }[]): { topics: TopicResult[] } {
  return { topics: topics.map(({ topic }) => ({ topic, errorCode: ERRORS.NOT_CONTROLLER, errorMessage: null })) };
}

/** Answers at once, or when this broker has heard of the outcome. */
function answerWhenDone(
  env: ApiEnvironment,
  results: readonly TopicResult[],
  options: { readonly timeoutMs: number; readonly validateOnly: boolean; readonly isDone: (topic: string) => boolean },
  respond: (topics: TopicResult[]) => void,
): void {
  if (options.validateOnly || !results.some((result) => result.errorCode === ERRORS.NONE)) {
    respond([...results]);
    return;
  }
  const delayed = new DelayedTopicOperation(options.timeoutMs, results, options.isDone, respond);
  env.topicPurgatory.tryCompleteElseWatch(
    delayed,
    results.map((result) => result.topic),
  );
}

function* handleCreateTopicsRequest(env: ApiEnvironment, request: IncomingRequest<'CreateTopics'>): Op<void> {
  const { topics, timeoutMs, validateOnly } = request.body;
  if (!env.controller.isActive) {
    request.respond(refuseAll(topics));
    return;
  }
  const results: TopicResult[] = [];
  for (const each of topics) results.push(yield* attempt(each.topic, createTopic(env, each, validateOnly)));
  const counts = new Map(topics.map((each) => [each.topic, each.replicaAssignment.size > 0 ? each.replicaAssignment.size : each.numPartitions]));
  const isDone = (topic: string): boolean => hasLeaders(env, topic, counts.get(topic) ?? 0);
  answerWhenDone(env, results, { timeoutMs, validateOnly, isDone }, (done) => request.respond({ topics: done }));
}

function hasLeaders(env: ApiEnvironment, topic: string, count: number): boolean {
  const partitions = [...env.metadataCache.partitionsOf(topic).values()];
  return partitions.length >= count && partitions.every((state) => env.metadataCache.isAlive(state.leader));
}

function* createTopic(env: ApiEnvironment, each: CreateTopicsRequest['topics'][number], validateOnly: boolean): Op<void> {
  const brokers = env.metadataCache.aliveBrokers.map(({ id, rack }) => ({ id, rack })).sort((a, b) => a.id - b.id);
  const assignment: ReplicaAssignment =
    each.replicaAssignment.size > 0
      ? each.replicaAssignment
      : assignReplicasToBrokers({ brokers, partitions: each.numPartitions, replicationFactor: each.replicationFactor }, env.sim.random('replica placement'));
  if (validateOnly) yield* env.adminZk.validateNewTopic(each.topic, assignment, each.configs);
  else yield* env.adminZk.createTopicWithAssignment(each.topic, assignment, each.configs);
}

function* handleDeleteTopicsRequest(env: ApiEnvironment, request: IncomingRequest<'DeleteTopics'>): Op<void> {
  const { topics, timeoutMs } = request.body;
  if (!env.controller.isActive) {
    request.respond(refuseAll(topics.map((topic) => ({ topic }))));
    return;
  }
  const results: TopicResult[] = [];
  for (const topic of topics) {
    if (env.metadataCache.hasTopic(topic)) results.push(yield* attempt(topic, env.adminZk.deleteTopic(topic)));
    else results.push({ topic, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION, errorMessage: null });
  }
  const isDone = (topic: string): boolean => !env.metadataCache.hasTopic(topic);
  answerWhenDone(env, results, { timeoutMs, validateOnly: false, isDone }, (done) => request.respond({ topics: done }));
}

function* handleCreatePartitionsRequest(env: ApiEnvironment, request: IncomingRequest<'CreatePartitions'>): Op<void> {
  const { topics, timeoutMs, validateOnly } = request.body;
  if (!env.controller.isActive) {
    request.respond(refuseAll(topics));
    return;
  }
  const results: TopicResult[] = [];
  for (const each of topics) results.push(yield* attempt(each.topic, addPartitions(env, each, validateOnly)));
  const counts = new Map(topics.map((each) => [each.topic, each.count]));
  const isDone = (topic: string): boolean => hasLeaders(env, topic, counts.get(topic) ?? 0);
  answerWhenDone(env, results, { timeoutMs, validateOnly, isDone }, (done) => request.respond({ topics: done }));
}

function* addPartitions(env: ApiEnvironment, each: CreatePartitionsRequest['topics'][number], validateOnly: boolean): Op<void> {
  const existing = (yield* env.zk.getPartitionAssignmentForTopics([each.topic])).get(each.topic) ?? new Map<number, readonly number[]>();
  const proposed = each.assignments === null ? undefined : new Map(each.assignments.map((replicas, i) => [existing.size + i, replicas] as const));
  const brokers = yield* env.adminZk.getBrokerMetadatas('safe');
  yield* env.adminZk.addPartitions({ topic: each.topic, existing, brokers, partitions: each.count, proposed, validateOnly });
}

function handleDeleteRecordsRequest(env: ApiEnvironment, request: IncomingRequest<'DeleteRecords'>): void {
  const { partitions, timeoutMs } = request.body;
  const isKnown = (tp: TopicPartition): boolean => env.metadataCache.has(tp);
  const unknown = partitions
    .filter((each) => !isKnown(each))
    .map(({ topic, partition }) => ({ topic, partition, errorCode: ERRORS.UNKNOWN_TOPIC_OR_PARTITION, lowWatermark: -1 }));
  deleteRecords(env.replicaManager, { timeoutMs, partitions: partitions.filter(isKnown) }, (results) => request.respond({ partitions: [...results, ...unknown] }));
}

export const TOPIC_REQUESTS: Handlers = {
  CreateTopics: handleCreateTopicsRequest,
  DeleteTopics: handleDeleteTopicsRequest,
  CreatePartitions: handleCreatePartitionsRequest,
  DeleteRecords: handleDeleteRecordsRequest,
};
