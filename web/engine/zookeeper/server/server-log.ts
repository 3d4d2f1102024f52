import type { LogLevel, LogSink } from '../../kernel/logger';

const SERVER = 'org.apache.zookeeper.server';

/** Packages of the classes that are not in the server's own. */
const PACKAGES: Record<string, string> = {
  QuorumPeerConfig: `${SERVER}.quorum`,
  QuorumPeerMain: `${SERVER}.quorum`,
  FileTxnLog: `${SERVER}.persistence`,
  FileTxnSnapLog: `${SERVER}.persistence`,
  Environment: 'org.apache.zookeeper',
};

export const MAIN_THREAD = 'main';
export const SYNC_THREAD = 'SyncThread:0';
export const PREP_THREAD = 'ProcessThread(sid:0 cport:-1):';
export const SESSION_THREAD = 'SessionTracker';

/** Writes lines as ZooKeeper does: with the thread, and the class and line (`ZooKeeperServer@617`) that say them. */
export class ServerLog {
  constructor(private readonly sink: LogSink) {}

  info(thread: string, location: string, message: string): void {
    this.write('INFO', thread, location, message);
  }

  warn(thread: string, location: string, message: string, throwable?: string): void {
    this.write('WARN', thread, location, message, throwable);
  }

  error(thread: string, location: string, message: string, throwable?: string): void {
    this.write('ERROR', thread, location, message, throwable);
  }

  private write(level: LogLevel, thread: string, location: string, message: string, throwable?: string): void {
    const className = location.slice(0, location.indexOf('@'));
    const logger = `${PACKAGES[className] ?? SERVER}.${className}`;
    this.sink({ level, message, logger, thread, location, throwable });
  }
}

/** `0x1a210078a370000`. */
export function hex(value: bigint | number): string {
  return `0x${value.toString(16)}`;
}
