import { columnsOf } from '../../os/line-discipline';

interface Place {
  readonly row: number;
  readonly column: number;
}

/** A prompt as the display needs it. */
export interface PromptText {
  /** With its control sequences, as it is sent. */
  readonly shown: string;
  /** Only what takes columns. */
  readonly visible: string;
}

/** Draws the prompt and the line below each other where they wrap, and sends as little as it can. */
export class EditorDisplay {
  /** What stands on the screen: the cells that follow the prompt. */
  private cells: string[] = [];
  private cursor: Place = { row: 0, column: 0 };
  private promptVisible = '';

  constructor(
    private readonly send: (text: string) => void,
    private readonly columns: () => number,
  ) {}

  /** Starts a line: prints the prompt. */
  start(prompt: PromptText): void {
    this.send(prompt.shown);
    this.promptVisible = prompt.visible.slice(prompt.visible.lastIndexOf('\n') + 1);
    this.cells = [];
    this.cursor = this.placeOf([], 0);
    this.wrapAtEdge(this.cursor);
  }

  /** Changes the screen from what it shows to the line, with the cursor at its place. */
  update(chars: readonly string[], cursor: number): void {
    const cells = chars.map(shownCharacter);
    let same = 0;
    while (same < cells.length && same < this.cells.length && cells[same] === this.cells[same]) same += 1;
    if (same < cells.length || same < this.cells.length) {
      const oldEnd = this.placeOf(this.cells, this.cells.length);
      this.moveTo(this.placeOf(cells, same));
      this.send(cells.slice(same).join(''));
      this.cursor = this.placeOf(cells, cells.length);
      if (same < cells.length) this.wrapAtEdge(this.cursor);
      if (oldEnd.row > this.cursor.row) this.send('\x1b[J');
      else if (oldEnd.row === this.cursor.row && oldEnd.column > this.cursor.column) this.send('\x1b[K');
      this.cells = cells;
    }
    this.moveTo(this.placeOf(cells, cursor));
  }

  /** Puts the cursor below the whole line: at Enter. */
  finish(): void {
    this.moveTo(this.placeOf(this.cells, this.cells.length));
    this.send('\n');
  }

  /** Prints everything anew where the cursor is: after a list of completions, or on a clean screen. */
  redraw(prompt: PromptText, chars: readonly string[], cursor: number): void {
    this.start(prompt);
    this.update(chars, cursor);
  }

  /** Takes another prompt in place of the one that stands there. */
  replacePrompt(prompt: PromptText, chars: readonly string[], cursor: number): void {
    this.moveTo({ row: 0, column: 0 });
    this.send('\r\x1b[J');
    const last = prompt.shown.slice(prompt.shown.lastIndexOf('\n') + 1);
    this.redraw({ shown: last, visible: prompt.visible.slice(prompt.visible.lastIndexOf('\n') + 1) }, chars, cursor);
  }

  /** A terminal is at the right edge until one more character comes: this makes it wrap. */
  private wrapAtEdge(place: Place): void {
    if (place.column === 0 && place.row > 0) this.send(' \r');
  }

  private moveTo(target: Place): void {
    const { row, column } = this.cursor;
    if (target.row !== row) {
      this.send(target.row < row ? `\x1b[${row - target.row}A` : `\x1b[${target.row - row}B`);
    }
    if (target.column < column) {
      const back = column - target.column;
      this.send(target.column === 0 ? '\r' : back <= 4 ? '\b'.repeat(back) : `\x1b[${back}D`);
    } else if (target.column > column) this.send(`\x1b[${target.column - column}C`);
    this.cursor = target;
  }

  /** Where the cell at `count` stands, counted from the prompt's last line. */
  private placeOf(cells: readonly string[], count: number): Place {
    const width = Math.max(2, this.columns());
    let row = 0;
    let column = 0;
    const advance = (char: string): void => {
      if (char === '\n') {
        row += 1;
        column = 0;
        return;
      }
      const size = columnsOf(char.codePointAt(0) as number);
      if (column + size > width) {
        row += 1;
        column = 0;
      }
      column += size;
      if (column === width) {
        row += 1;
        column = 0;
      }
    };
    for (const char of this.promptVisible) advance(char);
    for (let i = 0; i < count; i++) for (const char of cells[i] as string) advance(char);
    return { row, column };
  }
}

/** Control characters show as `^X`. */
function shownCharacter(char: string): string {
  if (char === '\n') return char;
  const code = char.charCodeAt(0);
  return code < 0x20 ? `^${String.fromCharCode(code + 64)}` : code === 0x7f ? '^?' : char;
}
