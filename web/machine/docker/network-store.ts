import type { Simulation } from '../../engine/kernel/simulation';
import type { Network } from '../../engine/network/network';
import type { Machine } from '../os/machine';
import type { Container, NetworkRequest } from './container';
import { DockerError } from './docker-error';
import type { DockerEvents } from './docker-events';
import { DockerNetwork, type NetworkEndpoint } from './docker-network';

const FIRST_SUBNET = 17;
const LAST_SUBNET = 31;
const PREDEFINED = ['bridge', 'host', 'none'];

interface NetworkStoreOptions {
  readonly sim: Simulation;
  readonly network: Network;
  readonly laptop: Machine;
}

/** The engine's networks: the three that are always there, and those that were made. */
export class NetworkStore {
  private readonly byName = new Map<string, DockerNetwork>();

  constructor(
    private readonly options: NetworkStoreOptions,
    private readonly events: DockerEvents,
  ) {
    for (const driver of ['bridge', 'host', 'none'] as const) this.add(driver, driver, { labels: new Map(), internal: false });
  }

  /** Sorted by name, as `docker network ls` lists them. */
  list(): readonly DockerNetwork[] {
    return [...this.byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  find(name: string): DockerNetwork | undefined {
    const exact = this.byName.get(name);
    if (exact !== undefined || !/^[0-9a-f]+$/.test(name)) return exact;
    return this.list().find((network) => network.id.startsWith(name));
  }

  /** Throws DockerError. */
  get(name: string): DockerNetwork {
    const network = this.find(name);
    if (network === undefined) throw new DockerError(`network ${name} not found`, 404);
    return network;
  }

  /** Throws DockerError when the name or the subnet is taken. */
  create(name: string, options: { readonly labels?: ReadonlyMap<string, string>; readonly internal?: boolean; readonly subnet?: string } = {}): DockerNetwork {
    if (this.byName.has(name)) throw new DockerError(`network with name ${name} already exists`, 409);
    const network = this.add(name, 'bridge', { labels: options.labels ?? new Map(), internal: options.internal ?? false, subnet: options.subnet });
    this.events.add('network', 'create', network.id, new Map([['name', name], ['type', 'bridge']]));
    return network;
  }

  /** Throws DockerError when it is not there, predefined or in use. */
  remove(name: string): void {
    const network = this.get(name);
    if (PREDEFINED.includes(network.name)) throw new DockerError(`${network.name} is a pre-defined network and cannot be removed`, 409);
    const active = [...network.endpoints.values()].filter((endpoint) => endpoint.address !== '');
    if (active.length > 0) throw new DockerError(`network ${network.name} id ${network.id} has active endpoints`, 409);
    network.segment?.detach(this.options.laptop.host);
    this.byName.delete(network.name);
    this.events.add('network', 'destroy', network.id, new Map([['name', network.name], ['type', 'bridge']]));
  }

  /** Gives a container its place; a running one is attached at once. Throws DockerError. */
  connect(container: Container, request: NetworkRequest): void {
    const network = this.get(request.network);
    if (container.networks.has(network.name)) {
      throw new DockerError(`endpoint with name ${container.name} already exists in network ${network.name}`, 409);
    }
    const endpoint: NetworkEndpoint = {
      containerId: container.id,
      containerName: container.name,
      endpointId: this.options.sim.random('docker').hex(64),
      address: '',
      aliases: request.aliases,
      ...(request.address === undefined ? {} : { wantedAddress: request.address }),
    };
    container.networks.set(network.name, endpoint);
    network.endpoints.set(container.id, endpoint);
    if (container.running) network.join(endpoint, container.machine.host);
  }

  disconnect(container: Container, name: string): void {
    const network = this.get(name);
    const endpoint = container.networks.get(network.name);
    if (endpoint === undefined) throw new DockerError(`container ${container.id} is not connected to network ${network.name}`, 409);
    network.leave(endpoint, container.machine.host);
    container.networks.delete(network.name);
    network.endpoints.delete(container.id);
  }

  disconnectAll(container: Container): void {
    for (const name of [...container.networks.keys()]) if (this.byName.has(name)) this.disconnect(container, name);
  }

  /** A container has a new name: the endpoints carry it from the next start on. */
  renamed(container: Container): void {
    for (const [name, endpoint] of container.networks) {
      const renamed = { ...endpoint, containerName: container.name };
      container.networks.set(name, renamed);
      this.byName.get(name)?.endpoints.set(container.id, renamed);
    }
  }

  private add(
    name: string,
    driver: DockerNetwork['driver'],
    options: { readonly labels: ReadonlyMap<string, string>; readonly internal: boolean; readonly subnet?: string | undefined },
  ): DockerNetwork {
    const subnet = driver === 'bridge' ? (options.subnet ?? this.freeSubnet()) : '';
    const prefix = subnet.split('.').slice(0, 3).join('.');
    const segment = driver === 'bridge' ? this.options.network.addSegment(name, prefix) : undefined;
    segment?.attachGateway(this.options.laptop.host);
    const { sim } = this.options;
    const network = new DockerNetwork(sim.random('docker').hex(64), name, driver, segment, subnet, sim.dateMs(), options.labels, options.internal);
    this.byName.set(name, network);
    return network;
  }

  /** 172.17.0.0/16 for the first, then upwards; then the small ones of 192.168. Throws DockerError when all are in use. */
  private freeSubnet(): string {
    const taken = new Set([...this.byName.values()].map((network) => network.subnet));
    for (let second = FIRST_SUBNET; second <= LAST_SUBNET; second++) if (!taken.has(`172.${second}.0.0/16`)) return `172.${second}.0.0/16`;
    for (let third = 0; third < 256; third += 16) if (!taken.has(`192.168.${third}.0/20`)) return `192.168.${third}.0/20`;
    throw new DockerError('could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network');
  }
}
