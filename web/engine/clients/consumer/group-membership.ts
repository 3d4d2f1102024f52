import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { ERRORS, errorForCode } from '../../protocol/errors';
import type { Assignment, Messages, SimulatedApi, Subscription } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import { errorOf, kafkaException, KafkaError } from '../kafka-error';
import type { ConsumerNetworkClient } from './consumer-network-client';
import { CoordinatorFinder } from './coordinator-finder';
import { type HeartbeatingMember, type HeartbeatOptions, HeartbeatSender } from './heartbeat-sender';

const LOGGER = 'org.apache.kafka.clients.consumer.internals.AbstractCoordinator';
const NO_GENERATION_ID = -1;

export interface GroupOptions extends HeartbeatOptions {
  readonly leaveOnClose: boolean;
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
 * A consumer's place in its group: joins, stays in, leaves.
 *
 * Why: the coordinator takes the partitions away from a member that it has not heard of for session.timeout.ms.
 * Units: ms of simulated time.
 * Simplified: a wakeup in the middle of a rebalance abandons the join; the next poll joins anew.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/AbstractCoordinator.java
 */
export class GroupMembership implements HeartbeatingMember {
  private state: State = 'unjoined';
  private current: Generation = NO_GENERATION;
  private rejoinNeeded = true;
  private needsJoinPrepare = true;
  readonly finder: CoordinatorFinder;
  private readonly heartbeats: HeartbeatSender;

  constructor(
    sim: Simulation,
    private readonly client: ConsumerNetworkClient,
    private readonly protocol: GroupProtocol,
    private readonly options: GroupOptions,
    private readonly log: ClientLogger,
  ) {
    const { groupId, retryBackoffMs } = options;
    const onFound = (): void => this.heartbeats.resetTimeouts();
    this.finder = new CoordinatorFinder(client, { groupId, retryBackoffMs, onFound }, log);
    this.heartbeats = new HeartbeatSender(sim, client, this.finder, this, options);
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
    this.heartbeats.polled();
  }

  /** Infinity while the member is not one. */
  timeToNextHeartbeatMs(): number {
    return this.state === 'unjoined' ? Infinity : this.heartbeats.timeToNextMs;
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
    const isDone = yield* this.client.waitUntilDone(future, timeoutMs);
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
    this.heartbeats.close();
  }

  // Joining

  private *join(): Op<void> {
    this.heartbeats.pause();
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
    this.heartbeats.start();
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
}
