import type { Op } from '../../../../engine/kernel/task';
import type { Container } from '../../../docker/container';
import type { CreateOptions } from '../../../docker/container-factory';
import { exitCodeOf } from '../../../os/exit-status';
import type { Project } from '../../../compose/project/project';
import type { Service } from '../../../compose/project/service';
import { createOptionsOf } from '../../../compose/project/container-options';
import { shellWords } from '../../../compose/project/shell-words';
import { parsePublish } from '../commands/run-options';
import { type ComposeCommand, ShutdownException, shutdownOnSignals, UserError } from './compose-command';
import type { ComposeContext } from './compose-context';

/** Runs the `docker` client with these words on our own terminal, as compose does for what is interactive. */
function* callDocker({ process }: ComposeContext, words: readonly string[]): Op<number> {
  const path = process.machine.findCommand('docker', process);
  if (path === undefined) throw new UserError("Couldn't find `docker` binary. You might need to install Docker:\n\nhttps://docs.docker.com/engine/installation/");
  const { program, argv } = process.machine.resolveExecutable(path, [path, ...words], process);
  const child = process.spawn({ program, argv });
  for (;;) {
    try {
      return exitCodeOf(yield* process.waitFor(child));
    } catch (error) {
      // The client hears the signal as well, and decides.
      if (!(error instanceof ShutdownException)) throw error;
    }
  }
}

/** `docker-compose exec`. */
export const exec: ComposeCommand = function* (context) {
  const { options } = context;
  const project = yield* context.project();
  const service = project.service(options.argument('SERVICE') as string);
  const index = Number(options.value('--index') ?? '1');
  const container = service.container(index);
  if (container === undefined) throw new UserError(`No container found for ${service.name}_${index}`);
  const words = ['exec', options.flag('--detach') ? '--detach' : '--interactive'];
  if (!options.flag('-T')) words.push('--tty');
  if (options.flag('--privileged')) words.push('--privileged');
  const user = options.value('--user');
  if (user !== undefined) words.push('--user', user);
  for (const variable of options.values('--env')) words.push('--env', variable);
  words.push(container.id, options.argument('COMMAND') as string, ...options.arguments('ARGS'));
  context.process.onSignal('SIGINT', () => undefined);
  return yield* callDocker(context, words);
};

/** `docker-compose run`. */
export const run: ComposeCommand = function* (context) {
  const { options, output, engine, process } = context;
  const project = yield* context.project();
  const service = project.service(options.argument('SERVICE') as string);
  if (options.values('--publish').length > 0 && options.flag('--service-ports')) throw new UserError('Service port mapping and manual port mapping can not be used together');
  yield* startDependencies(context, project, service);
  yield* project.initialize();
  yield* service.ensureImage(false);
  const container = yield* service.createContainer({ oneOff: true, override: overrideOf(context, project, service) });
  if (options.flag('--detach')) {
    yield* service.startContainer(container);
    output.stdout.print(`${container.name}\n`);
    return 0;
  }
  const code = yield* attachOneOff(context, container);
  if (options.flag('--rm') && engine.findContainer(container.id) !== undefined) yield* engine.remove(container, { force: true, volumes: true });
  yield* process.spend(0);
  return code;
};

function* startDependencies(context: ComposeContext, project: Project, service: Service): Op<void> {
  if (context.options.flag('--no-deps') || service.dependencies.length === 0) return;
  yield* project.up({
    services: service.dependencies, startDependencies: true, strategy: 'never', timeoutS: undefined, detached: true, removeOrphans: false, ignoreOrphans: false,
    scale: new Map(), rescale: false, start: true, alwaysRecreateDependencies: false, renewAnonymousVolumes: false, silentPull: false,
  });
}

function* attachOneOff(context: ComposeContext, container: Container): Op<number> {
  const { process, engine } = context;
  shutdownOnSignals(process);
  try {
    return yield* callDocker(context, ['start', '--attach', '--interactive', container.id]);
  } catch (error) {
    if (!(error instanceof ShutdownException)) throw error;
    yield* engine.stop(container);
    return 1;
  }
}

/** What the command line says over the service's own options. */
function overrideOf({ options, process }: ComposeContext, project: Project, service: Service): Partial<CreateOptions> {
  const detach = options.flag('--detach');
  const base = createOptionsOf(service.config, { image: service.imageName, networks: project.networks.of(service.config), volumeName: (name) => project.volumes.fullName(name) });
  const command = options.argument('COMMAND');
  const entrypoint = options.value('--entrypoint');
  const published = options.values('--publish');
  const name = options.value('--name');
  return {
    ...(command !== undefined ? { cmd: [command, ...options.arguments('ARGS')] } : entrypoint !== undefined ? { cmd: [] } : {}),
    ...(entrypoint === undefined ? {} : { entrypoint: entrypoint === '' ? [''] : shellWords(entrypoint) }),
    ...(name === undefined ? {} : { name }),
    ...(options.value('--user') ? { user: options.value('--user') as string } : {}),
    ...(options.value('--workdir') ? { workingDir: options.value('--workdir') as string } : {}),
    ...(options.flag('--rm') ? { restartPolicy: { name: 'no', maximumRetryCount: 0 } as const } : {}),
    env: [...(base.env ?? []), ...options.values('-e').map((entry) => (entry.includes('=') ? entry : `${entry}=${process.env.get(entry) ?? ''}`))],
    labels: new Map(options.values('--label').map((label) => [label.split('=')[0] as string, label.split('=').slice(1).join('=')])),
    tty: !detach && !options.flag('-T') && process.isTerminal(0),
    openStdin: !detach,
    portBindings: published.length > 0 ? published.flatMap(parsePublish) : options.flag('--service-ports') ? (base.portBindings ?? []) : [],
    binds: [...(base.binds ?? []), ...options.values('--volume').map((volume) => oneOffBind(volume, process.cwd))],
    ...(options.flag('--use-aliases') ? {} : { networks: project.networks.of(service.config).map(({ network }) => ({ network, aliases: [] })) }),
  };
}

function oneOffBind(text: string, cwd: string): { source: string | undefined; target: string; readOnly: boolean } {
  const [first = '', second, mode = ''] = text.split(':');
  if (second === undefined) return { source: undefined, target: first, readOnly: false };
  return { source: first.startsWith('.') ? `${cwd}/${first}` : first, target: second, readOnly: mode === 'ro' };
}
