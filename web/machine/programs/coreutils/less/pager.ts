import type { Op } from '../../../../engine/kernel/task';
import { Pattern } from '../../lib/regex/pattern';
import { RegexError } from '../../lib/regex/regex-node';
import { HELP_LINES } from './pager-help';
import { PagerView } from './pager-view';

const FOLLOW_POLL_US = 200_000;
/** Shows text a screen at a time. */
export class Pager extends PagerView {
  private backwards = false;

  /** True when all of the only text fits on the screen (-F). */
  *fits(): Op<boolean> {
    yield* this.readTo(this.height + 1);
    if (!this.text.ended || this.texts.length > 1) return false;
    return this.text.lines.reduce((sum, line) => sum + this.rows(line).length, 0) <= this.height;
  }

  *run(commands: readonly string[]): Op<void> {
    for (const command of commands) yield* this.start(command);
    for (;;) {
      yield* this.draw();
      if (this.options.quitAtEnd && (yield* this.atEnd()) && !this.fresh) return;
      const quit = yield* this.command();
      if (quit) return;
      this.fresh = false;
    }
  }

  /** `+G`, `+12`, `+/pattern`, `+F`. */
  private *start(command: string): Op<void> {
    if (command === 'G') yield* this.toEnd();
    else if (/^\d+$/.test(command)) yield* this.toLine(Number(command));
    else if (command.startsWith('/')) yield* this.find(command.slice(1), false);
    else if (command === 'F') yield* this.follow();
  }

  private *command(): Op<boolean> {
    let count = '';
    for (;;) {
      const key = yield* this.screen.key();
      if (key === null) return true;
      if (key === undefined) continue;
      if (/^\d$/.test(key)) {
        count += key;
        yield* this.prompt(`:${count}`);
        continue;
      }
      return yield* this.press(key, count === '' ? undefined : Number(count));
    }
  }

  private *press(key: string, count: number | undefined): Op<boolean> {
    switch (key) {
      case 'q':
      case 'Q':
        return true;
      case ' ':
      case 'f':
      case 'Ctrl+F':
      case 'Ctrl+V':
      case 'PageDown':
        yield* this.forward(count ?? this.height);
        break;
      case 'b':
      case 'Ctrl+B':
      case 'PageUp':
      case 'Alt+v':
        yield* this.back(count ?? this.height);
        break;
      case 'j':
      case 'e':
      case 'Enter':
      case 'Down':
      case 'Ctrl+N':
      case 'Ctrl+E':
        yield* this.forward(count ?? 1);
        break;
      case 'k':
      case 'y':
      case 'Up':
      case 'Ctrl+P':
      case 'Ctrl+Y':
        yield* this.back(count ?? 1);
        break;
      case 'd':
      case 'Ctrl+D':
        yield* this.forward(count ?? Math.floor(this.height / 2));
        break;
      case 'u':
      case 'Ctrl+U':
        yield* this.back(count ?? Math.floor(this.height / 2));
        break;
      case 'g':
      case '<':
      case 'Home':
        yield* this.toLine(count ?? 1);
        break;
      case 'G':
      case '>':
      case 'End':
        if (count === undefined) yield* this.toEnd();
        else yield* this.toLine(count);
        break;
      case 'p':
      case '%':
        yield* this.readTo(Infinity);
        yield* this.toLine(Math.floor((this.text.lines.length * (count ?? 0)) / 100) + 1);
        break;
      case 'Right':
        this.shift += Math.floor(this.screen.columns / 2);
        break;
      case 'Left':
        this.shift = Math.max(0, this.shift - Math.floor(this.screen.columns / 2));
        break;
      case '/':
      case '?':
        yield* this.askSearch(key === '?');
        break;
      case 'n':
      case 'N':
        yield* this.searchAgain(key === 'n' ? this.backwards : !this.backwards);
        break;
      case 'F':
        yield* this.follow();
        break;
      case 'h':
      case 'H':
        yield* this.help();
        break;
      case '=':
      case 'Ctrl+G':
        this.message = `${this.text.name} lines ${this.top + 1}-${Math.min(this.text.lines.length, this.top + this.height)}${this.text.ended ? `/${this.text.lines.length}` : ''}`;
        break;
      case '-':
        yield* this.toggle();
        break;
      case ':':
        return yield* this.colonCommand();
      case 'Z':
        return (yield* this.screen.key()) === 'Z';
      default:
        break;
    }
    return false;
  }

