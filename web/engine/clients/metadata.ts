import { Condition } from '../kernel/waitables';
import type { Cluster } from './cluster';

/** After how long a producer forgets a topic that it no longer writes to. */
const TOPIC_EXPIRY_MS = 5 * 60 * 1000;

export interface MetadataOptions {
  readonly retryBackoffMs: number;
  readonly maxAgeMs: number;
  readonly allowAutoTopicCreation: boolean;
  /** True for producers: topics that are not used for 5 minutes are no longer asked for. */
  readonly topicsExpire: boolean;
}

/**
 * The cluster as a client knows it, and when it has to be asked for again.
 *
 * Units: `nowMs` is simulated time in ms.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/Metadata.java
 */
export class Metadata {
  private readonly topicExpiry = new Map<string, number>();
  private lastRefreshMs = -Infinity;
  private lastSuccessMs = -Infinity;
  private needUpdate = false;
  private readonly listeners: ((cluster: Cluster) => void)[] = [];
  /** Counts successful updates. */
  version = 0;
  private allTopics = false;
  /** Notified at each update. */
  readonly updated = new Condition();

  constructor(
    private readonly options: MetadataOptions,
    private current: Cluster,
    nowMs: number,
  ) {
    this.lastRefreshMs = nowMs;
    this.lastSuccessMs = nowMs;
    this.version = 1;
  }

  get allowAutoTopicCreation(): boolean {
    return this.options.allowAutoTopicCreation;
  }

  get cluster(): Cluster {
    return this.current;
  }

  get updateRequested(): boolean {
    return this.needUpdate;
  }

  get topics(): string[] {
    return [...this.topicExpiry.keys()];
  }

  has(topic: string): boolean {
    return this.topicExpiry.has(topic);
  }

  get needsAllTopics(): boolean {
    return this.allTopics;
  }

  set needsAllTopics(needed: boolean) {
    if (needed && !this.allTopics) this.requestUpdateForNewTopics();
    this.allTopics = needed;
  }

  /** Adds a topic, or tells that it is still used. A new one is asked for at once. */
  add(topic: string): void {
    if (!this.topicExpiry.has(topic)) this.requestUpdateForNewTopics();
    this.topicExpiry.set(topic, -1);
  }

  setTopics(topics: Iterable<string>): void {
    const wanted = [...topics];
    if (wanted.some((each) => !this.topicExpiry.has(each))) this.requestUpdateForNewTopics();
    this.topicExpiry.clear();
    for (const topic of wanted) this.topicExpiry.set(topic, -1);
  }

  /** Returns the version that an update will replace. */
  requestUpdate(): number {
    this.needUpdate = true;
    return this.version;
  }

  onUpdate(listener: (cluster: Cluster) => void): void {
    this.listeners.push(listener);
  }

  /** Milliseconds until the next request is due: 0 for now. */
  timeToNextUpdateMs(nowMs: number): number {
    const untilExpired = this.needUpdate ? 0 : Math.max(this.lastSuccessMs + this.options.maxAgeMs - nowMs, 0);
    return Math.max(untilExpired, this.lastRefreshMs + this.options.retryBackoffMs - nowMs);
  }

  update(cluster: Cluster, nowMs: number): void {
    this.needUpdate = false;
    this.lastRefreshMs = nowMs;
    this.lastSuccessMs = nowMs;
    this.version += 1;
    if (this.options.topicsExpire) this.expireTopics(nowMs);
    this.current = cluster;
    for (const listener of this.listeners) listener(cluster);
    // Listeners may have changed which topics matter; all of them have just been described.
    if (this.allTopics) this.needUpdate = false;
    this.updated.notifyAll();
  }

  failedUpdate(nowMs: number): void {
    this.lastRefreshMs = nowMs;
  }

  /** A new topic is asked for without waiting for the back-off of the last request. */
  private requestUpdateForNewTopics(): void {
    this.lastRefreshMs = -Infinity;
    this.needUpdate = true;
  }

  private expireTopics(nowMs: number): void {
    for (const [topic, expiryMs] of [...this.topicExpiry]) {
      if (expiryMs === -1) this.topicExpiry.set(topic, nowMs + TOPIC_EXPIRY_MS);
      else if (expiryMs <= nowMs) this.topicExpiry.delete(topic);
    }
  }
}
