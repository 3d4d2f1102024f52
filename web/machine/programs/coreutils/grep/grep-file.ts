import type { Op } from '../../../../engine/kernel/task';
import { textToBytes } from '../../lib/byte-text';
import type { GnuTool } from '../../lib/gnu-tool';
import { quoteName } from '../../lib/quoting';
import type { PatternMatch } from '../../lib/regex/pattern';
import type { GrepSettings } from './grep-settings';

const BINARY = /\0|[\udc80-\udcff]/u;
const RED = '01;31';
const MAGENTA = '35';
const GREEN = '32';
const CYAN = '36';

/** The search of one file: which lines are selected, and how they are shown. */
export class GrepFile {
  private lineNumber = 0;
  private byteOffset = 0;
  private selected = 0;
  private readonly before: { line: string; number: number; offset: number }[] = [];
  private afterLeft = 0;
  private lastShown = 0;
  private binary = false;
  private stopped = false;
  private end: string;

  constructor(
    private readonly tool: GnuTool,
    private readonly settings: GrepSettings,
    private readonly fd: number,
    private readonly path: string,
  ) {
    this.end = settings.zero ? '\0' : '\n';
  }

  /** True when the file counts as found. */
  *search(): Op<boolean> {
    const { settings, tool } = this;
    const source = tool.lines(this.fd, settings.zero ? 0 : 10);
    while (!this.stopped) {
      if (settings.maxCount === 0) break;
      const batch = yield* source.batch();
      if (batch === null) break;
      if (settings.binary !== 'text' && !settings.zero && !this.binary && batch.some((line) => BINARY.test(line))) this.binary = true;
      if (this.binary && settings.binary === 'skip') return false;
      for (const line of batch) {
        this.line(line);
        if (this.stopped) break;
      }
      yield* tool.drain();
    }
    return yield* this.report();
  }

  private *report(): Op<boolean> {
    const { settings, tool } = this;
    const name = this.path === '-' ? settings.label : this.path;
    if (settings.list !== undefined && !settings.quiet) {
      if ((this.selected > 0) === (settings.list === 'matching')) tool.print(this.colored(name, MAGENTA) + (settings.nullAfterName ? '\0' : '\n'));
    } else if (settings.count && !settings.quiet) {
      const shown = settings.names ? this.colored(name, MAGENTA) + (settings.nullAfterName ? '\0' : this.colored(':', CYAN)) : '';
      tool.print(`${shown}${this.selected}\n`);
    } else if (this.binary && this.selected > 0 && !settings.quiet) {
      yield* tool.complain(`${this.path === '-' ? settings.label : quoteName(this.path)}: binary file matches`, 0);
    }
    yield* tool.drain();
    return settings.list === 'without' ? this.selected === 0 : this.selected > 0;
  }

  private line(line: string): void {
    this.lineNumber += 1;
    const offset = this.byteOffset;
    if (this.settings.byteOffsets) this.byteOffset += textToBytes(line).length + 1;
    const matched = this.settings.patterns.some((pattern) => pattern.test(line));
    if (matched !== this.settings.invert) this.select(line, offset);
    else this.pass(line, offset);
  }

  private select(line: string, offset: number): void {
    const { settings } = this;
    this.selected += 1;
    if (this.selected >= settings.maxCount && settings.after === 0) this.stopped = true;
    if (settings.quiet || settings.list !== undefined) {
      this.stopped = true;
      return;
    }
    if (settings.count || this.binary) {
      if (this.binary && !settings.count) this.stopped = true;
      return;
    }
    if (this.selected > settings.maxCount) {
      this.stopped = true;
      return;
    }
    if (settings.onlyMatching) {
      if (!settings.invert) this.showMatches(line, offset);
      return;
    }
    this.separate(this.before[0]?.number ?? this.lineNumber);
    for (const each of this.before.splice(0)) this.show(each.line, each.number, each.offset, '-');
    this.show(line, this.lineNumber, offset, ':');
    this.afterLeft = settings.after;
  }

  private pass(line: string, offset: number): void {
    const { settings } = this;
    if (this.afterLeft > 0) {
      this.afterLeft -= 1;
      this.show(line, this.lineNumber, offset, '-');
    } else if (settings.before > 0) {
      this.before.push({ line, number: this.lineNumber, offset });
      if (this.before.length > settings.before) this.before.shift();
    }
    if (this.selected >= settings.maxCount && this.afterLeft === 0) this.stopped = true;
  }

  /** `--` between groups of lines that do not touch. */
  private separate(number: number): void {
    const { settings } = this;
    if (settings.grouped && this.lastShown > 0 && number > this.lastShown + 1 && settings.separator !== undefined) {
      this.tool.print(`${this.colored(settings.separator, CYAN)}\n`);
    }
  }

  private show(line: string, number: number, offset: number, mark: ':' | '-'): void {
    this.lastShown = number;
    const text = this.settings.color && mark === (this.settings.invert ? '-' : ':') ? this.painted(line) : line;
    this.tool.print(`${this.prefix(number, offset, mark)}${text}${this.end}`);
  }

  private prefix(number: number, offset: number, mark: ':' | '-'): string {
    const { settings } = this;
    const parts: string[] = [];
    if (settings.names) parts.push(this.colored(this.path === '-' ? settings.label : this.path, MAGENTA));
    if (settings.lineNumbers) parts.push(this.colored(settings.initialTab ? String(number).padStart(4) : String(number), GREEN));
    if (settings.byteOffsets) parts.push(this.colored(String(offset), GREEN));
    if (parts.length === 0) return '';
    const joiner = this.colored(mark, CYAN);
    if (settings.names && settings.nullAfterName) return `${parts[0] as string}\0${parts.slice(1).map((part) => part + joiner).join('')}`;
    return parts.map((part) => part + joiner).join('') + (settings.initialTab ? '\t' : '');
  }

  private showMatches(line: string, offset: number): void {
    for (const match of this.matches(line)) {
      if (match.end === match.start) continue;
      const at = this.settings.byteOffsets ? offset + textToBytes(line.slice(0, match.start)).length : 0;
      const text = this.colored(line.slice(match.start, match.end), RED);
      this.tool.print(`${this.prefix(this.lineNumber, at, ':')}${text}${this.end}`);
    }
  }

  private *matches(line: string): Generator<PatternMatch> {
    for (let at = 0; at <= line.length; ) {
      let best: PatternMatch | undefined;
      for (const pattern of this.settings.patterns) {
        const match = pattern.exec(line, at);
        if (match === null) continue;
        if (best === undefined || match.start < best.start || (match.start === best.start && match.end > best.end)) best = match;
      }
      if (best === undefined) return;
      yield best;
      at = best.end > best.start ? best.end : best.end + 1;
    }
  }

  private painted(line: string): string {
    let out = '';
    let at = 0;
    for (const match of this.matches(line)) {
      if (match.end === match.start) continue;
      out += line.slice(at, match.start) + this.colored(line.slice(match.start, match.end), RED);
      at = match.end;
    }
    return out + line.slice(at);
  }

  private colored(text: string, color: string): string {
    return this.settings.color ? `\x1b[${color}m\x1b[K${text}\x1b[m\x1b[K` : text;
  }
}
