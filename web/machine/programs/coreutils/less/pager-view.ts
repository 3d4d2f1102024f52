import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import type { Pattern } from '../../lib/regex/pattern';
import type { Screen } from '../../lib/screen';
import { FOUND_END, FOUND_START, type PagerText, rowsOf } from './pager-text';

export interface PagerOptions {
  numbers: boolean;
  chop: boolean;
  ignoreCase: boolean;
  readonly colors: boolean;
  readonly longPrompt: boolean;
  readonly quitAtEnd: boolean;
}

class Interrupted {}

/** What a pager shows: which rows of which text, and the line at the bottom. */
export class PagerView {
  protected top = 0;
  /** Rows of the top line that are above the screen. */
  protected topRow = 0;
  protected shift = 0;
  protected index = 0;
  protected search: Pattern | undefined;
  protected message: string | undefined;
  protected interrupted = false;
  private reading = false;
  /** Nothing was pressed yet. */
  protected fresh = true;

  constructor(
    private readonly process: Process,
    protected readonly screen: Screen,
    protected readonly texts: readonly PagerText[],
    protected readonly options: PagerOptions,
  ) {
    process.onSignal('SIGINT', () => {
      this.interrupted = true;
      if (this.reading) process.interrupt(new Interrupted());
    });
    process.onSignal('SIGTSTP', 'ignore');
  }

  protected get text(): PagerText {
    return this.texts[this.index] as PagerText;
  }

  protected get height(): number {
    return Math.max(1, this.screen.rows - 1);
  }

  /** Reads ahead; ^C ends a wait for more. */
  protected *readTo(count: number): Op<void> {
    this.reading = true;
    this.interrupted = false;
    try {
      yield* this.text.readTo(count);
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
    } finally {
      this.reading = false;
    }
  }

  protected rows(line: string): string[] {
    const numbers = this.options.numbers ? 8 : 0;
    return rowsOf(line, { columns: this.screen.columns - numbers, chop: this.options.chop || this.shift > 0, shift: this.shift, colors: this.options.colors });
  }

  protected *forward(rows: number): Op<void> {
    for (let left = rows; left > 0; left--) {
      if (yield* this.atEnd()) return;
      const size = this.rows(this.text.lines[this.top] ?? '').length;
      if (this.topRow + 1 < size) this.topRow += 1;
      else {
        this.top += 1;
        this.topRow = 0;
      }
    }
  }

  protected *back(rows: number): Op<void> {
    for (let left = rows; left > 0 && (this.top > 0 || this.topRow > 0); left--) {
      if (this.topRow > 0) this.topRow -= 1;
      else {
        this.top -= 1;
        this.topRow = this.rows(this.text.lines[this.top] as string).length - 1;
      }
    }
    yield* this.process.spend(0);
  }

  /** The last row is on the screen. */
  protected *atEnd(): Op<boolean> {
    yield* this.readTo(this.top + this.height + 2);
    if (!this.text.ended) return false;
    let rows = -this.topRow;
    for (let line = this.top; line < this.text.lines.length; line++) {
      rows += this.rows(this.text.lines[line] as string).length;
      if (rows > this.height) return false;
    }
    return true;
  }

  protected *toLine(line: number): Op<void> {
    yield* this.readTo(line + this.height);
    this.top = Math.max(0, Math.min(this.text.lines.length - 1, line - 1));
    this.topRow = 0;
    if (yield* this.atEnd()) yield* this.toEnd();
  }

  protected *toEnd(): Op<void> {
    yield* this.readTo(Infinity);
    this.top = this.text.lines.length;
    this.topRow = 0;
    yield* this.back(this.height);
  }

  protected *prompt(text: string): Op<void> {
    yield* this.screen.write(`\x1b[${this.screen.rows};1H\x1b[K${text}`);
  }

  protected *draw(): Op<void> {
    yield* this.readTo(this.top + this.height + 1);
    const { lines } = this.text;
    const rows: string[] = [];
    for (let line = this.top; line < lines.length && rows.length < this.height; line++) {
      const shown = this.rows(this.highlighted(lines[line] as string));
      shown.slice(line === this.top ? this.topRow : 0).forEach((row, i) => {
        if (rows.length >= this.height) return;
        const first = i === 0 && (line !== this.top || this.topRow === 0);
        rows.push(this.options.numbers ? `${first ? String(line + 1).padStart(7) : '       '} ${row}` : row);
      });
    }
    while (rows.length < this.height) rows.push('\x1b[1m~\x1b[0m');
    const end = yield* this.atEnd();
    yield* this.screen.write(`\x1b[?25l\x1b[H${rows.map((row) => `${row}\x1b[0m\x1b[K\r\n`).join('')}\x1b[K${this.promptText(end)}\x1b[?25h`);
    this.message = undefined;
  }

  private promptText(end: boolean): string {
    const reverse = (text: string): string => `\x1b[7m${text}\x1b[27m`;
    if (this.message !== undefined) return reverse(this.message);
    const { text } = this;
    if (this.options.longPrompt) {
      const last = Math.min(text.lines.length, this.top + this.height);
      return reverse(`${text.name} lines ${this.top + 1}-${last}${text.ended ? `/${text.lines.length} ${end ? '(END)' : `${Math.floor((100 * last) / text.lines.length)}%`}` : ''}`);
    }
    const more = this.index + 1 < this.texts.length ? ` - Next: ${(this.texts[this.index + 1] as PagerText).name}` : '';
    if (this.fresh && text.name !== '') return reverse(`${text.name}${this.texts.length > 1 ? ` (file ${this.index + 1} of ${this.texts.length})` : ''}${end ? ` (END)${more}` : ''}`);
    return end ? reverse(`(END)${more}`) : ':';
  }

  /** Matches of the search in reverse video. */
  private highlighted(line: string): string {
    const { search } = this;
    if (search === undefined) return line;
    let out = '';
    let copied = 0;
    for (let at = 0; at <= line.length; ) {
      const match = search.exec(line, at);
      if (match === null) break;
      at = match.end > match.start ? match.end : match.end + 1;
      if (match.end === match.start) continue;
      out += `${line.slice(copied, match.start)}${FOUND_START}${line.slice(match.start, match.end)}${FOUND_END}`;
      copied = match.end;
    }
    return out + line.slice(copied);
  }
}
