import type { Endpoint } from '../../network/connection';
import type { SessionId, WatchEventType, ZkMessage } from '../client/messages';
import { sendZkMessage } from '../client/traffic';
import type { Watcher } from './watch-manager';

/** What `cons` calls the last operation of a connection. */
const SHORT_NAMES: Record<string, string> = {
  createSession: 'SESS',
  closeSession: 'CLOS',
  create: 'CREA',
  delete: 'DELE',
  setData: 'SETD',
  setACL: 'SETA',
  getData: 'GETD',
  getChildren: 'GETC',
  getACL: 'GETA',
  exists: 'EXIS',
  setWatches: 'SETW',
  sync: 'SYNC',
  multi: 'MULT',
  check: 'CHEC',
  ping: 'PING',
};

/** `GETD`. */
export function shortName(operation: string): string {
  return SHORT_NAMES[operation] ?? 'NA';
}

/** What `cons` and `stat` show of a connection. */
export interface ConnectionCounts {
  received: number;
  sent: number;
  lastOperation: string;
  lastCxid: number;
  lastZxid: number;
  lastResponseMs: number;
  lastLatencyMs: number;
  minLatencyMs: number;
  maxLatencyMs: number;
  totalLatencyMs: number;
  responses: number;
}

/** The server's end of a connection: whose session it is, and what went through. */
export class ServerConnection implements Watcher {
  /** 0 before a session is established. */
  sessionId: SessionId = 0n;
  sessionTimeoutMs = 0;
  /** Requests that were received and not yet answered. */
  outstanding = 0;
  counts = newCounts();

  constructor(
    readonly endpoint: Endpoint,
    readonly establishedMs: number,
    private readonly onSent: () => void,
  ) {}

  /** The text answer to a four letter word. */
  sendText(text: Uint8Array): void {
    this.endpoint.send(text, text.length);
  }

  /** `/172.18.0.3:34082`. */
  get remote(): string {
    return `/${this.endpoint.remoteAddress}:${this.endpoint.remotePort}`;
  }

  send(message: ZkMessage): void {
    this.counts.sent += 1;
    this.onSent();
    sendZkMessage(this.endpoint, message);
  }

  onWatch(type: WatchEventType, path: string): void {
    this.send({ kind: 'zk.watch', type, path });
  }

  resetCounts(): void {
    this.counts = newCounts();
  }

  /** Notes an answer: what it was, and how long it took. */
  answered(operation: string, cxid: number, zxid: number, times: { readonly nowMs: number; readonly latencyMs: number }): void {
    const { counts } = this;
    counts.lastOperation = operation;
    if (cxid >= 0) counts.lastCxid = cxid;
    counts.lastZxid = zxid;
    counts.lastResponseMs = times.nowMs;
    counts.lastLatencyMs = times.latencyMs;
    counts.minLatencyMs = counts.responses === 0 ? times.latencyMs : Math.min(counts.minLatencyMs, times.latencyMs);
    counts.maxLatencyMs = Math.max(counts.maxLatencyMs, times.latencyMs);
    counts.totalLatencyMs += times.latencyMs;
    counts.responses += 1;
  }
}

function newCounts(): ConnectionCounts {
  return {
    received: 0,
    sent: 0,
    lastOperation: 'NA',
    lastCxid: -1,
    lastZxid: -1,
    lastResponseMs: 0,
    lastLatencyMs: 0,
    minLatencyMs: 0,
    maxLatencyMs: 0,
    totalLatencyMs: 0,
    responses: 0,
  };
}
