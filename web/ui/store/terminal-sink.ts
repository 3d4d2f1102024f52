/** What shows a terminal's output: takes text and calls back when it is on the screen. */
export type TerminalWriter = (text: string, done: () => void) => void;

/** So much text may be under way to the screen at once; the rest waits here. */
const MOST_UNDER_WAY = 256 * 1024;
/** The screen lets the page breathe between two parts only, so none may take long. */
const PART = 8 * 1024;

/**
 * The way of one terminal's output from the worker to the screen.
 *
 * Why: output may come before its terminal is drawn, and faster than a screen can take it.
 */
export class TerminalSink {
  private waiting: string[] = [];
  private waitingLength = 0;
  private underWay = 0;
  private writer: TerminalWriter | null = null;

  constructor(private readonly onDrained: () => void) {}

  push(text: string): void {
    this.waiting.push(text);
    this.waitingLength += text.length;
    this.flush();
  }

  attach(writer: TerminalWriter): () => void {
    this.writer = writer;
    this.underWay = 0;
    this.flush();
    return () => { if (this.writer === writer) this.writer = null; };
  }

  /** Characters that are not on the screen yet. */
  get backlog(): number {
    return this.waitingLength + this.underWay;
  }

  private flush(): void {
    const { writer } = this;
    // Half of the room at least: a flood is not joined and cut again for every part.
    if (!writer || this.waitingLength === 0 || this.underWay > MOST_UNDER_WAY / 2) return;
    const text = this.waiting.join('');
    const room = MOST_UNDER_WAY - this.underWay;
    const now = text.length > room ? text.slice(0, cut(text, room)) : text;
    const rest = text.slice(now.length);
    this.waiting = rest === '' ? [] : [rest];
    this.waitingLength = rest.length;
    this.underWay += now.length;
    for (let at = 0; at < now.length;) {
      const end = now.length - at > PART ? cut(now, at + PART) : now.length;
      const part = now.slice(at, end);
      writer(part, () => this.shown(writer, part.length));
      at = end;
    }
  }

  private shown(writer: TerminalWriter, length: number): void {
    if (this.writer !== writer) return;
    this.underWay -= length;
    this.flush();
    if (this.backlog === 0) this.onDrained();
  }
}

/** A place to cut `text` at or before `at` that does not part a surrogate pair. */
export function cut(text: string, at: number): number {
  const code = text.charCodeAt(at - 1);
  return code >= 0xd800 && code <= 0xdbff ? at - 1 : at;
}
