import type { SimEvent } from '../../kernel/event-queue';
import type { Simulation } from '../../kernel/simulation';
import { traceEvent } from '../../kernel/trace';
import type { SessionId } from '../client/messages';

/** A session may be silent for `timeoutMs`; it expires at `expiresMs`, which is always the end of a tick. */
export interface Session {
  readonly id: SessionId;
  readonly timeoutMs: number;
  expiresMs: number;
  /** It is being closed: what it still asks is refused. */
  closing: boolean;
}

/** A session began, ended, or was not heard of for too long. `id` is hexadecimal, with `0x`. */
export interface SessionEvent {
  readonly host: string;
  readonly id: string;
}

export const sessionCreated = traceEvent<SessionEvent>('session.created');
export const sessionExpired = traceEvent<SessionEvent>('session.expired');
export const sessionClosed = traceEvent<SessionEvent>('session.closed');

/**
 * Who is alive. Sessions expire in groups, at whole ticks since 1970.
 *
 * Why: a session of 6 s with ticks of 2 s ends 6 to 8 s after its last sign of life.
 * Units: ms since 1970.
 * @source zookeeper 3.4.6 src/java/main/org/apache/zookeeper/server/SessionTrackerImpl.java
 */
export class SessionTracker {
  private readonly sessions = new Map<SessionId, Session>();
  private nextId: SessionId;
  private timer: SimEvent | undefined;
  private timerMs = Infinity;

  constructor(
    private readonly sim: Simulation,
    private readonly tickTimeMs: number,
    private readonly onExpired: (session: Session) => void,
  ) {
    this.nextId = firstSessionId(sim.dateMs());
  }

  get all(): Iterable<Session> {
    return this.sessions.values();
  }

  get(id: SessionId): Session | undefined {
    return this.sessions.get(id);
  }

  create(timeoutMs: number): Session {
    const id = this.nextId;
    this.nextId += 1n;
    return this.add(id, timeoutMs);
  }

  /** Tracks a session that a log or a snapshot tells of. */
  add(id: SessionId, timeoutMs: number): Session {
    const session = { id, timeoutMs, expiresMs: 0, closing: false };
    this.sessions.set(id, session);
    this.touch(id);
    return session;
  }

  /** A sign of life. False when there is no such session, or it is being closed. */
  touch(id: SessionId): boolean {
    const session = this.sessions.get(id);
    if (session === undefined || session.closing) return false;
    const expiresMs = this.endOfTick(this.sim.dateMs() + session.timeoutMs);
    if (expiresMs <= session.expiresMs) return true;
    session.expiresMs = expiresMs;
    this.schedule(expiresMs);
    return true;
  }

  remove(id: SessionId): void {
    this.sessions.delete(id);
  }

  stop(): void {
    this.sim.cancel(this.timer);
    this.timer = undefined;
    this.timerMs = Infinity;
  }

  private endOfTick(timeMs: number): number {
    return (Math.floor(timeMs / this.tickTimeMs) + 1) * this.tickTimeMs;
  }

  private schedule(timeMs: number): void {
    if (timeMs >= this.timerMs) return;
    this.sim.cancel(this.timer);
    this.timerMs = timeMs;
    this.timer = this.sim.at((timeMs - this.sim.startDateMs) * 1000, () => this.onTick(), undefined);
  }

  private onTick(): void {
    const now = this.sim.dateMs();
    this.timer = undefined;
    this.timerMs = Infinity;
    let next = Infinity;
    for (const session of [...this.sessions.values()]) {
      if (session.closing) continue;
      if (session.expiresMs <= now) {
        session.closing = true;
        this.onExpired(session);
      } else {
        next = Math.min(next, session.expiresMs);
      }
    }
    if (next < Infinity) this.schedule(next);
  }
}

/** The server's number in the highest byte, then the time at which it started. */
function firstSessionId(startMs: number): SessionId {
  const time = BigInt.asUintN(64, BigInt(startMs) << 24n) >> 8n;
  return (1n << 56n) | time;
}
