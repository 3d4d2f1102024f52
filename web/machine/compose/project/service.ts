import type { Op } from '../../../engine/kernel/task';
import type { Container } from '../../docker/container';
import type { CreateOptions } from '../../docker/container-factory';
import type { DockerEngine } from '../../docker/docker-engine';
import { DockerError } from '../../docker/docker-error';
import type { LogReader } from '../../docker/container-log';
import type { ServiceConfig } from '../config/compose-config';
import { toList } from '../config/service-merge';
import type { ComposeOutput } from './compose-output';
import { configHash } from './config-hash';
import { createOptionsOf } from './container-options';
import { pullImage, type ProgressText } from './image-puller';
import { COMPOSE_VERSION, LABELS } from './labels';
import { parallelExecute, type ParallelContext } from './parallel';
import { numberOf } from './project-container';
import { OperationFailedError } from './project-errors';

/** What services of one command share. */
export interface ServiceContext extends ParallelContext {
  readonly engine: DockerEngine;
  readonly output: ComposeOutput;
  readonly projectName: string;
  readonly progressText: ProgressText;
  /** Full names of the networks of each service's config, with the addresses and aliases asked for. */
  networksOf(config: ServiceConfig): readonly { readonly network: string; readonly aliases: readonly string[]; readonly address?: string }[];
  /** The full name of a declared volume. */
  volumeName(name: string): string;
  /** Output of containers that were attached before they started. */
  readonly readers: Map<Container, LogReader>;
}

export type RecreateStrategy = 'changed' | 'always' | 'never';

export interface ConvergencePlan {
  readonly action: 'create' | 'recreate' | 'start' | 'noop';
  readonly containers: readonly Container[];
}

export interface ConvergeOptions {
  readonly timeoutS: number | undefined;
  readonly detached: boolean;
  readonly start: boolean;
  readonly scale: number | undefined;
  readonly renewAnonymousVolumes: boolean;
}

/**
 * One service of a project: its containers, and how they come to be what the file says.
 * @source docker/compose 1.20.1 compose/service.py
 */
export class Service {
  constructor(
    private readonly context: ServiceContext,
    readonly config: ServiceConfig,
  ) {}

  get name(): string {
    return this.config.name;
  }

  get imageName(): string {
    const image = this.config.options.get('image');
    return typeof image === 'string' ? image : `${this.context.projectName}_${this.name}`;
  }

  get scale(): number {
    const scale = this.config.options.get('scale');
    return typeof scale === 'number' ? scale : 1;
  }

  /** Names of services that must be there first. */
  get dependencies(): readonly string[] {
    const shared = [this.config.options.get('network_mode'), this.config.options.get('pid')].flatMap((mode) => /^service:(.*)$/.exec(String(mode ?? ''))?.[1] ?? []);
    const linked = [...toList(this.config.options.get('links')), ...toList(this.config.options.get('volumes_from'))].map((each) => String(each).split(':')[0] as string);
    return [...new Set([...linked, ...shared, ...this.config.dependsOn])];
  }

  containers(options: { readonly stopped?: boolean; readonly oneOff?: boolean } = {}): Container[] {
    return this.context.engine.containers.filter(
      (each) =>
        each.config.labels.get(LABELS.project) === this.context.projectName &&
        each.config.labels.get(LABELS.service) === this.name &&
        each.config.labels.get(LABELS.oneOff) === (options.oneOff === true ? 'True' : 'False') &&
        (options.stopped === true || each.running || each.status === 'restarting'),
    );
  }

  /** The running one of that number. */
  container(number: number): Container | undefined {
    return this.containers().find((each) => numberOf(each) === number);
  }

  containerName(number: number, oneOff = false): string {
    const custom = this.config.options.get('container_name');
    if (typeof custom === 'string' && !oneOff) return custom;
    return `${this.context.projectName}_${this.name}_${oneOff ? 'run_' : ''}${number}`;
  }

  *ensureImage(silent: boolean): Op<void> {
    if (this.context.engine.images.find(this.imageName) !== undefined) return;
    if (this.config.options.has('build')) throw new OperationFailedError(`Service '${this.name}' must be built, and building images is not simulated yet.`);
    yield* this.pull({ silent, ignoreFailures: false });
  }

