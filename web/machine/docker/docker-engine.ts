import type { Simulation } from '../../engine/kernel/simulation';
import type { Op } from '../../engine/kernel/task';
import { sleep } from '../../engine/kernel/waitables';
import type { Network } from '../../engine/network/network';
import type { Machine } from '../os/machine';
import type { Memory } from '../os/memory';
import type { TaskLimit } from '../os/machine';
import type { Container } from './container';
import { ContainerFactory, type CreateOptions } from './container-factory';
import { ContainerLifecycle } from './container-lifecycle';
import { DOCKER_COSTS } from './docker-costs';
import { DockerError } from './docker-error';
import { DockerEvents } from './docker-events';
import { type ExecOptions, ExecSession } from './exec-session';
import type { Image } from './image';
import { ImagePull, type PullEvent } from './image-pull';
import { ImageStore } from './image-store';
import { NetworkStore } from './network-store';
import { VolumeStore } from './volume-store';

export interface DockerEngineOptions {
  readonly sim: Simulation;
  readonly network: Network;
  /** Where the engine runs: its ports, its disk, its memory. */
  readonly laptop: Machine;
  readonly memory: Memory;
  readonly tasks: TaskLimit;
  /** What the registry offers. */
  readonly registry: readonly Image[];
}

/**
 * The Docker engine of the laptop: images, containers, networks and volumes.
 *
 * Its methods are what its HTTP API offers. Those that take time are Ops; all throw DockerError in the engine's words.
 * Simplified: clients call it directly and pay the time of a request, instead of speaking HTTP over a socket.
 * Trace: `container.started`, `container.stopped`.
 * @source docker-ce 18.03.0 components/engine/daemon
 */
export class DockerEngine {
  readonly sim: Simulation;
  readonly laptop: Machine;
  readonly events: DockerEvents;
  readonly images: ImageStore;
  readonly networks: NetworkStore;
  readonly volumes: VolumeStore;
  readonly lifecycle: ContainerLifecycle;
  private readonly factory: ContainerFactory;
  private readonly byId = new Map<string, Container>();
  /** What `containers` gives, until one comes or goes. */
  private newestFirst: readonly Container[] | undefined;

  constructor(readonly options: DockerEngineOptions) {
    this.sim = options.sim;
    this.laptop = options.laptop;
    this.events = new DockerEvents(this.sim);
    this.images = new ImageStore(options.registry, (image) => this.containers.find((each) => each.image === image)?.shortId);
    this.networks = new NetworkStore(options, this.events);
    this.volumes = new VolumeStore(options.laptop.files, this.sim, (volume) =>
      this.containers.filter((each) => each.mounts.some((mount) => mount.name === volume.name)).map((each) => each.id),
    );
    this.lifecycle = new ContainerLifecycle(this);
    this.factory = new ContainerFactory(this);
  }

  /** All containers, newest first, as `docker ps -a` lists them. */
  get containers(): readonly Container[] {
    this.newestFirst ??= [...this.byId.values()].reverse();
    return this.newestFirst;
  }

  /** By name, by full id or by the first digits of an id. */
  findContainer(name: string): Container | undefined {
    const exact = this.byId.get(name);
    if (exact !== undefined) return exact;
    const plain = name.replace(/^\//, '');
    for (const container of this.byId.values()) if (container.name === plain) return container;
    if (!/^[0-9a-f]+$/.test(name)) return undefined;
    for (const container of this.byId.values()) if (container.id.startsWith(name)) return container;
    return undefined;
  }

  /** Throws DockerError `No such container`. */
  container(name: string): Container {
    const container = this.findContainer(name);
    if (container === undefined) throw new DockerError(`No such container: ${name}`, 404);
    return container;
  }

  *create(options: CreateOptions): Op<Container> {
    yield* sleep(this.sim, DOCKER_COSTS.createContainerUs);
    const container = this.factory.create(options);
    this.byId.set(container.id, container);
    this.newestFirst = undefined;
    this.event(container, 'create');
    return container;
  }

  *start(container: Container): Op<void> {
    yield* this.lifecycle.start(container);
  }

  *stop(container: Container, timeoutS = container.config.stopTimeoutS): Op<void> {
    yield* this.lifecycle.stop(container, timeoutS);
  }

  *restart(container: Container, timeoutS = container.config.stopTimeoutS): Op<void> {
    yield* this.lifecycle.stop(container, timeoutS);
    yield* this.lifecycle.start(container);
    this.event(container, 'restart');
  }

  /** Waits until the container does not run and returns its exit code. */
  *wait(container: Container): Op<number> {
    while (container.running || container.status === 'restarting') yield container.changed;
    return container.exitCode;
  }

  *remove(container: Container, options: { readonly force?: boolean; readonly volumes?: boolean } = {}): Op<void> {
    yield* sleep(this.sim, DOCKER_COSTS.requestUs);
    if (this.byId.get(container.id) !== container) throw new DockerError(`No such container: ${container.id}`, 404);
    if (container.running || container.status === 'restarting') {
      if (options.force !== true) {
        const what = container.status === 'paused' ? 'a paused' : container.status === 'restarting' ? 'a restarting' : 'a running';
        const hint = container.status === 'paused' ? 'Unpause and then stop the container' : 'Stop the container';
        throw new DockerError(`You cannot remove ${what} container ${container.id}. ${hint} before attempting removal or force remove`, 409);
      }
      yield* this.lifecycle.kill(container, 'SIGKILL');
    }
    yield* sleep(this.sim, DOCKER_COSTS.removeContainerUs);
    this.discard(container, options.volumes === true);
  }

  /** Takes a container that has ended out of the engine. */
  discard(container: Container, withVolumes: boolean): void {
    if (!this.byId.delete(container.id)) return;
    this.newestFirst = undefined;
    container.setStatus('removing');
    this.networks.disconnectAll(container);
    container.machine.files.removeTree('/tmp');
    this.options.network.removeHost(container.machine.host);
    for (const mount of withVolumes ? container.mounts : []) {
      const volume = this.volumes.find(mount.name);
      if (volume?.anonymous === true && this.containers.every((each) => each.mounts.every((one) => one.name !== mount.name))) {
        this.volumes.remove(mount.name);
      }
    }
    this.event(container, 'destroy');
  }

  /** Throws DockerError when the name is taken. */
  rename(container: Container, name: string): void {
    this.factory.checkName(name);
    container.name = name;
    this.networks.renamed(container);
    this.event(container, 'rename');
  }

  *exec(container: Container, options: ExecOptions): Op<ExecSession> {
    yield* sleep(this.sim, DOCKER_COSTS.requestUs);
    if (!container.running) throw new DockerError(`Container ${container.id} is not running`, 409);
    if (container.status === 'paused') throw new DockerError(`Container ${container.id} is paused, unpause the container before exec`, 409);
    yield* sleep(this.sim, DOCKER_COSTS.execUs);
    if (!container.running) throw new DockerError(`Container ${container.id} is not running`, 409);
    return new ExecSession(container, options);
  }

  pull(name: string, onEvent: (event: PullEvent) => Op<void>): Op<Image> {
    return new ImagePull(this.sim, this.images).run(name, onEvent);
  }

  event(container: Container, action: string, more: readonly (readonly [string, string])[] = []): void {
    const attributes = new Map([...container.config.labels, ['image', container.config.imageName], ['name', container.name], ...more] as [string, string][]);
    this.events.add('container', action, container.id, attributes);
  }
}
