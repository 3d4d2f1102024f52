import type { Op } from '../../kernel/task';
import type { TopicPartition } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';
import type { KafkaScheduler } from '../kafka-scheduler';
import type { ControllerBrokerRequestBatch } from './controller-broker-request-batch';
import type { ControllerChannelManager } from './controller-channel-manager';
import type { ControllerContext } from './controller-context';
import type { ControllerEnvironment } from './controller-environment';
import type { PartitionReassignment } from './partition-reassignment';
import type { PartitionStateMachine } from './partition-state-machine';
import type { PreferredReplicaElection } from './preferred-replica-election';
import type { ReplicaStateMachine } from './replica-state-machine';
import type { TopicDeletionManager } from './topic-deletion-manager';

/** What those who answer to changes in ZooKeeper share. */
export interface ControllerParts {
  readonly env: ControllerEnvironment;
  readonly context: ControllerContext;
  readonly log: ClassLogger;
  readonly batch: ControllerBrokerRequestBatch;
  readonly partitions: PartitionStateMachine;
  readonly replicas: ReplicaStateMachine;
  readonly deletion: TopicDeletionManager;
  readonly preferred: PreferredReplicaElection;
  readonly reassignment: PartitionReassignment;
  isActive(): boolean;
  /** Undefined while this controller is not the active one. */
  channels(): ControllerChannelManager | undefined;
  scheduler(): KafkaScheduler | undefined;
  /** To be done in its turn, if this controller is active then. */
  enqueue(name: string, process: () => Op<void>): void;
  /** No partitions named means all. */
  sendUpdateMetadata(partitions?: readonly TopicPartition[]): void;
}
