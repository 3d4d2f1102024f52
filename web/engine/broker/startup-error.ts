import { KeeperError } from '../zookeeper/client/keeper-error';
import { ConnectStringError } from '../zookeeper/client/connect-string';
import { ZooKeeperClientError } from '../zookeeper/client/zookeeper-client-error';
import { ioExceptionOf } from '../kernel/disk-error';
import { KafkaStorageError } from './log/log-dir-failure-channel';
import { LogLoadError } from './log/log-load-error';
import { BindError, PortRangeError } from './network/socket-server';

/** The broker did not start and has said why in its log. */
export class FatalStartupError extends Error {
  override readonly name = 'FatalStartupError';
}

/** What SIGTERM meets while the broker starts. */
export const STILL_STARTING = [
  'java.lang.IllegalStateException: Kafka server is still starting up, cannot shut down!',
  '\tat kafka.server.KafkaServer.shutdown(KafkaServer.scala:550)',
  '\tat kafka.server.KafkaServerStartable.shutdown(KafkaServerStartable.scala:48)',
  '\tat kafka.Kafka$$anon$1.run(Kafka.scala:89)',
].join('\n');

/** Another broker's directory, or another id than the one that is stored. */
export class InconsistentBrokerIdError extends Error {
  readonly javaClass = 'kafka.common.InconsistentBrokerIdException';
}

/** The exception as a log shows it, its causes below; undefined for what is our own bug. */
export function startupThrowable(error: unknown): string | undefined {
  if (error instanceof BindError) return `kafka.common.KafkaException: ${error.message}${bindCause(error.message)}`;
  if (error instanceof PortRangeError) return `java.lang.IllegalArgumentException: ${error.message}`;
  const known = error instanceof LogLoadError || error instanceof KeeperError || error instanceof ConnectStringError || error instanceof ZooKeeperClientError || error instanceof InconsistentBrokerIdError;
  if (known) return `${error.javaClass}: ${error.message}`;
  return error instanceof KafkaStorageError ? error.throwable : ioExceptionOf(error);
}

function bindCause(message: string): string {
  if (message.endsWith('Unresolved address.')) {
    return '\nCaused by: java.net.SocketException: Unresolved address\nCaused by: java.nio.channels.UnresolvedAddressException';
  }
  return `\nCaused by: java.net.BindException: ${message.slice(message.lastIndexOf(': ') + 2, -1)}`;
}
