import type { LogSink } from '../kernel/logger';
import type { Simulation } from '../kernel/simulation';
import type { Op } from '../kernel/task';
import { sleep } from '../kernel/waitables';
import { ClassLogger } from './class-logger';

const REAPERS = ['Fetch', 'Produce', 'Request'] as const;
const REAPER_CLASS = 'kafka.server.ClientQuotaManager$ThrottledRequestReaper';
/** Each wakes once a second, and ends then. */
const REAPER_STOP_US = [600_000, 1_000_000, 1_000_000] as const;

/**
 * Threads of the real broker of which only their log lines are left: quotas are not simulated.
 * Simplified: no client, user or replication quotas.
 */
export class ThrottledRequestReapers {
  private readonly logs: readonly ClassLogger[];

  constructor(
    private readonly sim: Simulation,
    sink: LogSink,
  ) {
    this.logs = REAPERS.map((name) => new ClassLogger(sink, REAPER_CLASS, `[ThrottledRequestReaper-${name}]: `));
    for (const log of this.logs) log.info('Starting');
  }

  *shutdown(): Op<void> {
    for (const [i, log] of this.logs.entries()) {
      log.info('Shutting down');
      yield* sleep(this.sim, REAPER_STOP_US[i] ?? 0);
      log.info('Stopped');
      log.info('Shutdown completed');
    }
  }
}

/**
 * The transaction coordinator's lines at start and stop.
 * Simplified: transactions are not simulated; producer ids and idempotence are.
 */
export class TransactionCoordinatorLines {
  private readonly coordinator: ClassLogger;
  private readonly markers: ClassLogger;
  private readonly states: ClassLogger;

  constructor(sink: LogSink, brokerId: number) {
    const folder = 'kafka.coordinator.transaction';
    this.coordinator = new ClassLogger(sink, `${folder}.TransactionCoordinator`, `[TransactionCoordinator id=${brokerId}] `);
    this.markers = new ClassLogger(sink, `${folder}.TransactionMarkerChannelManager`, `[Transaction Marker Channel Manager ${brokerId}]: `);
    this.states = new ClassLogger(sink, `${folder}.TransactionStateManager`, `[Transaction State Manager ${brokerId}]: `);
  }

  startup(): void {
    this.coordinator.info('Starting up.');
    this.markers.info('Starting');
    this.coordinator.info('Startup complete.');
  }

  /** `stopProducerIds` says its own line in between. */
  shutdown(stopProducerIds: () => void): void {
    this.coordinator.info('Shutting down.');
    stopProducerIds();
    this.states.info('Shutdown complete');
    for (const word of ['Shutting down', 'Stopped', 'Shutdown completed']) this.markers.info(word);
    this.coordinator.info('Shutdown complete.');
  }
}
