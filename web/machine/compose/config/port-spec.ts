import { ConfigurationError } from './configuration-error';

const SPEC = /^(?:(?:\[?([a-fA-F\d.:]+)\]?:)?(\d*)(?:-(\d+))?:)?(\d+)(?:-(\d+))?(\/(?:udp|tcp|sctp))?$/;

/** One published or exposed port of a service. */
export interface ServicePort {
  readonly target: number;
  /** A number, a range `9000-9010` to choose from, or undefined for one that the engine chooses. */
  readonly published: number | string | undefined;
  readonly protocol: string | undefined;
  readonly externalIp: string | undefined;
}

/** Why a text is no port, in docker-py's words; undefined when it is one. */
export function portProblem(text: string): string | undefined {
  try {
    splitPort(text);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}

function range(start: string, end: string | undefined, single: boolean): string[] {
  if (end === undefined) return [start];
  if (single) return [`${start}-${end}`];
  return Array.from({ length: Math.max(0, Number(end) - Number(start) + 1) }, (_unused, index) => String(Number(start) + index));
}

/**
 * Container ports, and for each its place outside.
 * @source docker-py 3.1 docker/utils/ports.py
 */
function splitPort(text: string): { targets: string[]; published: (string | undefined)[]; protocol: string | undefined; ip: string | undefined } {
  const match = SPEC.exec(text);
  if (match === null) throw new ConfigurationError(`Invalid port "${text}", should be [[remote_ip:]remote_port[-remote_port]:]port[/protocol]`);
  const [, ip, external, externalEnd, internal = '', internalEnd, protocol] = match;
  const targets = range(internal, internalEnd, false);
  let published: (string | undefined)[] | undefined;
  if (external !== undefined) published = external === '' ? [] : range(external, externalEnd, targets.length === 1);
  if (ip !== undefined && (published === undefined || published.length === 0)) published = targets.map(() => undefined);
  published ??= targets.map(() => undefined);
  if (published.length !== targets.length) throw new ConfigurationError("Port ranges don't match in length");
  return { targets, published, protocol: protocol?.slice(1), ip };
}

/** What one entry of `ports` stands for. Throws ConfigurationError. */
export function parsePorts(text: string): ServicePort[] {
  const { targets, published, protocol, ip } = splitPort(text);
  return targets.map((target, index) => {
    const outside = published[index];
    return { target: Number(target), published: outside === undefined || outside.includes('-') ? outside : Number(outside), protocol, externalIp: ip };
  });
}

/** `127.0.0.1:9093:9093/tcp`. */
export function portText(port: ServicePort): string {
  const ip = port.externalIp === undefined ? '' : `${port.externalIp}:`;
  const colon = port.published !== undefined || port.externalIp !== undefined ? ':' : '';
  return `${ip}${port.published ?? ''}${colon}${port.target}/${port.protocol ?? 'tcp'}`;
}
