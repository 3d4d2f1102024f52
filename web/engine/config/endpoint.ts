/** One way to reach a broker. */
export interface ListenerEndPoint {
  /** Empty for every interface. */
  readonly host: string;
  readonly port: number;
  readonly listenerName: string;
  readonly securityProtocol: string;
}

/** java.lang.IllegalArgumentException: a setting that parses and makes no sense. */
export class IllegalConfigException extends Error {
  readonly javaClass = 'java.lang.IllegalArgumentException';
}

export function require(holds: boolean, message: string): void {
  if (!holds) throw new IllegalConfigException(`requirement failed: ${message}`);
}

const ENDPOINT = /^(.*):\/\/\[?([0-9a-zA-Z\-%._:]*)\]?:(-?[0-9]+)$/;

/** `PLAINTEXT://kafka:9092,...` with the protocol of each listener name. Throws IllegalConfigException in Kafka's words. */
export function parseEndPoints(listeners: string, protocols: ReadonlyMap<string, string>): ListenerEndPoint[] {
  const endPoints = parseCsv(listeners).map((text) => parseEndPoint(text, listeners, protocols));
  const ports = endPoints.map((endPoint) => endPoint.port).filter((port) => port !== 0);
  require(new Set(ports).size === ports.length, `Each listener must have a different port, listeners: ${listeners}`);
  const names = new Set(endPoints.map((endPoint) => endPoint.listenerName));
  require(names.size === endPoints.length, `Each listener must have a different name, listeners: ${listeners}`);
  return endPoints;
}

function parseEndPoint(text: string, listeners: string, protocols: ReadonlyMap<string, string>): ListenerEndPoint {
  const fail = (reason: string): IllegalConfigException =>
    new IllegalConfigException(`Error creating broker listeners from '${listeners}': ${reason}`);
  const match = ENDPOINT.exec(text);
  if (match === null) throw fail(`Unable to parse ${text} to a broker endpoint`);
  const [, name, host, port] = match as unknown as [string, string, string, string];
  const listenerName = name.toUpperCase();
  const securityProtocol = protocols.get(listenerName);
  if (securityProtocol === undefined) throw fail(`No security protocol defined for listener ${listenerName}`);
  return { host, port: Number(port), listenerName, securityProtocol };
}

/** Comma-separated items without blanks around them; empty ones do not count. */
export function parseCsv(text: string): string[] {
  return text
    .split(/\s*,\s*/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}

/** `a:b,c:d`. */
export function parseCsvMap(text: string): Map<string, string> {
  return new Map(
    parseCsv(text).map((item) => {
      const at = item.lastIndexOf(':');
      return [item.slice(0, at).trim(), item.slice(at + 1).trim()];
    }),
  );
}
