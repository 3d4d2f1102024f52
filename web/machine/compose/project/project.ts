import type { Op } from '../../../engine/kernel/task';
import type { Container } from '../../docker/container';
import type { LogReader } from '../../docker/container-log';
import type { DockerEngine } from '../../docker/docker-engine';
import type { Signal } from '../../os/signals';
import type { ComposeConfig } from '../config/compose-config';
import type { ComposeOutput } from './compose-output';
import type { ProgressText } from './image-puller';
import { LABELS } from './labels';
import { type ParallelContext, ParallelLimit, ParallelWriter, parallelExecute } from './parallel';
import { serviceOf } from './project-container';
import { NoSuchService, ProjectError } from './project-errors';
import { ProjectNetworks } from './project-networks';
import { ProjectVolumes } from './project-volumes';
import { type ConvergencePlan, type RecreateStrategy, Service } from './service';

export type OneOff = 'exclude' | 'include' | 'only';

export interface UpOptions {
  readonly services: readonly string[];
  readonly startDependencies: boolean;
  readonly strategy: RecreateStrategy;
  readonly timeoutS: number | undefined;
  readonly detached: boolean;
  readonly removeOrphans: boolean;
  readonly ignoreOrphans: boolean;
  readonly scale: ReadonlyMap<string, number>;
  /** False keeps the number of containers that are there. */
  readonly rescale: boolean;
  readonly start: boolean;
  readonly alwaysRecreateDependencies: boolean;
  readonly renewAnonymousVolumes: boolean;
  readonly silentPull: boolean;
}

export interface DownOptions {
  readonly removeImages: 'none' | 'local' | 'all';
  readonly volumes: boolean;
  readonly removeOrphans: boolean;
  readonly ignoreOrphans: boolean;
  readonly timeoutS: number | undefined;
}

/**
 * A compose project: services that are brought to what the file says, stopped and removed together.
 *
 * Errors: ProjectError, OperationFailedError, DockerError in the words of compose and the engine.
 * @source docker/compose 1.20.1 compose/project.py
 */
export class Project {
  readonly services: readonly Service[];
  readonly networks: ProjectNetworks;
  readonly volumes: ProjectVolumes;
  /** Output of containers that this command started. */
  readonly readers = new Map<Container, LogReader>();
  private readonly parallel: ParallelContext;

  constructor(
    readonly name: string,
    readonly config: ComposeConfig,
    readonly engine: DockerEngine,
    readonly output: ComposeOutput,
    progressText: ProgressText,
  ) {
    this.networks = new ProjectNetworks(engine, output, name, config);
    this.volumes = new ProjectVolumes(engine, output, name, config.volumes);
    this.parallel = { output, writer: new ParallelWriter(output), limit: new ParallelLimit() };
    this.services = config.services.map(
      (service) =>
        new Service(
          {
            ...this.parallel,
            engine,
            projectName: name,
            progressText,
            networksOf: (each) => this.networks.of(each),
            volumeName: (volume) => this.volumes.fullName(volume),
            readers: this.readers,
          },
          service,
        ),
    );
  }

  get serviceNames(): readonly string[] {
    return this.services.map((service) => service.name);
  }

  /** Throws NoSuchService. */
  service(name: string): Service {
    const service = this.services.find((each) => each.name === name);
    if (service === undefined) throw new NoSuchService(name);
    return service;
  }

  /** Those named (all when none is), in the project's order; with what they need before them when asked. Throws NoSuchService. */
  select(names: readonly string[], withDependencies = false): Service[] {
    const wanted = names.map((name) => this.service(name));
    const chosen = names.length === 0 ? [...this.services] : this.services.filter((service) => wanted.includes(service));
    if (!withDependencies) return chosen;
    const out = new Set<Service>();
    const add = (service: Service): void => {
      for (const dependency of this.dependenciesOf(service)) add(dependency);
      out.add(service);
    };
    for (const service of chosen) add(service);
    return [...out];
  }

