import type { Op } from '../../../../engine/kernel/task';
import type { DockerEngine } from '../../../docker/docker-engine';
import type { DockerEvent } from '../../../docker/docker-events';
import { imageSizeInBytes } from '../../../docker/image';
import { isoNanos } from '../../../docker/utc-date';
import { type DockerCommand, StatusError } from '../cli/docker-command';
import { confirm } from '../cli/confirm';
import type { FlagSpec } from '../cli/flags';
import { GoTemplate, TemplateError } from '../cli/go-template';
import { humanSize } from '../cli/human-units';
import { tabTable } from '../cli/tab-table';
import { pruneVolumes, sizeOf } from './volume';

const FORMAT: FlagSpec = { name: 'format', short: 'f', kind: 'string', usage: 'Format the output using the given Go template' };
const NONE = { min: 0, max: 0 } as const;
const FORCE: FlagSpec = { name: 'force', short: 'f', kind: 'bool', usage: 'Do not prompt for confirmation' };

const VERSION = {
  Client: { Version: '18.03.0-ce', ApiVersion: '1.37', GitCommit: '0520e24', GoVersion: 'go1.9.4', Os: 'linux', Arch: 'amd64', BuildTime: 'Wed Mar 21 23:10:01 2018', Experimental: false, Orchestrator: 'swarm' },
  Server: { Version: '18.03.0-ce', ApiVersion: '1.37', MinAPIVersion: '1.12', GitCommit: '0520e24', GoVersion: 'go1.9.4', Os: 'linux', Arch: 'amd64', BuildTime: 'Wed Mar 21 23:08:31 2018', Experimental: false },
} as const;

/** `docker version`. */
export const version: DockerCommand = {
  use: 'version [OPTIONS]',
  short: 'Show the Docker version information',
  args: NONE,
  flags: [FORMAT],
  *run({ process, flags }) {
    if (flags.has('format')) {
      yield* process.out(`${through(flags.string('format'), VERSION)}\n`);
      return 0;
    }
    const { Client: client, Server: server } = VERSION;
    yield* process.out(
      [
        'Client:',
        ` Version:\t${client.Version}`,
        ` API version:\t${client.ApiVersion}`,
        ` Go version:\t${client.GoVersion}`,
        ` Git commit:\t${client.GitCommit}`,
        ` Built:\t${client.BuildTime}`,
        ` OS/Arch:\t${client.Os}/${client.Arch}`,
        ` Experimental:\t${client.Experimental}`,
        ` Orchestrator:\t${client.Orchestrator}`,
        '',
        'Server:',
        ' Engine:',
        `  Version:\t${server.Version}`,
        `  API version:\t${server.ApiVersion} (minimum version ${server.MinAPIVersion})`,
        `  Go version:\t${server.GoVersion}`,
        `  Git commit:\t${server.GitCommit}`,
        `  Built:\t${server.BuildTime}`,
        `  OS/Arch:\t${server.Os}/${server.Arch}`,
        `  Experimental:\t${server.Experimental}`,
        '',
      ].map(alignTab).join('\n'),
    );
    return 0;
  },
};

/** The client aligns the values with a tab writer: columns of at least 20... minus the indent, padded by one. */
function alignTab(line: string): string {
  const [head = '', value] = line.split('\t');
  return value === undefined ? head : `${head.padEnd(head.startsWith('  ') ? 16 : 15)}${value}`;
}

function through(format: string, data: unknown): string {
  try {
    return new GoTemplate(format).render(data);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new StatusError(`Template parsing error: ${error.message}`, 64);
  }
}

function infoData(engine: DockerEngine): Readonly<Record<string, string | number>> {
  const containers = engine.containers;
  return {
    Containers: containers.length,
    ContainersRunning: containers.filter((each) => each.status === 'running').length,
    ContainersPaused: containers.filter((each) => each.status === 'paused').length,
    ContainersStopped: containers.filter((each) => !each.running).length,
    Images: engine.images.list().length,
    ServerVersion: VERSION.Server.Version,
    Driver: 'overlay2',
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    KernelVersion: '4.15.0-23-generic',
    OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    OSType: 'linux',
    Architecture: 'x86_64',
    NCPU: 4,
    MemTotal: engine.options.memory.totalBytes,
    Name: engine.laptop.hostname,
    DockerRootDir: '/var/lib/docker',
  };
}

