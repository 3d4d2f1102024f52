import type { History } from './history';
import type { Key } from './key-decoder';
import type { LineBuffer } from './line-buffer';

/** `C-r`: searches the history while the text is typed. */
export class HistorySearch {
  private text = '';
  private at: number;
  failed = false;
  justFailed = false;
  private readonly original: { text: string; cursor: number };

  constructor(
    private readonly history: History,
    private readonly buffer: LineBuffer,
    private backward: boolean,
  ) {
    this.at = history.nextNumber;
    this.original = { text: buffer.text, cursor: buffer.cursor };
  }

  get prompt(): string {
    const direction = this.backward ? 'reverse-i-search' : 'i-search';
    return `(${this.failed ? 'failed ' : ''}${direction})\`${this.text}': `;
  }

  /** `more`: the search goes on; `done`: it ended; `pass`: it ended, and the key is for the line. */
  key(key: Key): 'more' | 'done' | 'pass' {
    this.justFailed = false;
    switch (key.name) {
      case 'text':
      case 'paste':
        this.text += key.text;
        this.find(this.at);
        return 'more';
      case 'backspace':
        this.text = [...this.text].slice(0, -1).join('');
        this.at = this.history.nextNumber;
        this.find(this.at);
        return 'more';
      case 'C-r':
      case 'C-s':
        this.backward = key.name === 'C-r';
        if (this.text !== '') this.find(this.at + (this.backward ? -1 : 1));
        return 'more';
      case 'C-g':
        this.buffer.set(this.original.text, this.original.cursor);
        return 'done';
      case 'M-escape':
        return 'done';
      default:
        return 'pass';
    }
  }

  private find(from: number): void {
    if (this.text === '') {
      this.failed = false;
      this.buffer.set(this.original.text, this.original.cursor);
      return;
    }
    const first = this.history.nextNumber - this.history.size;
    const step = this.backward ? -1 : 1;
    for (let number = Math.min(from, this.history.nextNumber - 1); number >= first && number < this.history.nextNumber; number += step) {
      const line = this.history.get(number) as string;
      const found = this.backward ? line.lastIndexOf(this.text) : line.indexOf(this.text);
      if (found < 0) continue;
      this.at = number;
      this.failed = false;
      this.buffer.set(line, [...line.slice(0, found)].length);
      return;
    }
    this.failed = true;
    this.justFailed = true;
  }
}
