import { type Op, type Task, spawn } from '../../kernel/task';
import { Delay, firstOf } from '../../kernel/waitables';
import type { ConfigValues } from '../../config/parse-config';
import { estimateSizeOf } from '../../protocol/record-batch-builder';
import { bootstrapAddresses } from '../bootstrap';
import { warnOfUnknownConfigs } from '../client-config';
import { type ClientEnvironment, ClientLogger } from '../client-environment';
import { type ClientState, clientRegistryOf, connectionsOf, type RegisteredClient } from '../client-registry';
import { Cluster } from '../cluster';
import { kafkaException, KafkaError, timeoutError } from '../kafka-error';
import { Metadata } from '../metadata';
import { NetworkClient } from '../network-client';
import { nextClientNumber } from '../client-numbers';
import { DefaultPartitioner } from './default-partitioner';
import type { ProducerRecord, SendCallback } from './producer-record';
import { ProducerSequences } from './producer-sequences';
import { parseProducerConfig, type ProducerSettings, producerSettings } from './producer-settings';
import { RecordAccumulator } from './record-accumulator';
import { Sender } from './sender';

const SHOWN_CONFIGS = ['acks', 'linger.ms', 'batch.size', 'retries', 'compression.type', 'enable.idempotence', 'max.in.flight.requests.per.connection'];

/**
 * The Java producer: collects records into batches per partition and sends them from an I/O thread of its own.
 *
 * `trySend` is the fast way and returns false when it would have to wait; `send` waits. Errors of a record go to its callback;
 * KafkaError is thrown by the constructor, by a send after `close`, and for a partition that does not exist.
 * Units: ms of simulated time.
 * Simplified: no interceptors; no transactions.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/KafkaProducer.java
 */
export class KafkaProducer implements RegisteredClient {
  readonly clientId: string;
  private readonly values: ConfigValues;
  private readonly settings: ProducerSettings;
  private readonly metadata: Metadata;
  private readonly client: NetworkClient;
  private readonly accumulator: RecordAccumulator;
  private readonly sender: Sender;
  private readonly partitioner: DefaultPartitioner;
  private readonly ioThread: Task<void>;
  private readonly leaveRegistry: () => void;
  private readonly maxRequestSizeBytes: number;
  private readonly bufferMemoryBytes: number;
  private recordsGiven = 0;
  private failedBeforeSending = 0;
  private closed = false;

  /** Throws ConfigException, or KafkaException "Failed to construct kafka producer" with its cause. */
  constructor(
    private readonly env: ClientEnvironment,
    props: ReadonlyMap<string, string>,
  ) {
    this.values = parseProducerConfig(props);
    const given = this.values.string('client.id');
    this.clientId = given === '' ? `producer-${nextClientNumber(env, 'producer')}` : given;
    this.maxRequestSizeBytes = this.values.number('max.request.size');
    this.bufferMemoryBytes = this.values.number('buffer.memory');
    try {
      this.settings = producerSettings(this.values);
      this.metadata = this.createMetadata();
    } catch (error) {
      if (error instanceof KafkaError) throw kafkaException('Failed to construct kafka producer', error);
      throw error;
    }
    const sequences = this.settings.isIdempotent ? new ProducerSequences() : undefined;
    const logPrefix = `[Producer clientId=${this.clientId}] `;
    this.client = this.createNetworkClient(logPrefix);
    this.accumulator = this.createAccumulator(sequences);
    this.sender = this.createSender(sequences, new ClientLogger(env.log, logPrefix));
    const random = `${env.host.name}:${env.process?.pid ?? 0}:${this.clientId}:partitioner`;
    this.partitioner = new DefaultPartitioner(env.sim.random(random));
    this.ioThread = spawn(env.sim, this.sender.run());
    this.leaveRegistry = clientRegistryOf(env.sim).add(this);
    warnOfUnknownConfigs(this.values, 'org.apache.kafka.clients.producer', env.log);
  }