/** `docker info`. */
export const info: DockerCommand = {
  use: 'info [OPTIONS]',
  short: 'Display system-wide information',
  args: NONE,
  flags: [FORMAT],
  *run({ process, engine, flags }) {
    const data = infoData(engine);
    if (flags.has('format')) {
      yield* process.out(`${through(flags.string('format'), data)}\n`);
      return 0;
    }
    const gib = (Number(data['MemTotal']) / 1024 ** 3).toFixed(2).replace(/\.?0+$/, '');
    yield* process.out(
      [
        `Containers: ${data['Containers']}`,
        ` Running: ${data['ContainersRunning']}`,
        ` Paused: ${data['ContainersPaused']}`,
        ` Stopped: ${data['ContainersStopped']}`,
        `Images: ${data['Images']}`,
        `Server Version: ${data['ServerVersion']}`,
        `Storage Driver: ${data['Driver']}`,
        `Logging Driver: ${data['LoggingDriver']}`,
        `Cgroup Driver: ${data['CgroupDriver']}`,
        'Plugins:',
        ' Volume: local',
        ' Network: bridge host macvlan null overlay',
        'Swarm: inactive',
        `Kernel Version: ${data['KernelVersion']}`,
        `Operating System: ${data['OperatingSystem']}`,
        `OSType: ${data['OSType']}`,
        `Architecture: ${data['Architecture']}`,
        `CPUs: ${data['NCPU']}`,
        `Total Memory: ${gib}GiB`,
        `Name: ${data['Name']}`,
        `Docker Root Dir: ${data['DockerRootDir']}`,
        'Registry: https://index.docker.io/v1/',
        'Live Restore Enabled: false',
        '',
        '',
      ].join('\n'),
    );
    return 0;
  },
};

/** `docker events`. */
export const events: DockerCommand = {
  use: 'events [OPTIONS]',
  short: 'Get real time events from the server',
  args: NONE,
  flags: [
    { name: 'filter', short: 'f', kind: 'list', valueName: 'filter', usage: 'Filter output based on conditions provided' },
    { name: 'format', kind: 'string', usage: 'Format the output using the given Go template' },
    { name: 'since', kind: 'string', usage: 'Show all events created since timestamp' },
    { name: 'until', kind: 'string', usage: 'Stream events until this timestamp' },
  ],
  *run({ process, engine, flags }) {
    let at = flags.has('since') ? 0 : engine.events.end;
    for (;;) {
      for (const event of engine.events.since(at)) {
        at = event.index + 1;
        if (wantsEvent(event, flags.list('filter'))) yield* process.out(`${eventLine(engine, event)}\n`);
      }
      if (flags.has('until')) return 0;
      yield engine.events.appended;
    }
  },
};

function wantsEvent(event: DockerEvent, filters: readonly string[]): boolean {
  return filters.every((filter) => {
    const [key, value] = filter.split('=') as [string, string];
    if (key === 'event') return event.action === value;
    if (key === 'type') return event.type === value;
    if (key === 'container') return event.attributes.get('name') === value || event.id.startsWith(value);
    return key !== 'image' || event.attributes.get('image') === value;
  });
}

function eventLine(engine: DockerEngine, event: DockerEvent): string {
  const attributes = [...event.attributes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, value]) => `${key}=${value}`);
  return `${isoNanos(engine.sim, event.timeUs).replace(/Z$/, '+00:00')} ${event.type} ${event.action} ${event.id} (${attributes.join(', ')})`;
}

/** Removes the containers that do not run. */
function* pruneContainers(engine: DockerEngine): Op<string[]> {
  const stopped = engine.containers.filter((each) => !each.running && each.status !== 'restarting');
  for (const container of stopped) yield* engine.remove(container);
  return stopped.map((each) => each.id);
}

export const containerPrune: DockerCommand = {
  use: 'prune [OPTIONS]',
  short: 'Remove all stopped containers',
  args: NONE,
  flags: [{ name: 'filter', kind: 'list', valueName: 'filter', usage: "Provide filter values (e.g. 'until=<timestamp>')" }, FORCE],
  *run({ process, engine, flags }) {
    if (!flags.bool('force') && !(yield* confirm(process, 'WARNING! This will remove all stopped containers.\nAre you sure you want to continue?'))) return 0;
    const ids = yield* pruneContainers(engine);
    if (ids.length > 0) yield* process.out(`Deleted Containers:\n${ids.map((id) => `${id}\n`).join('')}\n`);
    yield* process.out('Total reclaimed space: 0B\n');
    return 0;
  },
};

export const imagePrune: DockerCommand = {
  use: 'prune [OPTIONS]',
  short: 'Remove unused images',
  args: NONE,
  flags: [
    { name: 'all', short: 'a', kind: 'bool', usage: 'Remove all unused images, not just dangling ones' },
    { name: 'filter', kind: 'list', valueName: 'filter', usage: "Provide filter values (e.g. 'until=<timestamp>')" },
    FORCE,
  ],
  *run({ process, engine, flags }) {
    const what = flags.bool('all') ? 'all images without at least one container associated to them' : 'all dangling images';
    if (!flags.bool('force') && !(yield* confirm(process, `WARNING! This will remove ${what}.\nAre you sure you want to continue?`))) return 0;
    const { lines, bytes } = flags.bool('all') ? pruneImages(engine) : { lines: [], bytes: 0 };
    if (lines.length > 0) yield* process.out(`Deleted Images:\n${lines.map((line) => `${line}\n`).join('')}\n`);
    yield* process.out(`Total reclaimed space: ${humanSize(bytes, 4)}\n`);
    return 0;
  },
};

