import { javaStringHash } from '../../protocol/java-string-hash';
import { scalaMutableMapOrder } from '../../protocol/jvm-hash-order';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { MemberMetadata } from './member-metadata';

export type GroupState = 'Empty' | 'PreparingRebalance' | 'CompletingRebalance' | 'Stable' | 'Dead';

/** State -> states it may be entered from. */
const VALID_PREVIOUS: Readonly<Record<GroupState, readonly GroupState[]>> = {
  Dead: ['Stable', 'PreparingRebalance', 'CompletingRebalance', 'Empty', 'Dead'],
  CompletingRebalance: ['PreparingRebalance'],
  Stable: ['CompletingRebalance'],
  PreparingRebalance: ['Stable', 'CompletingRebalance', 'Empty'],
  Empty: ['PreparingRebalance'],
};

/** A committed offset. Times are ms since 1970. */
export interface OffsetAndMetadata extends TopicPartition {
  readonly offset: number;
  readonly metadata: string;
  readonly commitTimestampMs: number;
  readonly expireTimestampMs: number;
}

/** A committed offset and the offset of the batch in `__consumer_offsets` that holds it. */
export interface StoredOffset {
  readonly appendedBatchOffset: number;
  readonly committed: OffsetAndMetadata;
}

/**
 * One consumer group: its state, members and committed offsets.
 *
 * Simplified: no transactional offset commits.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/GroupMetadata.scala
 */
export class GroupMetadata {
  protocolType: string | undefined;
  generationId = 0;
  protocol: string | undefined;
  leaderId: string | undefined;
  newMemberAdded = false;
  private readonly membersById = new Map<string, MemberMetadata>();
  /** By `orders-0`. */
  private readonly offsets = new Map<string, StoredOffset>();
  private readonly pendingOffsets = new Map<string, OffsetAndMetadata>();

  constructor(
    readonly groupId: string,
    private currentState: GroupState,
  ) {}

  get state(): GroupState {
    return this.currentState;
  }

  is(state: GroupState): boolean {
    return this.currentState === state;
  }

  get canRebalance(): boolean {
    return VALID_PREVIOUS.PreparingRebalance.includes(this.currentState);
  }

  transitionTo(state: GroupState): void {
    if (!VALID_PREVIOUS[state].includes(this.currentState)) throw new Error(`group ${this.groupId}: ${this.currentState} -> ${state}`);
    this.currentState = state;
  }

  has(memberId: string): boolean {
    return this.membersById.has(memberId);
  }

  get(memberId: string): MemberMetadata {
    const member = this.membersById.get(memberId);
    if (member === undefined) throw new Error(`group ${this.groupId} has no member ${memberId}`);
    return member;
  }

  get memberCount(): number {
    return this.membersById.size;
  }

  /** In the order in which the real one's map hands them out. */
  get members(): readonly MemberMetadata[] {
    return scalaMutableMapOrder([...this.membersById.values()], (member) => javaStringHash(member.memberId));
  }

  get notYetRejoined(): readonly MemberMetadata[] {
    return this.members.filter((member) => member.awaitingJoin === undefined);
  }

  get rebalanceTimeoutMs(): number {
    return this.members.reduce((longest, member) => Math.max(longest, member.rebalanceTimeoutMs), 0);
  }

  isLeader(memberId: string): boolean {
    return this.leaderId === memberId;
  }

  add(member: MemberMetadata): void {
    if (this.membersById.size === 0) this.protocolType = member.protocolType;
    this.leaderId ??= member.memberId;
    this.membersById.set(member.memberId, member);
  }

  remove(memberId: string): void {
    this.membersById.delete(memberId);
    if (this.isLeader(memberId)) this.leaderId = this.members[0]?.memberId;
  }

  supportsProtocols(names: readonly string[]): boolean {
    if (this.membersById.size === 0) return true;
    const candidates = this.candidateProtocols();
    return names.some((name) => candidates.has(name));
  }

  initNextGeneration(): void {
    this.generationId += 1;
    if (this.membersById.size > 0) {
      this.protocol = this.selectProtocol();
      this.transitionTo('CompletingRebalance');
    } else {
      this.protocol = undefined;
      this.transitionTo('Empty');
    }
  }

  private candidateProtocols(): Set<string> {
    const [first, ...others] = this.members;
    const names = first === undefined ? [] : first.protocols.map((each) => each.name);
    return new Set(names.filter((name) => others.every((member) => member.protocols.some((each) => each.name === name))));
  }

  /** The one that most members prefer. */
  private selectProtocol(): string {
    const candidates = this.candidateProtocols();
    const votes = new Map<string, number>();
    for (const member of this.members) {
      const choice = member.vote(candidates);
      votes.set(choice, (votes.get(choice) ?? 0) + 1);
    }
    return [...votes].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
  }

  get committedOffsets(): readonly OffsetAndMetadata[] {
    return [...this.offsets.values()].map((each) => each.committed);
  }

  get offsetCount(): number {
    return this.offsets.size;
  }

  get hasOffsets(): boolean {
    return this.offsets.size > 0 || this.pendingOffsets.size > 0;
  }

  committedOffset(tp: TopicPartition): OffsetAndMetadata | undefined {
    return this.offsets.get(topicPartitionName(tp))?.committed;
  }

  initializeOffsets(stored: Iterable<StoredOffset>): void {
    for (const each of stored) this.offsets.set(topicPartitionName(each.committed), each);
  }

  prepareOffsetCommit(offsets: readonly OffsetAndMetadata[]): void {
    for (const each of offsets) this.pendingOffsets.set(topicPartitionName(each), each);
  }

  onOffsetCommitAppended(committed: OffsetAndMetadata, appendedBatchOffset: number): void {
    const key = topicPartitionName(committed);
    const pending = this.pendingOffsets.get(key);
    if (pending === undefined) return;
    const current = this.offsets.get(key);
    if (current === undefined || current.appendedBatchOffset < appendedBatchOffset) this.offsets.set(key, { appendedBatchOffset, committed });
    if (pending === committed) this.pendingOffsets.delete(key);
  }

  failPendingOffset(committed: OffsetAndMetadata): void {
    const key = topicPartitionName(committed);
    if (this.pendingOffsets.get(key) === committed) this.pendingOffsets.delete(key);
  }

  /** Takes the offsets of these partitions out and returns those that there were. */
  removeOffsets(partitions: readonly TopicPartition[]): OffsetAndMetadata[] {
    const removed: OffsetAndMetadata[] = [];
    for (const tp of partitions) {
      const key = topicPartitionName(tp);
      this.pendingOffsets.delete(key);
      const stored = this.offsets.get(key);
      if (stored !== undefined) removed.push(stored.committed);
      this.offsets.delete(key);
    }
    return removed;
  }

  removeExpiredOffsets(nowMs: number): OffsetAndMetadata[] {
    const expired = this.committedOffsets.filter(
      (each) => each.expireTimestampMs < nowMs && !this.pendingOffsets.has(topicPartitionName(each)),
    );
    for (const each of expired) this.offsets.delete(topicPartitionName(each));
    return expired;
  }
}
