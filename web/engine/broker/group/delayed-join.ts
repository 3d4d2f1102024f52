import { DelayedOperation } from '../replica/delayed-operation';
import type { DelayedOperationPurgatory } from '../replica/delayed-operation-purgatory';
import type { GroupMetadata } from './group-metadata';

/** Waits until every known member has rejoined, at most the rebalance timeout. */
export class DelayedJoin extends DelayedOperation {
  constructor(
    protected readonly group: GroupMetadata,
    private readonly onJoined: (group: GroupMetadata) => void,
    delayMs: number,
  ) {
    super(delayMs);
  }

  tryComplete(): boolean {
    return this.group.notYetRejoined.length === 0 ? this.forceComplete() : false;
  }

  onComplete(): void {
    this.onJoined(this.group);
  }
}

/**
 * The first join of an empty group: waits `group.initial.rebalance.delay.ms`, and as long again while new members come, so that they are not rebalanced one by one.
 * @source kafka 1.1.0 core/src/main/scala/kafka/coordinator/group/DelayedJoin.scala InitialDelayedJoin
 */
export class InitialDelayedJoin extends DelayedJoin {
  constructor(
    private readonly purgatory: DelayedOperationPurgatory<DelayedJoin>,
    private readonly key: string,
    group: GroupMetadata,
    private readonly joined: (group: GroupMetadata) => void,
    private readonly timing: { readonly configuredDelayMs: number; readonly delayMs: number; readonly remainingMs: number },
  ) {
    super(group, joined, timing.delayMs);
  }

  override tryComplete(): boolean {
    return false;
  }

  override onComplete(): void {
    const { group, timing } = this;
    if (!group.newMemberAdded || timing.remainingMs === 0) {
      super.onComplete();
      return;
    }
    group.newMemberAdded = false;
    const delayMs = Math.min(timing.configuredDelayMs, timing.remainingMs);
    const next = new InitialDelayedJoin(this.purgatory, this.key, group, this.joined, {
      configuredDelayMs: timing.configuredDelayMs,
      delayMs,
      remainingMs: Math.max(timing.remainingMs - delayMs, 0),
    });
    this.purgatory.tryCompleteElseWatch(next, [this.key]);
  }
}
