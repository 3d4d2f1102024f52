/** The longest line (characters). */
const MOST_CHARACTERS = 131_072;

/**
 * The line being edited: characters and the place of the cursor among them.
 *
 * Simplified: no line is longer than 131,072 characters; readline knows no limit.
 */
export class LineBuffer {
  chars: string[] = [];
  cursor = 0;
  private readonly undoStates: { chars: string[]; cursor: number }[] = [];

  get text(): string {
    return this.chars.join('');
  }

  get beforeCursor(): string {
    return this.chars.slice(0, this.cursor).join('');
  }

  set(text: string, cursor?: number): void {
    this.chars = [...text];
    this.cursor = Math.min(cursor ?? this.chars.length, this.chars.length);
  }

  /** Keeps the present state for `undo`. */
  remember(): void {
    this.undoStates.push({ chars: [...this.chars], cursor: this.cursor });
  }

  undo(): boolean {
    const state = this.undoStates.pop();
    if (state === undefined) return false;
    this.chars = state.chars;
    this.cursor = state.cursor;
    return true;
  }

  /** False when not all of it has room. */
  insert(text: string): boolean {
    const room = MOST_CHARACTERS - this.chars.length;
    const all = [...text];
    const added = all.length > room ? all.slice(0, room) : all;
    if (added.length === 1) this.chars.splice(this.cursor, 0, added[0] as string);
    else this.chars = [...this.chars.slice(0, this.cursor), ...added, ...this.chars.slice(this.cursor)];
    this.cursor += added.length;
    return added.length === all.length;
  }

  /** Removes what is between two places and returns it; the cursor goes to the lower one. */
  cut(from: number, to: number): string {
    const [low, high] = from < to ? [from, to] : [to, from];
    this.cursor = low;
    return this.chars.splice(low, high - low).join('');
  }

  /** The end of the word after `at`: letters and digits, as readline sees words. */
  wordEnd(at: number): number {
    let pos = at;
    while (pos < this.chars.length && !isWordCharacter(this.chars[pos])) pos += 1;
    while (pos < this.chars.length && isWordCharacter(this.chars[pos])) pos += 1;
    return pos;
  }

  wordStart(at: number): number {
    let pos = at;
    while (pos > 0 && !isWordCharacter(this.chars[pos - 1])) pos -= 1;
    while (pos > 0 && isWordCharacter(this.chars[pos - 1])) pos -= 1;
    return pos;
  }

  /** The start of the word before `at` that blanks delimit. */
  blankWordStart(at: number): number {
    let pos = at;
    while (pos > 0 && /\s/.test(this.chars[pos - 1] as string)) pos -= 1;
    while (pos > 0 && !/\s/.test(this.chars[pos - 1] as string)) pos -= 1;
    return pos;
  }
}

function isWordCharacter(char: string | undefined): boolean {
  return char !== undefined && /[\p{L}\p{N}]/u.test(char);
}
