import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';
import type { SessionId, ZkRequest } from '../client/messages';
import type { ServerConnection } from './server-connection';

/** What goes through the server's threads; `createSession` is not sent by clients but made from their first message. */
export interface PipelineRequest {
  /** Undefined for the end of a session that expired. */
  readonly connection: ServerConnection | undefined;
  readonly sessionId: SessionId;
  readonly cxid: number;
  readonly request: ZkRequest | { readonly op: 'createSession'; readonly timeoutMs: number };
  readonly receivedUs: number;
}

/** A write waits for the disk; those that came meanwhile share the next flush. */
const FLUSH_US = 700;
/** Preparing, applying and answering one request. */
const REQUEST_US = 90;

const CHANGES = new Set(['create', 'delete', 'setData', 'setACL', 'check', 'multi', 'createSession', 'closeSession']);

export function isChange(request: PipelineRequest['request']): boolean {
  return CHANGES.has(request.op);
}

/**
 * Keeps requests in order and says when each is done: reads at once unless a write is before them, writes in groups, a flush each.
 *
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/SyncRequestProcessor.java
 */
export class RequestPipeline {
  private queue: PipelineRequest[] = [];
  private working: readonly PipelineRequest[] = [];
  private event: SimEvent | undefined;

  constructor(
    private readonly sim: Simulation,
    private readonly process: (request: PipelineRequest) => void,
  ) {}

  /** Requests that are not answered yet. */
  get outstanding(): number {
    return this.queue.length + this.working.length;
  }

  submit(request: PipelineRequest): void {
    this.queue.push(request);
    if (this.event === undefined) this.begin();
  }

  stop(): void {
    this.sim.cancel(this.event);
    this.event = undefined;
    this.queue = [];
    this.working = [];
  }

  private begin(): void {
    const first = this.queue[0];
    if (first === undefined) return;
    const flush = isChange(first.request);
    this.working = flush ? this.queue : [first];
    this.queue = flush ? [] : this.queue.slice(1);
    const delayUs = (flush ? FLUSH_US : 0) + this.working.length * REQUEST_US;
    this.event = this.sim.after(delayUs, () => this.finish(), undefined);
  }

  private finish(): void {
    const done = this.working;
    this.working = [];
    for (const request of done) {
      this.process(request);
      if (this.event === undefined) return;
    }
    this.event = undefined;
    this.begin();
  }
}
