import { type DockerCommand } from '../cli/docker-command';
import { confirm } from '../cli/confirm';
import { forEachName } from '../cli/container-results';
import { humanSize } from '../cli/human-units';
import { printList } from '../cli/list-output';
import type { DockerEngine } from '../../../docker/docker-engine';
import type { FileNode } from '../../../os/file-node';

export const volumeList: DockerCommand = {
  use: 'ls [OPTIONS]',
  short: 'List volumes',
  aliases: ['list'],
  args: { min: 0, max: 0 },
  flags: [
    { name: 'filter', short: 'f', kind: 'list', valueName: 'filter', usage: "Provide filter values (e.g. 'dangling=true')" },
    { name: 'format', kind: 'string', usage: 'Pretty-print volumes using a Go template' },
    { name: 'quiet', short: 'q', kind: 'bool', usage: 'Only display volume names' },
  ],
  *run({ process, engine, flags }) {
    const used = usedVolumes(engine);
    const wanted = flags.list('filter').map((filter) => filter.split('=') as [string, string]);
    const volumes = engine.volumes.list().filter((volume) =>
      wanted.every(([key, value]) => (key === 'dangling' ? used.has(volume.name) !== (value === 'true' || value === '1') : key === 'name' ? volume.name.includes(value) : true)),
    );
    yield* printList(process, volumes.map((volume) => ({ Driver: 'local', Name: volume.name, Scope: 'local', Mountpoint: `/var/lib/docker/volumes/${volume.name}/_data` })), {
      columns: [['Driver', 'DRIVER'], ['Name', 'VOLUME NAME']],
      format: flags.string('format'),
      quiet: flags.bool('quiet'),
      idField: 'Name',
    });
    return 0;
  },
};

export const volumeCreate: DockerCommand = {
  use: 'create [OPTIONS] [VOLUME]',
  short: 'Create a volume',
  args: { min: 0, max: 1 },
  flags: [
    { name: 'driver', short: 'd', kind: 'string', usage: 'Specify volume driver name', defaultValue: 'local' },
    { name: 'label', kind: 'list', usage: 'Set metadata for a volume' },
    { name: 'name', kind: 'string', usage: 'Specify volume name', hidden: true },
    { name: 'opt', short: 'o', kind: 'list', valueName: 'map', usage: 'Set driver specific options', defaultValue: 'map[]' },
  ],
  *run({ process, engine, flags, args }) {
    const given = args[0] ?? flags.string('name');
    const name = given === '' ? engine.sim.random('docker').hex(64) : given;
    engine.volumes.create(name, { labels: new Map(flags.list('label').map((each) => each.split('=', 2) as [string, string])), anonymous: given === '' });
    yield* process.out(`${name}\n`);
    return 0;
  },
};

export const volumeRemove: DockerCommand = {
  use: 'rm [OPTIONS] VOLUME [VOLUME...]',
  short: 'Remove one or more volumes',
  aliases: ['remove'],
  args: { min: 1, max: Infinity },
  flags: [{ name: 'force', short: 'f', kind: 'bool', usage: 'Force the removal of one or more volumes' }],
  completes: 'volume',
  run: ({ process, engine, args }) =>
    forEachName(process, args, function* (name) {
      yield* process.sleep(0);
      engine.volumes.remove(name);
    }),
};

export const volumePrune: DockerCommand = {
  use: 'prune [OPTIONS]',
  short: 'Remove all unused local volumes',
  args: { min: 0, max: 0 },
  flags: [
    { name: 'filter', kind: 'list', valueName: 'filter', usage: "Provide filter values (e.g. 'label=<label>')" },
    { name: 'force', short: 'f', kind: 'bool', usage: 'Do not prompt for confirmation' },
  ],
  *run({ process, engine, flags }) {
    const asked = flags.bool('force') || (yield* confirm(process, 'WARNING! This will remove all local volumes not used by at least one container.\nAre you sure you want to continue?'));
    if (!asked) return 0;
    const { names, bytes } = pruneVolumes(engine);
    if (names.length > 0) yield* process.out(`Deleted Volumes:\n${names.map((name) => `${name}\n`).join('')}\n`);
    yield* process.out(`Total reclaimed space: ${humanSize(bytes, 4)}\n`);
    return 0;
  },
};

/** Removes the volumes that no container has, and says which and how large they were. */
export function pruneVolumes(engine: DockerEngine): { readonly names: readonly string[]; readonly bytes: number } {
  const used = usedVolumes(engine);
  const unused = engine.volumes.list().filter((volume) => !used.has(volume.name));
  const bytes = unused.reduce((sum, volume) => sum + sizeOf(volume.tree), 0);
  for (const volume of unused) engine.volumes.remove(volume.name);
  return { names: unused.map((volume) => volume.name), bytes };
}

function usedVolumes(engine: DockerEngine): Set<string> {
  return new Set(engine.containers.flatMap((container) => container.mounts.map((mount) => mount.name)));
}

export function sizeOf(node: FileNode): number {
  if (node.kind === 'directory') return [...node.entries.values()].reduce((sum, child) => sum + sizeOf(child), 0);
  return node.kind === 'regular' ? node.sizeInBytes : 0;
}
