import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import type { GnuTool } from '../../lib/gnu-tool';
import type { LineSource } from '../../lib/line-source';

/** The lines of all input files as one, looked at one line ahead only when somebody asks whether a line is the last. */
export class SedInput {
  lineNumber = 0;
  /** The file that the current line came from. */
  file = '-';
  fileIndex = -1;
  private source: LineSource | undefined;
  private fd = 0;
  private lines: string[] = [];
  private at = 0;
  private batchEnded = false;

  constructor(
    private readonly tool: GnuTool,
    private readonly files: readonly string[],
    /** -s and -i: `$` is the last line of each file. */
    private readonly separate: boolean,
    private readonly delimiter: number,
    private readonly onFile: { opened(file: string): Op<boolean>; closed(file: string): Op<void> },
  ) {}

  /** The next line when it was read already, and is not the last of what was. */
  tryNext(): string | undefined {
    if (this.at + 1 >= this.lines.length) return undefined;
    this.lineNumber += 1;
    return this.lines[this.at++];
  }

  /** The next line; undefined when there is no more. `complete` is false when it has no newline. */
  *next(): Op<{ text: string; complete: boolean } | undefined> {
    while (this.at >= this.lines.length) if (!(yield* this.fill())) return undefined;
    const text = this.lines[this.at] as string;
    this.at += 1;
    this.lineNumber += 1;
    const last = this.at === this.lines.length && this.source?.missingDelimiter === true;
    return { text, complete: !last };
  }

  *isLast(): Op<boolean> {
    while (this.at >= this.lines.length) {
      if (this.separate && this.batchEnded) return true;
      if (!(yield* this.fill(this.separate))) return true;
    }
    return false;
  }

  /** Reads more lines; false at the end (of this file, when it must not go on to the next). */
  private *fill(thisFileOnly = false): Op<boolean> {
    for (;;) {
      if (this.source === undefined || this.batchEnded) {
        if (thisFileOnly && this.source !== undefined) return false;
        if (!(yield* this.openNext())) return false;
      }
      let batch: string[] | null;
      try {
        batch = yield* (this.source as LineSource).batch();
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        batch = null;
      }
      if (batch !== null) {
        this.lines = batch;
        this.at = 0;
        return true;
      }
      this.batchEnded = true;
      this.lines = [];
      this.at = 0;
      if (thisFileOnly) return false;
    }
  }

  private *openNext(): Op<boolean> {
    if (this.source !== undefined) {
      this.tool.close(this.fd);
      this.source = undefined;
      yield* this.onFile.closed(this.file);
    }
    while (this.fileIndex + 1 < this.files.length) {
      this.fileIndex += 1;
      this.file = this.files[this.fileIndex] as string;
      if (!(yield* this.onFile.opened(this.file))) continue;
      try {
        this.fd = this.tool.open(this.file);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code === 'EISDIR') this.tool.fail(`read error on ${this.file}: ${error.message}`, 4);
        yield* this.tool.complain(`can't read ${this.file}: ${error.message}`, 2);
        continue;
      }
      this.source = this.tool.lines(this.fd, this.delimiter);
      this.batchEnded = false;
      if (this.separate) this.lineNumber = 0;
      return true;
    }
    return false;
  }
}
