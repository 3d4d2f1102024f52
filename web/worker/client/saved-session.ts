import { clear, createStore, entries, set } from 'idb-keyval';
import type { UseStore } from 'idb-keyval';

/** Chromium shares its databases between all pages opened from disk, so the name has to be ours. */
const DATABASE = 'samsa-session';

/**
 * The input log of the session, kept in the browser so that a reload goes on where it was.
 *
 * Why parts: a line is added with every key, and writing the whole log each time would cost more and more.
 * A browser that keeps nothing for this page still runs the session.
 */
export class SavedSession {
  private lines: string[] = [];
  private store: UseStore | null = null;
  private writing: Promise<unknown> = Promise.resolve();

  /** The log so far as one text; null when it is empty. */
  get text(): string | null {
    return this.lines.length === 0 ? null : this.lines.join('\n');
  }

  /** The log up to before its last line. */
  get textBeforeLast(): string | null {
    return this.lines.length < 2 ? null : this.lines.slice(0, -1).join('\n');
  }

  /** Reads what was kept, and from then on keeps what is added. */
  async open(): Promise<void> {
    try {
      const store = createStore(DATABASE, 'log');
      const parts = await entries<number, string[]>(store);
      this.store = store;
      for (const [from, lines] of parts.sort(([a], [b]) => a - b)) {
        if (from > this.lines.length) break;
        this.lines = [...this.lines.slice(0, from), ...lines];
      }
    } catch {
      this.store = null;
    }
  }

  /** Replaces the whole log, for instance by nothing. */
  replace(text: string | null): void {
    this.lines = text === null ? [] : text.split('\n');
    const { lines } = this;
    this.write(async (store) => {
      await clear(store);
      if (lines.length > 0) await set(0, lines, store);
    });
  }

  /** Adds lines; what is held from line `from` on is dropped. */
  add(from: number, lines: readonly string[]): void {
    const cut = this.lines.length > from;
    this.lines.length = Math.min(this.lines.length, from);
    this.lines.push(...lines);
    if (cut) this.replace(this.text);
    else this.write((store) => set(from, [...lines], store));
  }

  private write(action: (store: UseStore) => Promise<void>): void {
    const { store } = this;
    if (store) this.writing = this.writing.then(() => action(store)).catch(() => undefined);
  }
}
