import type { Op } from '../../../../engine/kernel/task';
import { parseSignal } from '../../../os/signals';
import { DockerError } from '../../../docker/docker-error';
import { readLine } from '../cli/confirm';
import { type ComposeCommand, parseScale, timeoutOf, UserError } from './compose-command';
import type { ComposeContext } from './compose-context';
import { strategyOf } from './up-command';

const names = (context: ComposeContext): readonly string[] => context.options.arguments('SERVICE');

/** Prints an error and returns 1 when there was nothing to do it to. */
function* noneOr(context: ComposeContext, containers: readonly unknown[], verb: string): Op<number> {
  if (containers.length > 0) return 0;
  context.output.error(`No containers to ${verb}`);
  yield* context.output.stderr.flush();
  return 1;
}

export const start: ComposeCommand = function* (context) {
  const project = yield* context.project();
  return yield* noneOr(context, yield* project.start(names(context)), 'start');
};

export const stop: ComposeCommand = function* (context) {
  const project = yield* context.project();
  yield* project.stop(names(context), timeoutOf(context));
  return 0;
};

export const restart: ComposeCommand = function* (context) {
  const project = yield* context.project();
  return yield* noneOr(context, yield* project.restart(names(context), timeoutOf(context)), 'restart');
};

export const kill: ComposeCommand = function* (context) {
  const project = yield* context.project();
  const text = context.options.value('-s') ?? 'SIGKILL';
  const signal = parseSignal(text);
  if (signal === undefined) throw new DockerError(`Invalid signal: ${text}`, 400);
  yield* project.kill(names(context), signal);
  return 0;
};

export const pause: ComposeCommand = function* (context) {
  const project = yield* context.project();
  return yield* noneOr(context, yield* project.pause(names(context)), 'pause');
};

export const unpause: ComposeCommand = function* (context) {
  const project = yield* context.project();
  return yield* noneOr(context, yield* project.unpause(names(context)), 'unpause');
};

export const rm: ComposeCommand = function* (context) {
  const { options, output, process } = context;
  const project = yield* context.project();
  if (options.flag('--all')) output.warn('--all flag is obsolete. This is now the default behavior of `docker-compose rm`');
  if (options.flag('--stop')) yield* project.stop(names(context), undefined);
  const all = project.containers({ services: names(context), stopped: true, oneOff: 'include' });
  const stopped = all.filter((each) => !each.running);
  if (stopped.length === 0) {
    output.stdout.print('No stopped containers\n');
    return 0;
  }
  output.stdout.print(`Going to remove ${stopped.map((each) => each.name).join(', ')}\n`);
  if (!options.flag('--force')) {
    output.stdout.print('Are you sure? [yN] ');
    const answer = (yield* readLine(process)).trim().toLowerCase();
    if (answer !== 'y' && answer !== 'yes') return 0;
  }
  yield* project.removeStopped(names(context), { volumes: options.flag('-v'), oneOff: 'include' });
  return 0;
};

export const down: ComposeCommand = function* (context) {
  const { options, environment } = context;
  const images = options.value('--rmi');
  if (images !== undefined && !['local', 'all', 'none'].includes(images)) throw new UserError('--rmi flag must be one of: all, local');
  const ignoreOrphans = environment.flag('COMPOSE_IGNORE_ORPHANS');
  if (ignoreOrphans && options.flag('--remove-orphans')) throw new UserError('COMPOSE_IGNORE_ORPHANS and --remove-orphans cannot be combined.');
  const project = yield* context.project();
  yield* project.down({
    removeImages: (images ?? 'none') as 'none' | 'local' | 'all',
    volumes: options.flag('--volumes'),
    removeOrphans: options.flag('--remove-orphans'),
    ignoreOrphans,
    timeoutS: timeoutOf(context),
  });
  return 0;
};

export const scale: ComposeCommand = function* (context) {
  const project = yield* context.project();
  if (project.config.version.text === '2.2') {
    throw new UserError('The scale command is incompatible with the v2.2 format. Use the up command with the --scale flag instead.');
  }
  context.output.warn('The scale command is deprecated. Use the up command with the --scale flag instead.');
  for (const [name, count] of parseScale(context.options.arguments('SERVICE=NUM'))) yield* project.service(name).scaleTo(count, timeoutOf(context));
  return 0;
};

export const create: ComposeCommand = function* (context) {
  context.output.warn('The create command is deprecated. Use the up command with the --no-start flag instead.');
  const project = yield* context.project();
  yield* project.up({
    services: names(context), startDependencies: true, strategy: strategyOf(context), timeoutS: undefined, detached: true, removeOrphans: false, ignoreOrphans: true,
    scale: new Map(), rescale: true, start: false, alwaysRecreateDependencies: false, renewAnonymousVolumes: false, silentPull: false,
  });
  return 0;
};
