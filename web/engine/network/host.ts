import { Connection, type ConnectionHandler, type Endpoint } from './connection';
import { latencyUs } from './latency';
import type { Network } from './network';
import type { Segment } from './segment';

export const LOOPBACK = '127.0.0.1';
const ANY_ADDRESS = '0.0.0.0';
const FIRST_EPHEMERAL_PORT = 32768;
const LAST_EPHEMERAL_PORT = 60999;
/** How long a kernel looks for a neighbour that does not answer before it says "No route to host". */
const NO_ROUTE_AFTER_US = 3_000_000;
/** How long a kernel repeats a SYN that nothing answers (`tcp_syn_retries` 6). */
const CONNECT_TIMEOUT_US = 127_000_000;

/** Why a connection could not be made; the words are a client's own. */
export type ConnectFailure = 'refused' | 'no-route' | 'timeout';

/** Why a port could not be listened on. */
export class ListenError extends Error {
  constructor(readonly code: 'EADDRINUSE' | 'EADDRNOTAVAIL') {
    super(code === 'EADDRINUSE' ? 'Address already in use' : 'Cannot assign requested address');
  }
}

export interface Listener {
  readonly address: string;
  readonly port: number;
  close(): void;
}

interface OpenListener extends Listener {
  accept(endpoint: Endpoint): ConnectionHandler;
}

export interface ConnectHandlers {
  onConnected(endpoint: Endpoint): ConnectionHandler;
  onFailed(failure: ConnectFailure): void;
}

export interface PendingConnect {
  cancel(): void;
}

/** A machine as the network sees it: addresses, listening ports, open connections and the names that it can resolve. */
export class Host {
  readonly id: number;
  private readonly attachments: { segment: Segment; address: string }[] = [];
  /** Networks that this host joins to the outside: it reaches their hosts by address, and knows none of their names. */
  private readonly gateways: { segment: Segment; address: string }[] = [];
  private readonly listeners: OpenListener[] = [];
  readonly connections = new Set<Connection>();
  /** Names that only this host knows: its `/etc/hosts`. */
  readonly hostsFile = new Map<string, string>();
  private nextPort = FIRST_EPHEMERAL_PORT;

  constructor(
    readonly network: Network,
    public name: string,
  ) {
    this.id = network.hosts.length === 0 ? 1 : (network.hosts[network.hosts.length - 1] as Host).id + 1;
    this.hostsFile.set('localhost', LOOPBACK);
  }

  /** The first address that is not the loopback; the loopback when there is no other. */
  get address(): string {
    return this.attachments[0]?.address ?? LOOPBACK;
  }

  get addresses(): readonly string[] {
    return [LOOPBACK, ...this.attachments.map((each) => each.address), ...this.gateways.map((each) => each.address)];
  }

  get segments(): readonly Segment[] {
    return this.attachments.map((each) => each.segment);
  }

  attached(segment: Segment, address: string): void {
    this.attachments.push({ segment, address });
    this.hostsFile.set(this.name, address);
  }

  detached(segment: Segment): void {
    for (const list of [this.attachments, this.gateways]) {
      const at = list.findIndex((each) => each.segment === segment);
      if (at >= 0) list.splice(at, 1);
    }
  }

  /** This host is the network's gateway, as a laptop is for its containers. */
  becameGateway(segment: Segment, address: string): void {
    this.gateways.push({ segment, address });
  }

  /** The addresses of a name or of a written address; empty when unknown. */
  resolve(name: string): readonly string[] {
    if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name)) return [name];
    const own = this.hostsFile.get(name);
    if (own !== undefined) return [own];
    for (const { segment } of this.attachments) {
      const found = segment.lookUp(name);
      if (found.length > 0) return found;
    }
    return [];
  }

  /** The name that an address has, as Java's reverse look-up finds it; undefined when there is none. */
  reverseResolve(address: string): string | undefined {
    if (address === LOOPBACK) return 'localhost';
    for (const { segment } of this.attachments) {
      const found = segment.reverseLookUp(address);
      if (found !== undefined) return found;
    }
    for (const [name, each] of this.hostsFile) if (each === address) return name;
    return undefined;
  }

  /** Throws ListenError. `address` undefined is every address. */
  listen(options: { address?: string; port: number }, accept: (endpoint: Endpoint) => ConnectionHandler): Listener {
    const address = options.address ?? ANY_ADDRESS;
    if (address !== ANY_ADDRESS && !this.addresses.includes(address)) throw new ListenError('EADDRNOTAVAIL');
    const clash = this.listeners.some(
      (each) => each.port === options.port && (each.address === address || each.address === ANY_ADDRESS || address === ANY_ADDRESS),
    );
    if (clash) throw new ListenError('EADDRINUSE');
    const listener: OpenListener = {
      address,
      port: options.port,
      accept,
      close: () => {
        const at = this.listeners.indexOf(listener);
        if (at >= 0) this.listeners.splice(at, 1);
      },
    };
    this.listeners.push(listener);
    return listener;
  }

  get listening(): readonly Listener[] {
    return this.listeners;
  }

  /** Tries to connect; exactly one of the handlers is called, after simulated time, unless cancelled first. */
  connect(target: { address: string; port: number }, handlers: ConnectHandlers): PendingConnect {
    const { sim } = this.network;
    const route = this.routeTo(target.address);
    let cancelled = false;
    const fail = (failure: ConnectFailure, afterUs: number): void => {
      sim.after(afterUs, () => {
        if (!cancelled) handlers.onFailed(failure);
      }, undefined);
    };
    if (route === undefined) fail('no-route', NO_ROUTE_AFTER_US);
    else if (this.network.isCut(this, route.host)) fail('timeout', CONNECT_TIMEOUT_US);
    else {
      sim.after(2 * latencyUs(this, route.host), () => {
        if (cancelled) return;
        const listener = route.host.listenerFor(target.address, target.port);
        if (listener === undefined) {
          handlers.onFailed('refused');
          return;
        }
        const connection = new Connection(this.network, {
          client: this,
          clientAddress: route.from,
          clientPort: this.takePort(),
          server: route.host,
          serverAddress: target.address,
          serverPort: target.port,
        });
        connection.open(
          (endpoint) => handlers.onConnected(endpoint),
          (endpoint) => listener.accept(endpoint),
        );
      }, undefined);
    }
    return {
      cancel: () => {
        cancelled = true;
      },
    };
  }

  private routeTo(address: string): { host: Host; from: string } | undefined {
    if (this.addresses.includes(address) || address.startsWith('127.') || address === ANY_ADDRESS) {
      return { host: this, from: address === ANY_ADDRESS ? LOOPBACK : address };
    }
    for (const { segment, address: from } of [...this.attachments, ...this.gateways]) {
      const host = segment.hostAt(address);
      if (host !== undefined) return { host, from };
    }
    return undefined;
  }

  private listenerFor(address: string, port: number): OpenListener | undefined {
    return this.listeners.find((each) => each.port === port && (each.address === ANY_ADDRESS || each.address === address));
  }

  private takePort(): number {
    const port = this.nextPort;
    this.nextPort = port >= LAST_EPHEMERAL_PORT ? FIRST_EPHEMERAL_PORT : port + 2;
    return port;
  }

  releaseHeldBack(): void {
    for (const connection of this.connections) connection.releaseHeldBack();
  }

  /** Closes every port and connection, as a kernel does for processes that ended. */
  shutDown(): void {
    this.listeners.length = 0;
    for (const connection of [...this.connections]) connection.closeFrom(this);
    for (const { segment } of [...this.attachments]) segment.detach(this);
  }
}
