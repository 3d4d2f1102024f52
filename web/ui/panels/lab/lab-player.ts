import type { LabBlock, LabPiece } from '../../../lab/lab-document';
import { parseTape } from '../../../lab/parse-tape';
import type { TapeStep } from '../../../lab/parse-tape';
import { focusTerminal } from '../../app/keys';
import type { Page } from '../../store/page';

/** Between two letters, and between two commands, of the viewer's clock. */
const LETTER_MS = 22;
const BREATH_MS = 350;
/** How long a command may hold the prompt before the next one is typed all the same. */
const LONGEST_WAIT_MS = 60_000;
const POLL_MS = 100;
const SHELLS: ReadonlySet<string> = new Set(['bash', 'sh', '-bash']);

export interface LabPlayer {
  readonly playing: boolean;
  /** Blocks that were typed in this page, by a button or by hand. */
  readonly typed: ReadonlySet<LabBlock>;
  play(pieces: readonly LabPiece[]): void;
  stop(): void;
}

class Stopped extends Error {}

/** One run of blocks: types them letter by letter into their terminals, as a person would. */
export class Playing {
  private stopped = false;

  constructor(private readonly page: Page, private readonly onTyped: (block: LabBlock) => void) {}

  stop(): void {
    this.stopped = true;
  }

  async run(pieces: readonly LabPiece[]): Promise<void> {
    try {
      for (const piece of pieces) {
        if (piece.kind === 'sh') await this.typeCommands(piece);
        else if (piece.kind === 'keys') await this.playKeys(piece);
        else continue;
        this.onTyped(piece);
        await this.pause(BREATH_MS);
      }
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
    }
  }

  private async typeCommands({ terminal, text }: LabBlock): Promise<void> {
    focusTerminal(this.page, terminal);
    for (const line of text.split('\n')) {
      await this.shellIn(terminal);
      await this.type(terminal, line, LETTER_MS);
      this.page.session.type(terminal, '\r');
      await this.pause(BREATH_MS);
    }
  }

  private async playKeys({ terminal, text }: LabBlock): Promise<void> {
    let current = terminal;
    focusTerminal(this.page, current);
    await this.terminalThere(current);
    for (const step of parseTape(text)) {
      if (step.kind === 'terminal') {
        current = step.terminal;
        focusTerminal(this.page, current);
        await this.terminalThere(current);
      } else {
        await this.playStep(current, step);
      }
    }
  }

  private async playStep(terminal: number, step: TapeStep): Promise<void> {
    if (step.kind === 'keys') {
      // A control sequence is one key; text is typed.
      if (step.keys.charCodeAt(0) < 0x20 || step.keys.charCodeAt(0) === 0x7f) this.page.session.type(terminal, step.keys);
      else await this.type(terminal, step.keys, step.delayMs ?? LETTER_MS);
      await this.pause(BREATH_MS);
    } else if (step.kind === 'sleep') {
      await this.pause(step.ms);
    } else if (step.kind === 'wait') {
      const pattern = new RegExp(step.pattern, 'm');
      await this.until(() => pattern.test(screenText(terminal)), step.timeoutMs);
    }
  }

  private async type(terminal: number, text: string, letterMs: number): Promise<void> {
    for (const letter of text) {
      this.page.session.type(terminal, letter);
      await this.pause(letterMs);
    }
  }

  private async shellIn(terminal: number): Promise<void> {
    await this.until(() => {
      const shown = this.terminal(terminal);
      return shown !== undefined && SHELLS.has(shown.foregroundProgram);
    }, LONGEST_WAIT_MS);
  }

  private async terminalThere(terminal: number): Promise<void> {
    await this.until(() => this.terminal(terminal) !== undefined, LONGEST_WAIT_MS);
  }

  private terminal(number: number) {
    return this.page.store.getState().snapshot?.terminals.find((other) => other.number === number);
  }

  private async until(holds: () => boolean, longestMs: number): Promise<void> {
    for (let waited = 0; waited < longestMs && !holds(); waited += POLL_MS) await this.pause(POLL_MS);
  }

  private async pause(ms: number): Promise<void> {
    if (this.stopped) throw new Stopped();
    await new Promise((resolve) => setTimeout(resolve, ms));
    if (this.stopped) throw new Stopped();
  }
}

/** What stands on the screen of a terminal. */
function screenText(terminal: number): string {
  const rows = document.querySelectorAll(`[data-terminal="${terminal}"] .xterm-rows > div`);
  return [...rows].map((row) => row.textContent ?? '').join('\n');
}
