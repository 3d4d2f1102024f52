import { del, get, set } from 'idb-keyval';

/** Chromium shares one store between all pages opened from disk, so the name has to be ours. */
const KEY = 'samsa/session';

/**
 * The input log of the session, kept in the browser so that a reload goes on where it was.
 *
 * Writes are merged: while one is under way only the newest log waits.
 */
export class SavedSession {
  private waiting: string | null = null;
  private writing = false;

  /** Null when there is none, or when the browser keeps nothing for this page. */
  async load(): Promise<string | null> {
    try {
      return (await get<string>(KEY)) ?? null;
    } catch {
      return null;
    }
  }

  save(log: string): void {
    this.waiting = log;
    if (!this.writing) void this.write();
  }

  async forget(): Promise<void> {
    this.waiting = null;
    await del(KEY).catch(() => undefined);
  }

  private async write(): Promise<void> {
    this.writing = true;
    while (this.waiting !== null) {
      const log = this.waiting;
      this.waiting = null;
      await set(KEY, log).catch(() => undefined);
    }
    this.writing = false;
  }
}
