import type { Op } from '../../../../engine/kernel/task';
import { DiskFullError } from '../../../../engine/kernel/disk';
import { FileError } from '../../../os/file-error';
import type { Process } from '../../../os/process';
import { bytesToText, textToBytes } from '../../lib/byte-text';
import type { Screen } from '../../lib/screen';
import { NanoView, width } from './nano-view';
import { type Answer, askLine, askYesNo } from './nano-prompt';
import { TextBuffer } from './text-buffer';

const HELP = [
  ' Main nano help text', '',
  ' The editor nano is a small and friendly editor. What is typed goes into the text; keys with ^ are held with Ctrl, keys with M- with Alt.', '',
  ' ^G      This help (^X leaves it)', ' ^X      Close, asking whether to save', ' ^O ^S   Write the file', ' ^R      Insert another file', '',
  ' ^W      Search                       M-W     Search again', ' ^\\      Replace', ' ^/ M-G  Go to line and column', '',
  ' ^K      Cut the line                 M-6     Copy the line', ' ^U      Paste', ' M-U     Undo                         M-E     Redo', '',
  ' ^A Home Start of line                ^E End  End of line', ' ^Y      Page up                      ^V      Page down', ' M-\\     First line                   M-/     Last line', ' ^C      Where the cursor is', '',
];

/** What is known of the file that nano opens. */
export interface OpenedFile {
  readonly text: string;
  readonly message: string;
  readonly name: string;
}

/** What a key does. */
export type NanoCommand = (editor: NanoEditor) => Op<void> | void;

/** One open file in nano: keys in, screen out, until it is closed. */
export class NanoEditor {
  readonly buffer: TextBuffer;
  readonly view: NanoView;
  private name: string;
  private done = false;
  private clipboard = '';
  private cutting = false;
  private lastSearch = '';

  constructor(
    private readonly process: Process,
    readonly screen: Screen,
    file: OpenedFile,
    private readonly how: { readonly viewOnly: boolean; readonly keys: Readonly<Record<string, NanoCommand>> },
  ) {
    this.buffer = new TextBuffer(file.text);
    this.name = file.name;
    this.view = new NanoView(screen);
    this.view.say(file.message);
  }

  goTo(line: number, column: number): void {
    this.buffer.moveTo({ line: line - 1, column: column - 1 });
  }

  *run(): Op<void> {
    while (!this.done) {
      yield* this.draw();
      const key = yield* this.screen.key();
      if (key === null) return;
      if (key !== undefined) yield* this.press(key);
    }
  }

  /** What the title bar calls it. */
  get title(): string {
    return this.name === '' ? 'New Buffer' : this.name;
  }

  private *draw(): Op<void> {
    yield* this.view.draw(this.buffer, { name: this.title, modified: this.buffer.modified });
  }

  private *press(key: string): Op<void> {
    const cutBefore = this.cutting;
    this.cutting = false;
    const command = this.how.keys[key];
    if (command !== undefined) {
      if (key === 'Ctrl+K' || key === 'Alt+6') this.cutting = cutBefore;
      else if (key !== 'Backspace' && key !== 'Delete') this.buffer.endStep();
      const running = command(this);
      if (running !== undefined) yield* running;
      return;
    }
    if (key.length > 2 && /^(Ctrl|Alt|F\d|Shift)/.test(key)) {
      this.view.say('Unbound key');
      return;
    }
    if (key === 'Resize') {
      this.view.repaint();
      yield* this.screen.write('\x1b[2J');
      return;
    }
    if ([...key].length === 1) this.type(key);
  }

  type(text: string): void {
    if (this.how.viewOnly) this.view.say('Key is invalid in view mode');
    else this.buffer.insert(text);
  }

  edit(change: () => void): void {
    if (this.how.viewOnly) this.view.say('Key is invalid in view mode');
    else change();
  }

  cut(): void {
    const text = this.buffer.cutLine();
    if (text === undefined) return;
    this.clipboard = this.cutting ? this.clipboard + text : text;
    this.cutting = true;
  }

  copy(): void {
    const text = `${this.buffer.current}\n`;
    this.clipboard = this.cutting ? this.clipboard + text : text;
    this.cutting = true;
    this.buffer.vertical(1);
    this.buffer.home();
  }

  paste(): void {
    if (this.clipboard === '') this.view.say('Cutbuffer is empty');
    else this.buffer.insert(this.clipboard);
  }

  page(direction: 1 | -1): void {
    const by = Math.max(1, this.view.textRows - 2) * direction;
    this.buffer.vertical(by);
    this.view.top = Math.max(0, Math.min(this.buffer.lines.length - 1, this.view.top + by));
  }

  location(): void {
    const { buffer } = this;
    const text = buffer.lines.join('\n');
    const before = buffer.lines.slice(0, buffer.line).join('\n').length + (buffer.line > 0 ? 1 : 0) + buffer.column;
    const percent = (part: number, all: number): number => (all === 0 ? 0 : Math.floor((100 * part) / all));
    const column = width(buffer.current.slice(0, buffer.column)) + 1;
    const columns = width(buffer.current) + 1;
    const lines = buffer.lines.length;
    this.view.say(
      `line ${buffer.line + 1}/${lines} (${percent(buffer.line + 1, lines)}%), col ${column}/${columns} (${percent(column, columns)}%), ` +
        `char ${before}/${text.length} (${percent(before, text.length)}%)`,
    );
  }

