import { ERRORS } from '../../protocol/errors';
import type { FetchResponse, Node } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import { illegalState, KafkaError } from '../kafka-error';
import type { Metadata } from '../metadata';
import { type CompletedFetch, FetchedRecords } from './completed-fetch';
import type { ConsumerNetworkClient } from './consumer-network-client';
import { ConsumerRecords, NO_RECORDS, type RecordSlice } from './consumer-records';
import { FetchSession } from './fetch-session';
import type { AssignedPartition, SubscriptionState } from './subscription-state';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.Fetcher';

export interface FetcherOptions {
  readonly minBytes: number;
  readonly maxBytes: number;
  readonly maxWaitMs: number;
  readonly maxPartitionBytes: number;
  readonly maxPollRecords: number;
  /** 0 read_uncommitted, 1 read_committed. */
  readonly isolationLevel: number;
}

/**
 * Keeps a fetch under way to every leader whose records are not all handed out, and hands them out.
 *
 * Units: offsets count records from 0; sizes in bytes.
 * Errors: OffsetOutOfRangeException where no reset policy is set.
 * Simplified: a leader in reconnect back-off is left alone, as from 2.0.0 on; 1.1.0 tries again without a pause, which costs a core and shows nothing.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/Fetcher.java
 */
export class Fetcher {
  private readonly sessions = new Map<number, FetchSession>();
  private completed: CompletedFetch[] = [];
  private nextInLine: FetchedRecords | undefined;

  constructor(
    private readonly client: ConsumerNetworkClient,
    private readonly metadata: Metadata,
    private readonly subscriptions: SubscriptionState,
    private readonly options: FetcherOptions,
    private readonly log: ClientLogger,
  ) {}

  get hasCompletedFetches(): boolean {
    return this.completed.length > 0;
  }

  /** Sends a fetch to every leader that has none under way. Returns after how many ms a leader that is away may be tried again. */
  sendFetches(): number {
    const byLeader = new Map<Node, AssignedPartition[]>();
    let retryMs = Infinity;
    for (const partition of this.fetchable()) {
      const leader = this.metadata.cluster.leaderFor(partition);
      if (leader === undefined) this.metadata.requestUpdate();
      else if (this.client.isUnavailable(leader)) retryMs = Math.min(retryMs, this.client.connectionDelayMs(leader));
      else if (!this.client.hasPendingRequests(leader)) {
        const own = byLeader.get(leader);
        if (own === undefined) byLeader.set(leader, [partition]);
        else own.push(partition);
      }
    }
    for (const [leader, partitions] of byLeader) this.sendFetch(leader, partitions);
    return retryMs;
  }

  /** At most max.poll.records; moves the positions behind what it returns. */
  fetchedRecords(): ConsumerRecords {
    const slices: RecordSlice[] = [];
    let room = this.options.maxPollRecords;
    try {
      while (room > 0) {
        if (this.nextInLine === undefined || this.nextInLine.isDrained) {
          const fetch = this.completed.shift();
          if (fetch === undefined) break;
          this.nextInLine = this.parse(fetch);
          continue;
        }
        for (const slice of this.takeFrom(this.nextInLine, room)) {
          slices.push(slice);
          room -= slice.count;
        }
      }
    } catch (error) {
      // What was read before the fault is returned first; the fault comes up again.
      if (slices.length === 0) throw error;
    }
    return slices.length === 0 ? NO_RECORDS : new ConsumerRecords(slices);
  }

  private takeFrom(fetched: FetchedRecords, room: number): RecordSlice[] {
    const { partition } = fetched;
    if (!this.subscriptions.isAssigned(partition) || !partition.isFetchable || partition.position !== fetched.nextOffset) {
      fetched.isDrained = true;
      return [];
    }
    const slices = fetched.take(room);
    partition.position = fetched.nextOffset;
    if (fetched.isDrained && fetched.hadData) this.subscriptions.moveToEnd(partition);
    return slices;
  }

