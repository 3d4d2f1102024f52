import { type Op, type Waitable, waitFor } from '../../../engine/kernel/task';
import { Delay, firstOf } from '../../../engine/kernel/waitables';
import type { OpenFile } from '../../os/open-file';
import type { Process } from '../../os/process';
import type { Terminal } from '../../os/terminal';
import { decodeText } from '../../os/text';
import { textToBytes } from './byte-text';

/** Escape sequences of keys, by what follows ESC. */
const SEQUENCES: Readonly<Record<string, string>> = {
  '[A': 'Up', '[B': 'Down', '[C': 'Right', '[D': 'Left', OA: 'Up', OB: 'Down', OC: 'Right', OD: 'Left', '[H': 'Home', '[F': 'End', OH: 'Home', OF: 'End',
  '[1~': 'Home', '[4~': 'End', '[7~': 'Home', '[8~': 'End', '[5~': 'PageUp', '[6~': 'PageDown', '[3~': 'Delete', '[2~': 'Insert', '[1;5C': 'Ctrl+Right',
  '[1;5D': 'Ctrl+Left', '[1;5H': 'Ctrl+Home', '[1;5F': 'Ctrl+End', '[1;5A': 'Ctrl+Up', '[1;5B': 'Ctrl+Down', '[Z': 'Shift+Tab', OP: 'F1', '[11~': 'F1', OQ: 'F2', OR: 'F3',
};

class Resized {}

/**
 * A program's hold on the whole terminal: raw keys by name, the alternate screen, and the terminal as it was when the program ends.
 *
 * Keys: a printable character is itself; others are `Up`, `PageDown`, `Ctrl+X`, `Alt+g`, `Enter`, `Tab`, `Backspace`, `Escape`; `Resize` after a new size.
 */
export class Screen {
  private readonly input: OpenFile;
  private readonly keys: string[] = [];
  private partial = '';
  private resized = false;
  private waiting = false;
  private readonly before;
  private left = false;

  private constructor(
    private readonly process: Process,
    readonly terminal: Terminal,
    private readonly alternate: boolean,
  ) {
    this.input = terminal.open();
    this.before = { ...terminal.modes };
    process.onSignal('SIGWINCH', () => {
      this.resized = true;
      if (this.waiting) process.interrupt(new Resized());
    });
    process.atExit(() => this.leave());
  }

  /** Undefined when the program has no terminal. Signal keys stay signals with `signals`. */
  static open(process: Process, options: { readonly alternate: boolean; readonly signals: boolean }): Screen | undefined {
    const terminal = process.fds.get(1)?.terminal ?? process.fds.get(0)?.terminal ?? process.terminal;
    if (terminal === undefined) return undefined;
    const screen = new Screen(process, terminal, options.alternate);
    terminal.setModes({ canonical: false, echo: false, signals: options.signals });
    return screen;
  }

  get columns(): number {
    return this.terminal.columns;
  }

  get rows(): number {
    return this.terminal.rows;
  }

  *enter(): Op<void> {
    if (this.alternate) yield* this.write('\x1b[?1049h\x1b[?1h\x1b[H\x1b[2J');
  }

  *write(text: string): Op<void> {
    yield* this.process.write(this.process.isTerminal(1) ? 1 : 0, textToBytes(text));
  }

  /** Gives the terminal back. Called by itself when the program ends. */
  leave(): void {
    if (this.left) return;
    this.left = true;
    if (this.terminal.hungUp) return;
    this.terminal.setModes(this.before);
    if (this.alternate) this.terminal.tryWrite(textToBytes('\x1b[?1l\x1b[?1049l\x1b[?25h'));
  }

  /** The next key; undefined when none came within `timeoutUs`; null when the terminal is gone. */
  *key(timeoutUs?: number): Op<string | undefined | null> {
    const { sim } = this.process.machine;
    const until = timeoutUs === undefined ? Infinity : sim.nowUs + timeoutUs;
    for (;;) {
      if (this.resized) {
        this.resized = false;
        return 'Resize';
      }
      const ready = this.keys.shift();
      if (ready !== undefined) return ready;
      const bytes = this.input.tryRead(4096, this.process);
      if (bytes === null) return null;
      if (bytes !== undefined) {
        this.decode(decodeText(bytes));
        yield* this.process.spend(5);
        continue;
      }
      if (sim.nowUs >= until) return undefined;
      this.waiting = true;
      try {
        if (until === Infinity) yield* waitFor(this.terminal.readable as Waitable);
        else yield* firstOf(this.terminal.readable, new Delay(sim, until - sim.nowUs));
      } catch (error) {
        if (!(error instanceof Resized)) throw error;
      } finally {
        this.waiting = false;
      }
    }
  }

  private decode(text: string): void {
    let rest = this.partial + text;
    this.partial = '';
    while (rest !== '') {
      if (rest[0] !== '\x1b' || rest.length === 1) {
        const [character] = rest;
        this.keys.push(nameOf(character as string));
        rest = rest.slice((character as string).length);
        continue;
      }
      const paste = /^\x1b\[20[01]~/.exec(rest);
      const sequence = /^\x1b((?:\[[\d;?]*[A-Za-z~])|(?:O[A-Z]))/.exec(rest);
      if (paste !== null) rest = rest.slice(paste[0].length);
      else if (sequence !== null) {
        const key = SEQUENCES[sequence[1] as string];
        if (key !== undefined) this.keys.push(key);
        rest = rest.slice(sequence[0].length);
      } else {
        const [character] = rest.slice(1);
        this.keys.push(`Alt+${nameOf(character as string)}`);
        rest = rest.slice(1 + (character as string).length);
      }
    }
  }
}

function nameOf(character: string): string {
  switch (character) {
    case '\r':
    case '\n':
      return 'Enter';
    case '\t':
      return 'Tab';
    case '\x7f':
    case '\b':
      return 'Backspace';
    case '\x1b':
      return 'Escape';
    case '\x1c':
      return 'Ctrl+\\';
    case '\x1f':
      return 'Ctrl+_';
    case '\x1e':
      return 'Ctrl+^';
    case '\0':
      return 'Ctrl+Space';
    default:
      return character < ' ' ? `Ctrl+${String.fromCharCode(character.charCodeAt(0) + 64)}` : character;
  }
}