  /** The project's containers, newest first. Throws NoSuchService. */
  containers(options: { readonly services?: readonly string[]; readonly stopped?: boolean; readonly oneOff?: OneOff } = {}): Container[] {
    const { services = [], stopped = false, oneOff = 'exclude' } = options;
    for (const name of services) this.service(name);
    const names = services.length > 0 ? services : this.serviceNames;
    return this.labelled(stopped, oneOff).filter((each) => names.includes(serviceOf(each)));
  }

  *up(options: UpOptions): Op<Container[]> {
    yield* this.initialize();
    if (!options.ignoreOrphans) yield* this.orphans(options.removeOrphans);
    const services = this.select(options.services, options.startDependencies);
    for (const service of services) yield* service.ensureImage(options.silentPull);
    const plans = this.plans(services, options);
    // Threads start in any order; when there is nothing to make, the engine's list, sorted by name, decides.
    const order = [...plans.values()].every((plan) => plan.action === 'noop') ? [...services].sort((a, b) => (a.name < b.name ? -1 : 1)) : services;
    const { results, errors } = yield* parallelExecute(this.parallel, {
      objects: order,
      run: (service) =>
        service.converge(plans.get(service) as ConvergencePlan, {
          timeoutS: options.timeoutS,
          detached: options.detached,
          start: options.start,
          scale: options.scale.get(service.name) ?? (options.rescale || plans.get(service)?.action === 'create' ? undefined : (plans.get(service)?.containers.length ?? 1)),
          renewAnonymousVolumes: options.renewAnonymousVolumes,
        }),
      nameOf: (service) => service.name,
      message: undefined,
      dependenciesOf: (service) => this.dependenciesOf(service),
    });
    if (errors.size > 0) throw new ProjectError('Encountered errors while bringing up the project.');
    return results.flat();
  }

  *initialize(): Op<void> {
    yield* this.networks.initialize();
    this.volumes.initialize();
  }

  *start(names: readonly string[]): Op<Container[]> {
    const started: Container[] = [];
    yield* parallelExecute(this.parallel, {
      objects: this.select(names),
      *run(service) {
        const containers = service.containers({ stopped: true });
        for (const container of containers) yield* service.startStopped(container);
        started.push(...containers);
      },
      nameOf: (service) => service.name,
      message: 'Starting',
      dependenciesOf: (service) => this.dependenciesOf(service),
    });
    return started;
  }

  *stop(names: readonly string[], timeoutS: number | undefined, oneOff: OneOff = 'exclude'): Op<void> {
    const containers = this.containers({ services: names, oneOff });
    yield* parallelExecute(this.parallel, {
      objects: containers,
      run: (container) => this.engine.stop(container, this.service(serviceOf(container)).stopTimeoutS(timeoutS)),
      nameOf: (container) => container.name,
      message: 'Stopping',
      dependenciesOf: (container) => containers.filter((other) => this.service(serviceOf(other)).dependencies.includes(serviceOf(container))),
    });
  }

  *restart(names: readonly string[], timeoutS: number | undefined): Op<Container[]> {
    const containers = this.containers({ services: names, stopped: true });
    yield* this.each(containers, 'Restarting', (container) => this.engine.restart(container, this.service(serviceOf(container)).stopTimeoutS(timeoutS)));
    return containers;
  }

  *kill(names: readonly string[], signal: Signal = 'SIGKILL'): Op<void> {
    yield* this.each(this.containers({ services: names }), 'Killing', (container) => this.engine.lifecycle.kill(container, signal));
  }

  *pause(names: readonly string[]): Op<Container[]> {
    const { engine } = this;
    const containers = this.containers({ services: names }).reverse();
    yield* this.each(containers, 'Pausing', function* (container) {
      engine.lifecycle.pause(container);
    });
    return containers;
  }

  *unpause(names: readonly string[]): Op<Container[]> {
    const { engine } = this;
    const containers = this.containers({ services: names });
    yield* this.each(containers, 'Unpausing', function* (container) {
      engine.lifecycle.unpause(container);
    });
    return containers;
  }

