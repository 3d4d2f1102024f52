import type { Disk } from '../../kernel/disk';
import type { LogSink } from '../../kernel/logger';
import type { Simulation } from '../../kernel/simulation';
import type { Host } from '../../network/host';

export interface ZooKeeperEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly disk: Disk;
  readonly log: LogSink;
  /** The server ended by itself, with this exit code: it could not listen, or could not write. */
  readonly onExit?: (code: number) => void;
}

/** What zoo.cfg says. Times in ms; -1 for the session timeouts is 2 and 20 ticks. */
export interface ZooKeeperConfig {
  readonly clientPort: number;
  readonly tickTimeMs: number;
  readonly dataDir: string;
  readonly configPath?: string;
  readonly maxClientCnxns?: number;
  readonly minSessionTimeoutMs?: number;
  readonly maxSessionTimeoutMs?: number;
  readonly snapRetainCount?: number;
  readonly purgeIntervalHours?: number;
  /** System properties of its JVM: `java.version`, `os.name`, `user.dir` and the like. */
  readonly environment?: ReadonlyMap<string, string>;
}
