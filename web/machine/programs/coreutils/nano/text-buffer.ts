/** A place in the text: line and code unit in it, from 0. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

interface Snapshot {
  readonly lines: readonly string[];
  readonly cursor: Place;
}

const MAX_UNDO = 500;

/** The text being edited, its cursor, and what can be undone. */
export class TextBuffer {
  lines: string[];
  line = 0;
  column = 0;
  /** The display column that up and down keep to. */
  private goal = 0;
  modified = false;
  private undoStack: Snapshot[] = [];
  private redoStack: Snapshot[] = [];
  private lastEdit = '';

  constructor(text: string) {
    this.lines = text.split('\n');
  }

  /** The whole text; like nano, always with a newline at the end unless it is empty. */
  get text(): string {
    const text = this.lines.join('\n');
    return text === '' || text.endsWith('\n') ? text : `${text}\n`;
  }

  get current(): string {
    return this.lines[this.line] as string;
  }

  get place(): Place {
    return { line: this.line, column: this.column };
  }

  /** Remembers the state before an edit. Edits of one kind in a row are one step. */
  private before(kind: string): void {
    if (kind !== this.lastEdit || kind === '') {
      this.undoStack.push({ lines: [...this.lines], cursor: this.place });
      if (this.undoStack.length > MAX_UNDO) this.undoStack.shift();
    }
    this.redoStack = [];
    this.lastEdit = kind;
    this.modified = true;
  }

  /** The next edit is a step of its own. */
  endStep(): void {
    this.lastEdit = '';
  }

  undo(): boolean {
    return this.restore(this.undoStack, this.redoStack);
  }

  redo(): boolean {
    return this.restore(this.redoStack, this.undoStack);
  }

  private restore(from: Snapshot[], to: Snapshot[]): boolean {
    const snapshot = from.pop();
    if (snapshot === undefined) return false;
    to.push({ lines: [...this.lines], cursor: this.place });
    this.lines = [...snapshot.lines];
    this.moveTo(snapshot.cursor);
    this.modified = true;
    this.lastEdit = '';
    return true;
  }

  insert(text: string): void {
    this.before(text.includes('\n') ? '' : 'insert');
    const parts = text.split('\n');
    const head = this.current.slice(0, this.column);
    const tail = this.current.slice(this.column);
    if (parts.length === 1) {
      this.lines[this.line] = head + text + tail;
      this.column += text.length;
    } else {
      const last = parts.pop() as string;
      const added = [head + (parts[0] as string), ...parts.slice(1), last + tail];
      this.lines.splice(this.line, 1, ...added);
      this.line += added.length - 1;
      this.column = last.length;
    }
    this.keepGoal();
  }

  backspace(): void {
    if (this.column === 0 && this.line === 0) return;
    this.left();
    this.deleteForward('backspace');
  }

  deleteForward(kind = 'delete'): void {
    if (this.column === this.current.length && this.line === this.lines.length - 1) return;
    this.before(kind);
    if (this.column === this.current.length) this.lines.splice(this.line, 2, this.current + (this.lines[this.line + 1] as string));
    else this.lines[this.line] = this.current.slice(0, this.column) + this.current.slice(this.column + characterAt(this.current, this.column).length);
    this.keepGoal();
  }

  /** ^K: takes the line out and returns it with its newline. */
  cutLine(): string | undefined {
    if (this.line === this.lines.length - 1) {
      if (this.current === '') return undefined;
      this.before('cut');
      const text = this.current;
      this.lines[this.line] = '';
      this.column = 0;
      return text;
    }
    this.before('cut');
    const [text] = this.lines.splice(this.line, 1);
    this.column = 0;
    return `${text as string}\n`;
  }

  replace(from: Place, length: number, text: string): void {
    this.before('');
    const line = this.lines[from.line] as string;
    this.lines[from.line] = line.slice(0, from.column) + text + line.slice(from.column + length);
  }

  // Moving

  moveTo(place: Place): void {
    this.line = Math.max(0, Math.min(this.lines.length - 1, place.line));
    this.column = Math.max(0, Math.min(this.current.length, place.column));
    this.keepGoal();
  }

  left(): void {
    if (this.column > 0) this.column -= lastCharacter(this.current.slice(0, this.column)).length;
    else if (this.line > 0) {
      this.line -= 1;
      this.column = this.current.length;
    }
    this.keepGoal();
  }

  right(): void {
    if (this.column < this.current.length) this.column += characterAt(this.current, this.column).length;
    else if (this.line < this.lines.length - 1) {
      this.line += 1;
      this.column = 0;
    }
    this.keepGoal();
  }

  vertical(by: number): void {
    this.line = Math.max(0, Math.min(this.lines.length - 1, this.line + by));
    this.column = Math.min(this.goal, this.current.length);
  }

  home(): void {
    this.column = 0;
    this.keepGoal();
  }

  end(): void {
    this.column = this.current.length;
    this.keepGoal();
  }

  word(direction: 1 | -1): void {
    const isWord = (): boolean => /[\p{L}\p{N}_]/u.test(characterAt(this.current, this.column));
    const step = (): boolean => {
      const before = this.place;
      if (direction === 1) this.right();
      else this.left();
      return before.line !== this.line || before.column !== this.column;
    };
    if (direction === 1) {
      while (isWord() && step());
      while (!isWord() && step());
    } else {
      step();
      while (!isWord() && step());
      while (this.column > 0 && /[\p{L}\p{N}_]/u.test(lastCharacter(this.current.slice(0, this.column)))) this.left();
    }
  }

  private keepGoal(): void {
    this.goal = this.column;
  }

  /** The next place of a text after the cursor, going round the end; undefined when there is none. */
  find(needle: string, backwards = false): { place: Place; wrapped: boolean } | undefined {
    const wanted = needle.toLowerCase();
    const count = this.lines.length;
    for (let i = 0; i <= count; i++) {
      const line = (((this.line + (backwards ? -i : i)) % count) + count) % count;
      const text = (this.lines[line] as string).toLowerCase();
      const at = backwards
        ? i === 0
          ? this.column === 0 ? -1 : text.lastIndexOf(wanted, this.column - 1)
          : text.lastIndexOf(wanted)
        : text.indexOf(wanted, i === 0 ? this.column + 1 : 0);
      if (at >= 0) return { place: { line, column: at }, wrapped: backwards ? line > this.line || i === count : line < this.line || i === count };
    }
    return undefined;
  }
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function lastCharacter(text: string): string {
  const pair = /[\ud800-\udbff][\udc00-\udfff]$/.exec(text);
  return pair === null ? text.slice(-1) : pair[0];
}
