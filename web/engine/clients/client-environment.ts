import type { LogSink } from '../kernel/logger';
import type { Simulation } from '../kernel/simulation';
import type { Host } from '../network/host';

/** The program that a client runs in, for those who watch. */
export interface ClientProcess {
  /** `kafka-console-producer.sh`. */
  readonly program: string;
  readonly pid: number;
  /** 1 to 4, or null. */
  readonly terminal: number | null;
  /** True while the process is stopped (SIGSTOP, a paused container): its clients then do nothing of their own. */
  readonly isStopped?: boolean;
}

/** How often a client of a stopped process looks whether it goes on, in us. */
export const STOPPED_LOOK_US = 100_000;

/** What a client needs of the world around it. */
export interface ClientEnvironment {
  readonly sim: Simulation;
  readonly host: Host;
  readonly log: LogSink;
  readonly process?: ClientProcess;
}

/** A logger with the prefix that Kafka's `LogContext` gives every line of one client. */
export class ClientLogger {
  constructor(
    private readonly sink: LogSink,
    private readonly prefix: string,
  ) {}

  info(logger: string, message: string): void {
    this.sink({ level: 'INFO', logger, message: this.prefix + message });
  }

  warn(logger: string, message: string): void {
    this.sink({ level: 'WARN', logger, message: this.prefix + message });
  }

  error(logger: string, message: string, throwable?: string): void {
    this.sink({ level: 'ERROR', logger, message: this.prefix + message, throwable });
  }
}
