import type { LogConfig } from '../../config/log-config';
import type { Simulation } from '../../kernel/simulation';
import type { FetchPartition } from './fetch-session';
import type { Partition } from './partition';
import type { LocalReplica } from './replica';

/** What a partition needs of the broker that holds it. */
export interface PartitionHost {
  readonly sim: Simulation;
  readonly brokerId: number;
  readonly replicaLagTimeMaxMs: number;
  isBrokerAlive(brokerId: number): boolean;
  /** Loads or makes the log and its high watermark. */
  createLocalReplica(partition: Partition, config: LogConfig): LocalReplica;
  /** Requests that wait for this partition may be able to go on. */
  completeDelayed(partition: Partition): void;
  completeDelayedFetches(partition: Partition): void;
  wakeSession(fetch: FetchPartition): void;
  writeIsr(partition: Partition, isr: readonly number[], onWritten: (zkVersion: number | undefined) => void): void;
  /** Whether this broker leads it, or who is in sync, changed. */
  onLeadershipChanged(partition: Partition): void;
  onIsrChanged(partition: Partition): void;
}
