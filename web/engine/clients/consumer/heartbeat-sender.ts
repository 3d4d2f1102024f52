import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { Messages, Node } from '../../protocol/messages';
import { STOPPED_LOOK_US } from '../client-environment';
import type { ConsumerNetworkClient } from './consumer-network-client';
import type { CoordinatorFinder } from './coordinator-finder';
import { Heartbeat, type HeartbeatTimes } from './heartbeat';

export interface HeartbeatOptions extends HeartbeatTimes {
  readonly groupId: string;
  /** True while the process is stopped: it cannot show that it is alive. */
  isStopped(): boolean;
}

/** What heartbeats need to know of the member, and tell it. */
export interface HeartbeatingMember {
  /** Undefined while it is not a full member: then no heartbeat is sent. */
  readonly generation: { readonly generationId: number; readonly memberId: string } | undefined;
  requestRejoin(): void;
  resetGeneration(): void;
  leave(): void;
}

/**
 * Shows the coordinator that a member is alive; leaves the group for a program that does not poll any more.
 *
 * Units: ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/internals/AbstractCoordinator.java HeartbeatThread
 */
export class HeartbeatSender {
  private readonly heartbeat: Heartbeat;
  private timer: SimEvent | undefined;
  private isClosed = false;

  constructor(
    private readonly sim: Simulation,
    private readonly client: ConsumerNetworkClient,
    private readonly finder: CoordinatorFinder,
    private readonly member: HeartbeatingMember,
    private readonly options: HeartbeatOptions,
  ) {
    this.heartbeat = new Heartbeat(options);
  }

  get timeToNextMs(): number {
    return this.heartbeat.timeToNextMs(this.client.nowMs);
  }

  /** The program polled. */
  polled(): void {
    this.heartbeat.polled(this.client.nowMs);
  }

  resetTimeouts(): void {
    this.heartbeat.resetTimeouts(this.client.nowMs);
  }

  /** The member has joined: its session begins. */
  start(): void {
    this.resetTimeouts();
    this.schedule(this.options.heartbeatIntervalMs);
  }

  /** No heartbeats during a rebalance: the join shows that the member is alive. */
  pause(): void {
    this.sim.cancel(this.timer);
  }

  close(): void {
    this.isClosed = true;
    this.pause();
  }

  private schedule(afterMs: number): void {
    this.sim.cancel(this.timer);
    if (!this.isClosed) this.timer = this.sim.after(Math.max(afterMs, 0) * 1000, HeartbeatSender.onTimer, this as HeartbeatSender);
  }

  private static onTimer(this: void, sender: HeartbeatSender): void {
    sender.timer = undefined;
    sender.beat();
  }

  private beat(): void {
    if (this.member.generation === undefined || this.isClosed) return;
    if (this.options.isStopped()) this.schedule(STOPPED_LOOK_US / 1000);
    else this.lookAfterMember();
  }

  /** One round of what Java's heartbeat thread does. */
  private lookAfterMember(): void {
    const { heartbeat, finder, options } = this;
    const { nowMs } = this.client;
    this.client.pollNoWait();
    if (finder.isUnknown) {
      finder.startLookup();
      this.schedule(options.retryBackoffMs);
    } else if (nowMs >= heartbeat.sessionEndsMs) {
      finder.markUnknown();
      this.schedule(options.retryBackoffMs);
    } else if (nowMs >= heartbeat.pollEndsMs) {
      this.member.leave();
    } else {
      if (this.timeToNextMs <= 0) this.send();
      const untilEndMs = Math.min(heartbeat.sessionEndsMs, heartbeat.pollEndsMs) - nowMs;
      this.schedule(Math.min(this.timeToNextMs, untilEndMs));
    }
  }

  private send(): void {
    const { generation } = this.member;
    if (generation === undefined) return;
    this.heartbeat.sent(this.client.nowMs);
    const { generationId, memberId } = generation;
    const sent = this.client.send(this.finder.checkAndGet() as Node, 'Heartbeat', { groupId: this.options.groupId, generationId, memberId });
    this.client.pollNoWait();
    sent.whenDone(() => {
      if (sent.failed) {
        this.finder.requestFailed(sent.error);
        this.failed();
      } else this.handleResponse((sent.value as Messages['Heartbeat']['response']).errorCode, memberId);
    });
  }

  private handleResponse(code: ErrorCode, memberId: string): void {
    if (code === ERRORS.NONE || code === ERRORS.REBALANCE_IN_PROGRESS) {
      if (code === ERRORS.REBALANCE_IN_PROGRESS) this.member.requestRejoin();
      this.heartbeat.received(this.client.nowMs);
      return;
    }
    if (code === ERRORS.COORDINATOR_NOT_AVAILABLE || code === ERRORS.NOT_COORDINATOR) this.finder.markUnknown();
    // An answer to a member that this consumer no longer is says nothing about the one it is now.
    else if (memberId === this.member.generation?.memberId) this.member.resetGeneration();
    this.failed();
  }

  private failed(): void {
    this.heartbeat.didFail();
    if (this.member.generation !== undefined) this.schedule(this.timeToNextMs);
  }
}
