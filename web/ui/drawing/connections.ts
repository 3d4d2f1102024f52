import type { ClientSnapshot } from '../../session/snapshot';

type Connection = ClientSnapshot['connections'][number];

/**
 * The connection that keeps a client from its broker, if any. A broken one does not count when another to the same broker
 * is ready, and one to a bootstrap address not when any is: the client has what it needs.
 */
export function brokenConnection({ connections }: Pick<ClientSnapshot, 'connections'>): Connection | undefined {
  return connections.find((connection) => connection.state === 'broken'
    && !connections.some((other) => other.state === 'ready' && (other.brokerId === connection.brokerId || connection.brokerId < 0)));
}
