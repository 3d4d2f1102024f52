import { errorForCode } from '../protocol/errors';
import type { Messages, MetadataResponse, Node } from '../protocol/messages';
import type { ClientLogger } from './client-environment';
import { Cluster } from './cluster';
import type { Metadata } from './metadata';

const LOGGER = 'org.apache.kafka.clients.NetworkClient';

/** What is needed of a client's connections to ask for metadata. */
export interface MetadataConnections {
  readonly nowMs: number;
  leastLoadedNode(): Node | undefined;
  canSend(node: Node): boolean;
  isConnectingToAny(nodes: readonly Node[]): boolean;
  /** False when the node may not be connected to now. */
  tryConnect(node: Node): boolean;
  send(
    node: Node,
    request: { readonly api: 'Metadata'; readonly body: Messages['Metadata']['request'] },
    handlers: { onResponse(body: MetadataResponse, correlationId: number): void; onDisconnected(): void },
  ): void;
}

export interface MetadataUpdaterOptions {
  readonly reconnectBackoffMs: number;
  readonly requestTimeoutMs: number;
}

/**
 * Asks for metadata when it is due, one request at a time, and says what a broker answered wrong.
 *
 * Units: ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/NetworkClient.java DefaultMetadataUpdater
 */
export class MetadataUpdater {
  private isFetching = false;
  private isClosed = false;

  constructor(
    private readonly metadata: Metadata,
    private readonly connections: MetadataConnections,
    private readonly options: MetadataUpdaterOptions,
    private readonly log: ClientLogger,
  ) {}

  get isDue(): boolean {
    return !this.isFetching && this.metadata.timeToNextUpdateMs(this.connections.nowMs) <= 0;
  }

  /** Asks for metadata, or connects to somebody who can be asked. Returns after how many ms to look again. */
  maybeUpdate(): number {
    const { requestTimeoutMs, reconnectBackoffMs } = this.options;
    const untilDueMs = this.metadata.timeToNextUpdateMs(this.connections.nowMs);
    const waitMs = Math.max(untilDueMs, this.isFetching ? requestTimeoutMs : 0);
    if (waitMs > 0) return waitMs;
    const node = this.connections.leastLoadedNode();
    if (node === undefined) return reconnectBackoffMs;
    if (this.connections.canSend(node)) {
      this.send(node);
      return requestTimeoutMs;
    }
    if (this.connections.isConnectingToAny(this.metadata.cluster.nodes)) return reconnectBackoffMs;
    return this.connections.tryConnect(node) ? reconnectBackoffMs : Infinity;
  }

  close(): void {
    this.isClosed = true;
  }

  private send(node: Node): void {
    this.isFetching = true;
    const { needsAllTopics, topics, allowAutoTopicCreation } = this.metadata;
    const body = { topics: needsAllTopics ? null : topics, allowAutoTopicCreation: needsAllTopics || allowAutoTopicCreation };
    this.connections.send(
      node,
      { api: 'Metadata', body },
      { onResponse: (response, correlationId) => this.handleResponse(response, correlationId), onDisconnected: () => this.handleDisconnection(node) },
    );
  }

  private handleResponse(response: MetadataResponse, correlationId: number): void {
    this.isFetching = false;
    const cluster = Cluster.fromResponse(response);
    if (cluster.errors.size > 0) {
      const errors = [...cluster.errors].map(([topic, code]) => `${topic}=${errorForCode(code).name}`).join(', ');
      this.log.warn(LOGGER, `Error while fetching metadata with correlation id ${correlationId} : {${errors}}`);
    }
    if (cluster.nodes.length > 0) this.metadata.update(cluster, this.connections.nowMs);
    else this.metadata.failedUpdate(this.connections.nowMs);
  }

  private handleDisconnection(node: Node): void {
    this.isFetching = false;
    if (this.isClosed || !this.metadata.cluster.isBootstrap) return;
    this.log.warn(LOGGER, `Bootstrap broker ${node.host}:${node.port} (id: ${node.id} rack: ${node.rack}) disconnected`);
  }
}
