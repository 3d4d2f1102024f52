import { ERRORS } from '../../protocol/errors';
import type { FetchRequest, FetchResponse, TopicPartition } from '../../protocol/messages';
import type { ClassLogger } from '../class-logger';

export interface FetchPosition {
  readonly fetchOffset: number;
  readonly logStartOffset: number;
  readonly maxBytes: number;
}

interface Entry extends FetchPosition {
  readonly tp: TopicPartition;
}

/**
 * A follower's end of a fetch session: names in each request only what changed since the last one.
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/FetchSessionHandler.java
 */
export class FetcherSession {
  private sessionId = 0;
  /** 0 asks for a new session. */
  private epoch = 0;
  private readonly sent = new Map<string, Entry>();

  constructor(
    private readonly nodeId: number,
    private readonly log: ClassLogger,
  ) {}

  get isFull(): boolean {
    return this.epoch === 0;
  }

  get isEmpty(): boolean {
    return this.sent.size === 0;
  }

  /** `(sessionId=1, epoch=2)`. */
  get metadataText(): string {
    const shownId = this.sessionId === 0 ? 'INVALID' : this.sessionId;
    return `(sessionId=${shownId}, epoch=${this.epoch === 0 ? 'INITIAL' : this.epoch})`;
  }

  /** Begins a request. On a full one everything must be given again. */
  begin(): void {
    if (this.isFull) this.sent.clear();
  }

  /** `changed` and `gone` since the last request; `all` of them on a full one. */
  build(changed: Iterable<readonly [TopicPartition, FetchPosition]>, gone: Iterable<TopicPartition>): Pick<FetchRequest, 'sessionId' | 'sessionEpoch' | 'partitions' | 'forgotten'> {
    const partitions: FetchRequest['partitions'] = [];
    for (const [tp, position] of changed) {
      const key = `${tp.topic}-${tp.partition}`;
      const before = this.sent.get(key);
      if (before !== undefined && before.fetchOffset === position.fetchOffset && before.logStartOffset === position.logStartOffset) continue;
      this.sent.set(key, { tp, ...position });
      partitions.push({ topic: tp.topic, partition: tp.partition, ...position });
    }
    const forgotten = [...gone].filter((tp) => this.sent.delete(`${tp.topic}-${tp.partition}`));
    return { sessionId: this.sessionId, sessionEpoch: this.epoch, partitions, forgotten: this.isFull ? [] : forgotten };
  }

  /** False when the response is of no use. */
  handleResponse(response: FetchResponse): boolean {
    if (response.errorCode !== ERRORS.NONE) {
      const name = response.errorCode === ERRORS.FETCH_SESSION_ID_NOT_FOUND ? 'FETCH_SESSION_ID_NOT_FOUND' : 'INVALID_FETCH_SESSION_EPOCH';
      this.log.info(`Node ${this.nodeId} was unable to process the fetch request with ${this.metadataText}: ${name}.`);
      if (response.errorCode === ERRORS.FETCH_SESSION_ID_NOT_FOUND) this.sessionId = 0;
      this.epoch = 0;
      return false;
    }
    this.sessionId = response.sessionId;
    this.epoch = response.sessionId === 0 ? 0 : this.epoch + 1;
    return true;
  }

  /** The next request closes this session and asks for another. */
  handleError(message: string): void {
    this.log.info(`Error sending fetch request ${this.metadataText} to node ${this.nodeId}: java.io.IOException: ${message}.`);
    this.epoch = 0;
  }
}
