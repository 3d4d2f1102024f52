import type { Op } from '../../../../engine/kernel/task';
import { columnsOf } from '../../../os/line-discipline';
import type { Screen } from '../../lib/screen';
import type { TextBuffer } from './text-buffer';

const TAB = 8;
const REVERSE = '\x1b[7m';
const PLAIN = '\x1b[0m';

export type HelpRow = readonly (readonly [string, string])[];

const MAIN_HELP: readonly HelpRow[] = [
  [['^G', 'Help'], ['^O', 'Write Out'], ['^W', 'Where Is'], ['^K', 'Cut'], ['^T', 'Execute'], ['^C', 'Location'], ['M-U', 'Undo'], ['M-A', 'Set Mark'], ['M-]', 'To Bracket'], ['M-Q', 'Previous']],
  [['^X', 'Exit'], ['^R', 'Read File'], ['^\\', 'Replace'], ['^U', 'Paste'], ['^J', 'Justify'], ['^/', 'Go To Line'], ['M-E', 'Redo'], ['M-6', 'Copy'], ['^Q', 'Where Was'], ['M-W', 'Next']],
];

/** What stands at the bottom while nano asks something. */
export interface Prompt {
  readonly label: string;
  readonly text: string;
  readonly at: number;
  readonly help: readonly HelpRow[];
}

/** Draws nano's screen: title bar, text, status line and two lines of help. Only rows that changed are written. */
export class NanoView {
  private shown: string[] = [];
  top = 0;
  private status = '';
  constructor(private readonly screen: Screen) {}

  get textRows(): number {
    return Math.max(1, this.screen.rows - 4);
  }

  /** A message for the status line: `[ Wrote 3 lines ]`. It stays until the next key. */
  say(message: string): void {
    this.status = message;
  }

  repaint(): void {
    this.shown = [];
  }

  *draw(buffer: TextBuffer, title: { readonly name: string; readonly modified: boolean }, prompt?: Prompt): Op<void> {
    const { columns, rows } = this.screen;
    this.scroll(buffer);
    const lines = [this.titleBar(title)];
    for (let row = 0; row < this.textRows; row++) {
      const index = this.top + row;
      const text = buffer.lines[index];
      lines.push(text === undefined ? '' : this.textRow(text, index === buffer.line ? buffer.column : undefined));
    }
    lines.push(prompt === undefined ? this.statusLine() : `${REVERSE}${fit(`${prompt.label}${visible(prompt.text)}`, columns).padEnd(columns)}${PLAIN}`);
    for (const help of prompt?.help ?? MAIN_HELP) lines.push(this.helpLine(help));
    this.status = '';
    let out = '\x1b[?25l';
    for (let row = 0; row < rows; row++) {
      const line = lines[row] ?? '';
      if (this.shown[row] === line) continue;
      out += `\x1b[${row + 1};1H${line}\x1b[K`;
    }
    this.shown = lines;
    const cursor = prompt === undefined ? this.cursor(buffer) : { row: rows - 2, column: Math.min(columns, width(prompt.label + prompt.text.slice(0, prompt.at)) + 1) };
    yield* this.screen.write(`${out}\x1b[${cursor.row};${cursor.column}H\x1b[?25h`);
  }

  private scroll(buffer: TextBuffer): void {
    const rows = this.textRows;
    if (buffer.line < this.top) this.top = buffer.line < this.top - 1 ? Math.max(0, buffer.line - Math.floor(rows / 2)) : buffer.line;
    if (buffer.line >= this.top + rows) this.top = buffer.line > this.top + rows ? Math.max(0, buffer.line - Math.floor(rows / 2)) : buffer.line - rows + 1;
  }

  private titleBar({ name, modified }: { readonly name: string; readonly modified: boolean }): string {
    const { columns } = this.screen;
    const left = '  GNU nano 7.2';
    const right = modified ? 'Modified ' : '';
    const room = columns - left.length - 9 - 4;
    const shown = name.length > room && room > 3 ? `...${name.slice(name.length - room + 3)}` : name;
    const start = Math.max(left.length + 1, Math.floor((columns - shown.length) / 2));
    const bar = `${left.padEnd(start)}${shown}`;
    return `${REVERSE}${fit(bar.padEnd(columns - right.length) + right, columns)}${PLAIN}`;
  }

  private statusLine(): string {
    if (this.status === '') return '';
    const { columns } = this.screen;
    const text = fit(`[ ${this.status} ]`, columns);
    return `${' '.repeat(Math.max(0, Math.floor((columns - text.length) / 2)))}${REVERSE}${text}${PLAIN}`;
  }

  private helpLine(help: HelpRow): string {
    const { columns } = this.screen;
    const count = Math.max(1, Math.min(help.length, Math.floor((columns + 40) / 20)));
    const size = Math.floor(columns / count);
    return help.slice(0, count).map(([key, label]) => {
      const text = label.slice(0, Math.max(0, size - key.length - 1));
      return `${REVERSE}${key}${PLAIN} ${text}${' '.repeat(Math.max(0, size - key.length - 1 - text.length))}`;
    }).join('').trimEnd();
  }

  /** The first display column that a long current line is shown from. */
  private pageStart(text: string, column: number): number {
    const at = width(text.slice(0, column));
    const { columns } = this.screen;
    return at < columns - 1 ? 0 : Math.max(0, at - 8 - (at % Math.max(1, columns - 8)));
  }

  private textRow(text: string, cursorColumn: number | undefined): string {
    const { columns } = this.screen;
    const start = cursorColumn === undefined ? 0 : this.pageStart(text, cursorColumn);
    const before = start > 0 ? `${REVERSE}<${PLAIN}` : '';
    const room = columns - (start > 0 ? 1 : 0);
    const shown: { text: string; columns: number }[] = [];
    let used = 0;
    let at = 0;
    for (const character of text) {
      const next = cell(character, at);
      at += next.columns;
      if (at <= start) continue;
      if (used + next.columns > room) {
        // The last column says that the line goes on.
        while (used > room - 1) used -= (shown.pop() as { columns: number }).columns;
        return `${before}${shown.map((each) => each.text).join('')}${' '.repeat(room - 1 - used)}${REVERSE}>${PLAIN}`;
      }
      shown.push(next);
      used += next.columns;
    }
    return before + shown.map((each) => each.text).join('');
  }

  private cursor(buffer: TextBuffer): { row: number; column: number } {
    const start = this.pageStart(buffer.current, buffer.column);
    const at = width(buffer.current.slice(0, buffer.column));
    return { row: buffer.line - this.top + 2, column: Math.min(this.screen.columns, at - start + 1 + (start > 0 ? 1 : 0)) };
  }
}

function widthOf(character: string, at: number): number {
  if (character === '\t') return TAB - (at % TAB);
  const code = character.codePointAt(0) as number;
  return code < 32 || code === 127 ? 2 : columnsOf(code);
}

function cell(character: string, at: number): { text: string; columns: number } {
  const columns = widthOf(character, at);
  if (character === '\t') return { text: ' '.repeat(columns), columns };
  return { text: visible(character), columns };
}

function visible(text: string): string {
  return text.replace(/[\0-\x1f\x7f]/g, (character) => (character === '\x7f' ? '^?' : `^${String.fromCharCode(character.charCodeAt(0) + 64)}`));
}

export function width(text: string): number {
  let at = 0;
  for (const character of text) at += widthOf(character, at);
  return at;
}

function fit(text: string, columns: number): string {
  return width(text) <= columns ? text : text.slice(0, columns);
}
