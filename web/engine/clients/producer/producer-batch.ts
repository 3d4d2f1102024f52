import type { CompressionType } from '../../protocol/codec';
import { topicPartitionName } from '../../protocol/messages';
import { DefaultRecordBatch, RECORD_BATCH_OVERHEAD } from '../../protocol/default-record-batch';
import { RecordBatchBuilder, sizeOfRecord } from '../../protocol/record-batch-builder';
import { type KafkaError, timeoutError } from '../kafka-error';
import type { ProducerRecord, RecordMetadata, SendCallback } from './producer-record';

export interface ProducerBatchOptions {
  readonly topic: string;
  readonly partition: number;
  readonly createdMs: number;
  /** How large it may become; a first record that is larger gets a batch of its own. */
  readonly writeLimitBytes: number;
  readonly compressionType: CompressionType;
  /** What compression is expected to leave of 1 byte. */
  readonly compressionRatio: number;
  /** Split batches live outside of the buffer pool. */
  readonly isSplit?: boolean;
}

export interface ExpiryLimits {
  readonly requestTimeoutMs: number;
  readonly retryBackoffMs: number;
  readonly lingerMs: number;
}

/** Where the broker put the batch. */
export interface BatchPlace {
  readonly baseOffset: number;
  /** -1 with CreateTime. */
  readonly logAppendTimeMs: number;
}

/** The most that a record takes besides its key and value, when it has no headers. */
const MAX_OVERHEAD_WITHOUT_HEADERS = 32;

/** How much better a compressed batch is assumed to be than estimated, so that it does not become too large. */
const COMPRESSION_SAFETY = 1.05;

/**
 * Records for one partition that are sent, retried and acknowledged together.
 *
 * Units: whole ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/internals/ProducerBatch.java
 */
export class ProducerBatch {
  readonly topic: string;
  readonly partition: number;
  readonly createdMs: number;
  readonly isSplit: boolean;
  readonly writeLimitBytes: number;
  attempts = 0;
  inRetry = false;
  isDone = false;
  producerId = -1;
  producerEpoch = -1;
  baseSequence = -1;
  sequenceHasBeenReset = false;
  private lastAttemptMs: number;
  private lastAppendMs: number;
  private closedForAppends = false;
  private readonly builder: RecordBatchBuilder;
  private built: DefaultRecordBatch | undefined;
  private readonly records: ProducerRecord[] = [];
  private readonly callbacks: SendCallback[] = [];
  private expiryMessage = '';

  constructor(private readonly options: ProducerBatchOptions) {
    this.topic = options.topic;
    this.partition = options.partition;
    this.createdMs = options.createdMs;
    this.lastAttemptMs = options.createdMs;
    this.lastAppendMs = options.createdMs;
    this.isSplit = options.isSplit ?? false;
    this.writeLimitBytes = options.writeLimitBytes;
    this.builder = new RecordBatchBuilder({ compressionType: options.compressionType });
  }

  get recordCount(): number {
    return this.builder.recordCount;
  }

  get isFull(): boolean {
    return this.closedForAppends || (this.recordCount > 0 && this.writeLimitBytes <= this.estimatedSizeInBytes);
  }

  get estimatedSizeInBytes(): number {
    if (this.built !== undefined) return this.built.sizeInBytes;
    return this.estimate(this.builder.sizeInBytes);
  }

  /** Bytes of the finished batch's records over the bytes that they had before. */
  get compressionRatio(): number {
    if (this.built === undefined) return 1;
    return (this.built.sizeInBytes - RECORD_BATCH_OVERHEAD) / Math.max(this.builder.sizeInBytes - RECORD_BATCH_OVERHEAD, 1);
  }

  get hasSequence(): boolean {
    return this.baseSequence >= 0;
  }

  get lastSequence(): number {
    return this.baseSequence + this.recordCount - 1;
  }

  /** False when there is no room: the batch then takes no more. */
  tryAppend(record: ProducerRecord, timestampMs: number, callback: SendCallback | null, nowMs: number): boolean {
    if (this.closedForAppends) return false;
    const count = this.builder.recordCount;
    if (count > 0 && !this.hasRoomFor(record, timestampMs)) {
      this.closedForAppends = true;
      return false;
    }
    this.builder.tryAppend(timestampMs, record.key, record.value, record.headers);
    this.lastAppendMs = nowMs;
    if (callback !== null) {
      this.callbacks[count] = callback;
      this.records[count] = record;
    }
    return true;
  }

  setProducerState(producerId: number, producerEpoch: number, baseSequence: number): void {
    this.producerId = producerId;
    this.producerEpoch = producerEpoch;
    this.baseSequence = baseSequence;
    this.builder.setProducerState(producerId, producerEpoch, baseSequence);
    if (this.built === undefined) return;
    const { built } = this;
    this.built = new DefaultRecordBatch(
      { ...built, lastOffsetDelta: built.lastOffsetDelta, producerId, producerEpoch, baseSequence },
      built.payload,
    );
  }

