import { columnsOf } from '../../os/line-discipline';
import type { Completion } from './editor-environment';
import type { Key } from './key-decoder';
import type { LineEditor } from './line-editor';

/** As readline's completion-query-items. */
const ASK_FROM = 100;

/** The Tab key: inserts what is certain, and lists the possibilities when it is pressed twice. */
export class TabCompletion {
  /** What to list when the answer to "Display all ...?" is yes. */
  private pending: readonly string[] | undefined;

  constructor(private readonly editor: LineEditor) {}

  get asking(): boolean {
    return this.pending !== undefined;
  }

  press(): void {
    const { buffer, environment } = this.editor;
    const completion = environment.complete(buffer.text, buffer.cursor);
    const { candidates } = completion;
    if (candidates.length === 0) {
      this.editor.bell();
      return;
    }
    const typed = buffer.chars.slice(completion.start, buffer.cursor).join('');
    const common = commonPrefix(candidates.map((each) => each.insert));
    if (candidates.length === 1) {
      this.replace(completion, common + (candidates[0] as Completion['candidates'][number]).suffix);
      return;
    }
    if (common.length > typed.length || (common !== typed && common.length === typed.length)) {
      this.replace(completion, common);
      this.editor.bell();
    } else if (this.editor.lastCommand === 'tab') this.list(candidates.map((each) => each.show));
    else this.editor.bell();
  }

  /** A key after "Display all 123 possibilities? (y or n)". */
  answer(key: Key): void {
    const shown = this.pending as readonly string[];
    const yes = key.text === 'y' || key.text === 'Y' || key.text === ' ';
    if (!yes && !['n', 'N', '\x7f', '\x07'].includes(key.text)) {
      this.editor.bell();
      return;
    }
    this.pending = undefined;
    this.editor.environment.send('\n');
    if (yes) this.printColumns(shown);
    this.editor.redraw();
  }

  private replace(completion: Completion, text: string): void {
    const { buffer } = this.editor;
    buffer.remember();
    buffer.cut(completion.start, buffer.cursor);
    if (text.endsWith(' ') && buffer.chars[buffer.cursor] === ' ') buffer.insert(text.slice(0, -1));
    else buffer.insert(text);
  }

  private list(shown: readonly string[]): void {
    const unique = [...new Set(shown)].sort();
    this.editor.display.update(this.editor.buffer.chars, this.editor.buffer.chars.length);
    this.editor.environment.send('\n');
    if (unique.length >= ASK_FROM) {
      this.pending = unique;
      this.editor.environment.send(`Display all ${unique.length} possibilities? (y or n)`);
      return;
    }
    this.printColumns(unique);
    this.editor.redraw();
  }

  /** Down the columns, as `ls` does. */
  private printColumns(items: readonly string[]): void {
    const width = Math.max(...items.map(widthOf)) + 2;
    const columns = Math.max(1, Math.floor(this.editor.environment.columns() / width));
    const rows = Math.ceil(items.length / columns);
    let text = '';
    for (let row = 0; row < rows; row++) {
      let line = '';
      for (let at = row; at < items.length; at += rows) {
        const item = items[at] as string;
        line += at + rows < items.length ? item + ' '.repeat(width - widthOf(item)) : item;
      }
      text += `${line}\n`;
    }
    this.editor.environment.send(text);
  }
}

function widthOf(text: string): number {
  return [...text].reduce((sum, char) => sum + columnsOf(char.codePointAt(0) as number), 0);
}

function commonPrefix(texts: readonly string[]): string {
  let prefix = texts[0] as string;
  for (const text of texts) while (!text.startsWith(prefix)) prefix = prefix.slice(0, -1);
  return prefix;
}
