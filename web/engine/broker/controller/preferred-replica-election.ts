import type { Op } from '../../kernel/task';
import { type TopicPartition, topicPartitionName } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import type { ControllerContext } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import type { PartitionStateMachine } from './partition-state-machine';

const names = (partitions: readonly TopicPartition[]): string => partitions.map(topicPartitionName).join(',');

/**
 * Gives partitions back to the first replica of their assignment: when somebody asks, and from time to time where too many are elsewhere.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala onPreferredReplicaElection, checkAndTriggerAutoLeaderRebalance
 */
export class PreferredReplicaElection {
  constructor(
    private readonly env: ControllerEnvironment,
    private readonly context: ControllerContext,
    private readonly partitions: PartitionStateMachine,
    private readonly isQueuedForDeletion: (topic: string) => boolean,
    private readonly log: ClassLogger,
  ) {}

  /** What was asked of an earlier controller and is not done. */
  *pending(): Op<TopicPartition[]> {
    const asked = yield* this.env.zk.getPreferredReplicaElection();
    const isDone = (tp: TopicPartition): boolean => {
      const [preferred] = this.context.assignmentOf(tp);
      return preferred === undefined || this.context.leadership.get(tp)?.leader === preferred;
    };
    const open = asked.filter((tp) => !isDone(tp));
    const skipped = open.filter((tp) => this.isQueuedForDeletion(tp.topic));
    const resumed = open.filter((tp) => !this.isQueuedForDeletion(tp.topic));
    this.log.info(`Partitions undergoing preferred replica election: ${names(asked)}`);
    this.log.info(`Partitions that completed preferred replica election: ${names(asked.filter(isDone))}`);
    this.log.info(`Skipping preferred replica election for partitions due to topic deletion: ${names(skipped)}`);
    this.log.info(`Resuming preferred replica election for partitions: ${names(resumed)}`);
    return resumed;
  }

  *elect(partitions: readonly TopicPartition[], options: { readonly isAutomatic: boolean }): Op<void> {
    this.log.info(`Starting preferred replica leader election for partitions ${names(partitions)}`);
    const known = partitions.filter((tp) => this.context.leadership.has(tp));
    yield* this.partitions.handleStateChanges(known, 'OnlinePartition', 'preferred');
    for (const tp of known) this.logOutcome(tp);
    if (!options.isAutomatic) yield* this.env.zk.deletePreferredReplicaElection();
  }

  private logOutcome(tp: TopicPartition): void {
    const leader = this.context.leadership.get(tp)?.leader;
    const [preferred] = this.context.assignmentOf(tp);
    if (leader === preferred) this.log.info(`Partition ${topicPartitionName(tp)} completed preferred replica leader election. New leader is ${preferred}`);
    else this.log.warn(`Partition ${topicPartitionName(tp)} failed to complete preferred replica leader election. Leader is ${leader}`);
  }

  /** Where more than `leader.imbalance.per.broker.percentage` of what a broker should lead is led by others. */
  *rebalance(): Op<void> {
    this.log.trace('Checking need to trigger auto leader balancing');
    const byPreferred = new Map<number, TopicPartition[]>();
    for (const [tp, replicas] of this.context.assignments.entries()) {
      const [preferred] = replicas;
      if (preferred === undefined || this.isQueuedForDeletion(tp.topic)) continue;
      byPreferred.set(preferred, [...(byPreferred.get(preferred) ?? []), tp]);
    }
    for (const [brokerId, partitions] of byPreferred) yield* this.rebalanceBroker(brokerId, partitions);
  }

  private *rebalanceBroker(brokerId: number, partitions: readonly TopicPartition[]): Op<void> {
    const elsewhere = partitions.filter((tp) => {
      const state = this.context.leadership.get(tp);
      return state !== undefined && state.leader !== brokerId;
    });
    const ratio = elsewhere.length / partitions.length;
    this.log.trace(`Leader imbalance ratio for broker ${brokerId} is ${ratio}`);
    if (ratio <= this.env.config.number('leader.imbalance.per.broker.percentage') / 100) return;
    for (const tp of elsewhere) {
      const possible = this.context.isOnline(brokerId) && this.context.reassigned.size === 0 && this.context.topics.has(tp.topic);
      if (possible) yield* this.elect([tp], { isAutomatic: true });
    }
  }
}
