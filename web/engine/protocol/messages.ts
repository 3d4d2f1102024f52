/**
 * What the requests and responses of Kafka 1.1.0 carry, as plain objects: the schema's fields in camelCase.
 *
 * Units: offsets count records from 0; times are in ms. Errors are codes (see `errors.ts`), never exceptions.
 * Simplified: one shape per API, that of the newest version that the release speaks; versions differ only in their number.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/requests
 */
import type { ErrorCode } from './errors';
import type { RecordBatch } from './record-batch';

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** `orders-0`. */
export function topicPartitionName(tp: TopicPartition): string {
  return `${tp.topic}-${tp.partition}`;
}

export interface Node {
  readonly id: number;
  readonly host: string;
  readonly port: number;
  readonly rack: string | null;
}

type PerPartition<T> = (TopicPartition & T)[];

// Produce, Fetch, ListOffsets

export interface ProduceRequest {
  readonly transactionalId: string | null;
  readonly acks: number;
  readonly timeoutMs: number;
  readonly partitions: PerPartition<{ readonly batches: readonly RecordBatch[] }>;
}
export interface ProduceResponse {
  readonly partitions: PerPartition<{ readonly errorCode: ErrorCode; readonly baseOffset: number; readonly logAppendTimeMs: number; readonly logStartOffset: number }>;
  readonly throttleTimeMs: number;
}

export interface FetchRequest {
  /** -1 for a consumer. */
  readonly replicaId: number;
  readonly maxWaitMs: number;
  readonly minBytes: number;
  readonly maxBytes: number;
  /** 0 read_uncommitted, 1 read_committed. */
  readonly isolationLevel: number;
  /** 0 and -1 for no session; see KIP-227. */
  readonly sessionId: number;
  readonly sessionEpoch: number;
  readonly partitions: PerPartition<{ readonly fetchOffset: number; readonly logStartOffset: number; readonly maxBytes: number }>;
  readonly forgotten: readonly TopicPartition[];
}
export interface FetchResponse {
  readonly throttleTimeMs: number;
  readonly errorCode: ErrorCode;
  readonly sessionId: number;
  readonly partitions: PerPartition<FetchedPartition>;
}
export interface FetchedPartition {
  readonly errorCode: ErrorCode;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStartOffset: number;
  readonly abortedTransactions: readonly { readonly producerId: number; readonly firstOffset: number }[] | null;
  /** Whole batches; the first may begin before the fetch offset. */
  readonly batches: readonly RecordBatch[];
}

export const EARLIEST_TIMESTAMP = -2;
export const LATEST_TIMESTAMP = -1;
export interface ListOffsetsRequest {
  readonly replicaId: number;
  readonly isolationLevel: number;
  /** Version 0 asks for several offsets (GetOffsetShell). */
  readonly partitions: PerPartition<{ readonly timestampMs: number; readonly maxNumOffsets?: number }>;
}
export interface ListOffsetsResponse {
  readonly partitions: PerPartition<{ readonly errorCode: ErrorCode; readonly timestampMs: number; readonly offset: number; readonly offsets?: readonly number[] }>;
}

// Metadata

export interface MetadataRequest {
  /** null asks for all topics. */
  readonly topics: readonly string[] | null;
  readonly allowAutoTopicCreation: boolean;
}
export interface PartitionMetadata {
  readonly errorCode: ErrorCode;
  readonly partition: number;
  /** -1 when there is none. */
  readonly leader: number;
  readonly replicas: readonly number[];
  readonly isr: readonly number[];
  readonly offlineReplicas: readonly number[];
}
export interface TopicMetadata {
  readonly errorCode: ErrorCode;
  readonly topic: string;
  readonly isInternal: boolean;
  readonly partitions: readonly PartitionMetadata[];
}
export interface MetadataResponse {
  readonly brokers: readonly Node[];
  readonly clusterId: string | null;
  readonly controllerId: number;
  readonly topics: readonly TopicMetadata[];
}

// Controller to broker