  *pull(options: { readonly silent: boolean; readonly ignoreFailures: boolean }): Op<void> {
    if (!this.config.options.has('image')) return;
    const { output, engine, progressText } = this.context;
    const [, repository = this.imageName, tag = 'latest'] = /^(.*?)(?::([^:/]*))?$/.exec(this.imageName) ?? [];
    if (!options.silent) output.info(`Pulling ${this.name} (${repository}:${tag === '' ? 'latest' : tag})...`);
    try {
      yield* pullImage(engine, output, `${repository}:${tag === '' ? 'latest' : tag}`, { silent: options.silent, progressText });
    } catch (error) {
      if (!(error instanceof DockerError) || !options.ignoreFailures) throw error;
      output.error(error.message);
    }
  }

  plan(strategy: RecreateStrategy): ConvergencePlan {
    const containers = this.containers({ stopped: true });
    if (containers.length === 0) return { action: 'create', containers };
    if (strategy === 'never') return { action: 'start', containers };
    if (strategy === 'always' || this.haveDiverged(containers)) return { action: 'recreate', containers };
    const stopped = containers.filter((each) => !each.running);
    return stopped.length > 0 ? { action: 'start', containers: stopped } : { action: 'noop', containers };
  }

  /** Throws OperationFailedError. */
  *converge(plan: ConvergencePlan, options: ConvergeOptions): Op<Container[]> {
    const scale = options.scale ?? this.scale;
    const containers = [...plan.containers].sort((a, b) => numberOf(a) - numberOf(b));
    this.warnOfScale(scale);
    if (plan.action === 'create') return yield* this.create(scale, options);
    if (plan.action === 'recreate') return yield* this.recreate(containers, scale, options);
    if (plan.action === 'start' || scale !== containers.length) return yield* this.startThese(containers, scale, options);
    for (const container of containers) this.context.output.info(`${container.name} is up-to-date`);
    return containers;
  }

  /** `docker-compose scale`. */
  *scaleTo(wanted: number, timeoutS: number | undefined): Op<void> {
    this.warnOfScale(wanted);
    const running = this.containers();
    if (running.length === wanted) {
      this.context.output.info('Desired container number already achieved');
      return;
    }
    const sorted = (list: readonly Container[]): Container[] => [...list].sort((a, b) => numberOf(a) - numberOf(b));
    const options = { timeoutS, detached: true, start: true, scale: wanted, renewAnonymousVolumes: false };
    if (wanted > running.length) yield* this.startThese(sorted(this.containers({ stopped: true })), wanted, options);
    else yield* this.downscale(sorted(running).slice(wanted), timeoutS);
  }

  *createContainer(options: { readonly number?: number; readonly oneOff?: boolean; readonly previous?: Container; readonly override?: Partial<CreateOptions> }): Op<Container> {
    const oneOff = options.oneOff === true;
    const number = options.number ?? this.nextNumber(oneOff);
    const { engine, projectName } = this.context;
    const labels = new Map([
      [LABELS.project, projectName], [LABELS.service, this.name], [LABELS.oneOff, oneOff ? 'True' : 'False'], [LABELS.number, String(number)], [LABELS.version, COMPOSE_VERSION],
      ...(options.override === undefined ? ([[LABELS.configHash, this.hash()]] as const) : []),
    ] as [string, string][]);
    try {
      const base = createOptionsOf(this.config, { image: this.imageName, networks: this.context.networksOf(this.config), volumeName: (name) => this.context.volumeName(name) });
      return yield* engine.create({
        name: this.containerName(number, oneOff),
        ...base,
        ...options.override,
        labels: new Map([...(base.labels ?? []), ...(options.override?.labels ?? []), ...labels]),
        ...(options.previous === undefined ? {} : { volumesOf: options.previous }),
      });
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      throw new OperationFailedError(`Cannot create container for service ${this.name}: ${error.message}`);
    }
  }

  *startContainer(container: Container): Op<void> {
    try {
      yield* this.context.engine.start(container);
    } catch (error) {
      if (!(error instanceof DockerError)) throw error;
      throw new OperationFailedError(`Cannot start service ${this.name}: ${error.message}`);
    }
  }

  *startStopped(container: Container): Op<void> {
    if (!container.running) yield* this.startContainer(container);
  }

  stopTimeoutS(asked: number | undefined): number {
    if (asked !== undefined) return asked;
    const grace = this.config.options.get('stop_grace_period');
    return typeof grace === 'string' ? secondsOf(grace) : 10;
  }

  nextNumber(oneOff: boolean): number {
    return Math.max(0, ...this.containers({ stopped: true, oneOff }).map(numberOf)) + 1;
  }

  private hash(): string {
    const { engine } = this.context;
    return configHash(this.config, engine.images.find(this.imageName)?.id ?? '', this.context.networksOf(this.config));
  }

