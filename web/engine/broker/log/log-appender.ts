import { NO_TIMESTAMP } from '../../protocol/default-record-batch';
import { ERRORS } from '../../protocol/errors';
import { topicPartitionName } from '../../protocol/messages';
import type { RecordBatch } from '../../protocol/record-batch';
import { assignOffsets, checkSize, checkTotalSize } from './leader-append';
import { addUp, appendFailed, type AppendTotals, describeDuplicate, type LogAppendInfo, nothingAppended } from './log-append-info';
import { KafkaStorageError } from './log-dir-failure-channel';
import type { LogOffsetMetadata } from './log-offset-metadata';
import type { LogParts } from './log-parts';
import type { LogSegment } from './log-segment';
import type { Rejection } from './log-validator';
import { checkProducers, type ProducerCheck } from './producer-check';

const MAX_INT = 2147483647;

/** A log as its appender sees it. */
export interface AppendableLog extends LogParts {
  readonly name: string;
  readonly parentDir: string;
  roll(expectedNextOffset: number): LogSegment;
  flush(offset?: number): void;
}

/**
 * Checks batches, gives them offsets, and writes them at the end of a log.
 *
 * Errors: codes in what it returns, never exceptions.
 * @source kafka 1.1.0 core/src/main/scala/kafka/log/Log.scala append
 */
export class LogAppender {
  constructor(private readonly log: AppendableLog) {}

  /** Appends what a client, or the broker itself, sends: gives offsets and the leader's epoch. */
  appendAsLeader(batches: readonly RecordBatch[], leaderEpoch: number, isFromClient: boolean): LogAppendInfo {
    const { config } = this.log;
    const nowMs = this.log.env.sim.dateMs();
    const assigned = assignOffsets(batches, { config, nextOffset: this.log.logEndOffset, leaderEpoch, nowMs, isFromClient });
    if ('errorCode' in assigned) return this.refuse(assigned);
    return this.append(assigned, isFromClient, config.messageTimestampType === 'LogAppendTime' ? nowMs : NO_TIMESTAMP);
  }

  /** Appends what the leader has, offsets and all. */
  appendAsFollower(batches: readonly RecordBatch[]): LogAppendInfo {
    let next = this.log.logEndOffset;
    for (const batch of batches) {
      const tooLarge = checkSize(batch, this.log.config);
      if (tooLarge !== undefined) return this.refuse(tooLarge);
      if (batch.baseOffset < next) throw new Error(`Out of order offsets found in ${this.log.name}: ${batch.baseOffset} after ${next}`);
      next = batch.lastOffset + 1;
    }
    return this.append(batches, false, NO_TIMESTAMP);
  }

  private append(batches: readonly RecordBatch[], isFromClient: boolean, logAppendTimeMs: number): LogAppendInfo {
    const describe = (): string => `Error while appending records to ${topicPartitionName(this.log.topicPartition)} in dir ${this.log.parentDir}`;
    try {
      return this.log.env.failures.guard(this.log.parentDir, describe, () => this.appendUnguarded(batches, isFromClient, logAppendTimeMs));
    } catch (error) {
      if (!(error instanceof KafkaStorageError)) throw error;
      return this.refuse({ errorCode: ERRORS.KAFKA_STORAGE_ERROR, errorMessage: error.message });
    }
  }

  private appendUnguarded(batches: readonly RecordBatch[], isFromClient: boolean, logAppendTimeMs: number): LogAppendInfo {
    if (batches.length === 0) return nothingAppended(this.log.logStartOffset);
    const totals = addUp(batches);
    for (const batch of batches) this.log.leaderEpochCache.assign(batch.partitionLeaderEpoch, batch.baseOffset);
    const tooLarge = checkTotalSize(totals.sizeInBytes, this.log.config);
    if (tooLarge !== undefined) return this.refuse(tooLarge);
    const check = checkProducers(this.log.producerStateManager, batches, isFromClient);
    if (check.failure !== undefined) return this.refuse(check.failure);
    if (check.duplicate !== undefined) return describeDuplicate(check.duplicate, totals, this.log.logStartOffset);
    this.write(batches, totals, check);
    return {
      ...nothingAppended(this.log.logStartOffset),
      ...totals,
      firstOffset: (batches[0] as RecordBatch).baseOffset,
      lastOffset: this.log.logEndOffset - 1,
      logAppendTimeMs,
    };
  }

  private write(batches: readonly RecordBatch[], totals: AppendTotals, check: ProducerCheck): void {
    const firstOffset = (batches[0] as RecordBatch).baseOffset;
    const lastOffset = (batches[batches.length - 1] as RecordBatch).lastOffset;
    const segment = this.maybeRoll(totals.sizeInBytes, totals.maxTimestampMs, lastOffset);
    const metadata: LogOffsetMetadata = {
      messageOffset: firstOffset,
      segmentBaseOffset: segment.baseOffset,
      relativePositionInSegment: segment.size,
    };
    segment.append(batches, totals.maxTimestampMs, totals.offsetOfMaxTimestamp);
    for (const info of check.updated) {
      for (const txn of info.startedTransactions) if (txn.firstOffset.messageOffset === firstOffset) txn.firstOffset = metadata;
      this.log.producerStateManager.update(info);
    }
    for (const txn of check.completed) {
      const lastStableOffset = this.log.producerStateManager.completeTxn(txn);
      if (txn.isAborted) segment.txnIndex.append({ ...txn, lastStableOffset });
    }
    this.log.producerStateManager.updateMapEndOffset(lastOffset + 1);
    this.log.updateLogEndOffset(lastOffset + 1);
    if (check.updated.length > 0) this.log.updateFirstUnstableOffset();
    if (this.log.logEndOffset - this.log.recoveryPoint >= this.log.config.flushMessages) this.log.flush();
  }

  private refuse({ errorCode, errorMessage, errorClass }: Rejection): LogAppendInfo {
    return appendFailed(errorCode, errorMessage, this.log.logStartOffset, errorClass);
  }

  private maybeRoll(bytes: number, maxTimestampMs: number, maxOffset: number): LogSegment {
    const segment = this.log.activeSegment;
    return segment.shouldRoll(bytes, maxTimestampMs, maxOffset) ? this.log.roll(maxOffset - MAX_INT) : segment;
  }
}
