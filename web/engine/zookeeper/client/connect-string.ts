import type { Random } from '../../kernel/random';
import type { Host } from '../../network/host';

const DEFAULT_PORT = 2181;

/** A name that no look-up knows: `java.net.UnknownHostException`. */
export class UnknownHostError extends Error {
  readonly javaClass = 'java.net.UnknownHostException';

  constructor(name: string) {
    super(`${name}: Name or service not known`);
  }
}

/** One server: its address, and the name that the client shows for it. */
export interface ServerAddress {
  readonly name: string;
  readonly address: string;
  readonly port: number;
}

export interface ConnectTargets {
  readonly servers: readonly ServerAddress[];
  /** `/kafka` of `zookeeper:2181/kafka`; '' without one. */
  readonly chroot: string;
}

/**
 * `host:port,host:port/chroot` to addresses, looked up once and for all, in a random order.
 *
 * Errors: UnknownHostError.
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/client/ConnectStringParser.java
 */
export function parseConnectString(connectString: string, host: Host, random: Random): ConnectTargets {
  const slash = connectString.indexOf('/');
  const hosts = slash < 0 ? connectString : connectString.slice(0, slash);
  const path = slash < 0 ? '' : connectString.slice(slash);
  const servers = hosts.split(',').flatMap((each) => lookUp(each, host));
  return { servers: shuffled(servers, random), chroot: path === '/' ? '' : path };
}

function lookUp(hostAndPort: string, host: Host): ServerAddress[] {
  const colon = hostAndPort.lastIndexOf(':');
  const name = colon < 0 ? hostAndPort : hostAndPort.slice(0, colon);
  const port = colon >= 0 && colon < hostAndPort.length - 1 ? Number.parseInt(hostAndPort.slice(colon + 1), 10) : DEFAULT_PORT;
  const addresses = host.resolve(name);
  if (addresses.length === 0) throw new UnknownHostError(name);
  return addresses.map((address) => ({ name: host.reverseResolve(address) ?? address, address, port }));
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}