  private haveDiverged(containers: readonly Container[]): boolean {
    return this.context.engine.images.find(this.imageName) === undefined || containers.some((each) => each.config.labels.get(LABELS.configHash) !== this.hash());
  }

  private warnOfScale(wanted: number): void {
    if (wanted <= 1) return;
    const custom = this.config.options.get('container_name');
    if (typeof custom === 'string') {
      this.context.output.warn(
        `The "${this.name}" service is using the custom container name "${custom}". Docker requires each container to have a unique name. Remove the custom name to scale the service.`,
      );
    }
    if (!this.config.ports.some((port) => port.published !== undefined)) return;
    this.context.output.warn(
      `The "${this.name}" service specifies a port on the host. If multiple containers for this service are created on a single host, the port will clash.`,
    );
  }

  private attach(container: Container, options: ConvergeOptions): void {
    if (!options.detached && !this.context.readers.has(container)) this.context.readers.set(container, container.log.attach());
  }

  private *create(count: number, options: ConvergeOptions): Op<Container[]> {
    const first = this.nextNumber(false);
    const service = this;
    const { results, errors } = yield* parallelExecute(this.context, {
      objects: Array.from({ length: count }, (_unused, index) => first + index),
      *run(number) {
        const container = yield* service.createContainer({ number });
        service.attach(container, options);
        if (options.start) yield* service.startContainer(container);
        return container;
      },
      nameOf: (number) => this.containerName(number),
      message: 'Creating',
    });
    failWithFirst(errors);
    return results;
  }

  private *recreate(containers: readonly Container[], scale: number, options: ConvergeOptions): Op<Container[]> {
    if (containers.length > scale) yield* this.downscale(containers.slice(scale), options.timeoutS);
    const service = this;
    const { results, errors } = yield* parallelExecute(this.context, {
      objects: containers.slice(0, scale),
      run: (container) => service.recreateContainer(container, options),
      nameOf: (container) => container.name,
      message: 'Recreating',
    });
    failWithFirst(errors);
    if (results.length < scale) results.push(...(yield* this.create(scale - results.length, options)));
    return results;
  }

  /** The old one keeps its data for the new one: it is renamed, its anonymous volumes move on, then it goes. */
  private *recreateContainer(old: Container, options: ConvergeOptions): Op<Container> {
    const { engine } = this.context;
    yield* engine.stop(old, this.stopTimeoutS(options.timeoutS));
    const name = old.name;
    if (!old.name.startsWith(old.shortId)) engine.rename(old, `${old.shortId}_${old.name}`);
    const container = yield* this.createContainer({ number: numberOf(old), ...(options.renewAnonymousVolumes ? {} : { previous: old }), override: undefined });
    if (container.name !== name && this.config.options.get('container_name') === undefined) engine.rename(container, name);
    this.attach(container, options);
    if (options.start) yield* this.startContainer(container);
    yield* engine.remove(old);
    return container;
  }

  private *startThese(containers: readonly Container[], scale: number, options: ConvergeOptions): Op<Container[]> {
    if (containers.length > scale) yield* this.downscale(containers.slice(scale), options.timeoutS);
    const kept = containers.slice(0, scale);
    const service = this;
    if (options.start) {
      const { errors } = yield* parallelExecute(this.context, {
        objects: kept,
        *run(container) {
          if (container.running) return;
          service.attach(container, options);
          yield* service.startContainer(container);
        },
        nameOf: (container) => container.name,
        message: 'Starting',
      });
      failWithFirst(errors);
    }
    return kept.length < scale ? [...kept, ...(yield* this.create(scale - kept.length, options))] : kept;
  }

  private *downscale(containers: readonly Container[], timeoutS: number | undefined): Op<void> {
    const { engine } = this.context;
    const seconds = this.stopTimeoutS(timeoutS);
    yield* parallelExecute(this.context, {
      objects: containers,
      *run(container) {
        yield* engine.stop(container, seconds);
        yield* engine.remove(container);
      },
      nameOf: (container) => container.name,
      message: 'Stopping and removing',
    });
  }
}

function failWithFirst(errors: ReadonlyMap<string, string>): void {
  for (const error of errors.values()) throw new OperationFailedError(error);
}

const UNIT_S: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001, us: 0.000001 };

/** `1m30s` in seconds. */
function secondsOf(text: string): number {
  return [...text.matchAll(/([\d.]+)(ms|us|h|m|s)/g)].reduce((sum, part) => sum + Number(part[1]) * (UNIT_S[part[2] as string] as number), 0);
}
