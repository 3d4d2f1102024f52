import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { ERRORS, errorForCode } from '../../protocol/errors';
import type { Assignment, Messages, Node, SimulatedApi, Subscription } from '../../protocol/messages';
import { type ClientLogger, STOPPED_LOOK_US } from '../client-environment';
import { errorOf, kafkaException, KafkaError } from '../kafka-error';
import type { ConsumerNetworkClient } from './consumer-network-client';
import { CoordinatorFinder } from './coordinator-finder';
import { Heartbeat } from './heartbeat';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.AbstractCoordinator';
const NO_GENERATION_ID = -1;

export interface GroupOptions {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly heartbeatIntervalMs: number;
  readonly maxPollIntervalMs: number;
  readonly retryBackoffMs: number;
  readonly leaveOnClose: boolean;
  /** True while the process is stopped: it cannot show that it is alive. */
  isStopped(): boolean;
}

/** What a consumer does at the stations of a rebalance. */
export interface GroupProtocol {
  protocols(): { readonly name: string; readonly metadata: Subscription }[];
  onJoinPrepare(): Op<void>;
  performAssignment(protocol: string, members: ReadonlyMap<string, Subscription>): Op<Map<string, Assignment>>;
  onJoinComplete(protocol: string, assignment: Assignment): Op<void>;
  needsRejoin(): boolean;
}

export interface Generation {
  readonly generationId: number;
  readonly memberId: string;
}

export const NO_GENERATION: Generation = { generationId: NO_GENERATION_ID, memberId: '' };

type State = 'unjoined' | 'rebalancing' | 'stable';

/**
 * A consumer's place in its group: joins, shows that it is alive, leaves.
 *
 * Why: the coordinator takes the partitions away from a member that it has not heard of for session.timeout.ms.
 * Units: ms of simulated time.
 * Simplified: a wakeup in the middle of a rebalance abandons the join; the next poll joins anew.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/AbstractCoordinator.java
 */
export class GroupMembership {
  private state: State = 'unjoined';
  private current: Generation = NO_GENERATION;
  private rejoinNeeded = true;
  private needsJoinPrepare = true;
  readonly finder: CoordinatorFinder;
  private readonly heartbeat: Heartbeat;
  private heartbeatTimer: SimEvent | undefined;
  private closed = false;

  constructor(
    private readonly sim: Simulation,
    private readonly client: ConsumerNetworkClient,
    private readonly protocol: GroupProtocol,
    private readonly options: GroupOptions,
    private readonly log: ClientLogger,
  ) {
    this.heartbeat = new Heartbeat(options);
    const { groupId, retryBackoffMs } = options;
    const onFound = (): void => this.heartbeat.resetTimeouts(this.client.nowMs);
    this.finder = new CoordinatorFinder(client, { groupId, retryBackoffMs, onFound }, log);
  }

  /** The generation that commits belong to; undefined while the member is not a full one. */
  get generation(): Generation | undefined {
    return this.state === 'stable' ? this.current : undefined;
  }

  get isRejoinNeeded(): boolean {
    return this.rejoinNeeded;
  }

  requestRejoin(): void {
    this.rejoinNeeded = true;
  }

  resetGeneration(): void {
    this.current = NO_GENERATION;
    this.rejoinNeeded = true;
    this.state = 'unjoined';
  }

  pollHeartbeat(): void {
    this.heartbeat.polled(this.client.nowMs);
  }

  /** Infinity while the member is not one. */
  timeToNextHeartbeatMs(): number {
    return this.state === 'unjoined' ? Infinity : this.heartbeat.timeToNextMs(this.client.nowMs);
  }

  /** Waits until the consumer is a member of the group's newest generation. */
  *ensureActive(): Op<void> {
    yield* this.finder.ensureReady();
    while (this.protocol.needsRejoin()) {
      yield* this.finder.ensureReady();
      if (this.needsJoinPrepare) {
        yield* this.protocol.onJoinPrepare();
        this.needsJoinPrepare = false;
      }
      try {
        yield* this.join();
        this.needsJoinPrepare = true;
      } catch (error) {
        if (!(error instanceof KafkaError)) throw error;
        if (error.code === ERRORS.UNKNOWN_MEMBER_ID || error.code === ERRORS.REBALANCE_IN_PROGRESS || error.code === ERRORS.ILLEGAL_GENERATION) {
          continue;
        }
        if (!error.retriable) throw error;
        yield* this.client.sleep(this.options.retryBackoffMs);
      }
    }
  }

