import { CONSUMER_CONFIGS } from '../../config/consumer-configs';
import type { ConfigValues } from '../../config/parse-config';
import type { Op } from '../../kernel/task';
import { EARLIEST_TIMESTAMP, LATEST_TIMESTAMP, type TopicPartition } from '../../protocol/messages';
import { parseClientConfig, warnOfUnknownConfigs } from '../client-config';
import type { ClientEnvironment } from '../client-environment';
import { nextClientNumber } from '../client-numbers';
import { type ClientState, clientRegistryOf, connectionsOf, type RegisteredClient } from '../client-registry';
import { Cluster, type PartitionInfo } from '../cluster';
import { ERRORS } from '../../protocol/errors';
import { errorOf, illegalState, kafkaException, KafkaError } from '../kafka-error';
import type { Metadata } from '../metadata';
import type { NetworkClient } from '../network-client';
import type { ConsumerCoordinator } from './consumer-coordinator';
import type { OffsetToCommit } from './offset-commits';
import type { ConsumerNetworkClient } from './consumer-network-client';
import { createConsumerParts } from './consumer-parts';
import { type ConsumerRecords, NO_RECORDS } from './consumer-records';
import type { Fetcher } from './fetcher';
import type { FoundOffset, OffsetLookup, OffsetQuery } from './offset-lookup';
import { recordsConsumed } from '../trace-events';
import type { SubscriptionState } from './subscription-state';

const CLOSE_TIMEOUT_MS = 30_000;
const SHOWN_CONFIGS = ['auto.offset.reset', 'enable.auto.commit', 'fetch.min.bytes', 'fetch.max.wait.ms', 'max.poll.records', 'isolation.level', 'session.timeout.ms'];

/**
 * The Java consumer: reads partitions that it names itself or that its group gives it.
 *
 * Units: ms of simulated time; offsets count records from 0, a position is the next record to read.
 * Errors: KafkaError; the constructor throws ConfigException, or KafkaException "Failed to construct kafka consumer" with its cause;
 * what waits throws WakeupError after `wakeup`.
 * Simplified: no interceptors and no rebalance listeners.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/consumer/KafkaConsumer.java
 */
export class KafkaConsumer implements RegisteredClient {
  readonly clientId: string;
  readonly groupId: string;
  private readonly values: ConfigValues;
  private readonly metadata: Metadata;
  private readonly networkClient: NetworkClient;
  private readonly client: ConsumerNetworkClient;
  private readonly subscriptions: SubscriptionState;
  private readonly coordinator: ConsumerCoordinator;
  private readonly fetcher: Fetcher;
  private readonly offsets: OffsetLookup;
  private readonly leaveRegistry: () => void;
  private recordsHandedOut = 0;
  private closed = false;

  constructor(
    private readonly env: ClientEnvironment,
    props: ReadonlyMap<string, string>,
  ) {
    this.values = parseClientConfig(CONSUMER_CONFIGS, props);
    const { values } = this;
    const givenId = values.string('client.id');
    this.clientId = givenId === '' ? `consumer-${nextClientNumber(env, 'consumer')}` : givenId;
    this.groupId = values.string('group.id');
    const parts = createConsumerParts(env, values, this.clientId);
    this.metadata = parts.metadata;
    this.networkClient = parts.networkClient;
    this.client = parts.client;
    this.subscriptions = parts.subscriptions;
    this.coordinator = parts.coordinator;
    this.fetcher = parts.fetcher;
    this.offsets = parts.offsets;
    this.leaveRegistry = clientRegistryOf(env.sim).add(this);
    warnOfUnknownConfigs(values, 'org.apache.kafka.clients.consumer', env.log);
  }

  // What to read

  subscribe(topics: readonly string[]): void {
    if (topics.length === 0) {
      this.subscriptions.unsubscribe();
      return;
    }
    this.subscriptions.subscribe(topics);
    this.metadata.needsAllTopics = false;
    this.metadata.setTopics(this.subscriptions.groupSubscription);
  }

  /** All topics, also later ones, whose whole name matches. */
  subscribePattern(pattern: RegExp): void {
    this.subscriptions.subscribePattern(pattern);
    this.metadata.needsAllTopics = true;
    this.coordinator.updatePatternSubscription(this.metadata.cluster);
    this.metadata.requestUpdate();
  }

