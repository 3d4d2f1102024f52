import type { Simulation } from '../../engine/kernel/simulation';
import { Condition } from '../../engine/kernel/waitables';
import { concatBytes } from '../os/text';

export type LogStream = 'stdout' | 'stderr';

/** One line (with its newline, when it has one) as the json-file log driver keeps it. */
export interface LogEntry {
  readonly stream: LogStream;
  /** Simulated us. */
  readonly timeUs: number;
  readonly bytes: Uint8Array;
}

/** Somebody who is attached to a container's output: gets what is written from now on, and may make writers wait. */
export class LogReader {
  private queue: { stream: LogStream; bytes: Uint8Array }[] = [];
  private size = 0;
  readonly arrived = new Condition();

  constructor(private readonly drained: Condition) {}

  put(stream: LogStream, bytes: Uint8Array): void {
    this.queue.push({ stream, bytes });
    this.size += bytes.length;
    this.arrived.notifyAll();
  }

  get full(): boolean {
    return this.size >= READER_CAPACITY_BYTES;
  }

  take(): { readonly stream: LogStream; readonly bytes: Uint8Array } | undefined {
    const head = this.queue.shift();
    if (head === undefined) return undefined;
    this.size -= head.bytes.length;
    this.drained.notifyAll();
    return head;
  }
}

const READER_CAPACITY_BYTES = 65536;
/** What the json-file driver takes for a line and for its bytes, and how far it may lag behind before writers wait. */
const LINE_US = 4;
const BYTES_PER_US = 60;
const LAG_US = 20_000;
const LINE_LIMIT_BYTES = 16384;
const KEPT_BYTES = 8 * 1024 * 1024;
const NEWLINE = 10;

/**
 * What a container wrote: the log that `docker logs` reads, and those who are attached.
 *
 * Simplified: of one container's log the newest 8 MiB are kept; Docker keeps all of it until the disk is full.
 */
export class ContainerLog {
  private entries: LogEntry[] = [];
  private keptBytes = 0;
  /** How many entries were dropped at the front. */
  private dropped = 0;
  private readonly partial: Record<LogStream, Uint8Array[]> = { stdout: [], stderr: [] };
  private readonly readers = new Set<LogReader>();
  /** When the driver will have written all that it was given. */
  private doneUs = 0;
  private waking = false;
  readonly appended = new Condition();
  readonly drained = new Condition();

  constructor(private readonly sim: Simulation) {}

  /** Index of the entry that comes next. */
  get end(): number {
    return this.dropped + this.entries.length;
  }

  get first(): number {
    return this.dropped;
  }

  entry(index: number): LogEntry | undefined {
    return this.entries[index - this.dropped];
  }

  attach(): LogReader {
    const reader = new LogReader(this.drained);
    this.readers.add(reader);
    return reader;
  }

  detach(reader: LogReader): void {
    this.readers.delete(reader);
    this.drained.notifyAll();
  }

  /** True when writers must wait for somebody who is attached. */
  get full(): boolean {
    for (const reader of this.readers) if (reader.full) return true;
    if (this.doneUs <= this.sim.nowUs + LAG_US) return false;
    if (!this.waking) {
      this.waking = true;
      this.sim.at(this.doneUs - LAG_US, ContainerLog.caughtUp, this as ContainerLog);
    }
    return true;
  }

  private static caughtUp(log: ContainerLog): void {
    log.waking = false;
    log.drained.notifyAll();
  }

  write(stream: LogStream, bytes: Uint8Array): void {
    const own = bytes.slice();
    for (const reader of this.readers) reader.put(stream, own);
    let start = 0;
    for (;;) {
      const newline = own.indexOf(NEWLINE, start);
      if (newline < 0) break;
      this.add(stream, own.subarray(start, newline + 1));
      start = newline + 1;
    }
    if (start < own.length) this.partial[stream].push(own.subarray(start));
    if (this.partial[stream].reduce((sum, part) => sum + part.length, 0) >= LINE_LIMIT_BYTES) this.add(stream, new Uint8Array(0));
  }

  /** The writers are gone: what has no newline yet becomes an entry. */
  flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) if (this.partial[stream].length > 0) this.add(stream, new Uint8Array(0));
    this.appended.notifyAll();
  }

  private add(stream: LogStream, end: Uint8Array): void {
    const parts = this.partial[stream];
    const bytes = parts.length === 0 ? end : concatBytes([...parts, end]);
    this.partial[stream] = [];
    this.entries.push({ stream, timeUs: this.sim.nowUs, bytes });
    this.doneUs = Math.max(this.doneUs, this.sim.nowUs) + LINE_US + Math.floor(bytes.length / BYTES_PER_US);
    this.keptBytes += bytes.length;
    if (this.keptBytes > KEPT_BYTES) this.forgetOldest();
    this.appended.notifyAll();
  }

  private forgetOldest(): void {
    let count = 0;
    while (this.keptBytes > KEPT_BYTES / 2) this.keptBytes -= (this.entries[count++] as LogEntry).bytes.length;
    this.entries.splice(0, count);
    this.dropped += count;
  }
}
