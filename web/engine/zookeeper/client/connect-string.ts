import type { Random } from '../../kernel/random';
import type { Host } from '../../network/host';
import { pathProblem } from './path';

const DEFAULT_PORT = 2181;
const MAX_PORT = 65_535;

/** A connect string of which nothing can be made: what Java throws while it reads one. */
export class ConnectStringError extends Error {
  constructor(
    readonly javaClass:
      'java.lang.NumberFormatException' | 'java.lang.IllegalArgumentException' | 'java.net.UnknownHostException',
    message: string,
  ) {
    super(message);
  }
}

/** A name that no look-up knows. */
export class UnknownHostError extends ConnectStringError {
  constructor(name: string) {
    super('java.net.UnknownHostException', `${name}: Name or service not known`);
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
 * Errors: ConnectStringError, UnknownHostError among them.
 * @source zookeeper 3.4.10 src/java/main/org/apache/zookeeper/client/ConnectStringParser.java
 */
export function parseConnectString(connectString: string, host: Host, random: Random): ConnectTargets {
  const slash = connectString.indexOf('/');
  const hosts = slash < 0 ? connectString : connectString.slice(0, slash);
  const path = slash < 0 ? '/' : connectString.slice(slash);
  const problem = pathProblem(path);
  if (problem !== undefined) throw new ConnectStringError('java.lang.IllegalArgumentException', problem);
  const parts = hosts.split(',').map((each) => hostAndPortOf(each));
  const servers = parts.flatMap((each) => lookUp(each, host));
  return { servers: shuffled(servers, random), chroot: path === '/' ? '' : path };
}

function hostAndPortOf(text: string): { name: string; port: number } {
  const colon = text.lastIndexOf(':');
  if (colon < 0 || colon === text.length - 1) return { name: text, port: DEFAULT_PORT };
  const digits = text.slice(colon + 1);
  if (!/^[+-]?\d+$/.test(digits))
    throw new ConnectStringError('java.lang.NumberFormatException', `For input string: "${digits}"`);
  const port = Number(digits);
  if (port < 0 || port > MAX_PORT)
    throw new ConnectStringError('java.lang.IllegalArgumentException', `port out of range:${port}`);
  return { name: text.slice(0, colon), port };
}

function lookUp({ name, port }: { name: string; port: number }, host: Host): ServerAddress[] {
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
