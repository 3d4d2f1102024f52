import type { Simulation } from '../kernel/simulation';
import type { NetworkClient } from './network-client';

/** One connection of a client, for views. */
export interface ClientConnection {
  readonly brokerId: number;
  /** As the network names it; empty before it is connected. */
  readonly connectionId: string;
  readonly state: 'connecting' | 'ready' | 'broken';
  /** Why it is broken; null otherwise. */
  readonly reason: string | null;
}

/** A client as those who watch see it. Plain data, made when somebody looks. */
export interface ClientState {
  /** Stable while the program runs. */
  readonly id: string;
  readonly kind: 'producer' | 'consumer' | 'admin';
  /** `kafka-console-producer.sh`. */
  readonly program: string;
  readonly clientId: string;
  readonly host: string;
  readonly terminal: number | null;
  readonly pid: number;
  readonly groupId: string | null;
  readonly topics: readonly string[];
  /** For producers: acks, linger.ms and the like, as written; for consumers fetch settings. */
  readonly configs: Readonly<Record<string, string>>;
  /** Records given to the producer, or handed to the program by the consumer. */
  readonly records: number;
  readonly acknowledged: number;
  readonly failed: number;
  /** Records that wait in the producer's accumulator. */
  readonly buffered: number;
  /** Next offsets that the consumer will read. */
  readonly positions: readonly { readonly topic: string; readonly partition: number; readonly position: number }[];
  readonly connections: readonly ClientConnection[];
}

export interface RegisteredClient {
  state(id: string): ClientState;
}

/** The clients that run in one simulation, in the order in which they started. */
export class ClientRegistry {
  private readonly clients = new Map<RegisteredClient, string>();
  private count = 0;

  /** Returns how to leave. */
  add(client: RegisteredClient): () => void {
    this.count += 1;
    this.clients.set(client, `client-${this.count}`);
    return () => {
      this.clients.delete(client);
    };
  }

  states(): ClientState[] {
    return [...this.clients].map(([client, id]) => client.state(id));
  }
}

const registries = new WeakMap<Simulation, ClientRegistry>();

export function clientRegistryOf(sim: Simulation): ClientRegistry {
  let registry = registries.get(sim);
  if (registry === undefined) {
    registry = new ClientRegistry();
    registries.set(sim, registry);
  }
  return registry;
}

/** A consumer's connection to its coordinator has an id of its own: 2147483647 minus the broker's. */
const MAX_INT = 2147483647;
const FIRST_COORDINATOR_CONNECTION = MAX_INT / 2;

export function connectionsOf(client: NetworkClient): ClientConnection[] {
  const out: ClientConnection[] = [];
  for (const { node, state, channel, failure } of client.connections) {
    if (state === 'disconnected' && failure === null) continue;
    out.push({
      brokerId: node.id > FIRST_COORDINATOR_CONNECTION ? MAX_INT - node.id : node.id,
      connectionId: channel?.connectionId ?? '',
      state: state === 'disconnected' ? 'broken' : state === 'ready' ? 'ready' : 'connecting',
      reason: failure,
    });
  }
  return out;
}
