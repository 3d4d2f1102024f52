import type { KafkaConfig } from '../../config/kafka-config';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { BrokerTasks } from '../broker-tasks';
import { ClassLogger } from '../class-logger';
import type { KafkaScheduler } from '../kafka-scheduler';
import type { DelayedOperationPurgatory } from '../replica/delayed-operation-purgatory';
import type { ReplicaManager } from '../replica/replica-manager';
import type { DelayedHeartbeat } from './delayed-heartbeat';
import type { DelayedJoin } from './delayed-join';
import { GroupCoordinator } from './group-coordinator';
import { GroupMetadataManager } from './group-metadata-manager';

export interface GroupCoordinatorParts {
  readonly sim: Simulation;
  readonly log: LogSink;
  readonly tasks: BrokerTasks;
  readonly brokerId: number;
  readonly config: KafkaConfig;
  /** Of `__consumer_offsets`. */
  readonly partitionCount: number;
  readonly scheduler: KafkaScheduler;
  readonly replicaManager: ReplicaManager;
  readonly heartbeats: DelayedOperationPurgatory<DelayedHeartbeat>;
  readonly joins: DelayedOperationPurgatory<DelayedJoin>;
}

/** A group coordinator as the broker's settings want it. */
export function createGroupCoordinator(parts: GroupCoordinatorParts): GroupCoordinator {
  const { sim, log, brokerId, config, heartbeats, joins } = parts;
  const groupManager = new GroupMetadataManager(
    sim,
    parts.tasks,
    parts.scheduler,
    {
      maxMetadataSize: config.number('offset.metadata.max.bytes'),
      retentionCheckIntervalMs: config.number('offsets.retention.check.interval.ms'),
      partitionCount: parts.partitionCount,
      commitTimeoutMs: config.number('offsets.commit.timeout.ms'),
      commitRequiredAcks: config.number('offsets.commit.required.acks'),
    },
    parts.replicaManager,
    new ClassLogger(log, 'kafka.coordinator.group.GroupMetadataManager', `[GroupMetadataManager brokerId=${brokerId}] `),
  );
  return new GroupCoordinator(
    {
      sim,
      brokerId,
      config: {
        minSessionTimeoutMs: config.number('group.min.session.timeout.ms'),
        maxSessionTimeoutMs: config.number('group.max.session.timeout.ms'),
        initialRebalanceDelayMs: config.number('group.initial.rebalance.delay.ms'),
      },
      heartbeats,
      joins,
      log: new ClassLogger(log, 'kafka.coordinator.group.GroupCoordinator', `[GroupCoordinator ${brokerId}]: `),
    },
    groupManager,
  );
}
