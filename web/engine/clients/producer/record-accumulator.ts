import type { Simulation } from '../../kernel/simulation';
import type { Op } from '../../kernel/task';
import { Condition } from '../../kernel/waitables';
import type { CompressionType } from '../../protocol/codec';
import type { Node } from '../../protocol/messages';
import { estimateSizeOf } from '../../protocol/record-batch-builder';
import type { Cluster } from '../cluster';
import { type KafkaError, illegalState } from '../kafka-error';
import { BufferPool } from './buffer-pool';
import { CompressionRatios } from './compression-ratios';
import { PartitionQueue } from './partition-queue';
import { ProducerBatch } from './producer-batch';
import type { ProducerRecord, SendCallback } from './producer-record';
import type { ProducerSequences } from './producer-sequences';

export interface AccumulatorOptions {
  readonly batchSizeBytes: number;
  readonly totalMemoryBytes: number;
  readonly compressionType: CompressionType;
  readonly lingerMs: number;
  readonly retryBackoffMs: number;
}

export interface ReadyCheck {
  readonly readyNodes: Node[];
  /** When the next partition that is not ready may be. */
  readonly nextReadyCheckMs: number;
  readonly unknownLeaderTopics: ReadonlySet<string>;
}

/** What an append did: whether the sender should look now. `false` means that it must wait for memory. */
export type AppendResult = 'appended' | 'wakesSender' | false;

/**
 * Where records wait for their batch to fill or its time to come, a queue of batches per partition.
 *
 * Why: one request for many records is what makes a producer fast; linger.ms is how long a record may wait for company.
 * Units: whole ms of simulated time.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/producer/internals/RecordAccumulator.java
 */
export class RecordAccumulator {
  private readonly queuesByTopic = new Map<string, (PartitionQueue | undefined)[]>();
  /** Queues that hold batches, in the order in which they began to: whoever was served goes to the end. */
  private readonly filled = new Set<PartitionQueue>();
  private readonly incomplete = new Set<ProducerBatch>();
  private readonly pool: BufferPool;
  private readonly ratios = new CompressionRatios();
  private readonly batchCompleted = new Condition();
  private flushes = 0;
  private closed = false;

  constructor(
    private readonly sim: Simulation,
    private readonly options: AccumulatorOptions,
    private readonly sequences: ProducerSequences | undefined,
  ) {
    this.pool = new BufferPool(sim, options.totalMemoryBytes);
  }

  get hasUndrained(): boolean {
    return this.filled.size > 0;
  }

  get hasIncomplete(): boolean {
    return this.incomplete.size > 0;
  }

  /** Records that are not acknowledged yet. */
  get bufferedRecords(): number {
    let count = 0;
    for (const batch of this.incomplete) count += batch.recordCount;
    return count;
  }

  /** Appends when there is memory for it now. */
  tryAppend(partition: number, record: ProducerRecord, timestampMs: number, callback: SendCallback | null): AppendResult {
    if (this.closed) throw illegalState('Cannot send after the producer is closed.');
    const queue = this.queueOf(record.topic, partition);
    const nowMs = this.nowMs();
    const last = queue.last;
    if (last?.tryAppend(record, timestampMs, callback, nowMs) === true) {
      return queue.length > 1 || last.isFull ? 'wakesSender' : 'appended';
    }
    const sizeBytes = Math.max(this.options.batchSizeBytes, estimateSizeOf(record.key, record.value, record.headers));
    if (!this.pool.tryAllocate(sizeBytes)) return false;
    this.startBatch(queue, sizeBytes, record, timestampMs, callback);
    return 'wakesSender';
  }

  /** Waits for memory, at most `maxBlockMs`. */
  *append(partition: number, record: ProducerRecord, timestampMs: number, callback: SendCallback | null, maxBlockMs: number): Op<void> {
    const sizeBytes = Math.max(this.options.batchSizeBytes, estimateSizeOf(record.key, record.value, record.headers));
    yield* this.pool.allocate(sizeBytes, maxBlockMs);
    if (this.closed) {
      this.pool.release(sizeBytes);
      throw illegalState('Cannot send after the producer is closed.');
    }
    this.startBatch(this.queueOf(record.topic, partition), sizeBytes, record, timestampMs, callback);
  }

  ready(cluster: Cluster, nowMs: number): ReadyCheck {
    const readyNodes = new Set<Node>();
    const unknownLeaderTopics = new Set<string>();
    const sendAll = this.pool.waiting > 0 || this.closed || this.flushes > 0;
    let nextReadyCheckMs = Infinity;
    for (const queue of this.filled) {
      const leader = cluster.leaderFor(queue);
      if (leader === undefined) {
        unknownLeaderTopics.add(queue.topic);
        continue;
      }
      if (queue.isMuted || readyNodes.has(leader)) continue;
      const batch = queue.first as ProducerBatch;
      const waitedMs = batch.waitedMs(nowMs);
      const backingOff = this.isBackingOff(batch, nowMs);
      const waitMs = backingOff ? this.options.retryBackoffMs : this.options.lingerMs;
      const sendable = sendAll || queue.length > 1 || batch.isFull || waitedMs >= waitMs;
      if (sendable && !backingOff) readyNodes.add(leader);
      else nextReadyCheckMs = Math.min(nextReadyCheckMs, Math.max(waitMs - waitedMs, 0));
    }
    return { readyNodes: [...readyNodes], nextReadyCheckMs, unknownLeaderTopics };
  }

