import type { IMarker, Terminal } from '@xterm/xterm';

/** The last letters before Enter come back from the shell before so many ms of the viewer's clock have passed. */
const ECHO_MS = 400;

/**
 * Which lines were entered in a terminal.
 *
 * Why the screen and not the keys: a line may come out of history or completion, or be edited before Enter.
 * Pasted lines are taken as they are: they scroll on while they run.
 */
export class EnteredLines {
  private pasted = '';

  constructor(private readonly terminal: Terminal, private readonly onLine: (line: string) => void) {}

  /** What a keyboard or a paste sends. */
  take(data: string): void {
    // eslint-disable-next-line no-control-regex -- the marks around a paste are control sequences
    const text = data.replace(/\u001b\[20[01]~/g, '');
    if (text.length > 1) this.pasted += text;
    if (!text.includes('\r')) return;
    for (const line of this.pasted.split(/[\r\n]+/)) if (line !== '') this.onLine(line);
    this.pasted = '';
    const marker = this.terminal.registerMarker(0);
    setTimeout(() => this.read(marker), ECHO_MS);
  }

  private read(marker: IMarker): void {
    if (!marker.isDisposed) this.onLine(this.lineAt(marker.line));
    marker.dispose();
  }

  /** A whole line, however many rows it takes. */
  private lineAt(row: number): string {
    const { active } = this.terminal.buffer;
    let first = row;
    while (first > 0 && active.getLine(first)?.isWrapped) first -= 1;
    let text = active.getLine(first)?.translateToString(false) ?? '';
    for (let next = first + 1; active.getLine(next)?.isWrapped; next += 1) text += active.getLine(next)!.translateToString(false);
    return text.trimEnd();
  }
}
