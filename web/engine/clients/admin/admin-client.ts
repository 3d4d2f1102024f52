import { type Op, type Task, spawn } from '../../kernel/task';
import { Delay } from '../../kernel/waitables';
import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { DescribedGroup, Messages, Node, SimulatedApi, TopicPartition } from '../../protocol/messages';
import { bootstrapAddresses } from '../bootstrap';
import type { ClientEnvironment } from '../client-environment';
import { nextClientNumber } from '../client-numbers';
import { type ClientState, clientRegistryOf, connectionsOf, type RegisteredClient } from '../client-registry';
import { Cluster } from '../cluster';
import { ConsumerNetworkClient } from '../consumer/consumer-network-client';
import { errorOf, KafkaError, kafkaException, timeoutError } from '../kafka-error';
import { Metadata } from '../metadata';
import { NetworkClient } from '../network-client';

const RECONNECT_BACKOFF_MS = 50;
const METADATA_MAX_AGE_MS = 60 * 60 * 1000;
const MAX_IN_FLIGHT = 100;
const DEFAULT_REQUEST_TIMEOUT_MS = 5000;
const DEFAULT_RETRY_BACKOFF_MS = 100;

/** How `ApiKeys` prints, in messages. */
const API_NAMES = { Metadata: 'METADATA', FindCoordinator: 'FIND_COORDINATOR' } as const;

export interface ConsumerSummary {
  readonly consumerId: string;
  readonly clientId: string;
  /** `/172.18.0.3`. */
  readonly host: string;
  readonly assignment: readonly TopicPartition[];
}

export interface ConsumerGroupSummary {
  readonly state: string;
  readonly assignmentStrategy: string;
  readonly consumers: readonly ConsumerSummary[];
  readonly coordinator: Node;
}

export interface GroupOffset extends TopicPartition {
  readonly offset: number;
}

/**
 * The admin client of `kafka-consumer-groups.sh` (Scala's, not Java's): groups, their members and their offsets.
 *
 * Units: ms of simulated time.
 * Errors: KafkaError.
 * @source kafka 1.1.0 core/src/main/scala/kafka/admin/AdminClient.scala
 */
export class AdminClient implements RegisteredClient {
  private readonly metadata: Metadata;
  private readonly networkClient: NetworkClient;
  private readonly client: ConsumerNetworkClient;
  private readonly bootstrapBrokers: readonly Node[];
  private readonly networkThread: Task<void>;
  private readonly clientId: string;
  private readonly retryBackoffMs: number;
  private readonly leaveRegistry: () => void;

  constructor(
    private readonly env: ClientEnvironment,
    props: ReadonlyMap<string, string>,
  ) {
    const requestTimeoutMs = Number(props.get('request.timeout.ms') ?? DEFAULT_REQUEST_TIMEOUT_MS);
    this.retryBackoffMs = Number(props.get('retry.backoff.ms') ?? DEFAULT_RETRY_BACKOFF_MS);
    this.clientId = `admin-${nextClientNumber(env, 'admin')}`;
    const servers = (props.get('bootstrap.servers') ?? '').split(',').map((each) => each.trim());
    const cluster = Cluster.bootstrap(bootstrapAddresses(servers, env.host, env.log));
    this.bootstrapBrokers = cluster.nodes;
    const metadataOptions = { retryBackoffMs: 100, maxAgeMs: METADATA_MAX_AGE_MS, allowAutoTopicCreation: true, topicsExpire: false };
    // As if last asked for in 1970: the first poll asks for it.
    this.metadata = new Metadata(metadataOptions, cluster, -Infinity);
    this.networkClient = new NetworkClient(env, this.metadata, {
      clientId: this.clientId,
      logPrefix: '',
      maxInFlightRequestsPerConnection: MAX_IN_FLIGHT,
      reconnectBackoffMs: RECONNECT_BACKOFF_MS,
      reconnectBackoffMaxMs: RECONNECT_BACKOFF_MS,
      requestTimeoutMs,
    });
    const networkOptions = { retryBackoffMs: this.retryBackoffMs, requestTimeoutMs, maxPollMs: Infinity };
    this.client = new ConsumerNetworkClient(env.sim, this.networkClient, this.metadata, networkOptions);
    this.networkThread = spawn(env.sim, this.run());
    this.leaveRegistry = clientRegistryOf(env.sim).add(this);
  }

  /** Ids of all consumer groups, broker by broker. */
  *listConsumerGroups(): Op<string[]> {
    const groups: string[] = [];
    for (const broker of yield* this.findAllBrokers()) {
      const response = yield* this.trySend(broker, 'ListGroups', {});
      if (response === undefined || response.errorCode !== ERRORS.NONE) continue;
      for (const { groupId, protocolType } of response.groups) if (protocolType === '' || protocolType === 'consumer') groups.push(groupId);
    }
    return groups;
  }

  /** Throws TimeoutException when the group is not settled in time. */
  *describeConsumerGroup(groupId: string, timeoutMs: number): Op<ConsumerGroupSummary> {
    const beganMs = this.client.nowMs;
    const coordinator = yield* this.findCoordinator(groupId, timeoutMs);
    let group = yield* this.describe(coordinator, groupId);
    while (!isSettled(group) && this.client.nowMs - beganMs < timeoutMs) {
      yield* this.sleep(this.retryBackoffMs);
      group = yield* this.describe(coordinator, groupId);
    }
    if (!isSettled(group)) throw timeoutError('The consumer group command timed out while waiting for group to initialize');
    const { state } = group;
    const consumers = group.members.map(({ memberId, clientId, clientHost, assignment }) => {
      return { consumerId: memberId, clientId, host: clientHost, assignment: state === 'Stable' ? assignment.partitions : [] };
    });
    return { state, assignmentStrategy: group.protocol, consumers, coordinator };
  }

