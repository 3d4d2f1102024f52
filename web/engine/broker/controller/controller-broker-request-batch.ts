import type { LeaderAndIsrResponse, PartitionState, StopReplicaResponse, TopicPartition } from '../../protocol/messages';
import { LEADER_DURING_DELETE } from '../metadata-cache';
import type { ControllerChannelManager } from './controller-channel-manager';
import { type ControllerContext, PartitionMap } from './controller-context';
import type { LeaderIsrAndControllerEpoch } from './leader-and-isr';

const LEADER_AND_ISR_VERSION = 1;
const UPDATE_METADATA_VERSION = 4;
const STOP_REPLICA_VERSION = 0;

interface StopReplica {
  readonly tp: TopicPartition;
  readonly deletePartition: boolean;
  readonly onResponse: (response: StopReplicaResponse) => void;
}

/** What the batch needs of the controller. */
export interface RequestSender {
  readonly controllerId: number;
  readonly context: ControllerContext;
  readonly interBrokerListenerName: string;
  channelManager(): ControllerChannelManager | undefined;
  partitionsBeingDeleted(): readonly TopicPartition[];
  isBeingDeleted(tp: TopicPartition): boolean;
  onLeaderAndIsrResponse(brokerId: number, response: LeaderAndIsrResponse): void;
}

/**
 * Collects what one change means for every broker, and sends each broker one request of a kind.
 * @source kafka 1.1.0 core/src/main/scala/kafka/controller/ControllerChannelManager.scala ControllerBrokerRequestBatch
 */
export class ControllerBrokerRequestBatch {
  private readonly leaderAndIsr = new Map<number, PartitionMap<PartitionState>>();
  private readonly stopReplica = new Map<number, StopReplica[]>();
  private readonly metadataBrokers = new Set<number>();
  private readonly metadata = new PartitionMap<PartitionState>();

  constructor(private readonly sender: RequestSender) {}

  addLeaderAndIsr(
    brokerIds: readonly number[],
    tp: TopicPartition,
    state: LeaderIsrAndControllerEpoch,
    options: { readonly replicas: readonly number[]; readonly isNew: boolean },
  ): void {
    for (const brokerId of brokerIds) {
      const states = this.leaderAndIsr.get(brokerId) ?? new PartitionMap<PartitionState>();
      this.leaderAndIsr.set(brokerId, states);
      const isNew = options.isNew || states.get(tp)?.isNew === true;
      states.set(tp, { ...partitionState(state, options.replicas), isNew });
    }
    this.addUpdateMetadata(this.sender.context.liveOrShuttingDownIds, [tp]);
  }

  addStopReplica(
    brokerId: number,
    tp: TopicPartition,
    options: { readonly deletePartition: boolean; readonly onResponse?: (response: StopReplicaResponse) => void },
  ): void {
    const list = this.stopReplica.get(brokerId) ?? [];
    this.stopReplica.set(brokerId, list);
    list.push({ tp, deletePartition: options.deletePartition, onResponse: options.onResponse ?? (() => {}) });
  }

  /** No partitions named means all. */
  addUpdateMetadata(brokerIds: readonly number[], partitions?: readonly TopicPartition[]): void {
    const { sender } = this;
    for (const brokerId of brokerIds) this.metadataBrokers.add(brokerId);
    for (const tp of partitions ?? sender.context.leadership.keys()) if (!sender.isBeingDeleted(tp)) this.putMetadata(tp, false);
    for (const tp of sender.partitionsBeingDeleted()) this.putMetadata(tp, true);
  }

  private putMetadata(tp: TopicPartition, beingDeleted: boolean): void {
    const { context } = this.sender;
    const state = context.leadership.get(tp);
    if (state === undefined) return;
    const replicas = context.assignmentOf(tp);
    const shown = beingDeleted ? { ...state, leader: LEADER_DURING_DELETE } : state;
    this.metadata.set(tp, { ...partitionState(shown, replicas), offlineReplicas: replicas.filter((id) => !context.isOnline(id)) });
  }

  send(): void {
    this.sendLeaderAndIsr();
    this.sendUpdateMetadata();
    this.sendStopReplica();
  }

  private sendLeaderAndIsr(): void {
    const { sender } = this;
    for (const [brokerId, states] of this.leaderAndIsr) {
      const partitionStates = states.entries().map(([tp, state]) => ({ ...tp, ...state }));
      const leaders = new Set(partitionStates.map((state) => state.leader));
      const liveLeaders = sender.context.liveOrShuttingDownBrokers
        .filter((broker) => leaders.has(broker.id))
        .flatMap((broker) =>
          broker.endPoints
            .filter((endPoint) => endPoint.listenerName === sender.interBrokerListenerName)
            .map((endPoint) => ({ id: broker.id, host: endPoint.host, port: endPoint.port, rack: broker.rack })),
        );
      sender.channelManager()?.sendRequest(brokerId, {
        api: 'LeaderAndIsr',
        apiVersion: LEADER_AND_ISR_VERSION,
        body: { ...this.from(), partitionStates, liveLeaders },
        onResponse: (response) => sender.onLeaderAndIsrResponse(brokerId, response),
      });
    }
    this.leaderAndIsr.clear();
  }

  private sendUpdateMetadata(): void {
    const { sender } = this;
    const partitionStates = this.metadata.entries().map(([tp, state]) => ({ ...tp, ...state }));
    const body = { ...this.from(), partitionStates, liveBrokers: sender.context.liveOrShuttingDownBrokers };
    for (const brokerId of this.metadataBrokers) {
      sender.channelManager()?.sendRequest(brokerId, {
        api: 'UpdateMetadata',
        apiVersion: UPDATE_METADATA_VERSION,
        body,
        onResponse: undefined,
      });
    }
    this.metadataBrokers.clear();
    this.metadata.clear();
  }

  /** One request for each partition, behind an empty one: so does the real one, which brokers' logs show. */
  private sendStopReplica(): void {
    for (const [brokerId, list] of this.stopReplica) {
      this.sendStopReplicaRequest(brokerId, false, [], undefined);
      for (const { tp, deletePartition, onResponse } of list) this.sendStopReplicaRequest(brokerId, deletePartition, [tp], onResponse);
    }
    this.stopReplica.clear();
  }

  private sendStopReplicaRequest(
    brokerId: number,
    deletePartitions: boolean,
    partitions: readonly TopicPartition[],
    onResponse: StopReplica['onResponse'] | undefined,
  ): void {
    this.sender.channelManager()?.sendRequest(brokerId, {
      api: 'StopReplica',
      apiVersion: STOP_REPLICA_VERSION,
      body: { ...this.from(), deletePartitions, partitions },
      onResponse,
    });
  }

  private from(): { readonly controllerId: number; readonly controllerEpoch: number } {
    return { controllerId: this.sender.controllerId, controllerEpoch: this.sender.context.epoch };
  }
}

function partitionState(state: LeaderIsrAndControllerEpoch, replicas: readonly number[]): PartitionState {
  const { controllerEpoch, leader, leaderEpoch, isr, zkVersion } = state;
  return { controllerEpoch, leader, leaderEpoch, isr, zkVersion, replicas };
}
