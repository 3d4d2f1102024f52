/** One row of Kafka's table of errors. */
export interface ErrorRow {
  readonly code: number;
  readonly name: string;
  /** The Java exception's simple class name; null for NONE. */
  readonly exception: string | null;
  readonly message: string;
  readonly retriable: boolean;
}

/** A number of the table below. */
export type ErrorCode = number;

export const ERRORS = {
  UNKNOWN_SERVER_ERROR: -1,
  NONE: 0,
  OFFSET_OUT_OF_RANGE: 1,
  CORRUPT_MESSAGE: 2,
  UNKNOWN_TOPIC_OR_PARTITION: 3,
  INVALID_FETCH_SIZE: 4,
  LEADER_NOT_AVAILABLE: 5,
  NOT_LEADER_FOR_PARTITION: 6,
  REQUEST_TIMED_OUT: 7,
  BROKER_NOT_AVAILABLE: 8,
  REPLICA_NOT_AVAILABLE: 9,
  MESSAGE_TOO_LARGE: 10,
  STALE_CONTROLLER_EPOCH: 11,
  OFFSET_METADATA_TOO_LARGE: 12,
  NETWORK_EXCEPTION: 13,
  COORDINATOR_LOAD_IN_PROGRESS: 14,
  COORDINATOR_NOT_AVAILABLE: 15,
  NOT_COORDINATOR: 16,
  INVALID_TOPIC_EXCEPTION: 17,
  RECORD_LIST_TOO_LARGE: 18,
  NOT_ENOUGH_REPLICAS: 19,
  NOT_ENOUGH_REPLICAS_AFTER_APPEND: 20,
  INVALID_REQUIRED_ACKS: 21,
  ILLEGAL_GENERATION: 22,
  INCONSISTENT_GROUP_PROTOCOL: 23,
  INVALID_GROUP_ID: 24,
  UNKNOWN_MEMBER_ID: 25,
  INVALID_SESSION_TIMEOUT: 26,
  REBALANCE_IN_PROGRESS: 27,
  INVALID_COMMIT_OFFSET_SIZE: 28,
  TOPIC_AUTHORIZATION_FAILED: 29,
  GROUP_AUTHORIZATION_FAILED: 30,
  CLUSTER_AUTHORIZATION_FAILED: 31,
  INVALID_TIMESTAMP: 32,
  UNSUPPORTED_SASL_MECHANISM: 33,
  ILLEGAL_SASL_STATE: 34,
  UNSUPPORTED_VERSION: 35,
  TOPIC_ALREADY_EXISTS: 36,
  INVALID_PARTITIONS: 37,
  INVALID_REPLICATION_FACTOR: 38,
  INVALID_REPLICA_ASSIGNMENT: 39,
  INVALID_CONFIG: 40,
  NOT_CONTROLLER: 41,
  INVALID_REQUEST: 42,
  UNSUPPORTED_FOR_MESSAGE_FORMAT: 43,
  POLICY_VIOLATION: 44,
  OUT_OF_ORDER_SEQUENCE_NUMBER: 45,
  DUPLICATE_SEQUENCE_NUMBER: 46,
  INVALID_PRODUCER_EPOCH: 47,
  INVALID_TXN_STATE: 48,
  INVALID_PRODUCER_ID_MAPPING: 49,
  INVALID_TRANSACTION_TIMEOUT: 50,
  CONCURRENT_TRANSACTIONS: 51,
  TRANSACTION_COORDINATOR_FENCED: 52,
  TRANSACTIONAL_ID_AUTHORIZATION_FAILED: 53,
  SECURITY_DISABLED: 54,
  OPERATION_NOT_ATTEMPTED: 55,
  KAFKA_STORAGE_ERROR: 56,
  LOG_DIR_NOT_FOUND: 57,
  SASL_AUTHENTICATION_FAILED: 58,
  UNKNOWN_PRODUCER_ID: 59,
  REASSIGNMENT_IN_PROGRESS: 60,
  DELEGATION_TOKEN_AUTH_DISABLED: 61,
  DELEGATION_TOKEN_NOT_FOUND: 62,
  DELEGATION_TOKEN_OWNER_MISMATCH: 63,
  DELEGATION_TOKEN_REQUEST_NOT_ALLOWED: 64,
  DELEGATION_TOKEN_AUTHORIZATION_FAILED: 65,
  DELEGATION_TOKEN_EXPIRED: 66,
  INVALID_PRINCIPAL_TYPE: 67,
  NON_EMPTY_GROUP: 68,
  GROUP_ID_NOT_FOUND: 69,
  FETCH_SESSION_ID_NOT_FOUND: 70,
  INVALID_FETCH_SESSION_EPOCH: 71,
} as const;

