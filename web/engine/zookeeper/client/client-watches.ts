import type { KeeperCode, SetWatchesRequest, WatchEventType, ZkRequest } from './messages';

/** The one-shot watches that a client waits for, so that it can ask for them again on another connection. */
export class ClientWatches {
  private readonly data = new Set<string>();
  private readonly exist = new Set<string>();
  private readonly children = new Set<string>();

  /** Notes the watch that a request left behind. */
  answered(request: ZkRequest, code: KeeperCode): void {
    if (!('watch' in request) || request.watch !== true) return;
    if (request.op === 'exists') {
      if (code === 'Ok') this.data.add(request.path);
      else if (code === 'NoNode') this.exist.add(request.path);
    } else if (code === 'Ok') {
      (request.op === 'getChildren' ? this.children : this.data).add(request.path);
    }
  }

  /** Forgets what fired. False when nobody waited for it. */
  fired(type: WatchEventType, path: string): boolean {
    const sets =
      type === 'NodeChildrenChanged'
        ? [this.children]
        : type === 'NodeDeleted'
          ? [this.data, this.exist, this.children]
          : [this.data, this.exist];
    return sets.map((set) => set.delete(path)).some((had) => had);
  }

  /** What to ask for again; undefined when there is nothing. */
  renewal(relativeZxid: number): SetWatchesRequest | undefined {
    if (this.data.size + this.exist.size + this.children.size === 0) return undefined;
    return {
      op: 'setWatches',
      relativeZxid,
      dataWatches: [...this.data],
      existWatches: [...this.exist],
      childWatches: [...this.children],
    };
  }
}
