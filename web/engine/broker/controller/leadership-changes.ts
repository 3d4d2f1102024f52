import { ZK_PATHS } from '../../admin/zk-paths';
import type { Op } from '../../kernel/task';
import { topicPartitionName } from '../../protocol/messages';
import type { ControllerParts } from './controller-parts';

/**
 * What the controller does when leaders changed their ISRs, and when somebody wants other leaders or other replicas.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/KafkaController.scala IsrChangeNotification, PreferredReplicaLeaderElection, PartitionReassignment
 */
export class LeadershipChanges {
  constructor(private readonly parts: ControllerParts) {}

  *watchPreferredElection(): Op<boolean> {
    return yield* this.parts.env.zk.registerZNodeChangeHandlerAndCheckExistence({
      path: ZK_PATHS.preferredReplicaElection,
      handleCreation: () => this.parts.enqueue('PreferredReplicaLeaderElection', () => this.onPreferredElection()),
    });
  }

  *watchReassignment(): Op<boolean> {
    return yield* this.parts.env.zk.registerZNodeChangeHandlerAndCheckExistence({
      path: ZK_PATHS.reassignPartitions,
      handleCreation: () => this.parts.enqueue('PartitionReassignment', () => this.onReassignment()),
    });
  }

  *onIsrChangeNotification(): Op<void> {
    const { zk } = this.parts.env;
    const numbers = yield* zk.getAllIsrChangeNotifications();
    const changed = yield* zk.getPartitionsFromIsrChangeNotifications(numbers);
    if (changed.length > 0) {
      for (const { tp, state } of yield* zk.getTopicPartitionStates(changed)) this.parts.context.leadership.set(tp, state);
      const brokers = this.parts.context.liveOrShuttingDownIds.join(', ');
      this.parts.log.debug(`Sending MetadataRequest to Brokers: ArrayBuffer(${brokers}) for TopicPartitions: Vector(${changed.map(topicPartitionName).join(', ')})`);
      this.parts.sendUpdateMetadata(changed);
    }
    yield* zk.deleteIsrChangeNotifications(numbers);
  }

  private *onPreferredElection(): Op<void> {
    if (!(yield* this.watchPreferredElection())) return;
    const asked = yield* this.parts.env.zk.getPreferredReplicaElection();
    const beingDeleted = asked.filter((tp) => this.parts.deletion.isQueued(tp.topic));
    if (beingDeleted.length > 0) {
      const which = beingDeleted.map(topicPartitionName).join(', ');
      this.parts.log.error(`Skipping preferred replica election for partitions Set(${which}) since the respective topics are being deleted`);
    }
    yield* this.parts.preferred.elect(
      asked.filter((tp) => !this.parts.deletion.isQueued(tp.topic)),
      { isAutomatic: false },
    );
    yield* this.watchPreferredElection();
  }

  private *onReassignment(): Op<void> {
    if (!(yield* this.watchReassignment())) return;
    yield* this.parts.reassignment.trigger(yield* this.parts.reassignment.read());
    yield* this.watchReassignment();
  }

  scheduleRebalance(delayMs: number): void {
    const periodMs = this.parts.env.config.number('leader.imbalance.check.interval.seconds') * 1000;
    const { preferred } = this.parts;
    const again = (): void => this.scheduleRebalance(periodMs);
    this.parts.scheduler()?.schedule(
      () =>
        this.parts.enqueue('AutoPreferredReplicaLeaderElection', function* () {
          yield* preferred.rebalance();
          again();
        }),
      { delayMs },
    );
  }
}
