import { encodePartitionState } from '../../admin/zk-json';
import { topicPartitionStatePath } from '../../admin/zk-paths';
import type { Op } from '../../kernel/task';
import type { TopicPartition } from '../../protocol/messages';
import { KeeperError } from '../../zookeeper/client/keeper-error';
import { ZooKeeperClientError } from '../../zookeeper/client/zookeeper-client-error';
import type { Partition } from './partition';
import type { ReplicaManagerEnvironment } from './replica-manager';

const ISR_PROPAGATION_BLACKOUT_MS = 5000;
const ISR_PROPAGATION_INTERVAL_MS = 60_000;

/**
 * Writes changes of ISRs to ZooKeeper, and lets the controller know of them, several at a time.
 *
 * Units: ms.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaManager.scala maybePropagateIsrChanges
 */
export class IsrChanges {
  private changes = new Map<string, TopicPartition>();
  private lastIsrChangeMs: number;
  private lastIsrPropagationMs: number;

  constructor(private readonly env: Pick<ReplicaManagerEnvironment, 'sim' | 'brokerId' | 'zk' | 'tasks'>) {
    this.lastIsrChangeMs = env.sim.dateMs();
    this.lastIsrPropagationMs = env.sim.dateMs();
  }

  changed(partition: Partition): void {
    this.changes.set(partition.name, { topic: partition.topic, partition: partition.partition });
    this.lastIsrChangeMs = this.env.sim.dateMs();
  }

  /** Calls back with the new version; with undefined when somebody else wrote in between, or ZooKeeper cannot be reached. */
  write(partition: Partition, isr: readonly number[], onWritten: (zkVersion: number | undefined) => void): void {
    const { zk, tasks, brokerId } = this.env;
    const { leaderEpoch, controllerEpoch, zkVersion } = partition;
    const data = encodePartitionState({ leader: brokerId, leaderEpoch, isr, controllerEpoch });
    tasks.start(
      (function* (): Op<void> {
        try {
          const update = yield* zk.conditionalUpdatePath(topicPartitionStatePath(partition), data, zkVersion);
          onWritten(update.succeeded ? update.version : undefined);
        } catch (error) {
          if (!(error instanceof KeeperError) && !(error instanceof ZooKeeperClientError)) throw error;
          onWritten(undefined);
        }
      })(),
    );
  }

  /** Called every 2.5 s: tells when nothing has changed for a while, or it has been long. */
  maybePropagate(): void {
    const nowMs = this.env.sim.dateMs();
    const quiet = this.lastIsrChangeMs + ISR_PROPAGATION_BLACKOUT_MS < nowMs;
    const overdue = this.lastIsrPropagationMs + ISR_PROPAGATION_INTERVAL_MS < nowMs;
    if (this.changes.size === 0 || !(quiet || overdue)) return;
    const changed = [...this.changes.values()];
    this.changes = new Map();
    this.lastIsrPropagationMs = nowMs;
    const { zk, tasks } = this.env;
    tasks.start(
      (function* (): Op<void> {
        try {
          yield* zk.propagateIsrChanges(changed);
        } catch (error) {
          if (!(error instanceof KeeperError) && !(error instanceof ZooKeeperClientError)) throw error;
        }
      })(),
    );
  }
}
