import { decodeBytes, encodeBytes } from '../byte-text';
import { FileError } from '../../os/file-error';
import { DiskFullError } from '../../../engine/kernel/disk';
import type { Process } from '../../os/process';

/** The commands that were entered, numbered from 1. */
export class History {
  private entries: { line: string; modified: boolean }[] = [];
  private firstNumber = 1;
  /** How many were added in this session and are not in the file. */
  private unsaved = 0;

  get size(): number {
    return this.entries.length;
  }

  /** The number that the next entry gets. */
  get nextNumber(): number {
    return this.firstNumber + this.entries.length;
  }

  /** By number. */
  get(number: number): string | undefined {
    return this.entries[number - this.firstNumber]?.line;
  }

  /** Numbers with lines, oldest first; the last `count` only. */
  list(count = this.entries.length): { number: number; line: string; modified: boolean }[] {
    const from = Math.max(0, this.entries.length - count);
    return this.entries.slice(from).map((entry, i) => ({ number: this.firstNumber + from + i, ...entry }));
  }

  add(line: string): void {
    this.entries.push({ line, modified: false });
    this.unsaved += 1;
  }

  /** What HISTCONTROL and HISTIGNORE let through. */
  addCommand(line: string, control: string): void {
    const rules = control.split(':');
    const ignoreSpace = rules.includes('ignorespace') || rules.includes('ignoreboth');
    const ignoreDuplicates = rules.includes('ignoredups') || rules.includes('ignoreboth');
    if (line.trim() === '' || (ignoreSpace && line.startsWith(' ')) || (ignoreDuplicates && this.entries.at(-1)?.line === line)) return;
    if (rules.includes('erasedups')) this.entries = this.entries.filter((entry) => entry.line !== line);
    this.add(line);
  }

  removeLast(): void {
    this.entries.pop();
    this.unsaved = Math.max(0, this.unsaved - 1);
  }

  /** False when there is no such entry. */
  remove(number: number): boolean {
    return this.entries.splice(number - this.firstNumber, 1).length > 0;
  }

  clear(): void {
    this.entries = [];
    this.firstNumber = 1;
    this.unsaved = 0;
  }

  limit(size: number): void {
    const excess = this.entries.length - size;
    if (excess <= 0) return;
    this.entries.splice(0, excess);
    this.firstNumber += excess;
  }

  /** Adds a file's lines; a missing file is no error here. */
  load(process: Process, path: string): boolean {
    try {
      const lines = decodeBytes(process.files.readFile(path)).split('\n');
      for (const line of lines) if (line !== '') this.entries.push({ line, modified: false });
      return true;
    } catch (error) {
      if (error instanceof FileError) return false;
      throw error;
    }
  }

  /** Writes what is new to the end of the file, or everything. */
  save(process: Process, path: string, mode: 'append' | 'all'): boolean {
    const lines = mode === 'all' ? this.entries : this.entries.slice(this.entries.length - this.unsaved);
    const text = encodeBytes(lines.map((entry) => `${entry.line}\n`).join(''));
    try {
      if (mode === 'append') {
        const file = process.files.openRegular(path, { write: true, create: true, append: true });
        if (text.length > 0) file.tryWrite(text);
        file.release();
      } else process.files.writeFile(path, text);
      this.unsaved = 0;
      return true;
    } catch (error) {
      if (error instanceof FileError || error instanceof DiskFullError) return false;
      throw error;
    }
  }
}
