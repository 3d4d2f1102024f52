const RING_SIZE = 10;

/** What was cut, the latest last. It outlives the line. */
export class KillRing {
  private texts: string[] = [];

  get latest(): string | undefined {
    return this.texts.at(-1);
  }

  /** `before` and `after` add to the latest text. */
  add(text: string, where: 'new' | 'before' | 'after'): void {
    const latest = this.texts.at(-1);
    if (where === 'new' || latest === undefined) this.texts = [...this.texts, text].slice(-RING_SIZE);
    else this.texts[this.texts.length - 1] = where === 'before' ? text + latest : latest + text;
  }

  /** Makes the one before the latest. */
  rotate(): string | undefined {
    const latest = this.texts.pop();
    if (latest !== undefined) this.texts.unshift(latest);
    return this.latest;
  }
}