  assign(partitions: readonly TopicPartition[]): void {
    this.subscriptions.assignFromUser(partitions);
    this.metadata.setTopics(this.subscriptions.groupSubscription);
  }

  get assignment(): TopicPartition[] {
    return this.subscriptions.partitions.map(({ topic, partition }) => ({ topic, partition }));
  }

  // Positions

  seek(tp: TopicPartition, offset: number): void {
    this.assigned(tp).seek(offset);
  }

  seekToBeginning(partitions: readonly TopicPartition[]): void {
    for (const each of partitions) this.assigned(each).awaitReset('earliest');
  }

  seekToEnd(partitions: readonly TopicPartition[]): void {
    for (const each of partitions) this.assigned(each).awaitReset('latest');
  }

  /** Next offset to read; waits until it is known. */
  *position(tp: TopicPartition): Op<number> {
    const partition = this.assigned(tp);
    while (partition.position === undefined) {
      yield* this.updatePositions();
      if (partition.position === undefined) yield* this.client.poll(this.values.number('retry.backoff.ms'));
    }
    return partition.position;
  }

  // Reading

  /** Waits for records, at most `timeoutMs`. */
  *poll(timeoutMs: number): Op<ConsumerRecords> {
    if (this.closed) throw illegalState('This consumer has already been closed.');
    if (this.subscriptions.isEmpty) throw illegalState('Consumer is not subscribed to any topics or assigned any partitions');
    const endMs = this.client.nowMs + timeoutMs;
    do {
      const records = yield* this.pollOnce(endMs - this.client.nowMs);
      if (records.isEmpty) continue;
      // The next fetch is under way while the program looks at these.
      this.fetcher.sendFetches();
      this.client.pollNoWait();
      this.recordsHandedOut += records.count;
      this.traceConsumed(records);
      return records;
    } while (this.client.nowMs < endMs);
    return NO_RECORDS;
  }

  private traceConsumed(records: ConsumerRecords): void {
    const { sim, host } = this.env;
    const consumed = sim.trace.channel(recordsConsumed);
    if (!consumed.hot) return;
    for (const { topic, partition, count } of records.slices) consumed.emit({ clientId: this.clientId, host: host.name, topic, partition, count });
  }

  /** Makes whatever waits, or the next wait, end with WakeupError. */
  wakeup(): void {
    this.client.wakeup();
  }

  // Offsets

  *commitSync(offsets: readonly OffsetToCommit[] = this.coordinator.commits.allConsumed): Op<void> {
    yield* this.coordinator.commits.commitSync(offsets);
  }

  *committed(partitions: readonly TopicPartition[]): Op<OffsetToCommit[]> {
    return yield* this.coordinator.commits.fetchCommitted(partitions);
  }

  *beginningOffsets(partitions: readonly TopicPartition[]): Op<FoundOffset[]> {
    return yield* this.offsetsForTimes(partitions.map(({ topic, partition }) => ({ topic, partition, timestampMs: EARLIEST_TIMESTAMP })));
  }

  *endOffsets(partitions: readonly TopicPartition[]): Op<FoundOffset[]> {
    return yield* this.offsetsForTimes(partitions.map(({ topic, partition }) => ({ topic, partition, timestampMs: LATEST_TIMESTAMP })));
  }

  /** The first offset from each time on; partitions that have none are missing. */
  *offsetsForTimes(queries: readonly OffsetQuery[]): Op<FoundOffset[]> {
    return yield* this.offsets.find(queries, this.values.number('request.timeout.ms'));
  }

