import { ERRORS } from '../../protocol/errors';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP, type ListOffsetsRequest, type ListOffsetsResponse } from '../../protocol/messages';
import type { Log } from '../log/log';
import type { IncomingRequest } from '../network/incoming-request';
import { isResponse } from '../replica/fetch-manager';
import type { LocalReplica } from '../replica/replica';
import type { ApiEnvironment, Handlers } from './api-environment';

const READ_COMMITTED = 1;
const CONSUMER = -1;
const DEBUGGING_CONSUMER = -2;
const UNKNOWN = -1;

function handleFetchRequest(env: ApiEnvironment, request: IncomingRequest<'Fetch'>): void {
  const { body } = request;
  const context = env.fetchManager.newContext(body);
  if (isResponse(context)) {
    request.respond(context);
    return;
  }
  env.replicaManager.reader.fetch(
    {
      mode: { replicaId: body.replicaId, isReadCommitted: body.isolationLevel === READ_COMMITTED },
      maxWaitMs: body.maxWaitMs,
      minBytes: body.minBytes,
      maxBytes: body.maxBytes,
      parked: { api: 'Fetch', clientId: request.clientId, connectionId: request.connectionId, sinceUs: env.sim.nowUs },
    },
    context,
    (results) => request.respond(context.respond(results)),
  );
}

function handleListOffsetsRequest(env: ApiEnvironment, request: IncomingRequest<'ListOffsets'>): void {
  const { body } = request;
  request.respond({ partitions: body.partitions.map((each) => listOffset(env, body, each, request.request.apiVersion)) });
}

type Asked = ListOffsetsRequest['partitions'][number];
type Answered = ListOffsetsResponse['partitions'][number];

function listOffset(env: ApiEnvironment, body: ListOffsetsRequest, asked: Asked, apiVersion: number): Answered {
  const { topic, partition } = asked;
  const fail = (errorCode: number): Answered => ({ topic, partition, errorCode, timestampMs: UNKNOWN, offset: UNKNOWN, offsets: [] });
  const source = env.replicaManager.partition(topic, partition);
  const replica = body.replicaId === DEBUGGING_CONSUMER ? source?.local : source?.leaderReplica;
  if (source === undefined) return fail(ERRORS.UNKNOWN_TOPIC_OR_PARTITION);
  if (replica === undefined) return fail(ERRORS.NOT_LEADER_FOR_PARTITION);
  if (apiVersion === 0) return { ...fail(ERRORS.NONE), offsets: offsetsBefore(env, replica, asked, body.replicaId === CONSUMER) };
  const found = offsetForTimestamp(replica, asked.timestampMs, body);
  return { topic, partition, errorCode: ERRORS.NONE, timestampMs: found?.timestampMs ?? UNKNOWN, offset: found?.offset ?? UNKNOWN };
}

function offsetForTimestamp(replica: LocalReplica, timestampMs: number, body: ListOffsetsRequest): { timestampMs: number; offset: number } | undefined {
  if (body.replicaId !== CONSUMER) return replica.log.fetchOffsetByTimestamp(timestampMs);
  const end = body.isolationLevel === READ_COMMITTED ? replica.lastStableOffset : replica.highWatermark;
  if (timestampMs === LATEST_TIMESTAMP) return { timestampMs: UNKNOWN, offset: end };
  const found = replica.log.fetchOffsetByTimestamp(timestampMs);
  return found !== undefined && (timestampMs === EARLIEST_TIMESTAMP || found.offset < end) ? found : undefined;
}

/**
 * Version 0: the beginnings of segments that are not younger than the timestamp, newest first.
 * Simplified: a segment is as old as its latest record, not as its file.
 */
function offsetsBefore(env: ApiEnvironment, replica: LocalReplica, asked: Asked, isConsumer: boolean): number[] {
  const starts = segmentStarts(replica.log, env.sim.dateMs());
  const eligible = asked.timestampMs === LATEST_TIMESTAMP ? starts : asked.timestampMs === EARLIEST_TIMESTAMP ? starts.slice(0, 1) : starts.filter((each) => each.modifiedMs <= asked.timestampMs);
  const offsets = eligible
    .map((each) => each.offset)
    .reverse()
    .slice(0, asked.maxNumOffsets ?? 1);
  if (!isConsumer || !offsets.some((offset) => offset > replica.highWatermark)) return offsets;
  return [replica.highWatermark, ...offsets.filter((offset) => offset <= replica.highWatermark)];
}

function segmentStarts(log: Log, nowMs: number): { offset: number; modifiedMs: number }[] {
  const starts = log.logSegments.map((segment) => ({ offset: Math.max(segment.baseOffset, log.logStartOffset), modifiedMs: segment.largestTimestampMs }));
  if (log.activeSegment.size > 0) starts.push({ offset: log.logEndOffset, modifiedMs: nowMs });
  return starts;
}

function handleOffsetForLeaderEpochRequest(env: ApiEnvironment, request: IncomingRequest<'OffsetForLeaderEpoch'>): void {
  const partitions = request.body.partitions.map(({ topic, partition, leaderEpoch }) => {
    const found = env.replicaManager.partition(topic, partition)?.lastOffsetForLeaderEpoch(leaderEpoch);
    return { topic, partition, errorCode: found?.errorCode ?? ERRORS.UNKNOWN_TOPIC_OR_PARTITION, endOffset: found?.endOffset ?? UNKNOWN };
  });
  request.respond({ partitions });
}

export const FETCH_REQUESTS: Handlers = {
  Fetch: handleFetchRequest,
  ListOffsets: handleListOffsetsRequest,
  OffsetForLeaderEpoch: handleOffsetForLeaderEpochRequest,
};
