import type { Host } from './host';
import { latencyUs } from './latency';
import type { Network } from './network';

/** What one side does with what arrives. */
export interface ConnectionHandler {
  onMessage(endpoint: Endpoint, message: unknown, sizeInBytes: number): void;
  /** The other side closed, or its host went away. Not called for one's own `close`. */
  onClosed(endpoint: Endpoint): void;
}

/** One side of a connection. */
export interface Endpoint {
  readonly id: string;
  readonly host: Host;
  readonly localAddress: string;
  readonly localPort: number;
  readonly peerHost: Host;
  readonly remoteAddress: string;
  readonly remotePort: number;
  readonly open: boolean;
  /** Sends; messages arrive in order. Does nothing on a closed connection. Returns when it will arrive (us). */
  send(message: unknown, sizeInBytes: number): number;
  close(): void;
}

export interface ConnectionAddresses {
  readonly client: Host;
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly server: Host;
  readonly serverAddress: string;
  readonly serverPort: number;
}

/** Bytes that a virtual Ethernet pair or the loopback moves in a microsecond (about 2.5 GB/s). */
const BYTES_PER_US = 2500;

interface InFlight {
  readonly message: unknown;
  readonly sizeInBytes: number;
  readonly closes: boolean;
}

class Side implements Endpoint {
  peer!: Side;
  handler: ConnectionHandler | undefined;
  open = true;
  /** When the last thing sent from here arrives; nothing overtakes it. */
  lastArrivalUs = 0;
  heldBack: InFlight[] = [];

  constructor(
    private readonly network: Network,
    readonly id: string,
    readonly host: Host,
    readonly localAddress: string,
    readonly localPort: number,
    readonly peerHost: Host,
    readonly remoteAddress: string,
    readonly remotePort: number,
  ) {}

  send(message: unknown, sizeInBytes: number): number {
    if (!this.open) return this.network.sim.nowUs;
    return this.transmit({ message, sizeInBytes, closes: false });
  }

  close(): void {
    if (!this.open) return;
    this.open = false;
    this.transmit({ message: undefined, sizeInBytes: 0, closes: true });
  }

  transmit(what: InFlight): number {
    const { sim } = this.network;
    if (this.network.isCut(this.host, this.peerHost)) {
      this.heldBack.push(what);
      return Infinity;
    }
    const arrival = Math.max(sim.nowUs + latencyUs(this.host, this.peerHost), this.lastArrivalUs) + Math.ceil(what.sizeInBytes / BYTES_PER_US);
    this.lastArrivalUs = arrival;
    sim.at(arrival, deliver, { to: this.peer, what });
    return arrival;
  }

  arrived(what: InFlight): void {
    if (what.closes) {
      if (!this.open) return;
      this.open = false;
      this.handler?.onClosed(this);
      return;
    }
    if (this.open) this.handler?.onMessage(this, what.message, what.sizeInBytes);
  }
}

function deliver(delivery: { to: Side; what: InFlight }): void {
  delivery.to.arrived(delivery.what);
  if (delivery.what.closes) delivery.to.peer.open = false;
}

/** A TCP connection: two sides that send messages with a size, in order. */
export class Connection {
  private readonly client: Side;
  private readonly server: Side;

  constructor(
    private readonly network: Network,
    addresses: ConnectionAddresses,
  ) {
    const { client, clientAddress, clientPort, server, serverAddress, serverPort } = addresses;
    const id = `${clientAddress}:${clientPort}-${serverAddress}:${serverPort}`;
    this.client = new Side(network, id, client, clientAddress, clientPort, server, serverAddress, serverPort);
    this.server = new Side(network, id, server, serverAddress, serverPort, client, clientAddress, clientPort);
    this.client.peer = this.server;
    this.server.peer = this.client;
  }

  open(onClient: (endpoint: Endpoint) => ConnectionHandler, onServer: (endpoint: Endpoint) => ConnectionHandler): void {
    this.client.host.connections.add(this);
    this.server.host.connections.add(this);
    this.server.handler = this.forgetting(onServer(this.server));
    this.client.handler = this.forgetting(onClient(this.client));
  }

  /** Closes the side (both, for a host that talks to itself) that is on `host`. */
  closeFrom(host: Host): void {
    if (this.client.host === host) this.client.close();
    if (this.server.host === host) this.server.close();
    host.connections.delete(this);
  }

  releaseHeldBack(): void {
    for (const side of [this.client, this.server]) {
      if (this.network.isCut(side.host, side.peerHost)) continue;
      const held = side.heldBack;
      side.heldBack = [];
      for (const what of held) side.transmit(what);
    }
  }

  private forgetting(handler: ConnectionHandler): ConnectionHandler {
    return {
      onMessage: (endpoint, message, size) => handler.onMessage(endpoint, message, size),
      onClosed: (endpoint) => {
        this.client.host.connections.delete(this);
        this.server.host.connections.delete(this);
        handler.onClosed(endpoint);
      },
    };
  }
}
