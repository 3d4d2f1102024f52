import type { Op } from '../../../../engine/kernel/task';
import { DiskFullError } from '../../../../engine/kernel/disk';
import { FileError } from '../../../os/file-error';
import { bytesToText, textToBytes } from '../../lib/byte-text';
import type { GnuTool } from '../../lib/gnu-tool';

export interface SedOptions {
  readonly quiet: boolean;
  readonly separate: boolean;
  /** -i, with the suffix of its backups. */
  readonly inPlace: string | undefined;
  readonly zero: boolean;
}

/** What sed writes: its output or the file it edits, what `a` and `r` append, and the files of `w`. */
export class SedOutput {
  protected appended: { text: string; file: boolean }[] = [];
  protected readonly written = new Map<string, string>();
  private readonly readers = new Map<string, string[]>();
  protected edited: string | undefined;
  private missingNewline = false;
  private readonly newline: string;

  constructor(
    protected readonly tool: GnuTool,
    protected readonly options: SedOptions,
  ) {
    this.newline = options.zero ? '\0' : '\n';
  }

  protected put(text: string): void {
    if (this.missingNewline) this.write(this.newline);
    this.missingNewline = false;
    this.write(text);
  }

  protected emit(text: string, complete: boolean): void {
    this.put(complete ? text + this.newline : text);
    this.missingNewline = !complete;
  }

  private write(text: string): void {
    if (this.edited === undefined) this.tool.print(text);
    else this.edited += text;
  }

  protected *flushAppended(): Op<void> {
    for (const { text, file } of this.appended.splice(0)) {
      if (!file) this.put(text);
      else {
        const node = this.tool.process.files.tryStat(text);
        if (text === '/dev/stdin') this.put(bytesToText(yield* this.tool.readAll(0)));
        else if (node?.kind === 'regular') {
          const content = bytesToText(this.tool.process.files.readFile(text));
          if (content !== '') this.put(content);
        }
      }
    }
  }

  protected appendLineOf(file: string): void {
    let lines = this.readers.get(file);
    if (lines === undefined) {
      const node = this.tool.process.files.tryStat(file);
      lines = node?.kind === 'regular' ? bytesToText(this.tool.process.files.readFile(file)).replace(/\n$/, '').split('\n') : [];
      this.readers.set(file, lines);
    }
    const line = lines.shift();
    if (line !== undefined) this.appended.push({ text: `${line}\n`, file: false });
  }

  protected *writeTo(file: string, text: string): Op<void> {
    if (file === '/dev/stdout') this.put(text);
    else if (file === '/dev/stderr') yield* this.tool.process.err(textToBytes(text));
    else this.written.set(file, (this.written.get(file) ?? '') + text);
  }

  protected *saveWritten(): Op<void> {
    for (const [file, text] of this.written) {
      try {
        this.tool.process.files.writeFile(file, textToBytes(text));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        this.tool.fail(`couldn't open file ${file}: ${error.message}`, 4);
      }
    }
    yield* this.tool.process.spend(0);
  }

  protected *opened(file: string): Op<boolean> {
    if (this.options.inPlace === undefined || file === '-') return true;
    const node = this.tool.process.files.tryStat(file);
    if (node === undefined) {
      yield* this.tool.complain(`can't read ${file}: No such file or directory`, 2);
      return false;
    }
    if (node.kind !== 'regular') {
      yield* this.tool.complain(`couldn't edit ${file}: not a regular file`, 4);
      return false;
    }
    this.edited = '';
    this.missingNewline = false;
    return true;
  }

  protected *closed(file: string): Op<void> {
    if (this.edited === undefined) return;
    const { files } = this.tool.process;
    const content = textToBytes(this.edited);
    this.edited = undefined;
    try {
      const suffix = this.options.inPlace as string;
      if (suffix !== '') {
        const slash = file.lastIndexOf('/') + 1;
        const backup = suffix.includes('*') ? suffix.replaceAll('*', file.slice(slash)) : file.slice(slash) + suffix;
        files.writeFile(backup.includes('/') ? backup : file.slice(0, slash) + backup, files.readFile(file));
      }
      files.writeFile(file, content);
    } catch (error) {
      if (error instanceof FileError || error instanceof DiskFullError) this.tool.fail(`couldn't open temporary file: ${error.message}`, 4);
      throw error;
    }
    yield* this.tool.process.spend(0);
  }
}
