import type { ClassLogger } from '../class-logger';
import type { Log } from '../log/log';
import type { FetchPartition, FetchSession } from './fetch-session';

const UNKNOWN_OFFSET = -1;

/** This broker's own copy of a partition. */
export class LocalReplica {
  private mark: number;

  constructor(
    readonly brokerId: number,
    readonly log: Log,
    initialHighWatermark: number,
  ) {
    this.mark = initialHighWatermark;
    log.onHighWatermarkIncremented(initialHighWatermark);
  }

  get highWatermark(): number {
    return this.mark;
  }

  set highWatermark(offset: number) {
    this.mark = offset;
    this.log.onHighWatermarkIncremented(offset);
  }

  get logEndOffset(): number {
    return this.log.logEndOffset;
  }

  get logStartOffset(): number {
    return this.log.logStartOffset;
  }

  /** Where read_committed consumers stop: the first open transaction, or the high watermark. */
  get lastStableOffset(): number {
    const unstable = this.log.firstUnstableOffset;
    return unstable !== undefined && unstable.messageOffset < this.mark ? unstable.messageOffset : this.mark;
  }
}

/**
 * Another broker's copy, as the leader knows it from that broker's fetches.
 *
 * Units: `lastCaughtUpTimeMs` is the latest date at which the follower had all that the leader had then.
 * Cost: while a follower has everything, its session's fetches count for all its partitions without touching them.
 * @source kafka 1.1.0 core/src/main/scala/kafka/cluster/Replica.scala
 */
export class RemoteReplica {
  logEndOffset = UNKNOWN_OFFSET;
  logStartOffset = UNKNOWN_OFFSET;
  private caughtUpMs = 0;
  private lastFetchMs = 0;
  private lastFetchLeaderLogEndOffset = 0;
  /** Set while the follower has everything: its session's next fetch says that it still has. */
  private caughtUpSession: FetchSession | undefined;
  fetching: FetchPartition | undefined;

  constructor(readonly brokerId: number) {}

  get lastCaughtUpTimeMs(): number {
    return this.caughtUpSession === undefined ? this.caughtUpMs : Math.max(this.caughtUpMs, this.caughtUpSession.lastFetchMs);
  }

  updateFromFetch(fetch: FetchPartition, leaderLogEndOffset: number, nowMs: number): void {
    this.settle();
    if (fetch.fetchOffset >= leaderLogEndOffset) this.caughtUpMs = Math.max(this.caughtUpMs, nowMs);
    else if (fetch.fetchOffset >= this.lastFetchLeaderLogEndOffset) this.caughtUpMs = Math.max(this.caughtUpMs, this.lastFetchMs);
    this.logStartOffset = fetch.logStartOffset;
    this.logEndOffset = fetch.fetchOffset;
    this.lastFetchLeaderLogEndOffset = leaderLogEndOffset;
    this.lastFetchMs = nowMs;
    this.fetching = fetch;
    if (fetch.fetchOffset >= leaderLogEndOffset) this.caughtUpSession = fetch.session;
  }

  /** That session's fetches count for this replica by themselves. */
  isSettledBy(session: FetchSession | undefined): boolean {
    return session === undefined || this.caughtUpSession === session;
  }

  /** The leader is about to have more: from now on the follower must fetch to be caught up. */
  settle(): void {
    const session = this.caughtUpSession;
    if (session === undefined) return;
    this.caughtUpSession = undefined;
    this.caughtUpMs = Math.max(this.caughtUpMs, session.lastFetchMs);
    this.lastFetchMs = Math.max(this.lastFetchMs, session.lastFetchMs);
  }

  /** The leader begins, or begins anew. */
  reset(leaderLogEndOffset: number, nowMs: number, caughtUpMs: number): void {
    this.caughtUpSession = undefined;
    this.lastFetchLeaderLogEndOffset = leaderLogEndOffset;
    this.lastFetchMs = nowMs;
    this.caughtUpMs = caughtUpMs;
  }

  forgetPosition(): void {
    this.caughtUpSession = undefined;
    this.logEndOffset = UNKNOWN_OFFSET;
    this.logStartOffset = UNKNOWN_OFFSET;
  }
}

export function logReplicaLoaded(log: ClassLogger, partitionName: string, highWatermark: number): void {
  log.info(`Replica loaded for partition ${partitionName} with initial high watermark ${highWatermark}`);
}