  /** Accepts the record when that is possible without waiting. */
  trySend(record: ProducerRecord, callback: SendCallback | null = null): boolean {
    const { cluster } = this.metadata;
    const count = cluster.partitionCountForTopic(record.topic);
    if (count === undefined || (record.partition !== undefined && record.partition >= count)) return false;
    this.metadata.add(record.topic);
    if (this.refusesSize(record, callback)) return true;
    const partition = record.partition ?? this.partitioner.partition(record.topic, record.key, cluster);
    const result = this.accumulator.tryAppend(partition, record, record.timestampMs ?? this.env.sim.dateMs(), callback);
    if (result === false) {
      this.chosen = { record, partition };
      return false;
    }
    this.recordsGiven += 1;
    if (result === 'wakesSender') this.sender.wakeup();
    return true;
  }

  /** Accepts the record, after waiting for metadata and memory at most max.block.ms. */
  *send(record: ProducerRecord, callback: SendCallback | null = null): Op<void> {
    if (this.trySend(record, callback)) return;
    const maxBlockMs = this.values.number('max.block.ms');
    const beganUs = this.env.sim.nowUs;
    try {
      yield* this.waitOnMetadata(record.topic, record.partition, maxBlockMs);
      if (this.chosen?.record !== record && this.trySend(record, callback)) return;
      const remainingMs = Math.max(0, maxBlockMs - (this.env.sim.nowUs - beganUs) / 1000);
      yield* this.sendWhenThereIsMemory(record, callback, remainingMs);
    } catch (error) {
      // Only what is the record's own trouble goes to its callback; the rest is thrown at who sends.
      if (!(error instanceof KafkaError) || !error.exception.startsWith('org.apache.kafka.common.errors.')) throw error;
      this.fail(record, callback, error);
    }
  }

  /** Sends all that was accepted before and waits until it is done. */
  *flush(): Op<void> {
    const flushed = this.accumulator.beginFlush();
    this.sender.wakeup();
    yield* flushed;
  }

  /** Waits until everything is sent, at most `timeoutMs`; what is left then is given up. */
  *close(timeoutMs = Infinity): Op<void> {
    if (!this.closed) {
      this.closed = true;
      this.sender.initiateClose(timeoutMs <= 0);
    }
    if (timeoutMs === Infinity) yield* this.sender.finished.wait();
    else {
      yield* firstOf(this.sender.finished, new Delay(this.env.sim, timeoutMs * 1000));
      this.sender.initiateClose(true);
      yield* this.sender.finished.wait();
    }
    this.leaveRegistry();
  }

  /** Ends at once, as when the process is killed: connections break, nothing is told to anybody. */
  halt(): void {
    this.closed = true;
    this.ioThread.abandon();
    this.client.close();
    this.leaveRegistry();
  }

  state(id: string): ClientState {
    const configs: Record<string, string> = {};
    for (const name of SHOWN_CONFIGS) configs[name] = this.values.text(name);
    return {
      id,
      kind: 'producer',
      program: this.env.process?.program ?? '',
      clientId: this.clientId,
      host: this.env.host.name,
      terminal: this.env.process?.terminal ?? null,
      pid: this.env.process?.pid ?? 0,
      groupId: null,
      topics: this.metadata.topics,
      configs,
      records: this.recordsGiven,
      acknowledged: this.sender.counts.acknowledged,
      failed: this.sender.counts.failed + this.failedBeforeSending,
      buffered: this.accumulator.bufferedRecords,
      positions: [],
      connections: connectionsOf(this.client),
    };
  }

  /** The record that waits for memory already has its partition: asking the partitioner again would skip one. */
  private chosen: { readonly record: ProducerRecord; readonly partition: number } | undefined;

  private createMetadata(): Metadata {
    const { values, env } = this;
    const addresses = bootstrapAddresses(values.list('bootstrap.servers'), env.host, env.log);
    return new Metadata(
      {
        retryBackoffMs: values.number('retry.backoff.ms'),
        maxAgeMs: values.number('metadata.max.age.ms'),
        allowAutoTopicCreation: true,
        topicsExpire: true,
      },
      Cluster.bootstrap(addresses),
      env.sim.nowUs / 1000,
    );
  }