export interface PartitionState {
  readonly controllerEpoch: number;
  readonly leader: number;
  readonly leaderEpoch: number;
  readonly isr: readonly number[];
  readonly zkVersion: number;
  readonly replicas: readonly number[];
  readonly isNew?: boolean;
  readonly offlineReplicas?: readonly number[];
}
export interface LeaderAndIsrRequest {
  readonly controllerId: number;
  readonly controllerEpoch: number;
  readonly partitionStates: PerPartition<PartitionState>;
  readonly liveLeaders: readonly Node[];
}
export interface LeaderAndIsrResponse {
  readonly errorCode: ErrorCode;
  readonly partitions: PerPartition<{ readonly errorCode: ErrorCode }>;
}
export interface StopReplicaRequest {
  readonly controllerId: number;
  readonly controllerEpoch: number;
  readonly deletePartitions: boolean;
  readonly partitions: readonly TopicPartition[];
}
export type StopReplicaResponse = LeaderAndIsrResponse;
export interface UpdateMetadataRequest {
  readonly controllerId: number;
  readonly controllerEpoch: number;
  readonly partitionStates: PerPartition<PartitionState>;
  readonly liveBrokers: readonly { readonly id: number; readonly rack: string | null; readonly endPoints: readonly EndPoint[] }[];
}
export interface EndPoint {
  readonly host: string;
  readonly port: number;
  readonly listenerName: string;
  readonly securityProtocol: string;
}
export interface ErrorResponse {
  readonly errorCode: ErrorCode;
}
export interface ControlledShutdownRequest {
  readonly brokerId: number;
}
export interface ControlledShutdownResponse {
  readonly errorCode: ErrorCode;
  readonly partitionsRemaining: readonly TopicPartition[];
}
export interface OffsetForLeaderEpochRequest {
  readonly partitions: PerPartition<{ readonly leaderEpoch: number }>;
}
export interface OffsetForLeaderEpochResponse {
  readonly partitions: PerPartition<{ readonly errorCode: ErrorCode; readonly endOffset: number }>;
}

// Groups

export interface FindCoordinatorRequest {
  readonly coordinatorKey: string;
  /** 0 group, 1 transaction. */
  readonly coordinatorType: number;
}
export interface FindCoordinatorResponse {
  readonly errorCode: ErrorCode;
  readonly errorMessage: string | null;
  readonly coordinator: Node;
}
export interface Subscription {
  readonly topics: readonly string[];
  readonly userData?: Uint8Array;
}
export interface JoinGroupRequest {
  readonly groupId: string;
  readonly sessionTimeoutMs: number;
  readonly rebalanceTimeoutMs: number;
  /** Empty for a new member. */
  readonly memberId: string;
  readonly protocolType: string;
  readonly protocols: readonly { readonly name: string; readonly metadata: Subscription }[];
}
export interface JoinGroupResponse {
  readonly errorCode: ErrorCode;
  readonly generationId: number;
  readonly protocol: string;
  readonly leaderId: string;
  readonly memberId: string;
  /** Filled for the leader only. */
  readonly members: readonly { readonly memberId: string; readonly metadata: Subscription }[];
}
export interface Assignment {
  readonly partitions: readonly TopicPartition[];
  readonly userData?: Uint8Array;
}
export interface SyncGroupRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
  /** Filled by the leader only. */
  readonly assignments: readonly { readonly memberId: string; readonly assignment: Assignment }[];
}
export interface SyncGroupResponse {
  readonly errorCode: ErrorCode;
  readonly assignment: Assignment;
}
export interface HeartbeatRequest {
  readonly groupId: string;
  readonly generationId: number;
  readonly memberId: string;
}
export interface LeaveGroupRequest {
  readonly groupId: string;
  readonly memberId: string;
}
export interface OffsetCommitRequest {
  readonly groupId: string;
  /** -1 and '' when the committer is no member. */
  readonly generationId: number;
  readonly memberId: string;
  readonly retentionTimeMs: number;
  readonly partitions: PerPartition<{ readonly offset: number; readonly metadata: string }>;
}
export interface OffsetCommitResponse {
  readonly partitions: PerPartition<{ readonly errorCode: ErrorCode }>;
}
export interface OffsetFetchRequest {
  readonly groupId: string;
  /** null asks for all partitions that the group has committed. */
  readonly partitions: readonly TopicPartition[] | null;
}
export interface OffsetFetchResponse {
  readonly errorCode: ErrorCode;
  /** `offset` -1 where nothing is committed. */
  readonly partitions: PerPartition<{ readonly errorCode: ErrorCode; readonly offset: number; readonly metadata: string }>;
}
export interface DescribeGroupsRequest {
  readonly groupIds: readonly string[];
}
export interface DescribedGroup {
  readonly errorCode: ErrorCode;
  readonly groupId: string;
  readonly state: string;
  readonly protocolType: string;
  readonly protocol: string;
  readonly members: readonly {
    readonly memberId: string;
    readonly clientId: string;
    /** `/172.18.0.3`. */
    readonly clientHost: string;
    readonly metadata: Subscription;
    readonly assignment: Assignment;
  }[];
}
export interface DescribeGroupsResponse {
  readonly groups: readonly DescribedGroup[];
}
export interface ListGroupsResponse {
  readonly errorCode: ErrorCode;
  readonly groups: readonly { readonly groupId: string; readonly protocolType: string }[];
}
export interface DeleteGroupsRequest {
  readonly groupIds: readonly string[];
}
export interface DeleteGroupsResponse {
  readonly results: readonly { readonly groupId: string; readonly errorCode: ErrorCode }[];
}

