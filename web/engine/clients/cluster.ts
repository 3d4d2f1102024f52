import { ERRORS } from '../protocol/errors';
import type { MetadataResponse, Node, TopicPartition } from '../protocol/messages';
import { isInvalidMetadata } from './kafka-error';

export interface PartitionInfo {
  readonly topic: string;
  readonly partition: number;
  /** undefined while the partition has none that is alive. */
  readonly leader: Node | undefined;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
}

interface TopicInfo {
  /** By partition number. */
  readonly byNumber: readonly (PartitionInfo | undefined)[];
  /** As the broker sent them. */
  readonly asSent: readonly PartitionInfo[];
  readonly available: readonly PartitionInfo[];
}

/** What a client knows of the brokers and topics at one time. Immutable. */
export class Cluster {
  private readonly topicsByName = new Map<string, TopicInfo>();
  private readonly nodesById = new Map<number, Node>();
  readonly internalTopics = new Set<string>();
  /** Topics that were asked for and could not be described now, though they may be soon. */
  readonly unavailableTopics = new Set<string>();
  /** Topics whose description failed, with the code. */
  readonly errors = new Map<string, number>();

  private constructor(
    readonly nodes: readonly Node[],
    /** True while only the bootstrap addresses are known. */
    readonly isBootstrap: boolean,
    readonly controllerId: number,
    readonly clusterId: string | null,
  ) {
    for (const node of nodes) this.nodesById.set(node.id, node);
  }

  /** Only addresses are known: nodes -1, -2 and so on. */
  static bootstrap(addresses: readonly { readonly host: string; readonly port: number }[]): Cluster {
    const nodes = addresses.map((each, index) => ({ id: -1 - index, host: each.host, port: each.port, rack: null }));
    return new Cluster(nodes, true, -1, null);
  }

  static fromResponse(response: MetadataResponse): Cluster {
    const cluster = new Cluster(response.brokers, false, response.controllerId, response.clusterId);
    for (const topic of response.topics) {
      if (topic.errorCode !== ERRORS.NONE) {
        cluster.errors.set(topic.topic, topic.errorCode);
        if (isInvalidMetadata(topic.errorCode)) cluster.unavailableTopics.add(topic.topic);
        continue;
      }
      if (topic.isInternal) cluster.internalTopics.add(topic.topic);
      const partitions = topic.partitions.map((each) => {
        if (isInvalidMetadata(each.errorCode)) cluster.unavailableTopics.add(topic.topic);
        const leader = each.leader >= 0 ? cluster.nodesById.get(each.leader) : undefined;
        return { topic: topic.topic, partition: each.partition, leader, replicas: each.replicas, isr: each.isr };
      });
      cluster.addTopic(topic.topic, partitions);
    }
    return cluster;
  }

  get topics(): IterableIterator<string> {
    return this.topicsByName.keys();
  }

  /** In the order in which the broker sent them; undefined for an unknown topic. */
  partitionsForTopic(topic: string): readonly PartitionInfo[] | undefined {
    return this.topicsByName.get(topic)?.asSent;
  }

  /** Those that have a leader. */
  availablePartitionsForTopic(topic: string): readonly PartitionInfo[] {
    return this.topicsByName.get(topic)?.available ?? [];
  }

  /** undefined for an unknown topic. */
  partitionCountForTopic(topic: string): number | undefined {
    return this.topicsByName.get(topic)?.asSent.length;
  }

  partition(tp: TopicPartition): PartitionInfo | undefined {
    return this.topicsByName.get(tp.topic)?.byNumber[tp.partition];
  }

  leaderFor(tp: TopicPartition): Node | undefined {
    return this.partition(tp)?.leader;
  }

  private addTopic(topic: string, asSent: PartitionInfo[]): void {
    const byNumber: PartitionInfo[] = [];
    const available: PartitionInfo[] = [];
    for (const info of asSent) {
      byNumber[info.partition] = info;
      if (info.leader !== undefined) available.push(info);
    }
    this.topicsByName.set(topic, { byNumber, asSent, available });
  }
}
