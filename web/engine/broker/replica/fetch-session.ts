import type { Partition } from './partition';

/** One partition as a client fetches it. */
export class FetchPartition {
  /** What the last response said of it, so that the next one may leave it out. */
  sentHighWatermark = -1;
  sentLogStartOffset = -1;
  /** The partition that tells it of changes. */
  source: Partition | undefined;

  constructor(
    readonly topic: string,
    readonly partition: number,
    public fetchOffset: number,
    public logStartOffset: number,
    public maxBytes: number,
    readonly session: FetchSession | undefined,
  ) {}

  get key(): string {
    return `${this.topic}-${this.partition}`;
  }

  /** Something is new that the session's next fetch must look at. */
  markDirty(): void {
    this.session?.dirty.add(this);
  }
}

/**
 * What a client fetches again and again, so that a request need only name what changed.
 *
 * Cost: a fetch looks at the dirty partitions only: those that changed, are in error, or were left over for lack of room.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/FetchSession.scala, KIP-227
 */
export class FetchSession {
  epoch = 1;
  readonly partitions = new Map<string, FetchPartition>();
  readonly dirty = new Set<FetchPartition>();
  /** Date of the latest fetch, in ms since 1970. */
  lastFetchMs = 0;

  constructor(
    readonly id: number,
    readonly isFollower: boolean,
    public lastUsedMs: number,
  ) {}

  add(partition: FetchPartition): void {
    this.partitions.set(partition.key, partition);
    this.dirty.add(partition);
  }

  remove(partition: FetchPartition): void {
    this.partitions.delete(partition.key);
    this.dirty.delete(partition);
    partition.source?.removeListener(partition);
  }

  close(): void {
    for (const partition of [...this.partitions.values()]) this.remove(partition);
  }
}
