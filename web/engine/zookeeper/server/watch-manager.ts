import type { WatchEventType } from '../client/messages';

/** Who is told that a watch fired. */
export interface Watcher {
  onWatch(type: WatchEventType, path: string): void;
}

/**
 * One-shot watches by path.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/WatchManager.java
 */
export class WatchManager {
  private readonly byPath = new Map<string, Set<Watcher>>();
  private readonly byWatcher = new Map<Watcher, Set<string>>();

  /** Watches of all clients together. */
  get size(): number {
    let count = 0;
    for (const watchers of this.byPath.values()) count += watchers.size;
    return count;
  }

  get paths(): ReadonlyMap<string, ReadonlySet<Watcher>> {
    return this.byPath;
  }

  get watchers(): ReadonlyMap<Watcher, ReadonlySet<string>> {
    return this.byWatcher;
  }

  add(path: string, watcher: Watcher): void {
    setOf(this.byPath, path).add(watcher);
    setOf(this.byWatcher, watcher).add(path);
  }

  /** Fires the watches of a path, except those of `told`, and forgets them. Returns who was told. */
  trigger(path: string, type: WatchEventType, told?: ReadonlySet<Watcher>): ReadonlySet<Watcher> | undefined {
    const watchers = this.byPath.get(path);
    if (watchers === undefined) return undefined;
    this.byPath.delete(path);
    for (const watcher of watchers) {
      const paths = this.byWatcher.get(watcher);
      paths?.delete(path);
      if (paths?.size === 0) this.byWatcher.delete(watcher);
    }
    for (const watcher of watchers) if (told?.has(watcher) !== true) watcher.onWatch(type, path);
    return watchers;
  }

  removeWatcher(watcher: Watcher): void {
    for (const path of this.byWatcher.get(watcher) ?? []) {
      const watchers = this.byPath.get(path);
      watchers?.delete(watcher);
      if (watchers?.size === 0) this.byPath.delete(path);
    }
    this.byWatcher.delete(watcher);
  }
}

function setOf<K, V>(map: Map<K, Set<V>>, key: K): Set<V> {
  let set = map.get(key);
  if (set === undefined) {
    set = new Set();
    map.set(key, set);
  }
  return set;
}
