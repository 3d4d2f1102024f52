import type { LogLevel } from '../../kernel/logger';
import type { ConnectFailure } from '../../network/host';
import type { ZooKeeperClientEnvironment } from './client-environment';
import type { ServerAddress } from './connect-string';
import type { SessionId } from './messages';

const CONNECT_FAILURES: Record<ConnectFailure, string> = {
  refused: 'java.net.ConnectException: Connection refused',
  'no-route': 'java.net.NoRouteToHostException: No route to host',
  timeout: 'java.net.ConnectException: Connection timed out',
};
const CONNECT_FRAMES = [
  '\tat sun.nio.ch.SocketChannelImpl.checkConnect(Native Method)',
  '\tat sun.nio.ch.SocketChannelImpl.finishConnect(SocketChannelImpl.java:717)',
  '\tat org.apache.zookeeper.ClientCnxnSocketNIO.doTransport(ClientCnxnSocketNIO.java:361)',
  '\tat org.apache.zookeeper.ClientCnxn$SendThread.run(ClientCnxn.java:1141)',
];
const CLIENT_VERSION = '3.4.10-39d3a4f269333c922ed3db283be479f9deacaa0f, built on 03/23/2017 10:13 GMT';

/** What Java says of a connection that could not be made. */
export function connectFailureText(failure: ConnectFailure): string {
  return [CONNECT_FAILURES[failure], ...CONNECT_FRAMES].join('\n');
}

/** Writes the client's lines, each as the thread and class that the real one has. */
export class ClientLog {
  /** With whom the sending thread talks: its name says so. */
  server: ServerAddress | undefined;

  constructor(private readonly env: ZooKeeperClientEnvironment) {}

  sayEnvironment(): void {
    const { javaEnvironment, host } = this.env;
    if (javaEnvironment === undefined) return;
    const rows = [...javaEnvironment].map(([key, value]) => `${key}=${value}`);
    for (const row of [`zookeeper.version=${CLIENT_VERSION}`, `host.name=${host.name}`, ...rows]) {
      this.client('INFO', `Client environment:${row}`, 'Environment@100');
    }
  }

  client(level: LogLevel, message: string, location: string): void {
    this.env.log({ level, message, logger: 'org.apache.zookeeper.ZooKeeper', thread: 'main', location });
  }

  sending(level: LogLevel, message: string, location: string, throwable?: string): void {
    const where = this.server === undefined ? '' : `${this.server.name}:${this.server.port}`;
    this.env.log({
      level,
      message,
      logger: 'org.apache.zookeeper.ClientCnxn',
      thread: `main-SendThread(${where})`,
      location,
      throwable,
    });
  }

  eventThreadEnded(sessionId: SessionId): void {
    const message = `EventThread shut down for session: 0x${sessionId.toString(16)}`;
    this.env.log({
      level: 'INFO',
      message,
      logger: 'org.apache.zookeeper.ClientCnxn',
      thread: 'main-EventThread',
      location: 'ClientCnxn$EventThread@519',
    });
  }
}
