import type { Container } from '../../../docker/container';
import { imageSizeInBytes } from '../../../docker/image';
import { isoNanos } from '../../../docker/utc-date';
import { serializeConfig } from '../../../compose/config/serialize-config';
import { LABELS } from '../../../compose/project/labels';
import { LogPrinter } from '../../../compose/project/log-printer';
import type { Project } from '../../../compose/project/project';
import { processTable } from '../cli/process-table';
import { type ComposeCommand, ShutdownException, shutdownOnSignals, UserError } from './compose-command';
import type { ComposeContext } from './compose-context';
import { textTable } from './text-table';

/** What `stty size` says of standard input; 0 when it is no terminal. */
function terminalWidth({ process }: ComposeContext): number {
  return process.fds.get(0)?.terminal?.columns ?? 0;
}

function byName(containers: readonly Container[]): Container[] {
  return [...containers].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function allContainers(context: ComposeContext, project: Project, stopped: boolean): Container[] {
  const services = context.options.arguments('SERVICE');
  return byName([...project.containers({ services, stopped }), ...project.containers({ services, oneOff: 'only' })]);
}

function stateText(container: Container): string {
  if (container.status === 'paused') return 'Paused';
  if (container.status === 'restarting') return 'Restarting';
  return container.running ? 'Up' : `Exit ${container.exitCode}`;
}

/** Sorted by port, those that are published with where they are. */
function portsText(container: Container): string {
  if (!container.running) return '';
  const rows = [...container.config.exposedPorts].sort().map((port) => {
    const outside = container.ports.filter((each) => each.containerPort === port).map((each) => `${each.hostIp}:${each.hostPort}->${port}`);
    return outside.length === 0 ? port : outside.join(',');
  });
  return rows.join(', ');
}

export const ps: ComposeCommand = function* (context) {
  const { options, output } = context;
  const project = yield* context.project();
  if (options.flag('--quiet') && options.flag('--services')) throw new UserError('--quiet and --services cannot be combined');
  if (options.flag('--services')) {
    output.stdout.print(`${filteredServices(project, options.value('--filter')).join('\n')}\n`);
    return 0;
  }
  const containers = allContainers(context, project, true);
  if (options.flag('--quiet')) {
    for (const container of containers) output.stdout.print(`${container.id}\n`);
    return 0;
  }
  const rows = containers.map((container) => {
    const command = container.argv.join(' ');
    return [container.name, command.length > 30 ? `${command.slice(0, 26)} ...` : command, stateText(container), portsText(container)];
  });
  output.stdout.print(`${textTable(['Name', 'Command', 'State', 'Ports'], rows, terminalWidth(context))}\n`);
  return 0;
};

function filteredServices(project: Project, filter: string | undefined): string[] {
  if (filter === undefined) return [...project.serviceNames];
  const [key = '', value] = filter.split('=');
  if (value === undefined) throw new UserError('Arguments to --filter should be in form KEY=VAL');
  const test: Readonly<Record<string, (name: string) => boolean>> = {
    status: (name) => project.containers({ services: [name], stopped: true }).some((each) => {
      const states: Readonly<Record<string, boolean>> = { running: each.running, stopped: !each.running, paused: each.status === 'paused', restarting: each.status === 'restarting' };
      const is = states[value];
      if (is === undefined) throw new UserError(`Invalid state: ${value}`);
      return is;
    }),
    source: (name) => {
      if (value !== 'image' && value !== 'build') throw new UserError(`Invalid value for source filter: ${value}`);
      return project.service(name).config.options.has(value);
    },
  };
  const matches = test[key];
  if (matches === undefined) throw new UserError(`Invalid filter: ${key}`);
  return project.serviceNames.filter(matches);
}

export const logs: ComposeCommand = function* (context) {
  const { options, output, process } = context;
  const project = yield* context.project();
  const tail = options.value('--tail');
  if (tail !== undefined && tail !== 'all' && !/^\d+$/.test(tail)) throw new UserError('tail flag must be all or a number');
  const services = options.arguments('SERVICE');
  const containers = project.containers({ services, stopped: true });
  output.stdout.print(`Attaching to ${containers.map((each) => each.name).join(', ')}\n`);
  const printer = new LogPrinter(project, containers, {
    monochrome: options.flag('--no-color') || output.noAnsi,
    follow: options.flag('--follow'),
    tail: tail === undefined || tail === 'all' ? Infinity : Number(tail),
    timestamps: options.flag('--timestamps'),
    cascadeStop: false,
    services,
  });
  process.onSignal('SIGINT', () => process.interrupt(new ShutdownException()));
  yield* printer.run();
  return 0;
};

export const port: ComposeCommand = function* (context) {
  const { options, output } = context;
  const project = yield* context.project();
  const service = project.service(options.argument('SERVICE') as string);
  const index = Number(options.value('--index') ?? '1');
  const container = service.container(index);
  if (container === undefined) throw new UserError(`No container found for ${service.name}_${index}`);
  const wanted = `${options.argument('PRIVATE_PORT') as string}/${options.value('--protocol') ?? 'tcp'}`;
  const found = container.ports.find((each) => each.containerPort === wanted);
  output.stdout.print(`${found === undefined ? '' : `${found.hostIp}:${found.hostPort}`}\n`);
  return 0;
};

export const top: ComposeCommand = function* (context) {
  const project = yield* context.project();
  for (const [index, container] of allContainers(context, project, false).entries()) {
    const { titles, rows } = processTable(container);
    context.output.stdout.print(`${index > 0 ? '\n' : ''}${container.name}\n${textTable(titles, rows, terminalWidth(context))}\n`);
  }
  return 0;
};

const SIZE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Powers of 1024 under the names of powers of 1000, as compose counts. */
function sizeText(bytes: number): string {
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < SIZE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${Number(value.toPrecision(3))} ${SIZE_UNITS[unit] as string}`;
}

export const images: ComposeCommand = function* (context) {
  const { options, output } = context;
  const project = yield* context.project();
  const containers = allContainers(context, project, true);
  if (options.flag('--quiet')) {
    for (const id of new Set(containers.map((each) => each.image.id))) output.stdout.print(`${id}\n`);
    return 0;
  }
  const rows = containers.map(({ name, image }) => [name, image.repository, image.tag, image.id.slice(0, 12), sizeText(imageSizeInBytes(image))]);
  output.stdout.print(`${textTable(['Container', 'Repository', 'Tag', 'Image Id', 'Size'], rows, terminalWidth(context))}\n`);
  return 0;
};

export const config: ComposeCommand = function* (context) {
  const { options, output } = context;
  const loaded = yield* context.config();
  if (options.flag('--quiet')) return 0;
  if (options.flag('--services')) output.stdout.print(`${loaded.services.map((service) => service.name).join('\n')}\n`);
  else if (options.flag('--volumes')) output.stdout.print(`${[...loaded.volumes.keys()].map(String).join('\n')}\n`);
  else output.stdout.print(`${serializeConfig(loaded)}\n`);
  return 0;
};

export const pull: ComposeCommand = function* (context) {
  const { options } = context;
  const project = yield* context.project();
  yield* project.pull(options.arguments('SERVICE'), {
    ignoreFailures: options.flag('--ignore-pull-failures'),
    parallel: options.flag('--parallel'),
    silent: options.flag('--quiet'),
    withDependencies: options.flag('--include-deps'),
  });
  return 0;
};

export const events: ComposeCommand = function* (context) {
  const { options, output, engine, process } = context;
  const project = yield* context.project();
  shutdownOnSignals(process);
  for (let at = engine.events.end; ; ) {
    for (const event of engine.events.since(at)) {
      at = event.index + 1;
      if (event.type !== 'container' || event.attributes.get(LABELS.project) !== project.name) continue;
      const attributes = { image: event.attributes.get('image') ?? '', name: event.attributes.get('name') ?? '' };
      const time = isoNanos(engine.sim, event.timeUs).replace(/000Z$/, '');
      const line = options.flag('--json')
        ? JSON.stringify({ time, type: 'container', action: event.action, id: event.id, service: event.attributes.get(LABELS.service) ?? '', attributes })
        : `${time.replace('T', ' ')} container ${event.action} ${event.id} (image=${attributes.image}, name=${attributes.name})`;
      output.stdout.print(`${line}\n`);
    }
    yield engine.events.appended;
  }
};
