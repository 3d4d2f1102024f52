import type { FetchPartition } from './fetch-session';

/** The fetch sessions that read a partition: they look at it again when it has changed. */
export class FetchListeners {
  private readonly fetches = new Set<FetchPartition>();

  constructor(private readonly wake: (fetch: FetchPartition) => void) {}

  add(fetch: FetchPartition): void {
    this.fetches.add(fetch);
  }

  remove(fetch: FetchPartition): void {
    this.fetches.delete(fetch);
  }

  /** Their next fetch looks at the partition. */
  markDirty(): void {
    for (const fetch of this.fetches) fetch.markDirty();
  }

  /** There is more in the log. */
  tellFollowers(): void {
    for (const fetch of this.fetches) {
      if (fetch.session?.isFollower !== true) continue;
      fetch.markDirty();
      this.wake(fetch);
    }
  }

  /** A mark moved: consumers can read more, followers must hear of it with their next response. */
  tellAll(): void {
    for (const fetch of this.fetches) {
      fetch.markDirty();
      if (fetch.session?.isFollower !== true) this.wake(fetch);
    }
  }

  /** This broker does not lead any more: they hear it, and are forgotten. */
  dismiss(): void {
    for (const fetch of [...this.fetches]) {
      fetch.markDirty();
      this.fetches.delete(fetch);
      fetch.source = undefined;
      this.wake(fetch);
    }
  }
}
