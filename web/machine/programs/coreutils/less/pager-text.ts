import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import { columnsOf } from '../../../os/line-discipline';
import { LineSource } from '../../lib/line-source';

const TAB = 8;
/** Private marks around what a search found; they take no columns. */
export const FOUND_START = '\ufff9';
export const FOUND_END = '\ufffb';
const COLOR_SEQUENCE = /^\x1b\[[\d;:]*m/;

/** The lines of what a pager shows, read as far as somebody looked. */
export class PagerText {
  readonly lines: string[] = [];
  ended = false;
  private readonly source: LineSource;

  constructor(
    process: Process,
    fd: number,
    readonly name: string,
  ) {
    this.source = new LineSource(process, fd);
  }

  /** Reads until there are `count` lines or the end. */
  *readTo(count: number): Op<void> {
    while (!this.ended && this.lines.length < count) {
      const batch = yield* this.source.batch();
      if (batch === null) this.ended = true;
      else for (const line of batch) this.lines.push(line);
    }
  }
}

export interface LayoutOptions {
  readonly columns: number;
  /** -S: cut long lines, from this column on. */
  readonly chop: boolean;
  readonly shift: number;
  /** -R: colours pass. */
  readonly colors: boolean;
}

/** The rows of the screen that a line takes. Control characters are shown as ^X. */
export function rowsOf(line: string, options: LayoutOptions): string[] {
  const rows: string[] = [];
  let row = '';
  let column = 0;
  let used = 0;
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  for (let at = 0; at < text.length; ) {
    const color = text[at] === '\x1b' ? COLOR_SEQUENCE.exec(text.slice(at, at + 32)) : null;
    if (color !== null) {
      if (options.colors) row += color[0];
      else row += `\x1b[7mESC\x1b[27m${color[0].slice(1)}`;
      if (!options.colors) used += 2 + color[0].length;
      at += color[0].length;
      continue;
    }
    if (text[at] === FOUND_START || text[at] === FOUND_END) {
      row += text[at] === FOUND_START ? '\x1b[7m' : '\x1b[27m';
      at += 1;
      continue;
    }
    const code = text.codePointAt(at) as number;
    const character = String.fromCodePoint(code);
    const shown = shownCharacter(character, code, column);
    at += character.length;
    if (options.chop) {
      if (column >= options.shift && column - options.shift + shown.width <= options.columns) row += shown.text;
    } else {
      if (used + shown.width > options.columns) {
        rows.push(row);
        row = '';
        used = 0;
      }
      row += shown.text;
      used += shown.width;
    }
    column += shown.width;
  }
  rows.push(row);
  return rows;
}

function shownCharacter(character: string, code: number, column: number): { text: string; width: number } {
  if (character === '\t') {
    const width = TAB - (column % TAB);
    return { text: ' '.repeat(width), width };
  }
  if (code < 32 || code === 127) {
    const name = code === 27 ? 'ESC' : `^${String.fromCharCode(code ^ 64)}`;
    return { text: `\x1b[7m${name}\x1b[27m`, width: name.length };
  }
  if (code >= 0xdc80 && code <= 0xdcff) return { text: `\x1b[7m<${(code - 0xdc00).toString(16).toUpperCase()}>\x1b[27m`, width: 4 };
  return { text: character, width: columnsOf(code) };
}
