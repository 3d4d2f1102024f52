import { traceEvent } from '../../kernel/trace';
import type { Endpoint } from '../../network/connection';
import { sizeOfZkMessage } from './message-size';
import type { ZkMessage } from './messages';

/** Something between a client and ZooKeeper left its sender. `arrivesUs` is Infinity while the link is cut. */
export interface ZkMessageSent {
  readonly connectionId: string;
  readonly fromHost: string;
  readonly toHost: string;
  readonly message: ZkMessage;
  readonly sizeInBytes: number;
  readonly arrivesUs: number;
}

export const zkMessageSent = traceEvent<ZkMessageSent>('zookeeper.sent');

/** Sends on a connection. Trace: `zookeeper.sent`. */
export function sendZkMessage(endpoint: Endpoint, message: ZkMessage): void {
  const sizeInBytes = sizeOfZkMessage(message);
  const arrivesUs = endpoint.send(message, sizeInBytes);
  const sent = endpoint.host.network.sim.trace.channel(zkMessageSent);
  if (!sent.hot) return;
  sent.emit({
    connectionId: endpoint.id,
    fromHost: endpoint.host.name,
    toHost: endpoint.peerHost.name,
    message,
    sizeInBytes,
    arrivesUs,
  });
}
