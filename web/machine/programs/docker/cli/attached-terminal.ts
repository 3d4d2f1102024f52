import { type Op, type Task, spawn } from '../../../../engine/kernel/task';
import { BrokenPipeError } from '../../../os/open-file';
import type { Process } from '../../../os/process';
import type { Terminal, TerminalModes } from '../../../os/terminal';
import { FileError } from '../../../os/file-error';
import { decodeText } from '../../../os/text';

const RAW: TerminalModes = { canonical: false, echo: false, signals: false, outputNewlines: false };
const COOKED: TerminalModes = { canonical: true, echo: true, signals: true, outputNewlines: true };
const READ_BYTES = 4096;

/** Reads standard input beside what the program does, until it ends or the program does; `null` is the end. What takes the bytes may make it wait. */
export function pumpInput(process: Process, onBytes: (bytes: Uint8Array | null) => Op<void>): Task<void> {
  function* pump(): Op<void> {
    const file = process.fds.get(0);
    if (file === undefined) return;
    for (;;) {
      const bytes = file.tryRead(READ_BYTES, process) ?? (yield* file.read(READ_BYTES, process));
      yield* onBytes(bytes);
      if (bytes === null) return;
    }
  }
  const task = spawn(process.machine.sim, pump(), (outcome) => {
    if ('error' in outcome && !(outcome.error instanceof BrokenPipeError) && !(outcome.error instanceof FileError)) throw outcome.error;
  });
  process.atExit(() => task.abandon());
  return task;
}

/** The own terminal in raw mode: every key goes to the other side, which echoes and makes signals of its own. */
export class RawMode {
  private on = false;

  constructor(
    private readonly process: Process,
    private readonly terminal: Terminal,
    onResize: (columns: number, rows: number) => void,
  ) {
    process.onSignal('SIGWINCH', () => onResize(terminal.columns, terminal.rows));
    process.atExit(() => this.leave());
  }

  enter(): void {
    this.on = true;
    this.terminal.setModes(RAW);
  }

  leave(): void {
    if (!this.on) return;
    this.on = false;
    this.terminal.setModes(COOKED);
    this.process.onSignal('SIGWINCH', 'default');
  }
}

const CTRL_P = '\x10';
const CTRL_Q = '\x11';

/** Looks for Ctrl+P Ctrl+Q in what is typed. A Ctrl+P waits for the next key. */
export class DetachKeys {
  private held = false;

  /** `detached` when the sequence is complete; `text` is what goes to the other side. */
  feed(bytes: Uint8Array): { readonly text: string; readonly detached: boolean } {
    const keys = decodeText(bytes);
    if (!this.held && !keys.includes(CTRL_P)) return { text: keys, detached: false };
    let text = '';
    for (const key of keys) {
      if (this.held && key === CTRL_Q) return { text, detached: true };
      if (this.held) text += CTRL_P;
      this.held = key === CTRL_P;
      if (!this.held) text += key;
    }
    return { text, detached: false };
  }
}
