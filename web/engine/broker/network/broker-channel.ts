import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Future, firstOf, Delay } from '../../kernel/waitables';
import type { Host } from '../../network/host';
import { KafkaChannel } from '../../network/kafka-channel';
import type { Messages, Node, SimulatedApi } from '../../protocol/messages';
import type { BrokerTasks } from '../broker-tasks';

/** `kafka1:9092 (id: 1 rack: null)`. */
export function nodeName(node: Node): string {
  return `${node.host}:${node.port} (id: ${node.id} rack: ${node.rack})`;
}

/** An IOException, in its words. */
export class BrokerConnectionError extends Error {}

/**
 * A broker's blocking connection to another broker: one request at a time.
 *
 * Errors: BrokerConnectionError.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/NetworkClientUtils.java
 */
export class BrokerChannel {
  private channel: KafkaChannel | undefined;
  private inFlight: Future<unknown> | undefined;
  private connecting: Future<boolean> | undefined;
  private forgetHalt: (() => void) | undefined;

  private readonly host: Host;
  private readonly sim: Simulation;

  constructor(
    private readonly env: { readonly sim: Simulation; readonly host: Host; readonly tasks: BrokerTasks },
    readonly node: Node,
    private readonly clientId: string,
    private readonly timeoutMs: number,
  ) {
    this.host = env.host;
    this.sim = env.sim;
  }

  get connected(): boolean {
    return this.channel?.ready === true;
  }

  /** Connects unless it is connected. True when it had to. */
  *awaitReady(): Op<boolean> {
    if (this.connected) return false;
    this.close();
    const address = this.host.resolve(this.node.host)[0];
    if (address === undefined) throw this.failed();
    const ready = new Future<boolean>();
    const channel = new KafkaChannel(this.host, { address, port: this.node.port }, this.clientId, {
      onConnected: () => ready.resolve(true),
      onFailed: () => ready.resolve(false),
      onDisconnected: () => ready.resolve(false),
    });
    this.channel = channel;
    this.connecting = ready;
    this.forgetHalt = this.env.tasks.onHalt(() => channel.close());
    yield* firstOf(ready, new Delay(this.sim, this.timeoutMs * 1000));
    this.connecting = undefined;
    if (!ready.done) {
      this.close();
      throw new BrokerConnectionError(`Failed to connect within ${this.timeoutMs} ms`);
    }
    if (ready.value !== true || !channel.ready) {
      this.close();
      throw this.failed();
    }
    return true;
  }

  *send<A extends SimulatedApi>(api: A, apiVersion: number, body: Messages[A]['request']): Op<Messages[A]['response']> {
    const channel = this.channel;
    if (channel === undefined || !channel.ready) throw this.disconnected();
    const response = new Future<Messages[A]['response']>();
    this.inFlight = response as Future<unknown>;
    channel.send(
      { api, apiVersion, body },
      (received) => response.resolve(received),
      () => response.fail(this.disconnected()),
    );
    yield* firstOf(response, new Delay(this.sim, this.timeoutMs * 1000));
    this.inFlight = undefined;
    if (!response.done) {
      this.close();
      throw this.disconnected();
    }
    return yield* response.wait();
  }

  /** A request in flight fails as if the other side had gone. */
  close(): void {
    const { channel, inFlight, connecting } = this;
    this.channel = undefined;
    this.inFlight = undefined;
    this.connecting = undefined;
    this.forgetHalt?.();
    this.forgetHalt = undefined;
    channel?.close();
    connecting?.resolve(false);
    inFlight?.fail(this.disconnected());
  }

  private failed(): BrokerConnectionError {
    return new BrokerConnectionError(`Connection to ${nodeName(this.node)} failed.`);
  }

  private disconnected(): BrokerConnectionError {
    return new BrokerConnectionError(`Connection to ${this.node.id} was disconnected before the response was read`);
  }
}