  /** False when it was cancelled or could not be written. */
  *write(): Op<boolean> {
    const name = yield* askLine(this, 'File Name to Write: ', this.name, 'write');
    if (name === undefined || name === '') {
      this.view.say('Cancelled');
      return false;
    }
    if (name !== this.name && this.process.files.exists(name)) {
      if ((yield* askYesNo(this, `File "${name}" exists; OVERWRITE? `)) !== 'yes') return false;
    }
    return this.save(name);
  }

  save(name: string): boolean {
    try {
      const { text } = this.buffer;
      this.process.files.writeFile(name, textToBytes(text));
      const count = text === '' ? 0 : text.split('\n').length - 1;
      this.name = name;
      this.buffer.modified = false;
      if (this.buffer.lines.at(-1) !== '') this.buffer.lines.push('');
      this.view.say(`Wrote ${count} line${count === 1 ? '' : 's'}`);
      return true;
    } catch (error) {
      if (!(error instanceof FileError) && !(error instanceof DiskFullError)) throw error;
      this.view.say(`Error writing ${name}: ${error.message}`);
      return false;
    }
  }

  *saveNow(): Op<void> {
    if (this.name === '') yield* this.write();
    else this.save(this.name);
  }

  *exit(): Op<void> {
    if (!this.buffer.modified) {
      this.done = true;
      return;
    }
    const answer = yield* askYesNo(this, 'Save modified buffer? ');
    if (answer === 'no' || (answer === 'yes' && (yield* this.write()))) this.done = true;
    else if (answer === 'cancel') this.view.say('Cancelled');
  }

  *insertFile(): Op<void> {
    const name = yield* askLine(this, 'File to insert [from ./]: ', '', 'read');
    if (name === undefined || name === '') {
      this.view.say('Cancelled');
      return;
    }
    try {
      const text = bytesToText(this.process.files.readFile(name));
      this.buffer.insert(text);
      const count = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
      this.view.say(`Read ${count} line${count === 1 ? '' : 's'}`);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      this.view.say(error.code === 'ENOENT' ? `File "${name}" not found` : error.code === 'EISDIR' ? `"${name}" is a directory` : `Error reading ${name}: ${error.message}`);
    }
  }

  *search(backwards: boolean): Op<void> {
    const label = `Search${backwards ? ' [Backwards]' : ''}${this.lastSearch === '' ? '' : ` [${this.lastSearch}]`}: `;
    const typed = yield* askLine(this, label, '', 'search');
    if (typed === undefined || (typed === '' && this.lastSearch === '')) {
      this.view.say('Cancelled');
      return;
    }
    if (typed !== '') this.lastSearch = typed;
    this.searchAgain(backwards);
  }

  searchAgain(backwards: boolean): void {
    if (this.lastSearch === '') {
      this.view.say('No current search pattern');
      return;
    }
    const found = this.buffer.find(this.lastSearch, backwards);
    if (found === undefined) this.view.say(`"${this.lastSearch}" not found`);
    else {
      const same = found.place.line === this.buffer.line && found.place.column === this.buffer.column;
      this.buffer.moveTo(found.place);
      if (same) this.view.say('This is the only occurrence');
      else if (found.wrapped) this.view.say('Search Wrapped');
    }
  }

  *replace(): Op<void> {
    const wanted = yield* askLine(this, 'Search (to replace): ', '', 'search');
    if (wanted === undefined || wanted === '') {
      this.view.say('Cancelled');
      return;
    }
    const by = yield* askLine(this, 'Replace with: ', '', 'search');
    if (by === undefined) {
      this.view.say('Cancelled');
      return;
    }
    let count = 0;
    let all = false;
    let from = { line: this.buffer.line, column: this.buffer.column };
    for (let line = from.line; line < this.buffer.lines.length; ) {
      const at = (this.buffer.lines[line] as string).toLowerCase().indexOf(wanted.toLowerCase(), line === from.line ? from.column : 0);
      if (at < 0) {
        line += 1;
        continue;
      }
      this.buffer.moveTo({ line, column: at });
      const answer: Answer = all ? 'yes' : yield* askYesNo(this, 'Replace this instance? ', true);
      if (answer === 'cancel') break;
      all ||= answer === 'all';
      if (answer !== 'no') {
        this.buffer.replace({ line, column: at }, wanted.length, by);
        count += 1;
      }
      from = { line, column: at + (answer === 'no' ? wanted.length : by.length) };
    }
    this.view.say(count === 0 ? `"${wanted}" not found` : `Replaced ${count} occurrence${count === 1 ? '' : 's'}`);
  }

  *goToLine(): Op<void> {
    const typed = yield* askLine(this, 'Enter line number, column number: ', '', 'line');
    const match = typed === undefined ? null : /^\s*(-?\d*)(?:[,.\s]\s*(\d*))?\s*$/.exec(typed);
    if (typed === undefined || typed === '') this.view.say('Cancelled');
    else if (match === null) this.view.say('Invalid line or column number');
    else this.goTo(Number(match[1] || this.buffer.line + 1), Number(match[2] || 1));
  }

  *help(): Op<void> {
    const help = new NanoEditor(this.process, this.screen, { text: HELP.join('\n'), message: '', name: 'Help' }, { ...this.how, viewOnly: true });
    yield* this.screen.write('\x1b[2J');
    yield* help.run();
    this.view.repaint();
    yield* this.screen.write('\x1b[2J');
  }

  history(undo: boolean): void {
    if (!(undo ? this.buffer.undo() : this.buffer.redo())) this.view.say(undo ? 'Nothing to undo' : 'Nothing to redo');
    else this.view.say(undo ? 'Undid an edit' : 'Redid an edit');
  }
}