  /** Sends a request to the coordinator and returns its answer. A broken connection makes the coordinator unknown. */
  *request<A extends SimulatedApi>(api: A, body: Messages[A]['request'], timeoutMs = Infinity): Op<Messages[A]['response']> {
    const coordinator = this.finder.checkAndGet();
    if (coordinator === undefined) throw errorOf(ERRORS.COORDINATOR_NOT_AVAILABLE);
    const future = this.client.send(coordinator, api, body);
    const isDone = yield* this.client.await(future, timeoutMs);
    if (!isDone) throw errorOf(ERRORS.REQUEST_TIMED_OUT);
    if (future.failed) {
      this.finder.requestFailed(future.error);
      throw future.error;
    }
    return future.value as Messages[A]['response'];
  }

  /** Tells the coordinator, without waiting for its answer. */
  leave(): void {
    const coordinator = this.finder.checkAndGet();
    if (coordinator !== undefined && this.state !== 'unjoined' && this.current !== NO_GENERATION) {
      const left = this.client.send(coordinator, 'LeaveGroup', { groupId: this.options.groupId, memberId: this.current.memberId });
      left.whenDone(() => this.finder.requestFailed(left.error));
      this.client.pollNoWait();
    }
    this.resetGeneration();
  }

  *close(timeoutMs: number): Op<void> {
    this.halt();
    if (this.options.leaveOnClose) this.leave();
    const coordinator = this.finder.checkAndGet();
    if (coordinator !== undefined) yield* this.client.awaitPendingRequests(coordinator, timeoutMs);
  }

  /** No heartbeat is sent any more. */
  halt(): void {
    this.closed = true;
    this.sim.cancel(this.heartbeatTimer);
  }

  // Joining

  private *join(): Op<void> {
    this.sim.cancel(this.heartbeatTimer);
    this.state = 'rebalancing';
    let protocol: string;
    let assignment: Assignment;
    try {
      ({ protocol, assignment } = yield* this.joinAndSync());
    } catch (error) {
      this.state = 'unjoined';
      throw error;
    }
    this.log.info(LOGGER, `Successfully joined group with generation ${this.current.generationId}`);
    this.state = 'stable';
    this.rejoinNeeded = false;
    this.heartbeat.resetTimeouts(this.client.nowMs);
    this.scheduleHeartbeat(this.options.heartbeatIntervalMs);
    yield* this.protocol.onJoinComplete(protocol, assignment);
  }

  private *joinAndSync(): Op<{ protocol: string; assignment: Assignment }> {
    const { groupId, sessionTimeoutMs, maxPollIntervalMs } = this.options;
    this.log.info(LOGGER, '(Re-)joining group');
    const joined = yield* this.request('JoinGroup', {
      groupId,
      sessionTimeoutMs,
      rebalanceTimeoutMs: maxPollIntervalMs,
      memberId: this.current.memberId,
      protocolType: 'consumer',
      protocols: this.protocol.protocols(),
    });
    if (joined.errorCode !== ERRORS.NONE) throw this.joinError(joined.errorCode);
    const { generationId, memberId, protocol } = joined;
    this.current = { generationId, memberId };
    let assignments: { memberId: string; assignment: Assignment }[] = [];
    if (joined.leaderId === memberId) {
      const members = new Map(joined.members.map((each) => [each.memberId, each.metadata]));
      const byMember = yield* this.protocol.performAssignment(protocol, members);
      assignments = [...byMember].map(([id, assignment]) => ({ memberId: id, assignment }));
    }
    const synced = yield* this.request('SyncGroup', { groupId, generationId, memberId, assignments });
    if (synced.errorCode !== ERRORS.NONE) throw this.syncError(synced.errorCode);
    return { protocol, assignment: synced.assignment };
  }

