import { ERRORS } from '../protocol/errors';
import { scalaMutableMapOrder } from '../protocol/jvm-hash-order';
import type { EndPoint, Node, PartitionMetadata, PartitionState, TopicMetadata, TopicPartition, UpdateMetadataRequest } from '../protocol/messages';

/** The leader of a partition whose topic is being deleted. */
export const LEADER_DURING_DELETE = -2;

export interface CachedBroker {
  readonly id: number;
  readonly rack: string | null;
  readonly endPoints: readonly EndPoint[];
}

const INTERNAL_TOPICS: ReadonlySet<string> = new Set(['__consumer_offsets', '__transaction_state']);

export function isInternalTopic(topic: string): boolean {
  return INTERNAL_TOPICS.has(topic);
}

/**
 * What the controller last told this broker of the cluster; all that clients hear of it comes from here.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/MetadataCache.scala
 */
export class MetadataCache {
  controllerId: number | undefined;
  private readonly topics = new Map<string, Map<number, PartitionState>>();
  private brokers = new Map<number, CachedBroker>();

  get aliveBrokers(): readonly CachedBroker[] {
    return [...this.brokers.values()];
  }

  isAlive(brokerId: number): boolean {
    return this.brokers.has(brokerId);
  }

  get topicNames(): readonly string[] {
    return [...this.topics.keys()];
  }

  has(tp: TopicPartition): boolean {
    return this.topics.get(tp.topic)?.has(tp.partition) === true;
  }

  hasTopic(topic: string): boolean {
    return this.topics.has(topic);
  }

  partitionState(topic: string, partition: number): PartitionState | undefined {
    return this.topics.get(topic)?.get(partition);
  }

  partitionsOf(topic: string): ReadonlyMap<number, PartitionState> {
    return this.topics.get(topic) ?? new Map<number, PartitionState>();
  }

  /** A live broker's end point of that listener. */
  node(brokerId: number, listenerName: string): Node | undefined {
    const broker = this.brokers.get(brokerId);
    const endPoint = broker?.endPoints.find((each) => each.listenerName === listenerName);
    if (broker === undefined || endPoint === undefined) return undefined;
    return { id: broker.id, host: endPoint.host, port: endPoint.port, rack: broker.rack };
  }

  aliveNodes(listenerName: string): Node[] {
    return this.aliveBrokers.map((broker) => this.node(broker.id, listenerName)).filter((node): node is Node => node !== undefined);
  }

  /** Returns the partitions that are no more. */
  update(request: UpdateMetadataRequest): TopicPartition[] {
    this.controllerId = request.controllerId < 0 ? undefined : request.controllerId;
    this.brokers = new Map(request.liveBrokers.map((broker) => [broker.id, broker]));
    const deleted: TopicPartition[] = [];
    for (const state of request.partitionStates) {
      if (state.leader === LEADER_DURING_DELETE) {
        this.remove(state);
        deleted.push({ topic: state.topic, partition: state.partition });
      } else this.put(state);
    }
    return deleted;
  }

  /** Undefined when the topic is not known. */
  topicMetadata(topic: string, listenerName: string): TopicMetadata | undefined {
    const partitions = this.topics.get(topic);
    if (partitions === undefined) return undefined;
    const inScalaOrder = scalaMutableMapOrder([...partitions.keys()], (partition) => partition);
    const list = inScalaOrder.map((partition) => this.partitionMetadata(partition, partitions.get(partition) as PartitionState, listenerName));
    return { errorCode: ERRORS.NONE, topic, isInternal: isInternalTopic(topic), partitions: list };
  }

  private partitionMetadata(partition: number, state: PartitionState, listenerName: string): PartitionMetadata {
    const leader = this.node(state.leader, listenerName);
    return {
      errorCode: leader === undefined ? ERRORS.LEADER_NOT_AVAILABLE : ERRORS.NONE,
      partition,
      leader: leader?.id ?? -1,
      replicas: state.replicas,
      isr: state.isr,
      offlineReplicas: state.replicas.filter((id) => state.offlineReplicas?.includes(id) === true || !this.brokers.has(id)),
    };
  }

  private put(state: PartitionState & TopicPartition): void {
    const partitions = this.topics.get(state.topic);
    if (partitions === undefined) this.topics.set(state.topic, new Map([[state.partition, state]]));
    else partitions.set(state.partition, state);
  }

  private remove(tp: TopicPartition): void {
    const partitions = this.topics.get(tp.topic);
    if (partitions === undefined) return;
    partitions.delete(tp.partition);
    if (partitions.size === 0) this.topics.delete(tp.topic);
  }
}
