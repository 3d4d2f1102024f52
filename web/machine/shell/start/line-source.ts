import type { Op } from '../../../engine/kernel/task';
import { Condition } from '../../../engine/kernel/waitables';
import type { Terminal } from '../../os/terminal';
import { encodeBytes } from '../byte-text';
import { readLine } from '../builtins/line-reader';
import { completeLine } from '../completion/complete-line';
import type { PromptText } from '../editor/display';
import { KillRing } from '../editor/kill-ring';
import { type EditorResult, LineEditor } from '../editor/line-editor';
import type { Shell } from '../execute/shell';

const PASTE_ON = '\x1b[?2004h';
const PASTE_OFF = '\x1b[?2004l\r';
const RAW = { canonical: false, echo: false, signals: false };
const COOKED = { canonical: true, echo: true, signals: true, outputNewlines: true };
/** bash brackets pastes since this version. */
const FIRST_BRACKETING_MAJOR = 5;

/** Where an interactive shell gets its lines from. */
export interface LineSource {
  /** A line without its newline; prints the prompt first. */
  read(prompt: PromptText): Op<EditorResult>;
}

/** Lines from a terminal, edited. */
export class EditedLines implements LineSource {
  private readonly kills = new KillRing();
  private readonly brackets: boolean;

  constructor(
    private readonly shell: Shell,
    private readonly terminal: Terminal,
  ) {
    this.brackets = Number(shell.settings.version.split('.')[0]) >= FIRST_BRACKETING_MAJOR;
  }

  *read(prompt: PromptText): Op<EditorResult> {
    const { terminal, shell } = this;
    const finished = new Condition();
    if (this.brackets) this.send(PASTE_ON);
    const environment = {
      history: shell.history,
      send: (text: string) => this.send(text),
      columns: () => terminal.columns,
      complete: (line: string, cursor: number) => completeLine(shell, line, cursor),
    };
    terminal.setModes(RAW);
    const editor = new LineEditor(environment, prompt, this.kills);
    const resized = (): void => editor.redrawAfterResize();
    shell.process.onSignal('SIGWINCH', resized);
    try {
      terminal.setKeyReader((keys) => {
        if (editor.result !== undefined) return keys;
        const rest = editor.feed(keys);
        if (editor.result !== undefined) finished.notifyAll();
        return rest;
      });
      while (editor.result === undefined && !terminal.hungUp) yield finished;
    } finally {
      terminal.setKeyReader(undefined);
      terminal.setModes(COOKED);
      shell.process.onSignal('SIGWINCH', 'default');
      if (this.brackets) this.send(editor.result?.kind === 'end' ? `${PASTE_OFF}\n` : PASTE_OFF);
    }
    return editor.result ?? { kind: 'end' };
  }

  private send(text: string): void {
    if (!this.terminal.hungUp) this.terminal.tryWrite(encodeBytes(text));
  }
}

/** Lines from a standard input that is no terminal (`bash -i < file`). */
export class PlainLines implements LineSource {
  constructor(private readonly shell: Shell) {}

  *read(prompt: PromptText): Op<EditorResult> {
    yield* this.shell.process.err(encodeBytes(prompt.shown));
    const line = yield* readLine(this.shell, 0);
    return line.ended && line.text === '' ? { kind: 'end' } : { kind: 'line', text: line.text };
  }
}
