import type { Op } from '../../kernel/task';
import { Condition, Delay, firstOf, sleep } from '../../kernel/waitables';
import { ERRORS, errorForCode } from '../../protocol/errors';
import {
  type FetchedPartition,
  type FetchRequest,
  type FetchResponse,
  type Node,
  type TopicPartition,
} from '../../protocol/messages';
import { ClassLogger } from '../class-logger';
import { BrokerChannel, BrokerConnectionError } from '../network/broker-channel';
import type { FetcherHost } from './fetcher-host';
import { FetcherSession } from './fetcher-session';
import { type FetchState, LeaderAgreement } from './leader-agreement';
import type { Partition } from './partition';

const FETCH_VERSION = 7;
/** What a follower spends on a response with records. */
const APPEND_US = 30;

/**
 * Copies the partitions that one other broker leads.
 *
 * Cost: a round looks only at partitions that changed since the last one.
 * Trace: `log.truncated`, and those of the partition.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaFetcherThread.scala, AbstractFetcherThread.scala
 */
export class ReplicaFetcherThread {
  private readonly states = new Map<string, FetchState>();
  /** To be looked at when the next request is built. */
  private readonly changed = new Set<string>();
  private readonly removed = new Map<string, TopicPartition>();
  private readonly wake = new Condition();
  private running = true;
  private readonly channel: BrokerChannel;
  private readonly session: FetcherSession;
  private readonly agreement: LeaderAgreement;
  private readonly log: ClassLogger;

  constructor(
    private readonly env: FetcherHost,
    readonly leader: Node,
    fetcherId: number,
  ) {
    const { sink, brokerId, config } = env;
    const prefix = `[ReplicaFetcher replicaId=${brokerId}, leaderId=${leader.id}, fetcherId=${fetcherId}] `;
    this.log = new ClassLogger(sink, 'kafka.server.ReplicaFetcherThread', prefix);
    this.session = new FetcherSession(leader.id, new ClassLogger(sink, 'org.apache.kafka.clients.FetchSessionHandler', prefix));
    this.channel = new BrokerChannel(env, leader, `broker-${brokerId}-fetcher-${fetcherId}`, config.number('replica.socket.timeout.ms'));
    this.agreement = new LeaderAgreement(env, this.channel, this.log, {
      isRunning: () => this.running,
      delay: (state) => this.delay(state),
      changed: (state) => this.changed.add(state.partition.name),
    });
  }

  get partitionCount(): number {
    return this.states.size;
  }

  addPartition(partition: Partition, fetchOffset: number): void {
    const key = partition.name;
    if (this.states.has(key)) return;
    this.states.set(key, { partition, fetchOffset, delayedUntilUs: 0, truncating: true });
    this.changed.add(key);
    this.removed.delete(key);
    this.wake.notifyAll();
  }

  removePartition(tp: TopicPartition): void {
    const key = `${tp.topic}-${tp.partition}`;
    if (!this.states.delete(key)) return;
    this.changed.delete(key);
    this.removed.set(key, tp);
  }

  *run(): Op<void> {
    this.log.info('Starting');
    while (this.running) {
      yield* this.agreement.maybeTruncate(this.statesToTruncate());
      if (!this.running) return;
      if (this.session.isFull) for (const key of this.states.keys()) this.changed.add(key);
      const request = this.buildRequest();
      if (request === undefined) yield* firstOf(this.wake, new Delay(this.env.sim, this.backoffUs));
      else yield* this.fetch(request);
    }
  }

  shutdown(): void {
    if (!this.running) return;
    this.log.info('Shutting down');
    this.running = false;
    this.channel.close();
    this.wake.notifyAll();
    this.log.info('Stopped');
    this.log.info('Shutdown completed');
  }

  private get backoffUs(): number {
    return this.env.config.number('replica.fetch.backoff.ms') * 1000;
  }

  // Fetching

  private buildRequest(): FetchRequest | undefined {
    const { config, brokerId, sim } = this.env;
    this.session.begin();
    const ready: [TopicPartition, { fetchOffset: number; logStartOffset: number; maxBytes: number }][] = [];
    const gone: TopicPartition[] = [...this.removed.values()];
    for (const key of [...this.changed]) {
      const state = this.states.get(key);
      if (state === undefined) continue;
      if (state.truncating || state.delayedUntilUs > sim.nowUs) {
        gone.push(state.partition);
        continue;
      }
      this.changed.delete(key);
      const logStartOffset = state.partition.local?.logStartOffset ?? 0;
      ready.push([state.partition, { fetchOffset: state.fetchOffset, logStartOffset, maxBytes: config.number('replica.fetch.max.bytes') }]);
    }
    const built = this.session.build(ready, gone);
    this.removed.clear();
    if (this.session.isEmpty && built.forgotten.length === 0) return undefined;
    return {
      replicaId: brokerId,
      maxWaitMs: config.number('replica.fetch.wait.max.ms'),
      minBytes: config.number('replica.fetch.min.bytes'),
      maxBytes: config.number('replica.fetch.response.max.bytes'),
      isolationLevel: 0,
      ...built,
    };
  }

