import { Machine } from '../os/machine';
import type { Bind, ContainerConfig, ContainerMount, NetworkRequest } from './container';
import { Container } from './container';
import { randomName } from './container-names';
import type { DockerEngine } from './docker-engine';
import { DockerError } from './docker-error';
import type { Image } from './image';
import { parseImageReference } from './image-reference';
import { VOLUMES_DIRECTORY } from './volume-store';

/** What `docker create` was asked for. What is left out comes from the image. */
export interface CreateOptions {
  readonly image: string;
  readonly name?: string;
  readonly hostname?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly env?: readonly string[];
  readonly workingDir?: string;
  readonly user?: string;
  readonly tty?: boolean;
  readonly openStdin?: boolean;
  readonly labels?: ReadonlyMap<string, string>;
  readonly exposedPorts?: readonly string[];
  readonly portBindings?: ContainerConfig['portBindings'];
  /** `-P`: every exposed port gets a port of the laptop. */
  readonly publishAll?: boolean;
  readonly binds?: readonly Bind[];
  readonly restartPolicy?: ContainerConfig['restartPolicy'];
  /** `bridge` unless said; `container:NAME` is not simulated. */
  readonly networkMode?: string;
  readonly networks?: readonly NetworkRequest[];
  readonly autoRemove?: boolean;
  readonly extraHosts?: readonly (readonly [string, string])[];
  readonly stopSignal?: string;
  readonly stopTimeoutS?: number;
  /** Where anonymous volumes come from when a container is made anew. */
  readonly volumesOf?: Container;
}

const LAST_PORT = 65535;
const NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]+$/;

/** Makes containers: checks the request, fills in the image's defaults, prepares volumes and networks. */
export class ContainerFactory {
  constructor(private readonly engine: DockerEngine) {}

  /** Throws DockerError. */
  create(options: CreateOptions): Container {
    const image = this.imageOf(options.image);
    const { sim } = this.engine;
    const random = sim.random('docker');
    if (options.name !== undefined) this.checkName(options.name);
    const config = this.configOf(options, image);
    checkPorts(config);
    if ((config.entrypoint ?? []).length + config.cmd.length === 0) throw new DockerError('No command specified', 400);
    const networks = this.networksOf(options, config);
    for (const request of networks) this.engine.networks.get(request.network);
    const id = random.hex(64);
    const name = options.name ?? randomName(random, (each) => this.engine.containers.some((one) => one.name === each));
    const container = new Container(id, name, image, { ...config, hostname: config.hostname || id.slice(0, 12) }, this.machine(config.hostname || id.slice(0, 12)), sim.dateMs());
    container.mounts.push(...this.mounts(options, image));
    for (const request of networks) this.engine.networks.connect(container, { ...request, aliases: this.aliases(request, container) });
    return container;
  }

  checkName(name: string): void {
    if (!NAME.test(name)) throw new DockerError(`Invalid container name (${name}), only [a-zA-Z0-9][a-zA-Z0-9_.-] are allowed`, 400);
    const owner = this.engine.containers.find((each) => each.name === name);
    if (owner === undefined) return;
    throw new DockerError(
      `Conflict. The container name "/${name}" is already in use by container "${owner.id}". You have to remove (or rename) that container to be able to reuse that name.`,
      409,
    );
  }

  private imageOf(name: string): Image {
    const image = this.engine.images.find(name);
    if (image !== undefined) return image;
    const { tagGiven } = parseImageReference(name);
    throw new DockerError(`No such image: ${tagGiven ? name : `${name}:latest`}`, 404);
  }