  /** Closes the batch; what it returns is what travels. */
  build(): DefaultRecordBatch {
    this.closedForAppends = true;
    this.built ??= this.builder.build();
    return this.built;
  }

  waitedMs(nowMs: number): number {
    return Math.max(0, nowMs - this.lastAttemptMs);
  }

  reenqueued(nowMs: number): void {
    this.attempts += 1;
    this.lastAttemptMs = Math.max(this.lastAppendMs, nowMs);
    this.lastAppendMs = this.lastAttemptMs;
    this.inRetry = true;
  }

  /** True when the batch has waited too long to be sent; `expiryError` then says so. */
  maybeExpire(limits: ExpiryLimits, nowMs: number, isFull: boolean): boolean {
    const { requestTimeoutMs } = limits;
    const sinceAppend = nowMs - this.lastAppendMs;
    const sinceLinger = Math.max(0, nowMs - this.createdMs) - limits.lingerMs;
    const sinceBackoff = this.waitedMs(nowMs) - limits.retryBackoffMs;
    if (!this.inRetry && isFull && requestTimeoutMs < sinceAppend) this.expiryMessage = `${sinceAppend} ms has passed since last append`;
    else if (!this.inRetry && requestTimeoutMs < sinceLinger) {
      this.expiryMessage = `${sinceLinger} ms has passed since batch creation plus linger time`;
    } else if (this.inRetry && requestTimeoutMs < sinceBackoff) {
      this.expiryMessage = `${sinceBackoff} ms has passed since last attempt plus backoff time`;
    }
    if (this.expiryMessage === '') return false;
    this.closedForAppends = true;
    return true;
  }

  get expiryError(): KafkaError {
    return timeoutError(`Expiring ${this.recordCount} record(s) for ${topicPartitionName(this)}: ${this.expiryMessage}`);
  }

  /** Tells every record's sender. */
  complete(place: BatchPlace, error: KafkaError | null): void {
    this.isDone = true;
    for (let index = 0; index < this.callbacks.length; index++) {
      const callback = this.callbacks[index];
      if (callback === undefined) continue;
      const record = this.records[index] as ProducerRecord;
      callback.onCompletion(record, error === null ? this.metadataOf(record, index, place) : null, error);
    }
  }

  /** The same records in smaller batches, which take over the callbacks. */
  split(writeLimitBytes: number): ProducerBatch[] {
    const parts: ProducerBatch[] = [];
    let part: ProducerBatch | undefined;
    let index = 0;
    for (const view of this.build().records()) {
      const record: ProducerRecord = { topic: this.topic, key: view.key, value: view.value, headers: view.headers };
      const callback = this.callbacks[index] ?? null;
      const original = this.records[index] ?? record;
      if (part === undefined || !part.tryAppend(original, view.timestampMs, callback, this.lastAppendMs)) {
        part = new ProducerBatch({ ...this.options, writeLimitBytes, isSplit: true });
        part.tryAppend(original, view.timestampMs, callback, this.lastAppendMs);
        parts.push(part);
      }
      index += 1;
    }
    this.isDone = true;
    if (this.hasSequence) {
      let sequence = this.baseSequence;
      for (const each of parts) {
        each.setProducerState(this.producerId, this.producerEpoch, sequence);
        sequence += each.recordCount;
      }
    }
    return parts;
  }

  private hasRoomFor(record: ProducerRecord, timestampMs: number): boolean {
    const { builder } = this;
    if (record.headers === undefined && this.options.compressionType === 'none') {
      // Far from the limit the exact size, which costs as much as the append itself, does not matter.
      const atMost = MAX_OVERHEAD_WITHOUT_HEADERS + (record.key?.length ?? 0) + (record.value?.length ?? 0);
      if (builder.sizeInBytes + atMost <= this.writeLimitBytes) return true;
    }
    const delta = timestampMs - builder.firstTimestampMs;
    const size = sizeOfRecord(delta, builder.recordCount, record.key, record.value, record.headers);
    return this.estimate(builder.sizeInBytes) + size <= this.writeLimitBytes;
  }

  private estimate(uncompressedBytes: number): number {
    if (this.options.compressionType === 'none') return uncompressedBytes;
    const records = uncompressedBytes - RECORD_BATCH_OVERHEAD;
    return RECORD_BATCH_OVERHEAD + Math.floor(records * this.options.compressionRatio * COMPRESSION_SAFETY);
  }

  private metadataOf(record: ProducerRecord, index: number, place: BatchPlace): RecordMetadata {
    return {
      topic: this.topic,
      partition: this.partition,
      offset: place.baseOffset < 0 ? -1 : place.baseOffset + index,
      timestampMs: place.logAppendTimeMs >= 0 ? place.logAppendTimeMs : (record.timestampMs ?? this.builder.firstTimestampMs),
    };
  }
}
