import type { History } from './history';
import type { LineBuffer } from './line-buffer';

/** Moves through the history with the arrows. Lines that were changed on the way keep their changes until Enter. */
export class HistoryWalk {
  /** The number of the entry that is shown; the present line stands after the last one. */
  private at: number;
  private readonly changed = new Map<number, string>();
  private argumentAt: number;
  private argumentLength = 0;

  constructor(
    private readonly history: History,
    private readonly buffer: LineBuffer,
  ) {
    this.at = history.nextNumber;
    this.argumentAt = this.at;
  }

  /** False when there is no entry in that direction. */
  move(by: -1 | 1): boolean {
    return this.goTo(this.at + by);
  }

  toFirst(): void {
    this.goTo(this.history.nextNumber - this.history.size);
  }

  toPresent(): void {
    this.goTo(this.history.nextNumber);
  }

  /** The last word of the entry before; with `again` of the one before that. `replaced`: how long the word was that it takes the place of. */
  lastArgument(again: boolean): { text: string; replaced: number } | undefined {
    if (!again) {
      this.argumentAt = this.history.nextNumber;
      this.argumentLength = 0;
    }
    const line = this.history.get(this.argumentAt - 1);
    if (line === undefined) return undefined;
    this.argumentAt -= 1;
    const words = line.match(/(?:\\.|'[^']*'|"[^"]*"|\S)+/g) ?? [];
    const text = words.at(-1) ?? '';
    const replaced = this.argumentLength;
    this.argumentLength = [...text].length;
    return { text, replaced };
  }

  private goTo(number: number): boolean {
    const present = number === this.history.nextNumber;
    const line = this.changed.get(number) ?? (present ? '' : this.history.get(number));
    if (line === undefined) return false;
    this.changed.set(this.at, this.buffer.text);
    this.at = number;
    this.buffer.set(line);
    return true;
  }
}
