import type { Op } from '../../engine/kernel/task';
import { Condition } from '../../engine/kernel/waitables';
import type { Machine } from '../os/machine';
import type { Process } from '../os/process';
import type { Terminal } from '../os/terminal';
import { ContainerLog } from './container-log';
import type { Image } from './image';
import type { NetworkEndpoint } from './docker-network';
import type { PublishedPort } from './port-proxy';

/** `-p 127.0.0.1:9092:9092/tcp`. */
export interface PortBinding {
  /** `9092/tcp`. */
  readonly containerPort: string;
  /** `0.0.0.0` for all addresses. */
  readonly hostIp: string;
  /** 0 lets the engine choose. */
  readonly hostPort: number;
}

/** `-v source:target:ro`. */
export interface Bind {
  /** A path of the laptop, or a volume's name; undefined asks for an anonymous volume. */
  readonly source: string | undefined;
  readonly target: string;
  readonly readOnly: boolean;
}

export interface RestartPolicy {
  readonly name: 'no' | 'always' | 'on-failure' | 'unless-stopped';
  readonly maximumRetryCount: number;
}

export interface NetworkRequest {
  readonly network: string;
  readonly aliases: readonly string[];
  readonly address?: string;
}

/** What a container is made from: the options of `docker create` after the image's defaults were filled in. */
export interface ContainerConfig {
  /** As the user wrote it. */
  readonly imageName: string;
  readonly hostname: string;
  readonly entrypoint: readonly string[] | undefined;
  readonly cmd: readonly string[];
  /** `KEY=VALUE`, the image's own first. */
  readonly env: readonly string[];
  readonly workingDir: string;
  readonly user: string;
  readonly tty: boolean;
  readonly openStdin: boolean;
  readonly labels: ReadonlyMap<string, string>;
  readonly exposedPorts: readonly string[];
  readonly portBindings: readonly PortBinding[];
  readonly restartPolicy: RestartPolicy;
  readonly networkMode: string;
  readonly autoRemove: boolean;
  readonly extraHosts: readonly (readonly [string, string])[];
  readonly stopSignal: string;
  readonly stopTimeoutS: number;
}

export interface ContainerMount {
  readonly type: 'bind' | 'volume';
  /** The volume's name; empty for a bind. */
  readonly name: string;
  readonly source: string;
  readonly destination: string;
  readonly readOnly: boolean;
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'exited' | 'removing';

/** One container: a machine with the image's files, a first process while it runs, and what it wrote. */
export class Container {
  name: string;
  readonly log: ContainerLog;
  /** By network name. */
  readonly networks = new Map<string, NetworkEndpoint>();
  readonly mounts: ContainerMount[] = [];
  ports: PublishedPort[] = [];
  status: ContainerStatus = 'created';
  exitCode = 0;
  error = '';
  /** Milliseconds since 1970; 0 before the first start. */
  startedMs = 0;
  finishedMs = 0;
  restartCount = 0;
  main: Process | undefined;
  terminal: Terminal | undefined;
  /** The writing end of the first process's standard input, while somebody may write there. */
  stdin: { write(bytes: Uint8Array, by: Process): Op<void>; close(): void } | undefined;
  /** The user stopped it, so no restart policy starts it again. */
  stoppedByUser = false;
  filesReady = false;
  /** Notified whenever the status changes. */
  readonly changed = new Condition();

  constructor(
    /** 64 hexadecimal digits. */
    readonly id: string,
    name: string,
    readonly image: Image,
    readonly config: ContainerConfig,
    readonly machine: Machine,
    readonly createdMs: number,
  ) {
    this.name = name;
    this.log = new ContainerLog(machine.sim);
  }

  get shortId(): string {
    return this.id.slice(0, 12);
  }

  /** True while its processes exist, frozen or not. */
  get running(): boolean {
    return this.status === 'running' || this.status === 'paused';
  }

  /** The first process's command line: entry point, then arguments. */
  get argv(): readonly string[] {
    return [...(this.config.entrypoint ?? []), ...this.config.cmd];
  }

  /** The address that it has now in the first of its networks; empty when it does not run. */
  get address(): string {
    for (const endpoint of this.networks.values()) if (endpoint.address !== '') return endpoint.address;
    return '';
  }

  setStatus(status: ContainerStatus): void {
    this.status = status;
    this.changed.notifyAll();
  }
}