  private configOf(options: CreateOptions, image: Image): ContainerConfig {
    const own = image.config;
    const env = new Map<string, string>();
    for (const entry of [...own.env, ...(options.env ?? [])]) {
      const at = entry.indexOf('=');
      if (at < 0) env.delete(entry);
      else env.set(entry.slice(0, at), entry.slice(at + 1));
    }
    const entrypointGiven = options.entrypoint !== undefined;
    const exposedPorts = [...new Set([...own.exposedPorts, ...(options.exposedPorts ?? []), ...(options.portBindings ?? []).map((each) => each.containerPort)])];
    const portBindings = [...(options.portBindings ?? [])];
    if (options.publishAll === true) {
      for (const port of exposedPorts) if (!portBindings.some((each) => each.containerPort === port)) portBindings.push({ containerPort: port, hostIp: '0.0.0.0', hostPort: 0 });
    }
    return {
      imageName: options.image,
      hostname: options.hostname ?? '',
      entrypoint: entrypointGiven ? options.entrypoint?.filter((word) => word !== '') : own.entrypoint,
      cmd: options.cmd ?? (entrypointGiven ? [] : own.cmd),
      env: [...env].map(([key, value]) => `${key}=${value}`),
      workingDir: options.workingDir ?? own.workingDir,
      user: options.user ?? '',
      tty: options.tty ?? false,
      openStdin: options.openStdin ?? false,
      labels: options.labels ?? new Map(),
      exposedPorts,
      portBindings,
      restartPolicy: options.restartPolicy ?? { name: 'no', maximumRetryCount: 0 },
      networkMode: options.networkMode ?? 'bridge',
      autoRemove: options.autoRemove ?? false,
      extraHosts: options.extraHosts ?? [],
      stopSignal: options.stopSignal ?? 'SIGTERM',
      stopTimeoutS: options.stopTimeoutS ?? 10,
    };
  }

  private networksOf(options: CreateOptions, config: ContainerConfig): readonly NetworkRequest[] {
    if (options.networks !== undefined && options.networks.length > 0) return options.networks;
    const mode = config.networkMode === 'default' ? 'bridge' : config.networkMode;
    if (mode.startsWith('container:')) throw new DockerError('sharing the network of another container is not simulated', 400);
    return [{ network: mode, aliases: [] }];
  }

  /** In networks with names a container is also known by the first digits of its id. */
  private aliases(request: NetworkRequest, container: Container): readonly string[] {
    return request.network === 'bridge' ? [] : [...new Set([...request.aliases, container.shortId])];
  }

  private machine(hostname: string): Machine {
    const { sim, network, memory, tasks, laptop } = this.engine.options;
    return new Machine({ sim, host: network.addHost(hostname), storage: laptop.files.storage, memory, tasks });
  }

  private mounts(options: CreateOptions, image: Image): ContainerMount[] {
    const mounts = (options.binds ?? []).map((bind) => this.mountOf(bind));
    for (const destination of image.config.volumes) {
      if (mounts.some((mount) => mount.destination === destination)) continue;
      const before = options.volumesOf?.mounts.find((mount) => mount.destination === destination && mount.type === 'volume');
      mounts.push(before ?? this.mountOf({ source: undefined, target: destination, readOnly: false }));
    }
    return mounts;
  }

  private mountOf(bind: Bind): ContainerMount {
    const { source, target: destination, readOnly } = bind;
    if (!destination.startsWith('/')) throw new DockerError(`invalid volume specification: '${source ?? ''}:${destination}': invalid mount config for type "volume": invalid mount path: '${destination}' mount path must be absolute`, 400);
    if (source?.startsWith('/') === true) return { type: 'bind', name: '', source, destination, readOnly };
    const name = source ?? this.engine.sim.random('docker').hex(64);
    if (!NAME.test(name)) throw new DockerError(`create ${name}: "${name}" includes invalid characters for a local volume name, only "[a-zA-Z0-9][a-zA-Z0-9_.-]" are allowed. If you intended to pass a host directory, use absolute path`, 400);
    this.engine.volumes.create(name, { anonymous: source === undefined });
    return { type: 'volume', name, source: `${VOLUMES_DIRECTORY}/${name}/_data`, destination, readOnly };
  }
}

/** Throws DockerError: the engine is the first to look at the numbers that a compose file gives. */
function checkPorts(config: ContainerConfig): void {
  for (const { containerPort, hostPort } of config.portBindings) {
    const inside = containerPort.split('/')[0] as string;
    const wrong = [inside, String(hostPort)].find((port) => Number(port) > LAST_PORT);
    if (wrong !== undefined) throw new DockerError(`invalid port specification: "${wrong}"`, 400);
  }
}
