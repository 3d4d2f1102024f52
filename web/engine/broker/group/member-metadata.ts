import type { Assignment, JoinGroupRequest, JoinGroupResponse, Subscription, SyncGroupResponse } from '../../protocol/messages';

export type JoinCallback = (response: JoinGroupResponse) => void;
export type SyncCallback = (response: SyncGroupResponse) => void;

export const NO_ASSIGNMENT: Assignment = { partitions: [] };

/**
 * A member of a group as its coordinator knows it.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/MemberMetadata.scala
 */
export class MemberMetadata {
  assignment: Assignment | undefined;
  awaitingJoin: JoinCallback | undefined;
  awaitingSync: SyncCallback | undefined;
  latestHeartbeatMs = 0;
  isLeaving = false;
  protocols: JoinGroupRequest['protocols'];

  constructor(
    readonly memberId: string,
    readonly clientId: string,
    readonly clientHost: string,
    readonly rebalanceTimeoutMs: number,
    readonly sessionTimeoutMs: number,
    readonly protocolType: string,
    protocols: JoinGroupRequest['protocols'],
  ) {
    this.protocols = protocols;
  }

  /** What the member said under that protocol. */
  metadata(protocol: string): Subscription {
    const found = this.protocols.find((each) => each.name === protocol);
    if (found === undefined) throw new Error(`member ${this.memberId} does not support ${protocol}`);
    return found.metadata;
  }

  /** Same protocols in the same order with the same metadata. */
  matches(protocols: JoinGroupRequest['protocols']): boolean {
    return (
      protocols.length === this.protocols.length &&
      protocols.every((each, i) => {
        const own = this.protocols[i];
        return own !== undefined && own.name === each.name && sameSubscription(own.metadata, each.metadata);
      })
    );
  }

  /** The first of its protocols that is a candidate. */
  vote(candidates: ReadonlySet<string>): string {
    const choice = this.protocols.find((each) => candidates.has(each.name));
    if (choice === undefined) throw new Error(`member ${this.memberId} does not support any of the candidate protocols`);
    return choice.name;
  }
}

function sameSubscription(a: Subscription, b: Subscription): boolean {
  return a.topics.length === b.topics.length && a.topics.every((topic, i) => topic === b.topics[i]) && sameBytes(a.userData, b.userData);
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