function row(code: number, name: string, exception: string | null, message: string, retriable = false): ErrorRow {
  return { code, name, exception, message, retriable };
}

/**
 * Every error of the protocol with what its exception says when nobody gave it a better message.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/common/protocol/Errors.java
 */
export const ERROR_ROWS: readonly ErrorRow[] = [
  row(-1, 'UNKNOWN_SERVER_ERROR', 'UnknownServerException', 'The server experienced an unexpected error when processing the request'),
  row(0, 'NONE', null, 'NONE'),
  row(1, 'OFFSET_OUT_OF_RANGE', 'OffsetOutOfRangeException', 'The requested offset is not within the range of offsets maintained by the server.'),
  row(2, 'CORRUPT_MESSAGE', 'CorruptRecordException', 'This message has failed its CRC checksum, exceeds the valid size, or is otherwise corrupt.', true),
  row(3, 'UNKNOWN_TOPIC_OR_PARTITION', 'UnknownTopicOrPartitionException', 'This server does not host this topic-partition.', true),
  row(4, 'INVALID_FETCH_SIZE', 'InvalidFetchSizeException', 'The requested fetch size is invalid.'),
  row(5, 'LEADER_NOT_AVAILABLE', 'LeaderNotAvailableException', 'There is no leader for this topic-partition as we are in the middle of a leadership election.', true),
  row(6, 'NOT_LEADER_FOR_PARTITION', 'NotLeaderForPartitionException', 'This server is not the leader for that topic-partition.', true),
  row(7, 'REQUEST_TIMED_OUT', 'TimeoutException', 'The request timed out.', true),
  row(8, 'BROKER_NOT_AVAILABLE', 'BrokerNotAvailableException', 'The broker is not available.'),
  row(9, 'REPLICA_NOT_AVAILABLE', 'ReplicaNotAvailableException', 'The replica is not available for the requested topic-partition'),
  row(10, 'MESSAGE_TOO_LARGE', 'RecordTooLargeException', 'The request included a message larger than the max message size the server will accept.'),
  row(11, 'STALE_CONTROLLER_EPOCH', 'ControllerMovedException', 'The controller moved to another broker.'),
  row(12, 'OFFSET_METADATA_TOO_LARGE', 'OffsetMetadataTooLarge', 'The metadata field of the offset request was too large.'),
  row(13, 'NETWORK_EXCEPTION', 'NetworkException', 'The server disconnected before a response was received.', true),
  row(14, 'COORDINATOR_LOAD_IN_PROGRESS', 'CoordinatorLoadInProgressException', "The coordinator is loading and hence can't process requests.", true),
  row(15, 'COORDINATOR_NOT_AVAILABLE', 'CoordinatorNotAvailableException', 'The coordinator is not available.', true),
  row(16, 'NOT_COORDINATOR', 'NotCoordinatorException', 'This is not the correct coordinator.', true),
  row(17, 'INVALID_TOPIC_EXCEPTION', 'InvalidTopicException', 'The request attempted to perform an operation on an invalid topic.'),
  row(18, 'RECORD_LIST_TOO_LARGE', 'RecordBatchTooLargeException', 'The request included message batch larger than the configured segment size on the server.'),
  row(19, 'NOT_ENOUGH_REPLICAS', 'NotEnoughReplicasException', 'Messages are rejected since there are fewer in-sync replicas than required.', true),
  row(20, 'NOT_ENOUGH_REPLICAS_AFTER_APPEND', 'NotEnoughReplicasAfterAppendException', 'Messages are written to the log, but to fewer in-sync replicas than required.', true),
  row(21, 'INVALID_REQUIRED_ACKS', 'InvalidRequiredAcksException', 'Produce request specified an invalid value for required acks.'),
  row(22, 'ILLEGAL_GENERATION', 'IllegalGenerationException', 'Specified group generation id is not valid.'),
  row(23, 'INCONSISTENT_GROUP_PROTOCOL', 'InconsistentGroupProtocolException', "The group member's supported protocols are incompatible with those of existing members or first group member tried to join with empty protocol type or empty protocol list."),
  row(24, 'INVALID_GROUP_ID', 'InvalidGroupIdException', 'The configured groupId is invalid'),
  row(25, 'UNKNOWN_MEMBER_ID', 'UnknownMemberIdException', 'The coordinator is not aware of this member.'),
  row(26, 'INVALID_SESSION_TIMEOUT', 'InvalidSessionTimeoutException', 'The session timeout is not within the range allowed by the broker (as configured by group.min.session.timeout.ms and group.max.session.timeout.ms).'),
  row(27, 'REBALANCE_IN_PROGRESS', 'RebalanceInProgressException', 'The group is rebalancing, so a rejoin is needed.'),
  row(28, 'INVALID_COMMIT_OFFSET_SIZE', 'InvalidCommitOffsetSizeException', 'The committing offset data size is not valid'),
  row(29, 'TOPIC_AUTHORIZATION_FAILED', 'TopicAuthorizationException', 'Not authorized to access topics: [Topic authorization failed.]'),
  row(30, 'GROUP_AUTHORIZATION_FAILED', 'GroupAuthorizationException', 'Not authorized to access group: Group authorization failed.'),
  row(31, 'CLUSTER_AUTHORIZATION_FAILED', 'ClusterAuthorizationException', 'Cluster authorization failed.'),
  row(32, 'INVALID_TIMESTAMP', 'InvalidTimestampException', 'The timestamp of the message is out of acceptable range.'),
  row(33, 'UNSUPPORTED_SASL_MECHANISM', 'UnsupportedSaslMechanismException', 'The broker does not support the requested SASL mechanism.'),
  row(34, 'ILLEGAL_SASL_STATE', 'IllegalSaslStateException', 'Request is not valid given the current SASL state.'),
  row(35, 'UNSUPPORTED_VERSION', 'UnsupportedVersionException', 'The version of API is not supported.'),
  row(36, 'TOPIC_ALREADY_EXISTS', 'TopicExistsException', 'Topic with this name already exists.'),
  row(37, 'INVALID_PARTITIONS', 'InvalidPartitionsException', 'Number of partitions is invalid.'),
  row(38, 'INVALID_REPLICATION_FACTOR', 'InvalidReplicationFactorException', 'Replication-factor is invalid.'),
  row(39, 'INVALID_REPLICA_ASSIGNMENT', 'InvalidReplicaAssignmentException', 'Replica assignment is invalid.'),
  row(40, 'INVALID_CONFIG', 'InvalidConfigurationException', 'Configuration is invalid.'),
  row(41, 'NOT_CONTROLLER', 'NotControllerException', 'This is not the correct controller for this cluster.', true),
  row(42, 'INVALID_REQUEST', 'InvalidRequestException', 'This most likely occurs because of a request being malformed by the client library or the message was sent to an incompatible broker. See the broker logs for more details.'),
  row(43, 'UNSUPPORTED_FOR_MESSAGE_FORMAT', 'UnsupportedForMessageFormatException', 'The message format version on the broker does not support the request.'),
  row(44, 'POLICY_VIOLATION', 'PolicyViolationException', 'Request parameters do not satisfy the configured policy.'),
  row(45, 'OUT_OF_ORDER_SEQUENCE_NUMBER', 'OutOfOrderSequenceException', 'The broker received an out of order sequence number'),
  row(46, 'DUPLICATE_SEQUENCE_NUMBER', 'DuplicateSequenceException', 'The broker received a duplicate sequence number'),
  row(47, 'INVALID_PRODUCER_EPOCH', 'ProducerFencedException', "Producer attempted an operation with an old epoch. Either there is a newer producer with the same transactionalId, or the producer's transaction has been expired by the broker."),
  row(48, 'INVALID_TXN_STATE', 'InvalidTxnStateException', 'The producer attempted a transactional operation in an invalid state'),
  row(49, 'INVALID_PRODUCER_ID_MAPPING', 'InvalidPidMappingException', 'The producer attempted to use a producer id which is not currently assigned to its transactional id'),
  row(50, 'INVALID_TRANSACTION_TIMEOUT', 'InvalidTxnTimeoutException', 'The transaction timeout is larger than the maximum value allowed by the broker (as configured by transaction.max.timeout.ms).'),
  row(51, 'CONCURRENT_TRANSACTIONS', 'ConcurrentTransactionsException', 'The producer attempted to update a transaction while another concurrent operation on the same transaction was ongoing'),
  row(52, 'TRANSACTION_COORDINATOR_FENCED', 'TransactionCoordinatorFencedException', 'Indicates that the transaction coordinator sending a WriteTxnMarker is no longer the current coordinator for a given producer'),
  row(53, 'TRANSACTIONAL_ID_AUTHORIZATION_FAILED', 'TransactionalIdAuthorizationException', 'Transactional Id authorization failed'),
  row(54, 'SECURITY_DISABLED', 'SecurityDisabledException', 'Security features are disabled.'),
  row(55, 'OPERATION_NOT_ATTEMPTED', 'OperationNotAttemptedException', 'The broker did not attempt to execute this operation. This may happen for batched RPCs where some operations in the batch failed, causing the broker to respond without trying the rest.'),
  row(56, 'KAFKA_STORAGE_ERROR', 'KafkaStorageException', 'Disk error when trying to access log file on the disk.', true),
  row(57, 'LOG_DIR_NOT_FOUND', 'LogDirNotFoundException', 'The user-specified log directory is not found in the broker config.'),
  row(58, 'SASL_AUTHENTICATION_FAILED', 'SaslAuthenticationException', 'SASL Authentication failed.'),
  row(59, 'UNKNOWN_PRODUCER_ID', 'UnknownProducerIdException', "This exception is raised by the broker if it could not locate the producer metadata associated with the producerId in question. This could happen if, for instance, the producer's records were deleted because their retention time had elapsed. Once the last records of the producerId are removed, the producer's metadata is removed from the broker, and future appends by the producer will return this exception."),
  row(60, 'REASSIGNMENT_IN_PROGRESS', 'ReassignmentInProgressException', 'A partition reassignment is in progress'),
  row(61, 'DELEGATION_TOKEN_AUTH_DISABLED', 'DelegationTokenDisabledException', 'Delegation Token feature is not enabled.'),
  row(62, 'DELEGATION_TOKEN_NOT_FOUND', 'DelegationTokenNotFoundException', 'Delegation Token is not found on server.'),
  row(63, 'DELEGATION_TOKEN_OWNER_MISMATCH', 'DelegationTokenOwnerMismatchException', 'Specified Principal is not valid Owner/Renewer.'),
  row(64, 'DELEGATION_TOKEN_REQUEST_NOT_ALLOWED', 'UnsupportedByAuthenticationException', 'Delegation Token requests are not allowed on PLAINTEXT/1-way SSL channels and on delegation token authenticated channels.'),
  row(65, 'DELEGATION_TOKEN_AUTHORIZATION_FAILED', 'DelegationTokenAuthorizationException', 'Delegation Token authorization failed.'),
  row(66, 'DELEGATION_TOKEN_EXPIRED', 'DelegationTokenExpiredException', 'Delegation Token is expired.'),
  row(67, 'INVALID_PRINCIPAL_TYPE', 'InvalidPrincipalTypeException', 'Supplied principalType is not supported'),
  row(68, 'NON_EMPTY_GROUP', 'GroupNotEmptyException', 'The group The group is not empty is not empty'),
  row(69, 'GROUP_ID_NOT_FOUND', 'GroupIdNotFoundException', 'The group id The group id does not exist was not found'),
  row(70, 'FETCH_SESSION_ID_NOT_FOUND', 'FetchSessionIdNotFoundException', 'The fetch session ID was not found', true),
  row(71, 'INVALID_FETCH_SESSION_EPOCH', 'InvalidFetchSessionEpochException', 'The fetch session epoch is invalid', true),
];

const ROW_BY_CODE = new Map(ERROR_ROWS.map((error) => [error.code, error]));

/** The row of a code; that of UNKNOWN_SERVER_ERROR for a code that is not in the table. */
export function errorForCode(code: ErrorCode): ErrorRow {
  return ROW_BY_CODE.get(code) ?? (ERROR_ROWS[0] as ErrorRow);
}

/** The exception's full name, as a stack trace or a log line begins with it. */
export function exceptionClassOf(code: ErrorCode): string {
  return `org.apache.kafka.common.errors.${errorForCode(code).exception ?? ''}`;
}
