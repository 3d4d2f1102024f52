import type { Op } from '../../../../engine/kernel/task';
import type { Process } from '../../../os/process';
import { bytesToBinary } from '../../lib/byte-text';
import { Pattern } from '../../lib/regex/pattern';

/** Cuts what a descriptor gives into records by RS: a character, an expression, or blank lines when it is empty. */
export class RecordReader {
  private text = '';
  private at = 0;
  private ended = false;
  /** Whole lines that are ready, for the usual RS. */
  private lines: string[] = [];
  private nextLine = 0;

  constructor(
    private readonly process: Process,
    private readonly fd: number,
  ) {}

  close(): void {
    if (this.fd > 2) this.process.closeDescriptor(this.fd);
  }

  /** The next line that was read already. */
  tryNextLine(): string | undefined {
    return this.lines[this.nextLine] === undefined ? undefined : this.lines[this.nextLine++];
  }

  *next(separator: string): Op<string | undefined> {
    if (separator === '\n') return yield* this.nextOfLines();
    this.unreadLines();
    if (separator === '') return yield* this.nextParagraph();
    const single = separator.length === 1;
    const pattern = single ? undefined : Pattern.compile(separator, { syntax: 'awk' });
    for (;;) {
      let start: number;
      let end: number;
      if (pattern === undefined) {
        start = this.text.indexOf(separator, this.at);
        end = start + 1;
      } else {
        const match = pattern.exec(this.text, this.at);
        // A match at the very end may go on in what has not been read.
        const usable = match !== null && (this.ended || match.end < this.text.length);
        start = usable ? match.start : -1;
        end = usable ? match.end : -1;
      }
      if (start >= 0) {
        const record = this.text.slice(this.at, start);
        this.at = end;
        return record;
      }
      // Once more after the end was met: now a match there counts.
      const knewEnd = this.ended;
      if (!(yield* this.fill()) && knewEnd) return this.rest();
    }
  }

  private *nextOfLines(): Op<string | undefined> {
    while (this.nextLine >= this.lines.length) {
      if (this.text.length > this.at) {
        const end = this.text.lastIndexOf('\n');
        if (end >= this.at) {
          this.lines = this.text.slice(this.at, end).split('\n');
          this.nextLine = 0;
          this.text = this.text.slice(end + 1);
          this.at = 0;
          break;
        }
      }
      if (!(yield* this.fill())) return this.rest();
    }
    return this.lines[this.nextLine++];
  }

  private unreadLines(): void {
    if (this.nextLine >= this.lines.length) return;
    this.text = `${this.lines.slice(this.nextLine).join('\n')}\n${this.text.slice(this.at)}`;
    this.at = 0;
    this.lines = [];
  }

  private *nextParagraph(): Op<string | undefined> {
    for (;;) {
      while (this.text[this.at] === '\n') this.at += 1;
      const end = this.text.indexOf('\n\n', this.at);
      if (end >= 0 && this.at < this.text.length) {
        const record = this.text.slice(this.at, end);
        this.at = end + 2;
        return record;
      }
      if (!(yield* this.fill())) return this.rest()?.replace(/\n$/, '');
    }
  }

  private rest(): string | undefined {
    const rest = this.text.slice(this.at);
    this.text = '';
    this.at = 0;
    return rest === '' ? undefined : rest;
  }

  private *fill(): Op<boolean> {
    if (this.ended) return false;
    const chunk = yield* this.process.read(this.fd);
    this.ended = chunk === null;
    if (chunk === null) return false;
    this.text = this.text.slice(this.at) + bytesToBinary(chunk);
    this.at = 0;
    return true;
  }
}
