import { ERRORS } from '../../protocol/errors';
import { DelayedFetch } from './delayed-fetch';
import type { FetchContext } from './fetch-manager';
import type { FetchPartition } from './fetch-session';
import type { Partition } from './partition';
import type { ParkedRequest } from './parked-request';
import { failedRead, isUnsettled, type ReadMode, readPartition, type ReadResult } from './read-result';
import type { ReplicaManager } from './replica-manager';

export interface ReadRequest {
  readonly mode: ReadMode;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly parked: Omit<ParkedRequest, 'partitions'>;
}

/**
 * Reads for consumers and followers, and lets them wait for more.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaManager.scala fetchMessages, readFromLocalLog
 */
export class ReplicaReader {
  constructor(private readonly manager: ReplicaManager) {}

  fetch(request: ReadRequest, context: FetchContext, respond: (results: readonly ReadResult[]) => void): void {
    const candidates = [...context.candidates()];
    let results = this.readAll(candidates, request);
    if (request.mode.replicaId >= 0) results = this.recordFollower(results, request);
    const bytes = results.reduce((sum, result) => sum + result.sizeInBytes, 0);
    const failed = results.some((result) => result.errorCode !== ERRORS.NONE);
    const isEmpty = context.session === undefined ? candidates.length === 0 : context.session.partitions.size === 0;
    if (request.maxWaitMs <= 0 || isEmpty || failed || bytes >= request.minBytes) {
      respond(results);
      return;
    }
    this.park(request, context, candidates, respond);
  }

  private park(
    request: ReadRequest,
    context: FetchContext,
    candidates: readonly FetchPartition[],
    respond: (results: readonly ReadResult[]) => void,
  ): void {
    const { session } = context;
    const current = (): Iterable<FetchPartition> => (session === undefined ? candidates : session.dirty);
    const all = session === undefined ? candidates : session.partitions.values();
    const parked = { ...request.parked, partitions: [...all].slice(0, MAX_SHOWN).map((fetch) => fetch.key) };
    const delayed = new DelayedFetch(
      {
        mode: request.mode,
        minBytes: request.minBytes,
        maxWaitMs: request.maxWaitMs,
        candidates: current,
        find: (fetch) => this.manager.partition(fetch.topic, fetch.partition),
      },
      () => respond(this.readAll(this.toRead(context), request)),
      parked,
    );
    const keys = session === undefined ? candidates.flatMap((fetch) => this.find(fetch) ?? []) : [session];
    if (!this.manager.fetchPurgatory.tryCompleteElseWatch(delayed, keys) && !delayed.completed) this.manager.traceParked(parked);
  }

  /** A full response names every partition, an incremental one what is dirty. */
  private toRead(context: FetchContext): FetchPartition[] {
    return [...context.candidates()];
  }

  private find(fetch: FetchPartition): Partition | undefined {
    const partition = this.manager.partition(fetch.topic, fetch.partition);
    if (partition !== undefined && fetch.session !== undefined && fetch.source !== partition) {
      fetch.source?.removeListener(fetch);
      partition.addListener(fetch);
    }
    return partition;
  }

  private readAll(candidates: readonly FetchPartition[], request: ReadRequest): ReadResult[] {
    let left = request.maxBytes;
    let minOneMessage = true;
    const results: ReadResult[] = [];
    for (const fetch of candidates) {
      const partition = this.find(fetch);
      const limits = { maxBytes: left, minOneMessage };
      const result = partition === undefined ? failedRead(fetch, this.manager.errorOfMissing(fetch)) : readPartition(partition, fetch, request.mode, limits);
      if (result.sizeInBytes > 0) minOneMessage = false;
      left = Math.max(0, left - result.sizeInBytes);
      results.push(result);
    }
    return results;
  }

  /** Notes how far the follower is. What was read is given with the marks that this may have moved. */
  private recordFollower(results: readonly ReadResult[], request: ReadRequest): ReadResult[] {
    const { replicaId } = request.mode;
    return results.map((result) => {
      const { fetch } = result;
      if (result.errorCode !== ERRORS.NONE) return result;
      const partition = this.manager.partition(fetch.topic, fetch.partition);
      if (partition === undefined) return result;
      if (!partition.updateFollower(replicaId, fetch, result.leaderLogEndOffset)) {
        this.manager.log.warn(
          `Leader ${this.manager.brokerId} failed to record follower ${replicaId}'s position ${fetch.fetchOffset} since the replica is not recognized to be ` +
            `one of the assigned replicas ${partition.assignment.join(',')} for partition ${fetch.key}. Empty records will be returned for this partition.`,
        );
        return { ...result, batches: [], sizeInBytes: 0 };
      }
      const leader = partition.leaderReplica;
      if (leader === undefined) return result;
      const lookAgain = result.sizeInBytes > 0 || fetch.fetchOffset < leader.logEndOffset || isUnsettled(partition, fetch, replicaId);
      return { ...result, highWatermark: leader.highWatermark, logStartOffset: leader.logStartOffset, lookAgain };
    });
  }
}

/** How many partitions of a long poll a view is told of. */
const MAX_SHOWN = 64;
