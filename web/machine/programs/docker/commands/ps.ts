import type { Container } from '../../../docker/container';
import type { DockerEngine } from '../../../docker/docker-engine';
import { DockerError } from '../../../docker/docker-error';
import { type DockerCommand } from '../cli/docker-command';
import { containerRow, stateWord } from '../cli/container-format';
import { printList } from '../cli/list-output';

type Filter = (container: Container, value: string, engine: DockerEngine) => boolean;

const FILTERS: Readonly<Record<string, Filter>> = {
  id: (container, value) => container.id.startsWith(value),
  name: (container, value) => new RegExp(value).test(container.name) || new RegExp(value).test(`/${container.name}`),
  label: (container, value) => {
    const [key = '', wanted] = value.split('=');
    return container.config.labels.has(key) && (wanted === undefined || container.config.labels.get(key) === wanted);
  },
  status: (container, value) => stateWord(container) === value,
  exited: (container, value) => !container.running && container.startedMs > 0 && container.exitCode === Number(value),
  ancestor: (container, value) => value === container.config.imageName || value === container.image.repository || container.image.id.startsWith(value),
  network: (container, value) => container.networks.has(value),
  volume: (container, value) => container.mounts.some((mount) => mount.name === value || mount.destination === value),
  publish: (container, value) => container.ports.some((port) => port.hostPort === Number.parseInt(value, 10)),
  expose: (container, value) => container.config.exposedPorts.some((port) => port === value || Number.parseInt(port, 10) === Number(value)),
  before: (container, value, engine) => container.createdMs < engine.container(value).createdMs,
  since: (container, value, engine) => container.createdMs > engine.container(value).createdMs,
};

/** Values of one filter are alternatives; different filters must all hold. Throws DockerError. */
export function filterContainers(engine: DockerEngine, containers: readonly Container[], filters: readonly string[]): readonly Container[] {
  const wanted = new Map<string, string[]>();
  for (const filter of filters) {
    const at = filter.indexOf('=');
    const key = at < 0 ? filter : filter.slice(0, at);
    if (FILTERS[key] === undefined) throw new DockerError(`Invalid filter '${key}'`, 400);
    wanted.set(key, [...(wanted.get(key) ?? []), filter.slice(at + 1)]);
  }
  return containers.filter((container) =>
    [...wanted].every(([key, values]) => {
      const test = FILTERS[key] as Filter;
      return key === 'label' ? values.every((value) => test(container, value, engine)) : values.some((value) => test(container, value, engine));
    }),
  );
}

/** `docker ps`. */
export const ps: DockerCommand = {
  use: 'ps [OPTIONS]',
  short: 'List containers',
  args: { min: 0, max: 0 },
  flags: [
    { name: 'all', short: 'a', kind: 'bool', usage: 'Show all containers (default shows just running)' },
    { name: 'filter', short: 'f', kind: 'list', valueName: 'filter', usage: 'Filter output based on conditions provided' },
    { name: 'format', kind: 'string', usage: 'Pretty-print containers using a Go template' },
    { name: 'last', short: 'n', kind: 'int', usage: 'Show n last created containers (includes all states)', defaultValue: '-1' },
    { name: 'latest', short: 'l', kind: 'bool', usage: 'Show the latest created container (includes all states)' },
    { name: 'no-trunc', kind: 'bool', usage: "Don't truncate output" },
    { name: 'quiet', short: 'q', kind: 'bool', usage: 'Only display numeric IDs' },
    { name: 'size', short: 's', kind: 'bool', usage: 'Display total file sizes' },
  ],
  *run({ process, engine, flags }) {
    const last = flags.bool('latest') ? 1 : flags.number('last');
    const filters = flags.list('filter');
    const statusAsked = filters.some((filter) => /^(status|exited)=/.test(filter));
    const all = flags.bool('all') || last > 0 || statusAsked;
    let containers = filterContainers(engine, engine.containers, filters).filter((each) => all || each.running || each.status === 'restarting');
    if (last > 0) containers = containers.slice(0, last);
    yield* printList(process, containers.map((each) => containerRow(each, engine, !flags.bool('no-trunc'))), {
      columns: [
        ['ID', 'CONTAINER ID'], ['Image', 'IMAGE'], ['Command', 'COMMAND'], ['RunningFor', 'CREATED'], ['Status', 'STATUS'], ['Ports', 'PORTS'], ['Names', 'NAMES'],
        ...(flags.bool('size') ? [['Size', 'SIZE'] as const] : []),
      ],
      moreHeads: { CreatedAt: 'CREATED AT', LocalVolumes: 'LOCAL VOLUMES' },
      format: flags.string('format'),
      quiet: flags.bool('quiet'),
      idField: 'ID',
    });
    return 0;
  },
};

/** `docker container ls`. */
export const containerList: DockerCommand = { ...ps, use: 'ls [OPTIONS]', aliases: ['ps', 'list'] };
