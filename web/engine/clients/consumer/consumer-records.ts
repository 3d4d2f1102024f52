import { javaHashOrder, topicPartitionHash } from '../../protocol/jvm-hash-order';
import type { TopicPartition } from '../../protocol/messages';
import type { RecordBatch, RecordView } from '../../protocol/record-batch';

/** Consecutive records of one partition that a poll returned; they are decoded when somebody looks. */
export interface RecordSlice extends TopicPartition {
  readonly count: number;
  readonly timestampType: RecordBatch['timestampType'];
  records(): Iterable<RecordView>;
}

export interface ConsumerRecord extends TopicPartition {
  readonly timestampType: RecordBatch['timestampType'];
  readonly record: RecordView;
}

/** A batch of which all records are wanted. */
export class WholeBatch implements RecordSlice {
  readonly topic: string;
  readonly partition: number;
  readonly count: number;
  readonly timestampType: RecordBatch['timestampType'];

  constructor(
    tp: TopicPartition,
    private readonly batch: RecordBatch,
  ) {
    this.topic = tp.topic;
    this.partition = tp.partition;
    this.count = batch.recordCount;
    this.timestampType = batch.timestampType;
  }

  records(): Iterable<RecordView> {
    return this.batch.records();
  }
}

/** Some records of a batch. */
export class PartOfBatch implements RecordSlice {
  readonly topic: string;
  readonly partition: number;
  readonly count: number;

  constructor(
    tp: TopicPartition,
    readonly timestampType: RecordBatch['timestampType'],
    private readonly views: readonly RecordView[],
  ) {
    this.topic = tp.topic;
    this.partition = tp.partition;
    this.count = views.length;
  }

  records(): Iterable<RecordView> {
    return this.views;
  }
}

/**
 * What one poll returned: partition after partition in Java's order of a hash map, in each by offset.
 */
export class ConsumerRecords {
  readonly count: number;
  readonly slices: readonly RecordSlice[];

  constructor(slices: readonly RecordSlice[]) {
    const byPartition = new Map<string, RecordSlice[]>();
    let count = 0;
    for (const slice of slices) {
      count += slice.count;
      const key = `${slice.partition} ${slice.topic}`;
      const own = byPartition.get(key);
      if (own === undefined) byPartition.set(key, [slice]);
      else own.push(slice);
    }
    const groups = [...byPartition.values()];
    this.count = count;
    this.slices = groups.length === 1 ? slices : javaHashOrder(groups, (group) => topicPartitionHash(group[0] as RecordSlice)).flat();
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  *[Symbol.iterator](): IterableIterator<ConsumerRecord> {
    for (const slice of this.slices) {
      const { topic, partition, timestampType } = slice;
      for (const record of slice.records()) yield { topic, partition, timestampType, record };
    }
  }
}

export const NO_RECORDS = new ConsumerRecords([]);
