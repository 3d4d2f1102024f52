import { DelayedOperation } from '../replica/delayed-operation';
import type { GroupMetadata } from './group-metadata';
import type { MemberMetadata } from './member-metadata';

/**
 * Waits for a member's next heartbeat; the member has failed when its time is up.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/DelayedHeartbeat.scala
 */
export class DelayedHeartbeat extends DelayedOperation {
  constructor(
    private readonly member: MemberMetadata,
    private readonly group: GroupMetadata,
    private readonly deadlineMs: number,
    private readonly onFailed: (group: GroupMetadata, member: MemberMetadata) => void,
  ) {
    super(member.sessionTimeoutMs);
  }

  private get keepsAlive(): boolean {
    const { member } = this;
    return (
      member.awaitingJoin !== undefined ||
      member.awaitingSync !== undefined ||
      member.latestHeartbeatMs + member.sessionTimeoutMs > this.deadlineMs
    );
  }

  tryComplete(): boolean {
    return this.keepsAlive || this.member.isLeaving ? this.forceComplete() : false;
  }

  onComplete(): void {}

  override onExpiration(): void {
    if (!this.keepsAlive) this.onFailed(this.group, this.member);
  }
}
