import type { TapeStep } from '../../lab/parse-tape';
import type { Session } from '../../session/session';

/** Simulated time between two keys. */
const KEY_DELAY_US = 20_000;
const LOOK_US = 20_000;
/** How much of a long line, such as a rewritten progress bar, a failure repeats. */
const SHOWN_CHARACTERS = 300;
const TERMINAL_SIZE = { columns: 131, rows: 24 };

/** A `Wait` or `Check` that did not hold. */
export class TapeFailure extends Error {
  constructor(
    readonly line: number,
    message: string,
  ) {
    super(message);
  }
}

/** Text that a terminal showed, with control sequences taken out, and how much of it earlier waits have matched. */
export class Transcript {
  private raw = '';
  private plain = '';
  private plainOf = 0;
  matched = 0;

  add(text: string): void {
    this.raw += text;
  }

  get text(): string {
    if (this.plainOf !== this.raw.length) {
      this.plain = plainText(this.raw);
      this.plainOf = this.raw.length;
    }
    return this.plain;
  }
}

/** Takes control sequences and carriage returns out. */
export function plainText(raw: string): string {
  return raw
    .replaceAll(/\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g, '')
    .replaceAll(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '')
    .replaceAll(/\x1b[@-Z\\-_=>()][0-9A-Za-z]?/g, '')
    .replaceAll('\r\n', '\n')
    .replaceAll(/[\r\x07\x00]/g, '');
}

/** Plays a tape on a session as fast as it goes. Errors: TapeFailure names the line. */
export class TapePlayer {
  private terminal = 1;

  constructor(
    private readonly session: Session,
    private readonly transcripts: Map<number, Transcript>,
  ) {}

  play(steps: readonly TapeStep[]): void {
    for (const step of steps) this.step(step);
    this.pass(LOOK_US);
  }

  private step(step: TapeStep): void {
    switch (step.kind) {
      case 'terminal':
        this.terminal = step.terminal;
        this.open();
        break;
      case 'lab':
        if (!this.session.hasLab(step.labId)) throw new TapeFailure(step.line, `there is no lab ${step.labId}`);
        this.session.apply({ kind: 'lab.open', labId: step.labId });
        break;
      case 'keys':
        this.open();
        this.type(step.keys, step.delayMs === null ? KEY_DELAY_US : step.delayMs * 1000);
        break;
      case 'sleep':
        this.pass(step.ms * 1000);
        break;
      case 'wait':
        this.open();
        this.wait(step);
        break;
      case 'check':
        this.check(step.step, step.line);
        break;
      case 'screenshot':
        break;
      case 'fault':
        this.session.apply({ kind: 'fault', name: step.name, args: step.args });
        if (this.session.faultRefusal !== undefined) throw new TapeFailure(step.line, this.session.faultRefusal);
        this.pass(LOOK_US);
        break;
    }
  }

  private open(): void {
    if (this.session.terminal(this.terminal) !== undefined) return;
    this.session.apply({ kind: 'terminal.open', terminal: this.terminal, ...TERMINAL_SIZE });
    this.pass(100_000);
  }

  private type(keys: string, delayUs: number): void {
    const parts = keys.startsWith('\x1b') ? [keys] : [...keys];
    for (const part of parts) {
      this.session.apply({ kind: 'terminal.data', terminal: this.terminal, data: part });
      this.pass(delayUs);
    }
  }

  private wait(step: Extract<TapeStep, { kind: 'wait' }>): void {
    const pattern = new RegExp(step.pattern, 'm');
    const transcript = this.transcripts.get(this.terminal) as Transcript;
    const endUs = this.session.sim.nowUs + step.timeoutMs * 1000;
    for (;;) {
      const { text } = transcript;
      const end = matchEnd(text, transcript.matched, pattern, step.scope);
      if (end >= 0) {
        transcript.matched = end;
        return;
      }
      if (this.session.sim.nowUs >= endUs) break;
      this.pass(LOOK_US);
    }
    const rest = transcript.text.slice(transcript.matched).split('\n').slice(-6).map((line) => line.slice(-SHOWN_CHARACTERS)).join('\n');
    throw new TapeFailure(step.line, `terminal ${this.terminal} did not show /${step.pattern}/ within ${step.timeoutMs / 1000} s; it shows\n${rest}`);
  }

  private check(number: number, line: number): void {
    this.pass(200_000);
    const { steps } = this.session.labProgress;
    const state = steps[number - 1];
    if (state === undefined) throw new TapeFailure(line, `the lab has ${steps.length} steps`);
    if (!state.met) throw new TapeFailure(line, `step ${number} is not met: ${state.differs}`);
  }

  private pass(us: number): void {
    this.session.run(this.session.sim.nowUs + us);
  }
}

/** Where the first match after `from` ends; -1 when there is none. */
function matchEnd(text: string, from: number, pattern: RegExp, scope: 'any' | 'line'): number {
  if (scope === 'any') {
    const match = pattern.exec(text.slice(from));
    return match === null ? -1 : from + match.index + match[0].length;
  }
  let at = from;
  for (const line of text.slice(from).split('\n')) {
    const match = pattern.exec(line);
    if (match !== null) return at + match.index + match[0].length;
    at += line.length + 1;
  }
  return -1;
}