  /** Takes at most one batch of each partition that the node leads, together at most `maxBytes`. */
  drain(cluster: Cluster, node: Node, maxBytes: number, nowMs: number): ProducerBatch[] {
    const drained: ProducerBatch[] = [];
    let size = 0;
    for (const queue of [...this.filled]) {
      if (queue.isMuted || cluster.leaderFor(queue)?.id !== node.id) continue;
      const first = queue.first as ProducerBatch;
      if (this.isBackingOff(first, nowMs)) continue;
      if (drained.length > 0 && size + first.estimatedSizeInBytes > maxBytes) break;
      if (this.sequences !== undefined && !this.sequences.mayDrain(first)) continue;
      this.take(queue, first);
      size += first.build().sizeInBytes;
      drained.push(first);
    }
    return drained;
  }

  /** Removes and returns the batches that have waited too long to be sent. */
  expiredBatches(requestTimeoutMs: number, nowMs: number): ProducerBatch[] {
    const limits = { requestTimeoutMs, retryBackoffMs: this.options.retryBackoffMs, lingerMs: this.options.lingerMs };
    const expired: ProducerBatch[] = [];
    for (const queue of [...this.filled]) {
      if (queue.isMuted) continue;
      for (;;) {
        const batch = queue.first;
        if (batch === undefined) break;
        if (!batch.maybeExpire(limits, nowMs, queue.length > 1 || batch.isFull)) break;
        queue.shift();
        expired.push(batch);
      }
      if (queue.length === 0) this.filled.delete(queue);
    }
    return expired;
  }

  reenqueue(batch: ProducerBatch, nowMs: number): void {
    batch.reenqueued(nowMs);
    this.putBack(batch);
  }

  /** Replaces a batch that is too large for the broker by smaller ones. */
  splitAndReenqueue(batch: ProducerBatch): void {
    this.ratios.reset(batch.topic, this.options.compressionType, Math.max(1, batch.compressionRatio));
    const parts = batch.split(this.options.batchSizeBytes);
    for (const part of parts.reverse()) {
      this.incomplete.add(part);
      this.sequences?.track(part);
      this.putBack(part);
    }
    this.deallocate(batch);
  }

  mute(batch: ProducerBatch): void {
    this.queueOf(batch.topic, batch.partition).isMuted = true;
  }

  unmute(batch: ProducerBatch): void {
    this.queueOf(batch.topic, batch.partition).isMuted = false;
  }

  /** The batch is done: its memory is free. */
  deallocate(batch: ProducerBatch): void {
    this.incomplete.delete(batch);
    if (!batch.isSplit) this.pool.release(batch.writeLimitBytes);
    this.ratios.update(batch.topic, this.options.compressionType, batch.compressionRatio);
    this.batchCompleted.notifyAll();
  }

  /** Makes all batches sendable until the returned Op, which waits for those there are now, has ended. */
  beginFlush(): Op<void> {
    this.flushes += 1;
    return this.awaitFlush([...this.incomplete]);
  }

  close(): void {
    this.closed = true;
  }

  /** Gives up every batch that is not done. */
  abortIncomplete(error: KafkaError): void {
    for (const batch of [...this.incomplete]) {
      batch.complete({ baseOffset: -1, logAppendTimeMs: -1 }, error);
      this.deallocate(batch);
    }
    for (const queue of this.filled) queue.clear();
    this.filled.clear();
  }

  private *awaitFlush(batches: readonly ProducerBatch[]): Op<void> {
    try {
      while (batches.some((each) => !each.isDone)) yield this.batchCompleted;
    } finally {
      this.flushes -= 1;
    }
  }

  private nowMs(): number {
    return Math.floor(this.sim.nowUs / 1000);
  }

  private isBackingOff(batch: ProducerBatch, nowMs: number): boolean {
    return batch.attempts > 0 && batch.waitedMs(nowMs) < this.options.retryBackoffMs;
  }

  private queueOf(topic: string, partition: number): PartitionQueue {
    let queues = this.queuesByTopic.get(topic);
    if (queues === undefined) {
      queues = [];
      this.queuesByTopic.set(topic, queues);
    }
    let queue = queues[partition];
    if (queue === undefined) {
      queue = new PartitionQueue(topic, partition);
      queues[partition] = queue;
    }
    return queue;
  }

  private startBatch(queue: PartitionQueue, sizeBytes: number, record: ProducerRecord, timestampMs: number, callback: SendCallback | null): void {
    const { compressionType } = this.options;
    const batch = new ProducerBatch({
      topic: queue.topic,
      partition: queue.partition,
      createdMs: this.nowMs(),
      writeLimitBytes: sizeBytes,
      compressionType,
      compressionRatio: this.ratios.estimate(queue.topic, compressionType),
    });
    batch.tryAppend(record, timestampMs, callback, this.nowMs());
    queue.push(batch);
    this.incomplete.add(batch);
    this.filled.add(queue);
  }

  private take(queue: PartitionQueue, batch: ProducerBatch): void {
    queue.shift();
    this.filled.delete(queue);
    if (queue.length > 0) this.filled.add(queue);
    if (this.sequences !== undefined && !batch.hasSequence) this.sequences.assign(batch);
  }

  private putBack(batch: ProducerBatch): void {
    const queue = this.queueOf(batch.topic, batch.partition);
    if (this.sequences === undefined) queue.unshift(batch);
    else queue.insertInSequence(batch);
    this.filled.add(queue);
  }
}