  *removeStopped(names: readonly string[], options: { readonly volumes: boolean; readonly oneOff: OneOff }): Op<void> {
    const stopped = this.containers({ services: names, stopped: true, oneOff: options.oneOff }).filter((each) => !each.running);
    yield* this.each(stopped, 'Removing', (container) => this.engine.remove(container, { volumes: options.volumes }));
  }

  *down(options: DownOptions): Op<void> {
    yield* this.stop([], options.timeoutS, 'include');
    if (!options.ignoreOrphans) yield* this.orphans(options.removeOrphans);
    yield* this.removeStopped([], { volumes: options.volumes, oneOff: 'include' });
    yield* this.networks.remove();
    if (options.volumes) this.volumes.remove();
    for (const service of this.services) this.removeImage(service, options.removeImages);
  }

  *pull(names: readonly string[], options: { readonly ignoreFailures: boolean; readonly parallel: boolean; readonly silent: boolean; readonly withDependencies: boolean }): Op<void> {
    const services = this.select(names, options.withDependencies);
    if (!options.parallel) {
      for (const service of services) yield* service.pull({ ignoreFailures: options.ignoreFailures, silent: options.silent });
      return;
    }
    const { errors } = yield* parallelExecute(this.parallel, {
      objects: services,
      run: (service) => service.pull({ ignoreFailures: options.ignoreFailures, silent: true }),
      nameOf: (service) => service.name,
      message: 'Pulling',
    });
    if (errors.size > 0) throw new ProjectError([...errors.values()].join('\n'));
  }

  private *each(containers: readonly Container[], message: string, run: (container: Container) => Op<void>): Op<void> {
    yield* parallelExecute(this.parallel, { objects: containers, run, nameOf: (container) => container.name, message });
  }

  private dependenciesOf(service: Service): Service[] {
    return service.dependencies.map((name) => this.service(name));
  }

  private labelled(stopped: boolean, oneOff: OneOff): Container[] {
    return this.engine.containers.filter((each) => {
      const { labels } = each.config;
      const isOneOff = labels.get(LABELS.oneOff) === 'True';
      const wanted = oneOff === 'include' || (oneOff === 'only') === isOneOff;
      return labels.get(LABELS.project) === this.name && wanted && (stopped || each.running || each.status === 'restarting');
    });
  }

  /** A service whose dependency is made anew is made anew too. */
  private plans(services: readonly Service[], options: UpOptions): Map<Service, ConvergencePlan> {
    const plans = new Map<Service, ConvergencePlan>();
    for (const service of services) {
      const upstream = this.dependenciesOf(service).some((each) => ['recreate', 'create'].includes(plans.get(each)?.action ?? ''));
      plans.set(service, service.plan(upstream && options.strategy !== 'never' ? 'always' : options.strategy));
    }
    return plans;
  }

  private *orphans(remove: boolean): Op<void> {
    const orphans = this.labelled(false, 'exclude').filter((each) => !this.serviceNames.includes(serviceOf(each)));
    if (orphans.length === 0) return;
    if (!remove) {
      this.output.warn(
        `Found orphan containers (${orphans.map((each) => each.name).join(', ')}) for this project. If you removed or renamed this service in your compose file, you can run this command with the --remove-orphans flag to clean it up.`,
      );
      return;
    }
    for (const orphan of orphans) {
      this.output.info(`Removing orphan container "${orphan.name}"`);
      yield* this.engine.remove(orphan, { force: true });
    }
  }

  private removeImage(service: Service, which: DownOptions['removeImages']): void {
    if (which === 'none' || (which === 'local' && service.config.options.has('image'))) return;
    this.output.info(`Removing image ${service.imageName}`);
    if (this.engine.images.find(service.imageName) === undefined) this.output.warn(`Image ${service.imageName} not found.`);
    else this.engine.images.remove(service.imageName, { force: true });
  }
}