  private createNetworkClient(logPrefix: string): NetworkClient {
    return new NetworkClient(this.env, this.metadata, {
      clientId: this.clientId,
      logPrefix,
      maxInFlightRequestsPerConnection: this.settings.maxInFlightRequestsPerConnection,
      reconnectBackoffMs: this.values.number('reconnect.backoff.ms'),
      reconnectBackoffMaxMs: this.values.number('reconnect.backoff.max.ms'),
      requestTimeoutMs: this.values.number('request.timeout.ms'),
    });
  }

  private createAccumulator(sequences: ProducerSequences | undefined): RecordAccumulator {
    const { values } = this;
    return new RecordAccumulator(
      this.env.sim,
      {
        batchSizeBytes: values.number('batch.size'),
        totalMemoryBytes: this.bufferMemoryBytes,
        compressionType: this.settings.compressionType,
        lingerMs: values.number('linger.ms'),
        retryBackoffMs: values.number('retry.backoff.ms'),
      },
      sequences,
    );
  }

  private createSender(sequences: ProducerSequences | undefined, log: ClientLogger): Sender {
    const { values } = this;
    return new Sender(
      this.env.sim,
      this.client,
      this.metadata,
      this.accumulator,
      sequences,
      {
        maxRequestSizeBytes: this.maxRequestSizeBytes,
        acks: this.settings.acks,
        retries: this.settings.retries,
        requestTimeoutMs: values.number('request.timeout.ms'),
        retryBackoffMs: values.number('retry.backoff.ms'),
        guaranteeMessageOrder: this.settings.maxInFlightRequestsPerConnection === 1,
      },
      log,
    );
  }

  private *waitOnMetadata(topic: string, partition: number | undefined, maxWaitMs: number): Op<void> {
    const deadlineUs = this.env.sim.nowUs + maxWaitMs * 1000;
    this.metadata.add(topic);
    const known = (): number | undefined => this.metadata.cluster.partitionCountForTopic(topic);
    let asked = false;
    while (known() === undefined || (!asked && partition !== undefined && partition >= (known() as number))) {
      asked = true;
      this.metadata.add(topic);
      const version = this.metadata.requestUpdate();
      this.sender.wakeup();
      while (this.metadata.version <= version) {
        const remainingUs = deadlineUs - this.env.sim.nowUs;
        if (remainingUs <= 0) throw timeoutError(`Failed to update metadata after ${maxWaitMs} ms.`);
        yield* firstOf(this.metadata.updated, new Delay(this.env.sim, remainingUs));
      }
    }
    const count = known() as number;
    if (partition !== undefined && partition >= count) {
      throw kafkaException(`Invalid partition given with record: ${partition} is not in the range [0...${count}).`);
    }
  }

  private *sendWhenThereIsMemory(record: ProducerRecord, callback: SendCallback | null, maxBlockMs: number): Op<void> {
    const partition = this.chosen?.partition as number;
    this.chosen = undefined;
    const timestampMs = record.timestampMs ?? this.env.sim.dateMs();
    yield* this.accumulator.append(partition, record, timestampMs, callback, maxBlockMs);
    this.recordsGiven += 1;
    this.sender.wakeup();
  }

  private refusesSize(record: ProducerRecord, callback: SendCallback | null): boolean {
    const size = estimateSizeOf(record.key, record.value, record.headers);
    if (size <= this.maxRequestSizeBytes && size <= this.bufferMemoryBytes) return false;
    const [what, name] =
      size > this.maxRequestSizeBytes ? ['maximum request size', 'max.request.size'] : ['total memory buffer', 'buffer.memory'];
    const message =
      `The message is ${size} bytes when serialized which is larger than the ${what} ` +
      `you have configured with the ${name} configuration.`;
    this.fail(record, callback, new KafkaError('org.apache.kafka.common.errors.RecordTooLargeException', message));
    return true;
  }

  private fail(record: ProducerRecord, callback: SendCallback | null, error: KafkaError): void {
    this.recordsGiven += 1;
    this.failedBeforeSending += 1;
    callback?.onCompletion(record, null, error);
  }
}