  private fetchable(): AssignedPartition[] {
    const waiting = new Set<AssignedPartition>(this.completed.map((each) => each.partition));
    if (this.nextInLine !== undefined && !this.nextInLine.isDrained) waiting.add(this.nextInLine.partition);
    return this.subscriptions.partitions.filter((each) => each.isFetchable && !waiting.has(each));
  }

  private sendFetch(leader: Node, partitions: readonly AssignedPartition[]): void {
    let session = this.sessions.get(leader.id);
    if (session === undefined) {
      session = new FetchSession();
      this.sessions.set(leader.id, session);
    }
    const { minBytes, maxBytes, maxWaitMs, maxPartitionBytes, isolationLevel } = this.options;
    const wanted = partitions.map((each) => ({
      topic: each.topic,
      partition: each.partition,
      fetchOffset: each.position as number,
      logStartOffset: -1,
      maxBytes: maxPartitionBytes,
    }));
    const fetch = session.build(wanted);
    const sent = this.client.send(leader, 'Fetch', { replicaId: -1, maxWaitMs, minBytes, maxBytes, isolationLevel, ...fetch });
    sent.whenDone(() => {
      if (sent.failed) (session as FetchSession).handleError(ERRORS.NETWORK_EXCEPTION);
      else this.handleResponse(session as FetchSession, sent.value as FetchResponse);
    });
  }

  private handleResponse(session: FetchSession, response: FetchResponse): void {
    const offsets = response.partitions.map((each) => session.fetchOffset(each));
    if (!session.handleResponse(response)) return;
    response.partitions.forEach((data, index) => {
      const partition = this.subscriptions.find(data);
      const fetchOffset = offsets[index];
      if (partition !== undefined && fetchOffset !== undefined) this.completed.push({ partition, fetchOffset, data });
    });
  }

  /** undefined when there is nothing to hand out. */
  private parse(fetch: CompletedFetch): FetchedRecords | undefined {
    const { partition, fetchOffset, data } = fetch;
    if (!this.subscriptions.isAssigned(partition) || !partition.isFetchable) return undefined;
    if (data.errorCode === ERRORS.NONE) {
      if (partition.position !== fetchOffset) return undefined;
      if (data.highWatermark >= 0) partition.highWatermark = data.highWatermark;
      if (data.lastStableOffset >= 0) partition.lastStableOffset = data.lastStableOffset;
      return new FetchedRecords(fetch, this.options.isolationLevel === 1);
    }
    this.subscriptions.moveToEnd(partition);
    this.handleError(fetch);
    return undefined;
  }

  private handleError(fetch: CompletedFetch): void {
    const { partition, fetchOffset, data } = fetch;
    switch (data.errorCode) {
      case ERRORS.NOT_LEADER_FOR_PARTITION:
      case ERRORS.KAFKA_STORAGE_ERROR:
      case ERRORS.REPLICA_NOT_AVAILABLE:
        this.metadata.requestUpdate();
        return;
      case ERRORS.UNKNOWN_TOPIC_OR_PARTITION:
        this.log.warn(LOGGER, `Received unknown topic or partition error in fetch for partition ${partition.name}`);
        this.metadata.requestUpdate();
        return;
      case ERRORS.OFFSET_OUT_OF_RANGE:
        this.handleOutOfRange(partition, fetchOffset);
        return;
      case ERRORS.UNKNOWN_SERVER_ERROR:
        this.log.warn(LOGGER, `Unknown error fetching data for topic-partition ${partition.name}`);
        return;
      default:
        throw illegalState(`Unexpected error code ${data.errorCode} while fetching data`);
    }
  }

  private handleOutOfRange(partition: AssignedPartition, fetchOffset: number): void {
    if (partition.position !== fetchOffset) return;
    if (this.subscriptions.hasDefaultReset) {
      this.log.info(LOGGER, `Fetch offset ${fetchOffset} is out of range for partition ${partition.name}, resetting offset`);
      this.subscriptions.requestReset(partition);
      return;
    }
    throw new KafkaError(
      'org.apache.kafka.clients.consumer.OffsetOutOfRangeException',
      `Offsets out of range with no configured reset policy for partitions: {${partition.name}=${fetchOffset}}`,
    );
  }
}
