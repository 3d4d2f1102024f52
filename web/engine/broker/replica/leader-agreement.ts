import type { Op } from '../../kernel/task';
import { ERRORS, errorForCode } from '../../protocol/errors';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import { type BrokerChannel, BrokerConnectionError } from '../network/broker-channel';
import type { FetcherHost } from './fetcher-host';
import type { Partition } from './partition';
import { logTruncated } from './trace-events';

const EPOCH_VERSION = 0;
const LIST_OFFSETS_VERSION = 1;

/** How far a follower is with one partition. */
export interface FetchState {
  readonly partition: Partition;
  fetchOffset: number;
  /** Not fetched before that time. */
  delayedUntilUs: number;
  /** Its log must first be made to agree with the leader's. */
  truncating: boolean;
}

/** What it asks of the fetcher thread that it works for. */
export interface FetcherCallbacks {
  isRunning(): boolean;
  /** Try again after the back-off. */
  delay(state: FetchState): void;
  changed(state: FetchState): void;
}

/**
 * Makes a follower's log agree with that of its leader, before it copies and when its offset is out of the leader's range.
 *
 * Why: what an earlier leader wrote and nobody copied must go, or the two logs would differ for ever.
 * Trace: `log.truncated`.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaFetcherThread.scala maybeTruncate, handleOffsetOutOfRange
 */
export class LeaderAgreement {
  constructor(
    private readonly env: FetcherHost,
    private readonly channel: BrokerChannel,
    private readonly log: ClassLogger,
    private readonly fetcher: FetcherCallbacks,
  ) {}

  /** Asks the leader where the follower's latest epoch ended, and cuts the log there. */
  *maybeTruncate(toAsk: readonly FetchState[]): Op<void> {
    if (toAsk.length === 0) return;
    const partitions = toAsk.map(({ partition }) => ({
      topic: partition.topic,
      partition: partition.partition,
      leaderEpoch: partition.local?.log.leaderEpochCache.latestEpoch ?? -1,
    }));
    try {
      yield* this.channel.awaitReady();
      const response = yield* this.channel.send('OffsetForLeaderEpoch', EPOCH_VERSION, { partitions });
      for (const answer of response.partitions) {
        const state = toAsk.find((each) => each.partition.topic === answer.topic && each.partition.partition === answer.partition);
        if (state !== undefined) this.truncate(state, answer.errorCode, answer.endOffset);
      }
    } catch (error) {
      if (!(error instanceof BrokerConnectionError)) throw error;
      if (!this.fetcher.isRunning()) return;
      const asked = partitions.map((each) => `${each.topic}-${each.partition} -> ${each.leaderEpoch}`);
      this.log.warn(`Error when sending leader epoch request for Map(${asked.join(', ')})`, `java.io.IOException: ${error.message}`);
      for (const state of toAsk) this.truncate(state, ERRORS.UNKNOWN_SERVER_ERROR, -1);
    }
  }

  private truncate(state: FetchState, errorCode: number, endOffset: number): void {
    const { partition } = state;
    const { local } = partition;
    if (local === undefined) return;
    if (errorCode !== ERRORS.NONE) {
      this.log.info(`Retrying leaderEpoch request for partition ${partition.name} as the leader reported an error: ${errorForCode(errorCode).name}`);
      this.fetcher.delay(state);
      return;
    }
    const logEndOffset = local.logEndOffset;
    let offset = endOffset;
    if (endOffset === -1) {
      offset = state.fetchOffset;
      this.log.warn(
        `Based on follower's leader epoch, leader replied with an unknown offset in ${partition.name}. The initial fetch offset ${offset} will be used for truncation.`,
      );
    } else if (endOffset >= logEndOffset) {
      offset = logEndOffset;
      this.log.info(
        `Based on follower's leader epoch, leader replied with an offset ${endOffset} >= the follower's log end offset ${logEndOffset} in ${partition.name}. No truncation needed.`,
      );
    }
    this.env.truncateTo(partition, offset);
    if (offset < logEndOffset) this.traceTruncated(partition, offset);
    state.fetchOffset = local.logEndOffset;
    state.truncating = false;
    this.fetcher.changed(state);
  }

  /** The leader's log does not reach as far as this one, or begins after it. */
  *onOffsetOutOfRange(state: FetchState): Op<void> {
    const { partition, fetchOffset } = state;
    const { local } = partition;
    if (local === undefined) return;
    const latest = yield* this.askOffset(partition, LATEST_TIMESTAMP);
    const logEndOffset = local.logEndOffset;
    if (latest === undefined) {
      this.fetcher.delay(state);
      return;
    }
    if (latest < logEndOffset) {
      if (!local.log.config.uncleanLeaderElectionEnable) {
        this.log.fatal(
          `Exiting because log truncation is not allowed for partition ${partition.name}, current leader's latest offset ${latest} ` +
            `is less than replica's latest offset ${logEndOffset}`,
        );
        this.env.onFatalExit();
        return;
      }
      this.log.warn(`Reset fetch offset for partition ${partition.name} from ${logEndOffset} to current leader's latest offset ${latest}`);
      this.env.truncateTo(partition, latest);
      this.traceTruncated(partition, latest);
      state.fetchOffset = latest;
    } else {
      const earliest = yield* this.askOffset(partition, EARLIEST_TIMESTAMP);
      if (earliest === undefined) {
        this.fetcher.delay(state);
        return;
      }
      this.log.warn(`Reset fetch offset for partition ${partition.name} from ${logEndOffset} to current leader's start offset ${earliest}`);
      if (earliest > logEndOffset) this.env.truncateFullyAndStartAt(partition, earliest);
      state.fetchOffset = Math.max(earliest, logEndOffset);
    }
    this.fetcher.changed(state);
    this.log.info(
      `Current offset ${fetchOffset} for partition ${partition.name} is out of range, which typically implies a leader change. Reset fetch offset to ${state.fetchOffset}`,
    );
  }

  private *askOffset(partition: Partition, timestampMs: number): Op<number | undefined> {
    try {
      yield* this.channel.awaitReady();
      const response = yield* this.channel.send('ListOffsets', LIST_OFFSETS_VERSION, {
        replicaId: this.env.brokerId,
        isolationLevel: 0,
        partitions: [{ topic: partition.topic, partition: partition.partition, timestampMs }],
      });
      const [answer] = response.partitions;
      return answer?.errorCode === ERRORS.NONE ? answer.offset : undefined;
    } catch (error) {
      if (error instanceof BrokerConnectionError) return undefined;
      throw error;
    }
  }

  private traceTruncated(partition: Partition, to: number): void {
    const channel = this.env.sim.trace.channel(logTruncated);
    if (channel.hot) channel.emit({ ...partition.event, to });
  }
}
