import type { Host } from '../../engine/network/host';
import type { Segment } from '../../engine/network/segment';

/** A container's place in a network. */
export interface NetworkEndpoint {
  readonly containerId: string;
  readonly containerName: string;
  readonly endpointId: string;
  /** Empty while the container does not run. */
  address: string;
  aliases: readonly string[];
  /** An address that was asked for. */
  readonly wantedAddress?: string;
}

/** A bridge network: a subnet, and in user-defined ones names that resolve. */
export class DockerNetwork {
  /** By container id, in the order of connecting. */
  readonly endpoints = new Map<string, NetworkEndpoint>();
  private readonly taken = new Set<string>();

  constructor(
    readonly id: string,
    readonly name: string,
    readonly driver: 'bridge' | 'host' | 'none',
    /** Undefined for `host` and `none`. */
    readonly segment: Segment | undefined,
    /** `172.18.0.0/16`. */
    readonly subnet: string,
    readonly createdMs: number,
    readonly labels: ReadonlyMap<string, string>,
    readonly internal: boolean,
  ) {}

  get gateway(): string {
    return this.segment?.gateway ?? '';
  }

  /** Docker's embedded DNS serves every network but the default one. */
  get resolvesNames(): boolean {
    return this.segment !== undefined && this.name !== 'bridge';
  }

  /** Attaches a running container: an address, its names, its reverse name. */
  join(endpoint: NetworkEndpoint, host: Host): void {
    if (this.segment === undefined) return;
    endpoint.address = this.segment.attach(host, { address: endpoint.wantedAddress ?? this.freeAddress() });
    this.taken.add(endpoint.address);
    if (!this.resolvesNames) return;
    for (const name of new Set([endpoint.containerName, ...endpoint.aliases])) this.segment.addName(name, endpoint.address);
    this.segment.setReverseName(endpoint.address, `${endpoint.containerName}.${this.name}`);
  }

  leave(endpoint: NetworkEndpoint, host: Host): void {
    this.segment?.detach(host);
    this.taken.delete(endpoint.address);
    endpoint.address = '';
  }

  private freeAddress(): string {
    const start = this.subnet.split('/')[0]?.split('.').slice(0, 2).join('.') ?? '';
    const third = Number(this.subnet.split('.')[2]);
    for (let number = 2; ; number++) {
      const address = `${start}.${third + (number >> 8)}.${number & 255}`;
      if (!this.taken.has(address)) return address;
    }
  }
}
