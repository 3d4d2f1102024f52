import type { Simulation } from '../../kernel/simulation';
import { FetchSession } from './fetch-session';

const MIN_EVICTION_MS = 120_000;

/** The fetch sessions of a broker: at most as many as `max.incremental.fetch.session.cache.slots`; the longest unused one makes room. */
export class FetchSessionCache {
  private readonly sessions = new Map<number, FetchSession>();

  constructor(
    private readonly sim: Simulation,
    private readonly maxEntries: number,
    private readonly randomName: string,
  ) {}

  get size(): number {
    return this.sessions.size;
  }

  get(id: number): FetchSession | undefined {
    return this.sessions.get(id);
  }

  /** Undefined when there is no room. */
  maybeCreate(isFollower: boolean): FetchSession | undefined {
    if (this.sessions.size >= this.maxEntries && !this.tryEvict()) return undefined;
    const session = new FetchSession(this.newId(), isFollower, this.sim.dateMs());
    this.sessions.set(session.id, session);
    return session;
  }

  remove(session: FetchSession): void {
    this.sessions.delete(session.id);
    session.close();
  }

  private tryEvict(): boolean {
    const nowMs = this.sim.dateMs();
    let oldest: FetchSession | undefined;
    for (const session of this.sessions.values()) if (oldest === undefined || session.lastUsedMs < oldest.lastUsedMs) oldest = session;
    if (oldest === undefined || nowMs - oldest.lastUsedMs < MIN_EVICTION_MS) return false;
    this.remove(oldest);
    return true;
  }

  private newId(): number {
    const random = this.sim.random(this.randomName);
    let id = 0;
    while (id === 0 || this.sessions.has(id)) id = random.uint32() >>> 1;
    return id;
  }
}
