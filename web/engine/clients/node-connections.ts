import type { Random } from '../kernel/random';
import type { Node } from '../protocol/messages';
import { NodeConnection, type ReconnectBackoff } from './node-connection';

/** A client's connections, by node. */
export class NodeConnections {
  private readonly byId = new Map<number, NodeConnection>();

  constructor(
    private readonly backoff: ReconnectBackoff,
    private readonly choice: Random,
    private readonly reconnects: Random,
  ) {}

  get all(): IterableIterator<NodeConnection> {
    return this.byId.values();
  }

  get(node: Node): NodeConnection | undefined {
    return this.byId.get(node.id);
  }

  /** Makes one, not connected yet, when there is none. */
  to(node: Node): NodeConnection {
    let connection = this.byId.get(node.id);
    if (connection === undefined) {
      connection = new NodeConnection(node, this.backoff, this.reconnects);
      this.byId.set(node.id, connection);
    }
    connection.node = node;
    return connection;
  }

  /** The node to ask when any will do: one that is ready and idle, else the least busy that may be connected to. */
  leastLoaded(nodes: readonly Node[], nowMs: number, isReady: (node: Node) => boolean): Node | undefined {
    if (nodes.length === 0) return undefined;
    const offset = this.choice.below(nodes.length);
    let found: Node | undefined;
    let fewest = Infinity;
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[(offset + index) % nodes.length] as Node;
      const connection = this.get(node);
      const inFlight = connection?.sentMs.length ?? 0;
      if (inFlight === 0 && isReady(node)) return node;
      if (connection?.isBlackedOut(nowMs) !== true && inFlight < fewest) {
        fewest = inFlight;
        found = node;
      }
    }
    return found;
  }

  /** When the oldest request without an answer was sent; Infinity when there is none. */
  get oldestSentMs(): number {
    let oldest = Infinity;
    for (const connection of this.byId.values()) {
      const sent = connection.sentMs[0];
      if (sent !== undefined && sent < oldest) oldest = sent;
    }
    return oldest;
  }
}
