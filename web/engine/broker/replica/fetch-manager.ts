import { ERRORS } from '../../protocol/errors';
import type { FetchedPartition, FetchRequest, FetchResponse, TopicPartition } from '../../protocol/messages';
import { FetchPartition, type FetchSession } from './fetch-session';
import type { FetchSessionCache } from './fetch-session-cache';
import type { ReadResult } from './read-result';

const NO_SESSION = 0;
const INITIAL_EPOCH = 0;
const FINAL_EPOCH = -1;
const MAX_EPOCH = 2147483647;

/** The partitions of a fetch, and how its response is put together. */
export interface FetchContext {
  readonly session: FetchSession | undefined;
  /** Everything to look at now. */
  candidates(): Iterable<FetchPartition>;
  respond(results: readonly ReadResult[]): FetchResponse;
}

/**
 * Tells a full fetch from one that goes on with a session.
 *
 * Errors: FETCH_SESSION_ID_NOT_FOUND, INVALID_FETCH_SESSION_EPOCH.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/FetchSession.scala FetchManager
 */
export class FetchManager {
  constructor(
    private readonly cache: FetchSessionCache,
    private readonly dateMs: () => number,
  ) {}

  get sessionCount(): number {
    return this.cache.size;
  }

  /** A response at once when the session is not as the client thinks. */
  newContext(request: FetchRequest): FetchContext | FetchResponse {
    if (request.sessionEpoch === INITIAL_EPOCH || request.sessionEpoch === FINAL_EPOCH) return this.fullContext(request);
    const session = this.cache.get(request.sessionId);
    if (session === undefined) return errorResponse(ERRORS.FETCH_SESSION_ID_NOT_FOUND);
    if (session.epoch !== request.sessionEpoch) return errorResponse(ERRORS.INVALID_FETCH_SESSION_EPOCH);
    session.epoch = session.epoch === MAX_EPOCH ? 1 : session.epoch + 1;
    this.update(session, request);
    return new IncrementalContext(session);
  }

  private fullContext(request: FetchRequest): FetchContext {
    const previous = request.sessionId === NO_SESSION ? undefined : this.cache.get(request.sessionId);
    if (previous !== undefined) this.cache.remove(previous);
    const session = request.sessionEpoch === FINAL_EPOCH || request.partitions.length === 0 ? undefined : this.cache.maybeCreate(request.replicaId >= 0);
    const partitions = request.partitions.map((each) => newPartition(each, session));
    if (session === undefined) return new FullContext(undefined, partitions);
    for (const partition of partitions) session.add(partition);
    session.lastFetchMs = this.dateMs();
    return new FullContext(session, partitions);
  }

  private update(session: FetchSession, request: FetchRequest): void {
    session.lastUsedMs = this.dateMs();
    session.lastFetchMs = session.lastUsedMs;
    for (const each of request.partitions) {
      const known = session.partitions.get(keyOf(each));
      if (known === undefined) {
        session.add(newPartition(each, session));
        continue;
      }
      known.fetchOffset = each.fetchOffset;
      known.logStartOffset = each.logStartOffset;
      known.maxBytes = each.maxBytes;
      known.markDirty();
    }
    for (const each of request.forgotten) {
      const known = session.partitions.get(keyOf(each));
      if (known !== undefined) session.remove(known);
    }
  }
}

export function isResponse(outcome: FetchContext | FetchResponse): outcome is FetchResponse {
  return 'sessionId' in outcome;
}

class FullContext implements FetchContext {
  constructor(
    readonly session: FetchSession | undefined,
    private readonly partitions: readonly FetchPartition[],
  ) {}

  candidates(): Iterable<FetchPartition> {
    return this.partitions;
  }

  respond(results: readonly ReadResult[]): FetchResponse {
    for (const result of results) noteSent(result);
    return { throttleTimeMs: 0, errorCode: ERRORS.NONE, sessionId: this.session?.id ?? NO_SESSION, partitions: results.map(shown) };
  }
}

class IncrementalContext implements FetchContext {
  constructor(readonly session: FetchSession) {}

  candidates(): Iterable<FetchPartition> {
    return this.session.dirty;
  }

  respond(results: readonly ReadResult[]): FetchResponse {
    const news = results.filter(hasNews);
    for (const result of results) noteSent(result);
    return { throttleTimeMs: 0, errorCode: ERRORS.NONE, sessionId: this.session.id, partitions: news.map(shown) };
  }
}

function hasNews(result: ReadResult): boolean {
  const { fetch } = result;
  return (
    result.errorCode !== ERRORS.NONE ||
    result.sizeInBytes > 0 ||
    result.highWatermark !== fetch.sentHighWatermark ||
    result.logStartOffset !== fetch.sentLogStartOffset
  );
}

function noteSent(result: ReadResult): void {
  const { fetch } = result;
  fetch.sentHighWatermark = result.highWatermark;
  fetch.sentLogStartOffset = result.logStartOffset;
  if (!result.lookAgain) fetch.session?.dirty.delete(fetch);
}

function shown(result: ReadResult): TopicPartition & FetchedPartition {
  const { errorCode, highWatermark, lastStableOffset, logStartOffset, abortedTransactions, batches } = result;
  const { topic, partition } = result.fetch;
  return { topic, partition, errorCode, highWatermark, lastStableOffset, logStartOffset, abortedTransactions, batches };
}

function newPartition(each: FetchRequest['partitions'][number], session: FetchSession | undefined): FetchPartition {
  return new FetchPartition(each.topic, each.partition, each.fetchOffset, each.logStartOffset, each.maxBytes, session);
}

function keyOf(tp: TopicPartition): string {
  return `${tp.topic}-${tp.partition}`;
}

function errorResponse(errorCode: number): FetchResponse {
  return { throttleTimeMs: 0, errorCode, sessionId: NO_SESSION, partitions: [] };
}
