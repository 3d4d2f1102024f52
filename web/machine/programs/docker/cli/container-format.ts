import type { Container } from '../../../docker/container';
import type { DockerEngine } from '../../../docker/docker-engine';
import { dateTime } from '../../../docker/utc-date';
import { humanDuration } from './human-units';

/** `Up 3 minutes`, `Exited (143) 5 seconds ago`. */
export function statusText(container: Container, nowMs: number): string {
  const since = (ms: number): string => humanDuration((nowMs - ms) / 1000);
  if (container.status === 'paused') return `Up ${since(container.startedMs)} (Paused)`;
  if (container.status === 'running') return `Up ${since(container.startedMs)}`;
  if (container.status === 'restarting') return `Restarting (${container.exitCode}) ${since(container.finishedMs)} ago`;
  if (container.status === 'removing') return 'Removal In Progress';
  if (container.startedMs === 0) return 'Created';
  return `Exited (${container.exitCode}) ${since(container.finishedMs)} ago`;
}

/** State.Status of `docker inspect`. */
export function stateWord(container: Container): string {
  return container.status === 'exited' && container.startedMs === 0 ? 'created' : container.status;
}

interface PortEntry {
  readonly ip: string;
  readonly privatePort: number;
  readonly publicPort: number;
  readonly type: string;
}

function portEntries(container: Container): PortEntry[] {
  if (!container.running) return [];
  const published = container.ports.map((port) => {
    const [privatePort, type = 'tcp'] = port.containerPort.split('/');
    return { ip: port.hostIp, privatePort: Number(privatePort), publicPort: port.hostPort, type };
  });
  const exposed = container.config.exposedPorts
    .map((port) => ({ ip: '', privatePort: Number.parseInt(port, 10), publicPort: 0, type: port.split('/')[1] ?? 'tcp' }))
    .filter((port) => !published.some((each) => each.privatePort === port.privatePort && each.type === port.type));
  return [...published, ...exposed].sort(
    (a, b) => a.privatePort - b.privatePort || (a.ip < b.ip ? -1 : a.ip > b.ip ? 1 : 0) || a.publicPort - b.publicPort,
  );
}

/**
 * The PORTS column: neighbouring ports joined into ranges, those with another number outside last.
 * @source docker-ce 18.03.0 components/cli/cli/command/formatter/container.go DisplayablePorts
 */
export function portsText(container: Container): string {
  const groups = new Map<string, { first: number; last: number }>();
  const done: string[] = [];
  const mapped: string[] = [];
  for (const port of portEntries(container)) {
    if (port.ip !== '' && port.publicPort !== port.privatePort) {
      mapped.push(`${port.ip}:${port.publicPort}->${port.privatePort}/${port.type}`);
      continue;
    }
    const key = `${port.ip}/${port.type}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: port.privatePort, last: port.privatePort });
    else if (port.privatePort === group.last + 1) group.last = port.privatePort;
    else {
      done.push(groupText(key, group));
      groups.set(key, { first: port.privatePort, last: port.privatePort });
    }
  }
  return [...done, ...[...groups].map(([key, group]) => groupText(key, group)), ...mapped].join(', ');
}

function groupText(key: string, group: { first: number; last: number }): string {
  const [ip, type] = key.split('/') as [string, string];
  const range = group.first === group.last ? String(group.first) : `${group.first}-${group.last}`;
  return `${ip === '' ? range : `${ip}:${range}->${range}`}/${type}`;
}

/** The COMMAND column: arguments with a blank in quotes, the whole in double quotes and at most 20 characters. */
export function commandText(container: Container, truncate: boolean): string {
  const words = container.argv.map((word) => (word.includes(' ') ? `'${word}'` : word)).join(' ');
  const shown = truncate && [...words].length > 20 ? `${[...words].slice(0, 19).join('')}…` : words;
  return JSON.stringify(shown).replace(/\\u2026/g, '…');
}

/** What a `--format` of `docker ps` sees. */
export function containerRow(container: Container, engine: DockerEngine, truncate: boolean): Record<string, string> {
  const nowMs = engine.sim.dateMs();
  const labels = [...container.config.labels].map(([key, value]) => `${key}=${value}`).join(',');
  return {
    ID: truncate ? container.shortId : container.id,
    Image: container.config.imageName,
    Command: commandText(container, truncate),
    CreatedAt: goDate(container.createdMs),
    RunningFor: `${humanDuration((nowMs - container.createdMs) / 1000)} ago`,
    Status: statusText(container, nowMs),
    Ports: portsText(container),
    Names: container.name,
    Labels: labels,
    Size: '0B (virtual 0B)',
    Mounts: container.mounts.map((mount) => (mount.name === '' ? mount.source : truncate && mount.name.length > 15 ? `${mount.name.slice(0, 14)}…` : mount.name)).join(','),
    LocalVolumes: String(container.mounts.filter((mount) => mount.type === 'volume').length),
    Networks: [...container.networks.keys()].join(','),
  };
}

/** `2018-06-20 10:00:00 +0000 UTC`. */
export function goDate(ms: number): string {
  return `${dateTime(ms)} +0000 UTC`;
}
