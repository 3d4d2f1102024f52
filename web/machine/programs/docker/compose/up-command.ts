import type { Op } from '../../../../engine/kernel/task';
import type { Container } from '../../../docker/container';
import { LogPrinter } from '../../../compose/project/log-printer';
import type { Project } from '../../../compose/project/project';
import { serviceOf } from '../../../compose/project/project-container';
import type { RecreateStrategy } from '../../../compose/project/service';
import { type ComposeCommand, parseScale, ShutdownException, shutdownOnSignals, timeoutOf, UserError } from './compose-command';
import type { ComposeContext } from './compose-context';

/** `--force-recreate` and its like. Throws UserError. */
export function strategyOf({ options }: ComposeContext): RecreateStrategy {
  const force = options.flag('--force-recreate');
  const never = options.flag('--no-recreate');
  const renew = options.flag('--renew-anon-volumes');
  if (force && never) throw new UserError('--force-recreate and --no-recreate cannot be combined.');
  if (never && renew) throw new UserError('--no-recreate and --renew-anon-volumes cannot be combined.');
  if (force || renew) return 'always';
  return never ? 'never' : 'changed';
}

/** `docker-compose up`. Attached, Ctrl+C stops the containers; a second one kills them. */
export const up: ComposeCommand = function* (context) {
  const { options, process, output } = context;
  const project = yield* context.project();
  const detached = options.flag('--detach');
  const cascadeStop = checkExit(context, project);
  if (cascadeStop === 2) return 2;
  checkCombinations(context, detached, cascadeStop);
  if (detached) {
    yield* bringUp(context, project);
    return 0;
  }
  shutdownOnSignals(process);
  const services = options.arguments('SERVICE');
  try {
    try {
      return yield* attached(context, project, cascadeStop);
    } catch (error) {
      if (!(error instanceof ShutdownException)) throw error;
      output.stdout.print('Gracefully stopping... (press Ctrl+C again to force)\n');
      yield* project.stop(services, timeoutOf(context));
      return 0;
    }
  } catch (error) {
    if (!(error instanceof ShutdownException)) throw error;
    yield* project.kill(services);
    return 2;
  }
};

function checkExit({ options, output }: ComposeContext, project: Project): boolean | 2 {
  const from = options.value('--exit-code-from');
  if (from === undefined) return options.flag('--abort-on-container-exit');
  if (!options.flag('--abort-on-container-exit')) output.warn('using --exit-code-from implies --abort-on-container-exit');
  if (project.serviceNames.includes(from)) return true;
  output.error(`No service named "${from}" was found in your compose file.`);
  return 2;
}

function checkCombinations({ options, environment }: ComposeContext, detached: boolean, cascadeStop: boolean): void {
  if (detached && cascadeStop) throw new UserError('--abort-on-container-exit and -d cannot be combined.');
  if (environment.flag('COMPOSE_IGNORE_ORPHANS') && options.flag('--remove-orphans')) throw new UserError('COMPOSE_IGNORE_ORPHANS and --remove-orphans cannot be combined.');
  if (options.flag('--build') && options.flag('--no-build')) throw new UserError('--build and --no-build can not be combined.');
  if (!options.flag('--no-start')) return;
  for (const other of ['--detach', '--abort-on-container-exit', '--exit-code-from']) if (options.flag(other)) throw new UserError(`--no-start and ${other} cannot be combined.`);
}

function bringUp(context: ComposeContext, project: Project): Op<Container[]> {
  const { options, environment } = context;
  return project.up({
    services: options.arguments('SERVICE'),
    startDependencies: !options.flag('--no-deps'),
    strategy: strategyOf(context),
    timeoutS: timeoutOf(context),
    detached: options.flag('--detach') || options.flag('--no-start'),
    removeOrphans: options.flag('--remove-orphans'),
    ignoreOrphans: environment.flag('COMPOSE_IGNORE_ORPHANS'),
    scale: parseScale(options.values('--scale')),
    rescale: true,
    start: !options.flag('--no-start'),
    alwaysRecreateDependencies: options.flag('--always-recreate-deps'),
    renewAnonymousVolumes: options.flag('--renew-anon-volumes'),
    silentPull: options.flag('--quiet-pull'),
  });
}

function* attached(context: ComposeContext, project: Project, cascadeStop: boolean): Op<number> {
  const { options, output } = context;
  const containers = yield* bringUp(context, project);
  if (options.flag('--no-start')) return 0;
  const services = options.arguments('SERVICE');
  const shown = services.length === 0 ? containers : containers.filter((each) => services.includes(serviceOf(each)));
  const printer = new LogPrinter(project, shown, { monochrome: options.flag('--no-color') || output.noAnsi, follow: true, tail: Infinity, timestamps: false, cascadeStop, services });
  output.stdout.print(`Attaching to ${shown.map((each) => each.name).join(', ')}\n`);
  const first = yield* printer.run();
  if (!cascadeStop) return 0;
  output.stdout.print('Aborting on container exit...\n');
  const code = exitCode(context, shown, first);
  yield* project.stop(services, timeoutOf(context));
  return code;
}

function exitCode({ options, output }: ComposeContext, shown: readonly Container[], first: string | undefined): number {
  const from = options.value('--exit-code-from');
  if (from === undefined) return shown.find((each) => each.name === first && !each.running)?.exitCode ?? 0;
  const candidates = shown.filter((each) => serviceOf(each) === from);
  if (candidates.length === 0) {
    output.error(`No containers matching the spec "${from}" were run.`);
    return 2;
  }
  return candidates.map((each) => each.exitCode).find((code) => code !== 0) ?? 0;
}