  private *fetch(request: FetchRequest): Op<void> {
    let response: FetchResponse;
    const metadata = this.session.metadataText;
    try {
      yield* this.channel.awaitReady();
      response = yield* this.channel.send('Fetch', FETCH_VERSION, request);
    } catch (error) {
      if (!(error instanceof BrokerConnectionError)) throw error;
      yield* this.onFetchFailed(request, metadata, error.message);
      return;
    }
    if (!this.running || !this.session.handleResponse(response)) return;
    if (response.partitions.some((each) => each.batches.length > 0)) yield* sleep(this.env.sim, APPEND_US);
    for (const each of response.partitions) yield* this.process(each);
  }

  private *onFetchFailed(request: FetchRequest, metadata: string, message: string): Op<void> {
    if (!this.running) return;
    this.session.handleError(message);
    this.log.warn(`Error in response for fetch request ${requestText(request, metadata)}`, `java.io.IOException: ${message}`);
    yield* firstOf(this.wake, new Delay(this.env.sim, this.backoffUs));
  }

  private *process(fetched: TopicPartition & FetchedPartition): Op<void> {
    const key = `${fetched.topic}-${fetched.partition}`;
    const state = this.states.get(key);
    if (state === undefined || state.truncating || state.delayedUntilUs > this.env.sim.nowUs) return;
    if (fetched.errorCode === ERRORS.NONE) this.append(state, fetched);
    else if (fetched.errorCode === ERRORS.OFFSET_OUT_OF_RANGE) yield* this.agreement.onOffsetOutOfRange(state);
    else {
      if (fetched.errorCode === ERRORS.NOT_LEADER_FOR_PARTITION) {
        this.log.info(`Remote broker is not the leader for partition ${key}, which could indicate that the partition is being moved`);
      } else {
        const row = errorForCode(fetched.errorCode);
        this.log.error(`Error for partition ${key} at offset ${state.fetchOffset}`, `org.apache.kafka.common.errors.${row.exception}: ${row.message}`);
      }
      this.delay(state);
    }
  }

  private statesToTruncate(): FetchState[] {
    const now = this.env.sim.nowUs;
    return [...this.changed]
      .map((key) => this.states.get(key))
      .filter((state): state is FetchState => state !== undefined && state.truncating && state.delayedUntilUs <= now);
  }

  private append(state: FetchState, fetched: FetchedPartition): void {
    const { partition } = state;
    const first = fetched.batches[0];
    const last = fetched.batches[fetched.batches.length - 1];
    if (first !== undefined && last !== undefined) {
      if (partition.local?.logEndOffset !== state.fetchOffset) return;
      if (partition.appendToFollower(fetched.batches) !== ERRORS.NONE) {
        this.log.error(`Error while processing data for partition ${partition.name}`);
        this.delay(state);
        return;
      }
      state.fetchOffset = last.lastOffset + 1;
    }
    partition.updateFollowerMarks(fetched.highWatermark, fetched.logStartOffset);
    this.changed.add(partition.name);
  }

  private delay(state: FetchState): void {
    state.delayedUntilUs = this.env.sim.nowUs + this.backoffUs;
    this.changed.add(state.partition.name);
  }
}

function requestText(request: FetchRequest, metadata: string): string {
  const data = request.partitions.map((each) => `${each.topic}-${each.partition}=(offset=${each.fetchOffset}, logStartOffset=${each.logStartOffset}, maxBytes=${each.maxBytes})`);
  const forget = request.forgotten.map((tp) => `${tp.topic}-${tp.partition}`);
  return (
    `(type=FetchRequest, replicaId=${request.replicaId}, maxWait=${request.maxWaitMs}, minBytes=${request.minBytes}, maxBytes=${request.maxBytes}, ` +
    `fetchData={${data.join(', ')}}, isolationLevel=READ_UNCOMMITTED, toForget=${forget.join(', ')}, metadata=${metadata})`
  );
}