// Administration

export interface ApiVersionsResponse {
  readonly errorCode: ErrorCode;
  readonly apiVersions: readonly { readonly apiKey: number; readonly minVersion: number; readonly maxVersion: number }[];
}
export interface CreateTopicsRequest {
  readonly topics: readonly {
    readonly topic: string;
    readonly numPartitions: number;
    readonly replicationFactor: number;
    readonly replicaAssignment: ReadonlyMap<number, readonly number[]>;
    readonly configs: ReadonlyMap<string, string>;
  }[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}
export interface TopicErrorsResponse {
  readonly topics: readonly { readonly topic: string; readonly errorCode: ErrorCode; readonly errorMessage: string | null }[];
}
export interface DeleteTopicsRequest {
  readonly topics: readonly string[];
  readonly timeoutMs: number;
}
export interface CreatePartitionsRequest {
  readonly topics: readonly { readonly topic: string; readonly count: number; readonly assignments: readonly (readonly number[])[] | null }[];
  readonly timeoutMs: number;
  readonly validateOnly: boolean;
}
export interface DeleteRecordsRequest {
  readonly partitions: PerPartition<{ readonly offset: number }>;
  readonly timeoutMs: number;
}
export interface DeleteRecordsResponse {
  readonly partitions: PerPartition<{ readonly errorCode: ErrorCode; readonly lowWatermark: number }>;
}
export interface InitProducerIdRequest {
  readonly transactionalId: string | null;
  readonly transactionTimeoutMs: number;
}
export interface InitProducerIdResponse {
  readonly errorCode: ErrorCode;
  readonly producerId: number;
  readonly producerEpoch: number;
}

/** Request and response of every API that is simulated. */
export interface Messages {
  Produce: { request: ProduceRequest; response: ProduceResponse };
  Fetch: { request: FetchRequest; response: FetchResponse };
  ListOffsets: { request: ListOffsetsRequest; response: ListOffsetsResponse };
  Metadata: { request: MetadataRequest; response: MetadataResponse };
  LeaderAndIsr: { request: LeaderAndIsrRequest; response: LeaderAndIsrResponse };
  StopReplica: { request: StopReplicaRequest; response: StopReplicaResponse };
  UpdateMetadata: { request: UpdateMetadataRequest; response: ErrorResponse };
  ControlledShutdown: { request: ControlledShutdownRequest; response: ControlledShutdownResponse };
  OffsetForLeaderEpoch: { request: OffsetForLeaderEpochRequest; response: OffsetForLeaderEpochResponse };
  FindCoordinator: { request: FindCoordinatorRequest; response: FindCoordinatorResponse };
  JoinGroup: { request: JoinGroupRequest; response: JoinGroupResponse };
  SyncGroup: { request: SyncGroupRequest; response: SyncGroupResponse };
  Heartbeat: { request: HeartbeatRequest; response: ErrorResponse };
  LeaveGroup: { request: LeaveGroupRequest; response: ErrorResponse };
  OffsetCommit: { request: OffsetCommitRequest; response: OffsetCommitResponse };
  OffsetFetch: { request: OffsetFetchRequest; response: OffsetFetchResponse };
  DescribeGroups: { request: DescribeGroupsRequest; response: DescribeGroupsResponse };
  ListGroups: { request: Record<string, never>; response: ListGroupsResponse };
  DeleteGroups: { request: DeleteGroupsRequest; response: DeleteGroupsResponse };
  ApiVersions: { request: Record<string, never>; response: ApiVersionsResponse };
  CreateTopics: { request: CreateTopicsRequest; response: TopicErrorsResponse };
  DeleteTopics: { request: DeleteTopicsRequest; response: TopicErrorsResponse };
  CreatePartitions: { request: CreatePartitionsRequest; response: TopicErrorsResponse };
  DeleteRecords: { request: DeleteRecordsRequest; response: DeleteRecordsResponse };
  InitProducerId: { request: InitProducerIdRequest; response: InitProducerIdResponse };
}

export type SimulatedApi = keyof Messages;

/** A request as it travels. */
export interface Request<A extends SimulatedApi = SimulatedApi> {
  readonly api: A;
  readonly apiVersion: number;
  readonly correlationId: number;
  readonly clientId: string;
  readonly body: Messages[A]['request'];
}

/** A response as it travels back on the same connection, in the order of the requests. */
export interface Response<A extends SimulatedApi = SimulatedApi> {
  readonly api: A;
  readonly correlationId: number;
  readonly body: Messages[A]['response'];
}