  private *follow(): Op<void> {
    this.interrupted = false;
    while (!this.interrupted) {
      yield* this.toEnd();
      this.message = 'Waiting for data... (interrupt to abort)';
      yield* this.draw();
      this.text.ended = false;
      const until = yield* this.screen.key(FOLLOW_POLL_US);
      if (until === null) return;
    }
    this.text.ended = true;
    this.message = undefined;
  }

  // Searching

  private *askSearch(backwards: boolean): Op<void> {
    const typed = yield* this.ask(backwards ? '?' : '/');
    if (typed === undefined) return;
    if (typed === '') yield* this.searchAgain(backwards);
    else yield* this.find(typed, backwards);
  }

  private *find(source: string, backwards: boolean): Op<void> {
    try {
      this.search = Pattern.compile(source, { syntax: 'extended', ignoreCase: this.options.ignoreCase && !/[A-Z]/.test(source) });
    } catch (error) {
      if (!(error instanceof RegexError)) throw error;
      this.message = 'Invalid pattern';
      return;
    }
    yield* this.searchAgain(backwards);
  }

  private *searchAgain(backwards: boolean): Op<void> {
    const pattern = this.search;
    this.backwards = backwards;
    if (pattern === undefined) {
      this.message = 'No previous regular expression';
      return;
    }
    for (let line = this.top + (backwards ? -1 : this.fresh ? 0 : 1); ; line += backwards ? -1 : 1) {
      if (line < 0) break;
      yield* this.readTo(line + 1);
      const text = this.text.lines[line];
      if (text === undefined) break;
      if (!pattern.test(text)) continue;
      this.top = line;
      this.topRow = 0;
      if (yield* this.atEnd()) yield* this.keepFull();
      return;
    }
    this.message = 'Pattern not found  (press RETURN)';
  }

  /** A match near the end still shows a full screen. */
  private *keepFull(): Op<void> {
    const line = this.top;
    yield* this.toEnd();
    if (this.top > line) this.top = line;
  }

  // What is asked and shown at the bottom

  private *ask(label: string): Op<string | undefined> {
    let text = '';
    for (;;) {
      yield* this.prompt(label + text);
      const key = yield* this.screen.key();
      if (key === null || key === 'Ctrl+C' || key === 'Escape' || key === 'Ctrl+G') return undefined;
      if (key === 'Enter') return text;
      if (key === 'Backspace') {
        if (text === '') return undefined;
        text = text.slice(0, -1);
      } else if (key === 'Ctrl+U') text = '';
      else if (key !== undefined && [...key].length === 1) text += key;
    }
  }

  private *toggle(): Op<void> {
    yield* this.prompt('-');
    const key = yield* this.screen.key();
    if (key === 'N' || key === 'n') {
      this.options.numbers = key === 'N' ? !this.options.numbers : false;
      this.message = this.options.numbers ? 'Line numbers are shown  (press RETURN)' : 'Line numbers are not shown  (press RETURN)';
    } else if (key === 'S') {
      this.options.chop = !this.options.chop;
      this.topRow = 0;
      this.message = this.options.chop ? 'Chop long lines  (press RETURN)' : 'Fold long lines  (press RETURN)';
    } else if (key === 'i' || key === 'I') {
      this.options.ignoreCase = !this.options.ignoreCase;
      this.message = this.options.ignoreCase ? 'Ignore case in searches  (press RETURN)' : 'Case is significant in searches  (press RETURN)';
    }
  }

  private *colonCommand(): Op<boolean> {
    yield* this.prompt(' :');
    const key = yield* this.screen.key();
    if (key === 'q' || key === 'Q' || key === null) return true;
    if (key === 'n' || key === 'p') {
      const next = this.index + (key === 'n' ? 1 : -1);
      if (this.texts[next] === undefined) this.message = key === 'n' ? 'No next file  (press RETURN)' : 'No previous file  (press RETURN)';
      else {
        this.index = next;
        this.top = 0;
        this.topRow = 0;
        this.fresh = true;
      }
    }
    return false;
  }

  private *help(): Op<void> {
    const rows = HELP_LINES.slice(0, this.height).map((line) => line.slice(0, this.screen.columns));
    yield* this.screen.write(`\x1b[H\x1b[2J${rows.join('\n')}\x1b[${this.screen.rows};1H\x1b[7mHELP -- Press RETURN for more, or q when done\x1b[27m`);
    yield* this.screen.key();
  }
}