  private joinError(code: number): KafkaError {
    const { message } = errorForCode(code);
    switch (code) {
      case ERRORS.COORDINATOR_LOAD_IN_PROGRESS:
        return errorOf(code);
      case ERRORS.UNKNOWN_MEMBER_ID:
        this.resetGeneration();
        return errorOf(code);
      case ERRORS.COORDINATOR_NOT_AVAILABLE:
      case ERRORS.NOT_COORDINATOR:
        this.finder.markUnknown();
        return errorOf(code);
      case ERRORS.INCONSISTENT_GROUP_PROTOCOL:
      case ERRORS.INVALID_SESSION_TIMEOUT:
      case ERRORS.INVALID_GROUP_ID:
        this.log.error(LOGGER, `Attempt to join group failed due to fatal error: ${message}`);
        return errorOf(code);
      default:
        return kafkaException(`Unexpected error in join group response: ${message}`);
    }
  }

  private syncError(code: number): KafkaError {
    this.requestRejoin();
    switch (code) {
      case ERRORS.REBALANCE_IN_PROGRESS:
        return errorOf(code);
      case ERRORS.UNKNOWN_MEMBER_ID:
      case ERRORS.ILLEGAL_GENERATION:
        this.resetGeneration();
        return errorOf(code);
      case ERRORS.COORDINATOR_NOT_AVAILABLE:
      case ERRORS.NOT_COORDINATOR:
        this.finder.markUnknown();
        return errorOf(code);
      default:
        return kafkaException(`Unexpected error from SyncGroup: ${errorForCode(code).message}`);
    }
  }

  // Heartbeats

  private scheduleHeartbeat(afterMs: number): void {
    this.sim.cancel(this.heartbeatTimer);
    if (!this.closed) this.heartbeatTimer = this.sim.after(Math.max(afterMs, 0) * 1000, GroupMembership.onHeartbeatTimer, this as GroupMembership);
  }

  private static onHeartbeatTimer(this: void, membership: GroupMembership): void {
    membership.heartbeatTimer = undefined;
    membership.beat();
  }

  /** One round of what Java's heartbeat thread does. */
  private beat(): void {
    if (this.state !== 'stable' || this.closed) return;
    if (this.options.isStopped()) {
      this.scheduleHeartbeat(STOPPED_LOOK_US / 1000);
      return;
    }
    const nowMs = this.client.nowMs;
    this.client.pollNoWait();
    if (this.finder.isUnknown) {
      this.finder.startLookup();
      this.scheduleHeartbeat(this.options.retryBackoffMs);
      return;
    }
    if (nowMs >= this.heartbeat.sessionEndsMs) {
      this.finder.markUnknown();
      this.scheduleHeartbeat(this.options.retryBackoffMs);
      return;
    }
    if (nowMs >= this.heartbeat.pollEndsMs) {
      this.leave();
      return;
    }
    if (this.heartbeat.timeToNextMs(nowMs) <= 0) this.sendHeartbeat();
    const untilEnd = Math.min(this.heartbeat.sessionEndsMs, this.heartbeat.pollEndsMs) - nowMs;
    this.scheduleHeartbeat(Math.min(this.heartbeat.timeToNextMs(nowMs), untilEnd));
  }

  private sendHeartbeat(): void {
    this.heartbeat.sent(this.client.nowMs);
    const { generationId, memberId } = this.current;
    const sent = this.client.send(this.finder.checkAndGet() as Node, 'Heartbeat', { groupId: this.options.groupId, generationId, memberId });
    this.client.pollNoWait();
    sent.whenDone(() => {
      if (sent.failed) {
        this.finder.requestFailed(sent.error);
        this.heartbeatFailed();
      } else this.handleHeartbeat((sent.value as Messages['Heartbeat']['response']).errorCode, memberId);
    });
  }

  private handleHeartbeat(code: number, memberId: string): void {
    if (code === ERRORS.NONE) {
      this.heartbeat.received(this.client.nowMs);
      return;
    }
    if (code === ERRORS.REBALANCE_IN_PROGRESS) {
      this.requestRejoin();
      this.heartbeat.received(this.client.nowMs);
      return;
    }
    if (code === ERRORS.COORDINATOR_NOT_AVAILABLE || code === ERRORS.NOT_COORDINATOR) this.finder.markUnknown();
    // An answer to a member that this consumer no longer is says nothing about the one it is now.
    else if (memberId === this.current.memberId && this.state === 'stable') this.resetGeneration();
    this.heartbeatFailed();
  }

  private heartbeatFailed(): void {
    this.heartbeat.didFail();
    if (this.state === 'stable') this.scheduleHeartbeat(this.heartbeat.timeToNextMs(this.client.nowMs));
  }
}