  /** All committed offsets, in the order of the broker. */
  *listGroupOffsets(groupId: string): Op<GroupOffset[]> {
    const coordinator = yield* this.findCoordinator(groupId, 0);
    const response = yield* this.send(coordinator, 'OffsetFetch', { groupId, partitions: null });
    throwUnlessNone(response.errorCode);
    for (const each of response.partitions) throwUnlessNone(each.errorCode);
    return response.partitions.map(({ topic, partition, offset }) => ({ topic, partition, offset }));
  }

  /** What became of each group: 0 for deleted. In the order in which the tool learned it. */
  *deleteConsumerGroups(groupIds: readonly string[]): Op<Map<string, ErrorCode>> {
    const results = new Map<string, ErrorCode>();
    const byCoordinator = new Map<number, { node: Node; groups: string[] }>();
    for (const groupId of groupIds) {
      try {
        const node = yield* this.findCoordinator(groupId, 0);
        const entry = byCoordinator.get(node.id);
        if (entry === undefined) byCoordinator.set(node.id, { node, groups: [groupId] });
        else entry.groups.unshift(groupId);
      } catch (error) {
        if (!(error instanceof KafkaError)) throw error;
        const isTimeout = error.simpleName === 'TimeoutException';
        results.set(groupId, isTimeout ? ERRORS.COORDINATOR_NOT_AVAILABLE : (error.code ?? ERRORS.UNKNOWN_SERVER_ERROR));
      }
    }
    for (const { node, groups } of byCoordinator.values()) {
      const response = yield* this.send(node, 'DeleteGroups', { groupIds: [...new Set(groups)] });
      for (const group of groups) results.set(group, response.results.find((each) => each.groupId === group)?.errorCode ?? ERRORS.NONE);
    }
    return results;
  }

  close(): void {
    this.networkThread.abandon();
    this.networkClient.close();
    this.leaveRegistry();
  }

  state(id: string): ClientState {
    return {
      id,
      kind: 'admin',
      program: this.env.process?.program ?? '',
      clientId: this.clientId,
      host: this.env.host.name,
      terminal: this.env.process?.terminal ?? null,
      pid: this.env.process?.pid ?? 0,
      groupId: null,
      topics: [],
      configs: {},
      records: 0,
      acknowledged: 0,
      failed: 0,
      buffered: 0,
      positions: [],
      connections: connectionsOf(this.networkClient),
    };
  }

  private *run(): Op<void> {
    for (;;) yield* this.client.poll(Infinity);
  }

  private *sleep(ms: number): Op<void> {
    yield new Delay(this.env.sim, ms * 1000);
  }

  private *findAllBrokers(): Op<readonly Node[]> {
    const response = yield* this.sendAnyNode('Metadata', { topics: null, allowAutoTopicCreation: true });
    return response.brokers;
  }

  private *findCoordinator(groupId: string, timeoutMs: number): Op<Node> {
    const beganMs = this.client.nowMs;
    const body = { coordinatorKey: groupId, coordinatorType: 0 };
    for (;;) {
      const response = yield* this.trySendAnyNode('FindCoordinator', body);
      const isMissing = response === undefined || response.errorCode === ERRORS.COORDINATOR_NOT_AVAILABLE;
      if (isMissing && this.client.nowMs - beganMs < timeoutMs) {
        yield* this.sleep(this.retryBackoffMs);
        continue;
      }
      if (isMissing) throw timeoutError('The consumer group command timed out while waiting for group to initialize: ');
      throwUnlessNone(response.errorCode);
      return response.coordinator;
    }
  }

  private *describe(coordinator: Node, groupId: string): Op<DescribedGroup> {
    const response = yield* this.send(coordinator, 'DescribeGroups', { groupIds: [groupId] });
    const group = response.groups.find((each) => each.groupId === groupId);
    if (group === undefined) throw kafkaException(`Response from broker contained no metadata for group ${groupId}`);
    return group;
  }

  private *send<A extends SimulatedApi>(node: Node, api: A, body: Messages[A]['request']): Op<Messages[A]['response']> {
    return yield* this.client.send(node, api, body).wait();
  }

  /** undefined when the node could not be asked. */
  private *trySend<A extends SimulatedApi>(node: Node, api: A, body: Messages[A]['request']): Op<Messages[A]['response'] | undefined> {
    try {
      return yield* this.send(node, api, body);
    } catch (error) {
      if (error instanceof KafkaError) return undefined;
      throw error;
    }
  }

  private *trySendAnyNode<A extends SimulatedApi>(api: A, body: Messages[A]['request']): Op<Messages[A]['response'] | undefined> {
    for (const broker of this.bootstrapBrokers) {
      const response = yield* this.trySend(broker, api, body);
      if (response !== undefined) return response;
    }
    return undefined;
  }

  private *sendAnyNode<A extends keyof typeof API_NAMES>(api: A, body: Messages[A]['request']): Op<Messages[A]['response']> {
    const response = yield* this.trySendAnyNode(api, body);
    if (response !== undefined) return response;
    const brokers = this.bootstrapBrokers.map((each) => `${each.host}:${each.port} (id: ${each.id} rack: null)`).join(', ');
    throw new KafkaError('java.lang.RuntimeException', `Request ${API_NAMES[api]} failed on brokers List(${brokers})`);
  }
}

function isSettled(group: DescribedGroup): boolean {
  return group.errorCode === ERRORS.NONE && (group.state === 'Dead' || group.state === 'Empty' || group.protocolType === 'consumer');
}

function throwUnlessNone(code: ErrorCode): void {
  if (code !== ERRORS.NONE) throw errorOf(code);
}
