import type { TerminalModes } from './terminal';
import { concatBytes, decodeText, encodeText } from './text';

/** The longest canonical line, its newline not counted: what is typed past it is dropped. */
const MAX_LINE_BYTES = 4095;
const ERASE = '\x7f';
const BACKSPACE = '\b';
const KILL_LINE = '\x15';
const WORD_ERASE = '\x17';
const END_OF_FILE = '\x04';
const REPRINT = '\x12';
const LITERAL_NEXT = '\x16';

/**
 * Linux's n_tty: canonical lines with echo and erase, or bytes as they come.
 *
 * Simplified: no XON/XOFF.
 */
export class LineDiscipline {
  /** The line being typed, one entry a character, with the columns that its echo took. */
  private line: { text: string; columns: number }[] = [];
  private lineBytes = 0;
  /** Complete lines (or raw bytes) that wait for a reader; null is ^D at the start of a line. */
  private ready: (Uint8Array | null)[] = [];
  private readyBytes = 0;
  private literal = false;

  constructor(
    private readonly modes: TerminalModes,
    private readonly echo: (text: string) => void,
  ) {}

  get waitingBytes(): number {
    return this.readyBytes;
  }

  get readyToRead(): boolean {
    return this.ready.length > 0;
  }

  /** Takes keys until the capacity is reached or a signal key comes. */
  feed(keys: string, capacityBytes: number): { rest: string; signal?: string } {
    if (!this.modes.canonical) return this.feedRaw(keys);
    let echoed = '';
    const flushEcho = (): void => {
      if (echoed !== '' && this.modes.echo) this.echo(echoed);
      echoed = '';
    };
    let at = 0;
    for (const character of keys) {
      if (this.readyBytes >= capacityBytes) break;
      at += character.length;
      if (!this.literal && this.modes.signals && (character === '\x03' || character === '\x1c' || character === '\x1a')) {
        flushEcho();
        return { rest: keys.slice(at), signal: character };
      }
      echoed += this.typed(character);
    }
    flushEcho();
    return { rest: keys.slice(at) };
  }

  /** The next line or part of it, null for ^D, undefined when nothing is there. */
  take(maxBytes: number): Uint8Array | null | undefined {
    const head = this.ready[0];
    if (head === undefined) return undefined;
    if (head === null) {
      this.ready.shift();
      return null;
    }
    if (head.length <= maxBytes) {
      this.ready.shift();
      this.readyBytes -= head.length;
      return head;
    }
    this.ready[0] = head.subarray(maxBytes);
    this.readyBytes -= maxBytes;
    return head.subarray(0, maxBytes);
  }

  /** Everything that was typed and not read, the unfinished line too. */
  takeAll(): string {
    const parts = this.ready.filter((each): each is Uint8Array => each !== null);
    const text = (parts.length > 0 ? decodeText(concatBytes(parts)) : '') + this.line.map((each) => each.text).join('');
    this.flush();
    return text;
  }

  flush(): void {
    this.line = [];
    this.lineBytes = 0;
    this.ready = [];
    this.readyBytes = 0;
  }

  modesChanged(): void {
    if (this.modes.canonical || this.line.length === 0) return;
    this.push(encodeText(this.line.map((each) => each.text).join('')));
    this.line = [];
    this.lineBytes = 0;
  }

  private feedRaw(keys: string): { rest: string; signal?: string } {
    let end = keys.length;
    let signal: string | undefined;
    if (this.modes.signals) {
      const at = keys.search(/[\x03\x1a\x1c]/);
      if (at >= 0) {
        end = at;
        signal = keys[at];
      }
    }
    const text = keys.slice(0, end);
    if (text !== '') {
      this.push(encodeText(text));
      if (this.modes.echo) this.echo(text);
    }
    return signal === undefined ? { rest: '' } : { rest: keys.slice(end + 1), signal };
  }

  private push(bytes: Uint8Array): void {
    this.ready.push(bytes);
    this.readyBytes += bytes.length;
  }

  /** Handles one character of a canonical line and returns its echo. */
  private typed(character: string): string {
    if (this.literal) {
      this.literal = false;
      return this.insert(character);
    }
    switch (character) {
      case '\r':
      case '\n':
        this.endLine('\n');
        return '\n';
      case ERASE:
      case BACKSPACE:
        return this.eraseOne();
      case KILL_LINE:
        return this.eraseWhile(() => true);
      case WORD_ERASE:
        return this.eraseWhile(isSpace) + this.eraseWhile((text) => !isSpace(text));
      case END_OF_FILE:
        if (this.line.length === 0) this.ready.push(null);
        else this.endLine('');
        return '';
      case LITERAL_NEXT:
        this.literal = true;
        return '^\b';
      case REPRINT:
        return `^R\n${this.line.map((each) => shown(each.text)).join('')}`;
      default:
        return this.insert(character);
    }
  }

  private insert(character: string): string {
    const bytes = character.codePointAt(0) as number;
    const size = bytes < 0x80 ? 1 : bytes < 0x800 ? 2 : bytes < 0x10000 ? 3 : 4;
    if (this.lineBytes + size > MAX_LINE_BYTES) return '';
    const echo = shown(character);
    this.line.push({ text: character, columns: echo.length > 1 && bytes < 0x20 ? 2 : columnsOf(bytes) });
    this.lineBytes += size;
    return echo;
  }

  private endLine(terminator: string): void {
    this.push(encodeText(this.line.map((each) => each.text).join('') + terminator));
    this.line = [];
    this.lineBytes = 0;
  }

  private eraseOne(): string {
    const last = this.line.pop();
    if (last === undefined) return '';
    this.lineBytes -= encodeText(last.text).length;
    return '\b \b'.repeat(last.columns);
  }

  private eraseWhile(test: (text: string) => boolean): string {
    let echo = '';
    for (let last = this.line.at(-1); last !== undefined && test(last.text); last = this.line.at(-1)) echo += this.eraseOne();
    return echo;
  }
}

function isSpace(text: string): boolean {
  return text === ' ' || text === '\t';
}

/** Control characters are echoed as `^X`. */
function shown(character: string): string {
  const code = character.charCodeAt(0);
  if (code === 9 || code >= 0x20) return character === '\x7f' ? '^?' : character;
  return `^${String.fromCharCode(code + 64)}`;
}

/** Columns of a character: wide ones (East Asian, emoji) take two. */
export function columnsOf(code: number): number {
  const wide =
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0x1f300 && code <= 0x1faff);
  return wide ? 2 : code >= 0x300 && code <= 0x36f ? 0 : 1;
}
