import type { Op } from '../../kernel/task';
import { Delay, firstOf, Future } from '../../kernel/waitables';
import { KafkaChannel } from '../../network/kafka-channel';
import type { Messages, SimulatedApi } from '../../protocol/messages';
import type { ClientEnvironment } from '../client-environment';
import { KafkaError } from '../kafka-error';
import { LATEST_VERSIONS } from '../request-versions';

/**
 * A connection that is made, asked once and closed, as the old Scala clients do: no retries, no metadata.
 *
 * Errors: KafkaError: ClosedChannelException when nobody listens, UnresolvedAddressException, SocketTimeoutException.
 * @source kafka 1.1.0 core/src/main/scala/kafka/network/BlockingChannel.scala
 */
export class BlockingChannel {
  private channel: KafkaChannel | undefined;

  constructor(
    private readonly env: ClientEnvironment,
    private readonly target: { readonly host: string; readonly port: number },
    private readonly options: { readonly clientId: string; readonly timeoutMs: number },
  ) {}

  /** Connects when that has not happened yet, sends and waits for the answer. */
  *ask<A extends SimulatedApi>(api: A, apiVersion: number | 'latest', body: Messages[A]['request']): Op<Messages[A]['response']> {
    const channel = this.channel ?? (yield* this.connect());
    const answer = new Future<Messages[A]['response']>();
    channel.send(
      { api, apiVersion: apiVersion === 'latest' ? LATEST_VERSIONS[api] : apiVersion, body },
      (response) => answer.resolve(response),
      () => answer.fail(new KafkaError('java.io.EOFException', '')),
    );
    yield* this.waitFor(answer);
    return yield* answer.wait();
  }

  close(): void {
    this.channel?.close();
    this.channel = undefined;
  }

  private *connect(): Op<KafkaChannel> {
    const address = this.env.host.resolve(this.target.host)[0];
    if (address === undefined) throw new KafkaError('java.nio.channels.UnresolvedAddressException', '');
    const connected = new Future<void>();
    const channel = new KafkaChannel(this.env.host, { address, port: this.target.port }, this.options.clientId, {
      onConnected: () => connected.resolve(),
      onFailed: () => connected.fail(new KafkaError('java.nio.channels.ClosedChannelException', '')),
      onDisconnected: () => undefined,
    });
    this.channel = channel;
    yield* this.waitFor(connected);
    yield* connected.wait();
    return channel;
  }

  private *waitFor<T>(future: Future<T>): Op<void> {
    if (future.done) return;
    yield* firstOf(future, new Delay(this.env.sim, this.options.timeoutMs * 1000));
    if (!future.done) throw new KafkaError('java.net.SocketTimeoutException', '');
  }
}
