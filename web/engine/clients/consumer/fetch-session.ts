import { ERRORS, type ErrorCode } from '../../protocol/errors';
import type { FetchRequest, FetchResponse, TopicPartition } from '../../protocol/messages';
import { topicPartitionName } from '../../protocol/messages';

type FetchPartition = FetchRequest['partitions'][number];

/** Asks for a new session and sends all partitions. */
const INITIAL_EPOCH = 0;
/** Sends all partitions and ends the session. */
const FINAL_EPOCH = -1;
const NO_SESSION = 0;
const MAX_EPOCH = 2147483647;

export interface SessionFetch {
  readonly sessionId: number;
  readonly sessionEpoch: number;
  /** Only what changed since the last fetch, when the broker keeps a session. */
  readonly partitions: FetchPartition[];
  readonly forgotten: TopicPartition[];
}

/**
 * The client's side of a fetch session with one broker: after the first fetch only changes are sent (KIP-227).
 * @source kafka 1.1.0 clients/src/main/java/org/apache/kafka/clients/FetchSessionHandler.java
 */
export class FetchSession {
  private sessionId = NO_SESSION;
  private epoch = INITIAL_EPOCH;
  private partitions = new Map<string, FetchPartition>();

  /** Offset at which a partition was last asked for. */
  fetchOffset(tp: TopicPartition): number | undefined {
    return this.partitions.get(topicPartitionName(tp))?.fetchOffset;
  }

  build(wanted: readonly FetchPartition[]): SessionFetch {
    const next = new Map(wanted.map((each) => [topicPartitionName(each), each]));
    const { sessionId, epoch } = this;
    if (epoch === INITIAL_EPOCH || epoch === FINAL_EPOCH) {
      this.partitions = next;
      return { sessionId, sessionEpoch: epoch, partitions: [...wanted], forgotten: [] };
    }
    const forgotten: TopicPartition[] = [];
    for (const [name, { topic, partition }] of this.partitions) if (!next.has(name)) forgotten.push({ topic, partition });
    const changed = wanted.filter((each) => !isSame(this.partitions.get(topicPartitionName(each)), each));
    this.partitions = next;
    return { sessionId, sessionEpoch: epoch, partitions: changed, forgotten };
  }

  /** False when the answer is about the session and brings no data. */
  handleResponse(response: FetchResponse): boolean {
    if (response.errorCode !== ERRORS.NONE) {
      this.handleError(response.errorCode);
      return false;
    }
    if (response.sessionId === NO_SESSION) {
      this.sessionId = NO_SESSION;
      this.epoch = INITIAL_EPOCH;
    } else if (this.epoch === INITIAL_EPOCH || this.epoch === FINAL_EPOCH) {
      this.sessionId = response.sessionId;
      this.epoch = 1;
    } else {
      this.epoch = this.epoch === MAX_EPOCH ? 1 : this.epoch + 1;
    }
    return true;
  }

  /** The connection broke, or the broker does not know the session: the next fetch begins a new one. */
  handleError(code: ErrorCode): void {
    if (code === ERRORS.FETCH_SESSION_ID_NOT_FOUND) this.sessionId = NO_SESSION;
    this.epoch = INITIAL_EPOCH;
  }
}

function isSame(a: FetchPartition | undefined, b: FetchPartition): boolean {
  return a !== undefined && a.fetchOffset === b.fetchOffset && a.maxBytes === b.maxBytes && a.logStartOffset === b.logStartOffset;
}
