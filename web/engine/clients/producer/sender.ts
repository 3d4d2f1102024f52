import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Delay, Future } from '../../kernel/waitables';
import { ERRORS, errorForCode } from '../../protocol/errors';
import { type Messages, type Node, topicPartitionName } from '../../protocol/messages';
import type { ClientLogger } from '../client-environment';
import { type KafkaError, errorOf, illegalState, kafkaException } from '../kafka-error';
import type { Metadata } from '../metadata';
import type { NetworkClient } from '../network-client';
import type { BatchPlace, ProducerBatch } from './producer-batch';
import type { ProducerSequences } from './producer-sequences';
import type { RecordAccumulator } from './record-accumulator';

const LOGGER = 'org.apache.kafka.clients.producer.internals.Sender';

export interface SenderOptions {
  readonly maxRequestSizeBytes: number;
  /** -1 for all. */
  readonly acks: number;
  readonly retries: number;
  readonly requestTimeoutMs: number;
  readonly retryBackoffMs: number;
  /** One request in flight: a partition waits while it has a batch under way. */
  readonly guaranteeMessageOrder: boolean;
}

type PartitionResponse = Messages['Produce']['response']['partitions'][number];

const NO_PLACE: BatchPlace = { baseOffset: -1, logAppendTimeMs: -1 };

/** Counts for views. */
export interface SenderCounts {
  acknowledged: number;
  failed: number;
}

/**
 * The producer's I/O thread: sends the accumulator's batches to their leaders, and retries, splits or fails them by the answers.
 *
 * Units: ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/internals/Sender.java
 */
export class Sender {
  readonly counts: SenderCounts = { acknowledged: 0, failed: 0 };
  /** Resolved when everything is sent and the connections are closed. */
  readonly finished = new Future<void>();
  private running = true;
  private forced = false;
  /** After a fatal answer nothing can be sent any more. */
  private fatalError: KafkaError | undefined;

  constructor(
    private readonly sim: Simulation,
    private readonly client: NetworkClient,
    private readonly metadata: Metadata,
    private readonly accumulator: RecordAccumulator,
    private readonly sequences: ProducerSequences | undefined,
    private readonly options: SenderOptions,
    private readonly log: ClientLogger,
  ) {}

  *run(): Op<void> {
    while (this.running) yield* this.runOnce();
    while (!this.forced && (this.accumulator.hasUndrained || this.client.inFlightRequestCount > 0)) yield* this.runOnce();
    if (this.forced) this.accumulator.abortIncomplete(illegalState('Producer is closed forcefully.'));
    this.client.close();
    this.finished.resolve();
  }

  wakeup(): void {
    this.client.wakeup();
  }

  /** Ends after all that was accepted has been sent; `forced` gives it up instead. */
  initiateClose(forced: boolean): void {
    this.accumulator.close();
    this.running = false;
    this.forced ||= forced;
    this.wakeup();
  }

  private *runOnce(): Op<void> {
    if (this.sequences !== undefined) {
      if (this.sequences.mustResetAfterResolving()) this.sequences.resetProducerId();
      if (this.fatalError === undefined) yield* this.ensureProducerId(this.sequences);
      if (this.fatalError !== undefined || !this.sequences.hasProducerId) {
        if (this.fatalError !== undefined && this.accumulator.hasIncomplete) {
          this.log.error(LOGGER, 'Aborting producer batches due to fatal error', this.fatalError.toString());
          this.accumulator.abortIncomplete(this.fatalError);
        }
        yield* this.client.poll(this.options.retryBackoffMs);
        return;
      }
    }
    const timeoutMs = this.sendProducerData();
    yield* this.client.poll(timeoutMs);
  }