  /** The partitions of a topic, after asking for it when it is unknown (which may create it). */
  *partitionsFor(topic: string): Op<readonly PartitionInfo[]> {
    const known = this.metadata.cluster.partitionsForTopic(topic);
    if (known !== undefined && known.length > 0) return known;
    const endMs = this.client.nowMs + this.values.number('request.timeout.ms');
    for (;;) {
      const node = this.client.leastLoadedNode();
      if (node !== undefined) {
        const sent = this.client.send(node, 'Metadata', { topics: [topic], allowAutoTopicCreation: true });
        yield* this.client.waitUntilDone(sent, endMs - this.client.nowMs);
        const cluster = sent.value === undefined ? undefined : Cluster.fromResponse(sent.value);
        if (cluster !== undefined && cluster.errors.size === 0) return cluster.availablePartitionsForTopic(topic);
        const code = cluster?.errors.get(topic);
        if (code !== undefined) this.throwUnlessRetriable(topic, code);
      }
      if (this.client.nowMs >= endMs) {
        throw new KafkaError('org.apache.kafka.common.errors.TimeoutException', 'Timeout expired while fetching topic metadata');
      }
      yield* this.client.sleep(this.values.number('retry.backoff.ms'));
    }
  }

  // The end

  /** Commits when enable.auto.commit is on, leaves the group and closes the connections. */
  *close(timeoutMs = CLOSE_TIMEOUT_MS): Op<void> {
    if (this.closed) return;
    this.closed = true;
    yield* this.coordinator.close(Math.min(timeoutMs, this.values.number('request.timeout.ms')));
    this.networkClient.close();
    this.leaveRegistry();
  }

  /** Ends at once, as when the process is killed: the group learns of it when the session times out. */
  halt(): void {
    this.closed = true;
    this.coordinator.membership.halt();
    this.networkClient.close();
    this.leaveRegistry();
  }

  state(id: string): ClientState {
    const configs: Record<string, string> = {};
    for (const name of SHOWN_CONFIGS) configs[name] = this.values.text(name);
    const partitions = this.subscriptions.partitions;
    return {
      id,
      kind: 'consumer',
      program: this.env.process?.program ?? '',
      clientId: this.clientId,
      host: this.env.host.name,
      terminal: this.env.process?.terminal ?? null,
      pid: this.env.process?.pid ?? 0,
      groupId: this.groupId === '' ? null : this.groupId,
      topics: [...new Set([...this.subscriptions.subscription, ...partitions.map((each) => each.topic)])],
      configs,
      records: this.recordsHandedOut,
      acknowledged: 0,
      failed: 0,
      buffered: 0,
      positions: partitions.flatMap(({ topic, partition, position }) => (position === undefined ? [] : [{ topic, partition, position }])),
      connections: connectionsOf(this.networkClient),
    };
  }

  private *pollOnce(timeoutMs: number): Op<ConsumerRecords> {
    this.client.maybeTriggerWakeup();
    const endMs = this.client.nowMs + timeoutMs;
    yield* this.coordinator.poll(timeoutMs);
    const hasAllPositions = yield* this.updatePositions();
    const ready = this.fetcher.fetchedRecords();
    if (!ready.isEmpty) return ready;
    const retryMs = this.fetcher.sendFetches();
    let waitMs = Math.min(this.coordinator.timeToNextPollMs(), retryMs, Math.max(0, endMs - this.client.nowMs));
    if (!hasAllPositions) waitMs = Math.min(waitMs, this.values.number('retry.backoff.ms'));
    yield* this.client.poll(waitMs, () => !this.fetcher.hasCompletedFetches);
    return this.coordinator.needsRejoin ? NO_RECORDS : this.fetcher.fetchedRecords();
  }

  private *updatePositions(): Op<boolean> {
    if (this.subscriptions.hasAllPositions) return true;
    yield* this.coordinator.refreshCommittedOffsets();
    this.subscriptions.resetMissingPositions();
    this.offsets.resetPositions();
    return false;
  }

  private assigned(tp: TopicPartition): { readonly position: number | undefined; seek(offset: number): void; awaitReset(strategy: 'earliest' | 'latest'): void } {
    const partition = this.subscriptions.find(tp);
    if (partition === undefined) throw illegalState(`No current assignment for partition ${tp.topic}-${tp.partition}`);
    return partition;
  }

  private throwUnlessRetriable(topic: string, code: number): void {
    if (code === ERRORS.INVALID_TOPIC_EXCEPTION) throw errorOf(code, `Topic '${topic}' is invalid`);
    if (code !== ERRORS.UNKNOWN_TOPIC_OR_PARTITION && !errorOf(code).retriable) {
      throw kafkaException(`Unexpected error fetching metadata for topic ${topic}`, errorOf(code));
    }
  }
}
