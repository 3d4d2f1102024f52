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
const RETRY = ', closing socket connection and attempting reconnect';
const CLIENT_VERSION = '3.4.10-39d3a4f269333c922ed3db283be479f9deacaa0f, built on 03/23/2017 10:13 GMT';

/** What Java says of a connection that could not be made. */
function connectFailureText(failure: ConnectFailure): string {
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

  opening(): void {
    const what = `Opening socket connection to server ${this.serverText}. Will not attempt to authenticate using SASL (unknown error)`;
    this.sending('INFO', what, 'ClientCnxn$SendThread@975');
  }

  connectFailed(sessionId: SessionId, failure: ConnectFailure): void {
    const what = `Session ${hex(sessionId)} for server ${this.serverText}, unexpected error${RETRY}`;
    this.sending('WARN', what, 'ClientCnxn$SendThread@1102', connectFailureText(failure));
  }

  connected(): void {
    this.sending('INFO', `Socket connection established to ${this.serverText}, initiating session`, 'ClientCnxn$SendThread@852');
  }

  established(sessionId: SessionId, negotiatedTimeoutMs: number): void {
    const what = `sessionid = ${hex(sessionId)}, negotiated timeout = ${negotiatedTimeoutMs}`;
    this.sending('INFO', `Session establishment complete on server ${this.serverText}, ${what}`, 'ClientCnxn$SendThread@1235');
  }

  timedOut(sessionId: SessionId, silentMs: number): void {
    const what = `Client session timed out, have not heard from server in ${silentMs}ms for sessionid ${hex(sessionId)}`;
    this.sending('WARN', what, 'ClientCnxn$SendThread@1108');
    this.sending('INFO', `${what}${RETRY}`, 'ClientCnxn$SendThread@1156');
  }

  serverWentAway(sessionId: SessionId): void {
    const what = `Unable to read additional data from server sessionid ${hex(sessionId)}, likely server has closed socket${RETRY}`;
    this.sending('INFO', what, 'ClientCnxn$SendThread@1158');
  }

  expired(sessionId: SessionId): void {
    const what = `Unable to reconnect to ZooKeeper service, session ${hex(sessionId)} has expired`;
    this.sending('WARN', what, 'ClientCnxn$SendThread@1217');
    this.sending('INFO', `${what}, closing socket connection`, 'ClientCnxn$SendThread@1096');
  }

  closed(sessionId: SessionId): void {
    this.client('INFO', `Session: ${hex(sessionId)} closed`, 'ZooKeeper@684');
    this.eventThreadEnded(sessionId);
  }

  private get serverText(): string {
    const { name, address, port } = this.server as ServerAddress;
    return `${name}/${address}:${port}`;
  }

  private sending(level: LogLevel, message: string, location: string, throwable?: string): void {
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
    const message = `EventThread shut down for session: ${hex(sessionId)}`;
    this.env.log({
      level: 'INFO',
      message,
      logger: 'org.apache.zookeeper.ClientCnxn',
      thread: 'main-EventThread',
      location: 'ClientCnxn$EventThread@519',
    });
  }
}

function hex(sessionId: SessionId): string {
  return `0x${sessionId.toString(16)}`;
}
