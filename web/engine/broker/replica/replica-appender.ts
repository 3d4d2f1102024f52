import { ERRORS, exceptionClassOf } from '../../protocol/errors';
import type { TopicPartition } from '../../protocol/messages';
import type { RecordBatch } from '../../protocol/record-batch';
import type { LogAppendInfo } from '../log/log-append-info';
import { isInternalTopic } from '../metadata-cache';
import { DelayedProduce, type PendingProduce, type ProduceResult } from './delayed-produce';
import type { ParkedRequest } from './parked-request';
import type { ReplicaManager } from './replica-manager';

export interface AppendRequest {
  readonly timeoutMs: number;
  /** 0, 1 or -1. */
  readonly acks: number;
  readonly internalTopicsAllowed: boolean;
  readonly isFromClient: boolean;
  readonly partitions: readonly (TopicPartition & { readonly batches: readonly RecordBatch[] })[];
  /** Who waits, should it have to. */
  readonly parked?: Omit<ParkedRequest, 'partitions'>;
}

/** Failures that the log does not mention, since clients make them happen. */
const SILENT: ReadonlySet<number> = new Set([
  ERRORS.UNKNOWN_TOPIC_OR_PARTITION,
  ERRORS.NOT_LEADER_FOR_PARTITION,
  ERRORS.MESSAGE_TOO_LARGE,
  ERRORS.RECORD_LIST_TOO_LARGE,
  ERRORS.CORRUPT_MESSAGE,
  ERRORS.KAFKA_STORAGE_ERROR,
  ERRORS.INVALID_TIMESTAMP,
]);

/**
 * Appends to the logs that this broker leads and answers when the asked-for acknowledgement is reached.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/ReplicaManager.scala appendRecords
 */
export class ReplicaAppender {
  constructor(private readonly manager: ReplicaManager) {}

  append(request: AppendRequest, respond: (results: ProduceResult[]) => void): void {
    if (request.acks < -1 || request.acks > 1) {
      respond(request.partitions.map((each) => failed(each, ERRORS.INVALID_REQUIRED_ACKS, -1)));
      return;
    }
    const parts = request.partitions.map((each) => this.appendOne(each, request));
    const waits = request.acks === -1 && parts.some((part) => part.requiredOffset !== undefined);
    if (!waits) {
      respond(parts.map((part) => part.result));
      return;
    }
    const parked = request.parked === undefined ? undefined : { ...request.parked, partitions: request.partitions.map((each) => `${each.topic}-${each.partition}`) };
    const delayed = new DelayedProduce(request.timeoutMs, parts, respond, parked);
    const keys = parts.flatMap((part) => (part.source === undefined ? [] : [part.source]));
    if (!this.manager.producePurgatory.tryCompleteElseWatch(delayed, keys) && !delayed.completed && parked !== undefined) this.manager.traceParked(parked);
  }

  private appendOne(each: AppendRequest['partitions'][number], request: AppendRequest): PendingProduce {
    if (isInternalTopic(each.topic) && !request.internalTopicsAllowed) return rejected(failed(each, ERRORS.INVALID_TOPIC_EXCEPTION, -1));
    const partition = this.manager.partition(each.topic, each.partition);
    if (partition === undefined) return rejected(failed(each, this.manager.errorOfMissing(each), -1));
    const info = partition.appendToLeader(each.batches, { isFromClient: request.isFromClient, acks: request.acks });
    if (info.errorCode !== ERRORS.NONE) {
      this.logFailure(partition.name, info);
      return rejected(failed(each, info.errorCode, info.logStartOffset));
    }
    const result = {
      topic: each.topic,
      partition: each.partition,
      errorCode: ERRORS.NONE,
      baseOffset: info.firstOffset,
      logAppendTimeMs: info.logAppendTimeMs,
      logStartOffset: info.logStartOffset,
    };
    return { result, requiredOffset: info.lastOffset + 1, source: partition };
  }

  private logFailure(partitionName: string, info: LogAppendInfo): void {
    if (SILENT.has(info.errorCode)) return;
    const javaClass = info.errorClass ?? exceptionClassOf(info.errorCode);
    this.manager.log.error(`Error processing append operation on partition ${partitionName}`, `${javaClass}: ${info.errorMessage}`);
  }
}

function failed(tp: TopicPartition, errorCode: number, logStartOffset: number): ProduceResult {
  return { topic: tp.topic, partition: tp.partition, errorCode, baseOffset: -1, logAppendTimeMs: -1, logStartOffset };
}

function rejected(result: ProduceResult): PendingProduce {
  return { result, requiredOffset: undefined, source: undefined };
}
