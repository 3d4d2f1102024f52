import { DelayedOperation } from './delayed-operation';
import type { FetchPartition } from './fetch-session';
import type { Partition } from './partition';
import type { ParkedRequest } from './parked-request';
import { type ReadMode, readableEnd, readPartition } from './read-result';

/** What a waiting fetch waits for. */
export interface FetchWait {
  readonly mode: ReadMode;
  readonly minBytes: number;
  readonly maxWaitMs: number;
  /** The partitions that may have something: those of the request, or the dirty ones of its session. */
  candidates(): Iterable<FetchPartition>;
  find(fetch: FetchPartition): Partition | undefined;
}

/**
 * A long poll: waits until `minBytes` can be read, or something happened that the reader must know.
 * @source kafka 1.1.0 core/src/main/scala/kafka/server/DelayedFetch.scala
 */
export class DelayedFetch extends DelayedOperation {
  constructor(
    private readonly wait: FetchWait,
    private readonly respond: () => void,
    readonly parked: ParkedRequest,
  ) {
    super(wait.maxWaitMs);
  }

  tryComplete(): boolean {
    const { wait } = this;
    let readable = 0;
    for (const fetch of wait.candidates()) {
      const partition = wait.find(fetch);
      if (partition === undefined || !partition.isLeader) return this.forceComplete();
      const end = readableEnd(partition, wait.mode);
      if (end < fetch.fetchOffset) return this.forceComplete();
      if (end === fetch.fetchOffset) continue;
      if (wait.minBytes <= 1) return this.forceComplete();
      readable += readPartition(partition, fetch, wait.mode, { maxBytes: fetch.maxBytes, minOneMessage: true }).sizeInBytes;
      if (readable >= wait.minBytes) return this.forceComplete();
    }
    return false;
  }

  onComplete(): void {
    this.respond();
  }
}