  /** Returns after how many ms to look again. */
  private sendProducerData(): number {
    const nowMs = this.nowMs();
    const { cluster } = this.metadata;
    const check = this.accumulator.ready(cluster, nowMs);
    if (check.unknownLeaderTopics.size > 0) {
      for (const topic of check.unknownLeaderTopics) this.metadata.add(topic);
      this.metadata.requestUpdate();
    }
    let timeoutMs = check.nextReadyCheckMs;
    const nodes: Node[] = [];
    for (const node of check.readyNodes) {
      if (this.client.tryReady(node)) nodes.push(node);
      else timeoutMs = Math.min(timeoutMs, this.client.connectionDelayMs(node));
    }
    const drained = nodes.map((node) => this.accumulator.drain(cluster, node, this.options.maxRequestSizeBytes, nowMs));
    if (this.options.guaranteeMessageOrder) for (const batch of drained.flat()) this.accumulator.mute(batch);
    this.failExpired(nowMs);
    nodes.forEach((node, index) => this.sendProduceRequest(node, drained[index] as ProducerBatch[]));
    return drained.some((each) => each.length > 0) ? 0 : timeoutMs;
  }

  private failExpired(nowMs: number): void {
    for (const batch of this.accumulator.expiredBatches(this.options.requestTimeoutMs, nowMs)) {
      this.failBatch(batch, NO_PLACE, batch.expiryError, false);
      if (batch.inRetry) this.sequences?.markUnresolved(batch);
    }
  }

  private sendProduceRequest(node: Node, batches: readonly ProducerBatch[]): void {
    if (batches.length === 0) return;
    const { acks, requestTimeoutMs } = this.options;
    const partitions = batches.map((each) => ({ topic: each.topic, partition: each.partition, batches: [each.build()] }));
    this.client.send<'Produce'>(
      node,
      { api: 'Produce', body: { transactionalId: null, acks, timeoutMs: requestTimeoutMs, partitions }, expectResponse: acks !== 0 },
      {
        onResponse: (body, correlationId) => this.handleResponse(batches, body, correlationId),
        onDisconnected: (correlationId) => {
          for (const batch of batches) this.handlePartition(batch, failure(batch, ERRORS.NETWORK_EXCEPTION), correlationId);
        },
      },
    );
  }

  private handleResponse(batches: readonly ProducerBatch[], body: Messages['Produce']['response'] | undefined, correlationId: number): void {
    if (body === undefined) {
      for (const batch of batches) this.handlePartition(batch, failure(batch, ERRORS.NONE), correlationId);
      return;
    }
    for (const response of body.partitions) {
      const batch = batches.find((each) => each.partition === response.partition && each.topic === response.topic);
      if (batch !== undefined) this.handlePartition(batch, response, correlationId);
    }
  }

  private handlePartition(batch: ProducerBatch, response: PartitionResponse, correlationId: number): void {
    const { errorCode } = response;
    if (batch.isDone) return;
    if (errorCode === ERRORS.NONE || errorCode === ERRORS.DUPLICATE_SEQUENCE_NUMBER) this.completeBatch(batch, response);
    else if (errorCode === ERRORS.MESSAGE_TOO_LARGE && batch.recordCount > 1) this.splitBatch(batch, correlationId);
    else this.retryOrFail(batch, response, correlationId);
    if (this.options.guaranteeMessageOrder) this.accumulator.unmute(batch);
  }

  private splitBatch(batch: ProducerBatch, correlationId: number): void {
    const left = `splitting and retrying (${this.options.retries - batch.attempts} attempts left). Error: MESSAGE_TOO_LARGE`;
    this.log.warn(LOGGER, `Got error produce response in correlation id ${correlationId} on topic-partition ${topicPartitionName(batch)}, ${left}`);
    this.sequences?.untrack(batch);
    this.accumulator.splitAndReenqueue(batch);
  }

  private retryOrFail(batch: ProducerBatch, response: PartitionResponse, correlationId: number): void {
    const { name, retriable } = errorForCode(response.errorCode);
    const error = errorOf(response.errorCode);
    const mayRetry = retriable || this.sequences?.mayRetry(response, batch) === true;
    if (batch.attempts < this.options.retries && mayRetry) {
      const left = `retrying (${this.options.retries - batch.attempts - 1} attempts left). Error: ${name}`;
      this.log.warn(LOGGER, `Got error produce response with correlation id ${correlationId} on topic-partition ${topicPartitionName(batch)}, ${left}`);
      this.retry(batch);
    } else {
      this.failBatch(batch, response, error, batch.attempts < this.options.retries);
    }
    if (!error.asksForMetadata) return;
    if (response.errorCode === ERRORS.UNKNOWN_TOPIC_OR_PARTITION) {
      const advice = 'The topic/partition may not exist or the user may not have Describe access to it';
      this.log.warn(LOGGER, `Received unknown topic or partition error in produce request on partition ${topicPartitionName(batch)}. ${advice}`);
    }
    this.metadata.requestUpdate();
  }

