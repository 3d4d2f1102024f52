/** A compose file's format: `1`, `2.0`, `3.6`. */
export class ComposeVersion {
  private readonly parts: readonly number[];

  constructor(readonly text: string) {
    this.parts = text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  }

  atLeast(text: string): boolean {
    const other = new ComposeVersion(text);
    for (let at = 0; at < Math.max(this.parts.length, other.parts.length); at++) {
      const difference = (this.parts[at] ?? 0) - (other.parts[at] ?? 0);
      if (difference !== 0) return difference > 0;
    }
    return true;
  }

  below(text: string): boolean {
    return !this.atLeast(text);
  }

  get isFirst(): boolean {
    return this.text === '1';
  }
}
