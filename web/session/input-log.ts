import type { SessionInput } from './messages';

/** Grows when a run of the same log may go another way: saved sessions say which they were made with. */
export const ENGINE_VERSION = 1;

export interface LogHeader {
  readonly samsa: 'session';
  readonly engineVersion: number;
  readonly seed: number;
  readonly labId: string;
}

/** One input with the moment at which it came: between event number `event` and the next, the clock standing at `us`. */
export interface LoggedInput {
  readonly us: number;
  readonly event: number;
  readonly input: SessionInput;
}

/** A session as it is kept: a header, then one line of JSON an input. */
export class InputLog {
  readonly inputs: LoggedInput[] = [];

  constructor(readonly header: LogHeader) {}

  add(entry: LoggedInput): string {
    this.inputs.push(entry);
    return JSON.stringify(entry);
  }

  get headerLine(): string {
    return JSON.stringify(this.header);
  }

  /** Errors: a text that is no saved session throws an Error that says why; a last line that was cut off is left out. */
  static parse(text: string): InputLog {
    const lines = text.split('\n').filter((line) => line !== '');
    const header = parseLine(lines[0] ?? '') as LogHeader | undefined;
    if (header?.samsa !== 'session') throw new Error('This is not a saved session.');
    const log = new InputLog(header);
    for (const line of lines.slice(1)) {
      const entry = parseLine(line) as LoggedInput | undefined;
      if (entry === undefined) break;
      log.inputs.push(entry);
    }
    return log;
  }
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
