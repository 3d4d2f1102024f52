import type { Disk } from '../kernel/disk';
import type { LogSink } from '../kernel/logger';
import type { Simulation } from '../kernel/simulation';
import type { Host } from '../network/host';

/** What a broker finds on the machine it runs on. */
export interface BrokerEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly disk: Disk;
  readonly log: LogSink;
  /** What `hostname` says there. */
  readonly hostName: string;
  /** Java's system properties as the ZooKeeper client prints them (`java.version` and so on). */
  readonly javaEnvironment?: ReadonlyMap<string, string>;
  /** The broker's process must end at once with this status, as after `Exit.halt`. */
  readonly onExit?: (code: number) => void;
}