  private retry(batch: ProducerBatch): void {
    if (this.sequences === undefined || this.sequences.isOwn(batch)) {
      this.accumulator.reenqueue(batch, this.nowMs());
      return;
    }
    const message =
      `Attempted to retry sending a batch but the producer id changed from ${batch.producerId} to ` +
      `${this.sequences.producerId} in the mean time. This batch will be dropped.`;
    this.failBatch(batch, NO_PLACE, errorOf(ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER, message), false);
  }

  private completeBatch(batch: ProducerBatch, response: PartitionResponse): void {
    this.sequences?.acknowledged(batch, response.baseOffset);
    this.counts.acknowledged += batch.recordCount;
    batch.complete(response, null);
    this.accumulator.deallocate(batch);
  }

  private failBatch(batch: ProducerBatch, place: BatchPlace, error: KafkaError, adjustSequences: boolean): void {
    if (this.sequences !== undefined) {
      if (error.code === ERRORS.OUT_OF_ORDER_SEQUENCE_NUMBER && this.sequences.isOwn(batch)) {
        const where = `for topic-partition ${topicPartitionName(batch)} at offset ${place.baseOffset}`;
        this.log.error(LOGGER, `The broker returned ${error.toString()} ${where}. This indicates data loss on the broker, and should be investigated.`);
        this.sequences.untrack(batch);
        this.sequences.resetProducerId();
      } else {
        if (error.code === ERRORS.INVALID_PRODUCER_EPOCH || error.code === ERRORS.CLUSTER_AUTHORIZATION_FAILED) this.fatalError = error;
        this.sequences.untrack(batch);
        if (adjustSequences) this.sequences.adjustAfterFailure(batch);
      }
    }
    this.counts.failed += batch.recordCount;
    batch.complete(place, error);
    this.accumulator.deallocate(batch);
  }

  private *ensureProducerId(sequences: ProducerSequences): Op<void> {
    while (!sequences.hasProducerId && this.fatalError === undefined && !this.forced) {
      const node = this.client.leastLoadedNode();
      if (node !== undefined && this.client.tryReady(node)) {
        const answer = yield* this.askForProducerId(node);
        if (answer !== undefined && answer.errorCode === ERRORS.NONE) {
          sequences.setProducerId(answer.producerId, answer.producerEpoch);
          return;
        }
        if (answer !== undefined && !errorForCode(answer.errorCode).retriable) {
          this.fatalError = kafkaException(errorForCode(answer.errorCode).message);
          return;
        }
        yield new Delay(this.sim, this.options.retryBackoffMs * 1000);
        this.metadata.requestUpdate();
        continue;
      }
      if (!this.running && !this.accumulator.hasUndrained) return;
      yield* this.client.poll(this.options.retryBackoffMs);
    }
  }

  /** undefined when the connection broke. */
  private *askForProducerId(node: Node): Op<Messages['InitProducerId']['response'] | undefined> {
    const answer = new Future<Messages['InitProducerId']['response'] | undefined>();
    this.client.send<'InitProducerId'>(
      node,
      { api: 'InitProducerId', body: { transactionalId: null, transactionTimeoutMs: 2147483647 } },
      { onResponse: (body) => answer.resolve(body), onDisconnected: () => answer.resolve(undefined) },
    );
    while (!answer.done) yield* this.client.poll(Infinity);
    return answer.value;
  }

  private nowMs(): number {
    return Math.floor(this.sim.nowUs / 1000);
  }
}

function failure(batch: ProducerBatch, errorCode: number): PartitionResponse {
  return { topic: batch.topic, partition: batch.partition, errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset: -1 };
}
