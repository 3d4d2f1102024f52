import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { Host } from '../../network/host';

/** Where a client of ZooKeeper runs. */
export interface ZooKeeperClientEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly log: LogSink;
  /** System properties of the JVM, in the order in which they are shown; without them no `Client environment:` lines are written. */
  readonly javaEnvironment?: ReadonlyMap<string, string>;
}
