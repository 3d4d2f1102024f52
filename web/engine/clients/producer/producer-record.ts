import type { RecordHeader } from '../../protocol/record-batch';
import type { KafkaError } from '../kafka-error';

export interface ProducerRecord {
  readonly topic: string;
  /** Left out: the partitioner decides. */
  readonly partition?: number;
  /** Milliseconds since 1970; left out: now. */
  readonly timestampMs?: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers?: readonly RecordHeader[];
}

/** Where an acknowledged record is. */
export interface RecordMetadata {
  readonly topic: string;
  readonly partition: number;
  /** -1 with acks=0. */
  readonly offset: number;
  readonly timestampMs: number;
}

/** Told once what became of a record: exactly one of `metadata` and `error` is set. One object may serve any number of records. */
export interface SendCallback {
  onCompletion(record: ProducerRecord, metadata: RecordMetadata | null, error: KafkaError | null): void;
}
