/** One record of a batch, as somebody looks at it. */
export interface RecordView {
  readonly offset: number;
  readonly timestampMs: number;
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly { readonly key: string; readonly value: Uint8Array | null }[];
  readonly sizeInBytes: number;
}

/**
 * A record batch of message format v2. Immutable: an append gives it its base offset by making a light copy that shares the payload.
 *
 * It has the shape of the kernel's `Chunk`, so a log file can hold batches as they are.
 *
 * Units: `sizeInBytes` counts the 61 bytes of the header too.
 */
export interface RecordBatch {
  readonly sizeInBytes: number;
  encode(): Uint8Array;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly partitionLeaderEpoch: number;
  readonly recordCount: number;
  readonly firstTimestampMs: number;
  readonly maxTimestampMs: number;
  readonly producerId: number;
  readonly producerEpoch: number;
  readonly baseSequence: number;
  readonly compressionType: 'none' | 'gzip' | 'snappy' | 'lz4';
  readonly isTransactional: boolean;
  readonly isControlBatch: boolean;
  readonly timestampType: 'CreateTime' | 'LogAppendTime';
  withBaseOffset(baseOffset: number, partitionLeaderEpoch: number): RecordBatch;
  records(): IterableIterator<RecordView>;
}