function pruneImages(engine: DockerEngine): { readonly lines: readonly string[]; readonly bytes: number } {
  const unused = engine.images.list().filter((image) => !engine.containers.some((container) => container.image === image));
  const lines = unused.flatMap((image) =>
    engine.images.remove(`${image.repository}:${image.tag}`, { force: false }).map((line) => line.replace(/^U/, 'u').replace(/^D/, 'd')),
  );
  return { lines, bytes: unused.reduce((sum, image) => sum + imageSizeInBytes(image), 0) };
}

export const systemPrune: DockerCommand = {
  use: 'prune [OPTIONS]',
  short: 'Remove unused data',
  args: NONE,
  flags: [
    { name: 'all', short: 'a', kind: 'bool', usage: 'Remove all unused images not just dangling ones' },
    { name: 'filter', kind: 'list', valueName: 'filter', usage: "Provide filter values (e.g. 'label=<key>=<value>')" },
    FORCE,
    { name: 'volumes', kind: 'bool', usage: 'Prune volumes' },
  ],
  *run({ process, engine, flags }) {
    const removes = [
      'all stopped containers',
      'all networks not used by at least one container',
      ...(flags.bool('volumes') ? ['all volumes not used by at least one container'] : []),
      flags.bool('all') ? 'all images without at least one container associated to them' : 'all dangling images',
      'all build cache',
    ];
    const warning = `WARNING! This will remove:\n${removes.map((line) => `        - ${line}\n`).join('')}Are you sure you want to continue?`;
    if (!flags.bool('force') && !(yield* confirm(process, warning))) return 0;
    const ids = yield* pruneContainers(engine);
    if (ids.length > 0) yield* process.out(`Deleted Containers:\n${ids.map((id) => `${id}\n`).join('')}\n`);
    const networks = engine.networks.list().filter((network) => !['bridge', 'host', 'none'].includes(network.name) && network.endpoints.size === 0);
    for (const network of networks) engine.networks.remove(network.name);
    if (networks.length > 0) yield* process.out(`Deleted Networks:\n${networks.map((network) => `${network.name}\n`).join('')}\n`);
    const volumes = flags.bool('volumes') ? pruneVolumes(engine) : { names: [], bytes: 0 };
    if (volumes.names.length > 0) yield* process.out(`Deleted Volumes:\n${volumes.names.map((name) => `${name}\n`).join('')}\n`);
    const images = flags.bool('all') ? pruneImages(engine) : { lines: [], bytes: 0 };
    if (images.lines.length > 0) yield* process.out(`Deleted Images:\n${images.lines.map((line) => `${line}\n`).join('')}\n`);
    yield* process.out(`Total reclaimed space: ${humanSize(volumes.bytes + images.bytes, 4)}\n`);
    return 0;
  },
};

/** `docker system df`. */
export const systemDf: DockerCommand = {
  use: 'df [OPTIONS]',
  short: 'Show docker disk usage',
  args: NONE,
  flags: [
    { name: 'format', kind: 'string', usage: 'Pretty-print images using a Go template' },
    { name: 'verbose', short: 'v', kind: 'bool', usage: 'Show detailed information on space usage' },
  ],
  *run({ process, engine }) {
    const images = engine.images.list();
    const used = images.filter((image) => engine.containers.some((container) => container.image === image));
    const volumes = engine.volumes.list();
    const activeVolumes = volumes.filter((volume) => engine.containers.some((container) => container.mounts.some((mount) => mount.name === volume.name)));
    const row = (type: string, total: number, active: number, bytes: number, freeBytes: number): string[] => [
      type, String(total), String(active), humanSize(bytes, 4), bytes === 0 ? '0B' : `${humanSize(freeBytes, 4)} (${Math.floor((freeBytes / bytes) * 100)}%)`,
    ];
    const imageBytes = images.reduce((sum, image) => sum + imageSizeInBytes(image), 0);
    const volumeBytes = volumes.reduce((sum, volume) => sum + sizeOf(volume.tree), 0);
    yield* process.out(
      tabTable([
        ['TYPE', 'TOTAL', 'ACTIVE', 'SIZE', 'RECLAIMABLE'],
        row('Images', images.length, used.length, imageBytes, imageBytes - used.reduce((sum, image) => sum + imageSizeInBytes(image), 0)),
        row('Containers', engine.containers.length, engine.containers.filter((each) => each.running).length, 0, 0),
        row('Local Volumes', volumes.length, activeVolumes.length, volumeBytes, volumeBytes - activeVolumes.reduce((sum, volume) => sum + sizeOf(volume.tree), 0)),
        ['Build Cache', '', '', '0B', '0B'],
      ]),
    );
    return 0;
  },
};
