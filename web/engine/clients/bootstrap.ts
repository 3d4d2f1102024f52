import type { LogSink } from '../kernel/logger';
import type { Host } from '../network/host';
import { configException } from './kafka-error';

const HOST_AND_PORT = /^.*?\[?([0-9a-zA-Z\-%._:]*)\]?:([0-9]+)$/;
const MAX_PORT = 65535;

/**
 * The addresses of `bootstrap.servers`, without those whose name does not resolve on this host.
 *
 * Errors: throws ConfigException for a malformed entry, or when none is left.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/ClientUtils.java
 */
export function bootstrapAddresses(urls: readonly string[], host: Host, log: LogSink): { host: string; port: number }[] {
  const addresses: { host: string; port: number }[] = [];
  for (const url of urls) {
    if (url === '') continue;
    const parts = HOST_AND_PORT.exec(url);
    if (parts === null) throw configException(`Invalid url in bootstrap.servers: ${url}`);
    const name = parts[1] as string;
    const port = Number(parts[2]);
    if (port > MAX_PORT) throw configException(`Invalid port in bootstrap.servers: ${url}`);
    if (host.resolve(name).length > 0) {
      addresses.push({ host: name, port });
      continue;
    }
    const message = `Removing server ${url} from bootstrap.servers as DNS resolution failed for ${name}`;
    log({ level: 'WARN', logger: 'org.apache.kafka.clients.ClientUtils', message });
  }
  if (addresses.length === 0) throw configException('No resolvable bootstrap urls given in bootstrap.servers');
  return addresses;
}
