import { Condition } from '../../engine/kernel/waitables';
import { FileError } from './file-error';
import { LineDiscipline } from './line-discipline';
import type { OpenFile } from './open-file';
import type { Process } from './process';
import type { Signal } from './signals';
import type { TerminalDisplay } from './terminal-display';
import { TerminalFile } from './terminal-file';
import { toBytes } from './text';

/** The switches of termios that programs here use. */
export interface TerminalModes {
  /** ICANON: reads return lines. */
  canonical: boolean;
  /** ECHO. */
  echo: boolean;
  /** ISIG: ^C, ^\ and ^Z are signals. */
  signals: boolean;
  /** OPOST and ONLCR: a line feed is shown with a carriage return. */
  outputNewlines: boolean;
}

const COOKED: TerminalModes = { canonical: true, echo: true, signals: true, outputNewlines: true };

/** Gets keys at the present instant, before any program would: bash's line editor. Returns what it does not want (what follows Enter). */
export type KeyReader = (keys: string) => string;

/** Sends signals to a process group; the machine where the terminal's programs run. */
export interface SignalTarget {
  signalGroup(pgid: number, signal: Signal): void;
}

const SIGNAL_KEYS: Readonly<Record<string, Signal>> = { '\x03': 'SIGINT', '\x1c': 'SIGQUIT', '\x1a': 'SIGTSTP' };
/** Bytes that wait for readers before the terminal stops taking more, as N_TTY_BUF_SIZE. */
const INPUT_CAPACITY_BYTES = 4096;

/**
 * A pseudo terminal with its line discipline: keys come in at one side, programs read and write at the other.
 *
 * Keys are handled when they come, at no simulated time; only readers that wake up take time.
 */
export class Terminal {
  readonly modes: TerminalModes = { ...COOKED };
  foregroundGroup = 0;
  /** Session leader's process; it gets SIGHUP when the terminal goes. */
  leader: Process | undefined;
  hungUp = false;
  private keyReader: KeyReader | undefined;
  private readonly discipline: LineDiscipline;
  /** Keys that nobody could take yet: a long paste. */
  private pending: string[] = [];
  readonly readable = new Condition();

  constructor(
    private readonly target: SignalTarget,
    private readonly display: TerminalDisplay,
    public columns: number,
    public rows: number,
    readonly name = '/dev/pts/0',
  ) {
    this.discipline = new LineDiscipline(this.modes, (text) => this.show(toBytes(text)));
  }

  /** Keys, or a paste, from the master's side. A lone signal key overtakes a paste that waits. */
  input(keys: string): void {
    if (keys === '') return;
    const signal = keys.length === 1 ? SIGNAL_KEYS[keys] : undefined;
    if (signal !== undefined && this.modes.signals && this.keyReader === undefined) {
      this.pending = [];
      this.raise(keys, signal);
      return;
    }
    this.pending.push(keys);
    this.pump();
  }

  /** True when these keys are handled at the present instant without any simulated time: typing up to Enter. */
  takesAtOnce(keys: string): boolean {
    const quiet = /^[^\r\n\x03\x04\x1a\x1c]*$/.test(keys);
    return quiet && (this.keyReader !== undefined || this.modes.canonical);
  }

  /** The line editor reads keys from now on; typed-ahead input goes to it first. `undefined` gives them back to the line discipline. */
  setKeyReader(reader: KeyReader | undefined): void {
    this.keyReader = reader;
    if (reader === undefined) return;
    const ahead = this.discipline.takeAll();
    if (ahead !== '') this.pending.unshift(ahead);
    this.pump();
  }

  /** Changes modes, as tcsetattr(TCSADRAIN). Input that was not read yet stays. */
  setModes(modes: Partial<TerminalModes>): void {
    Object.assign(this.modes, modes);
    this.discipline.modesChanged();
    this.readable.notifyAll();
  }

  resize(columns: number, rows: number): void {
    if (columns === this.columns && rows === this.rows) return;
    this.columns = columns;
    this.rows = rows;
    if (this.foregroundGroup !== 0) this.target.signalGroup(this.foregroundGroup, 'SIGWINCH');
  }

  /** The master's side went away: the window was closed. */
  hangUp(): void {
    if (this.hungUp) return;
    this.hungUp = true;
    this.leader?.signal('SIGHUP');
    if (this.foregroundGroup !== 0) this.target.signalGroup(this.foregroundGroup, 'SIGHUP');
    this.readable.notifyAll();
    this.display.drained.notifyAll();
  }

  tryRead(maxBytes: number, by: Process): Uint8Array | null | undefined {
    if (this.hungUp) return null;
    if (this.inBackground(by)) {
      by.signalGroup('SIGTTIN');
      return undefined;
    }
    const bytes = this.discipline.take(maxBytes);
    if (this.pending.length > 0) this.pump();
    return bytes;
  }

  tryWrite(bytes: Uint8Array): boolean {
    if (this.hungUp) throw new FileError('EIO', this.name);
    if (this.display.full()) return false;
    this.show(bytes);
    return true;
  }

  get drained(): Condition {
    return this.display.drained;
  }

  /** Shows text that no program wrote: a word of the window itself. */
  print(text: string): void {
    this.display.show(toBytes(text));
  }

  /** A new open file on this terminal. */
  open(): OpenFile {
    return new TerminalFile(this);
  }

  private inBackground(by: Process): boolean {
    return by.terminal === this && this.foregroundGroup !== 0 && by.pgid !== this.foregroundGroup;
  }

  private pump(): void {
    while (this.pending.length > 0) {
      if (this.keyReader !== undefined) {
        const keys = this.pending.join('');
        this.pending = [];
        const rest = this.keyReader(keys);
        if (rest !== '') this.pending.unshift(rest);
        if (rest === keys) return;
        continue;
      }
      if (this.discipline.waitingBytes >= INPUT_CAPACITY_BYTES) return;
      this.feedDiscipline();
    }
  }

  private feedDiscipline(): void {
    const keys = this.pending.shift() as string;
    const { rest, signal } = this.discipline.feed(keys, INPUT_CAPACITY_BYTES);
    if (rest !== '') this.pending.unshift(rest);
    if (signal !== undefined) this.raise(signal, SIGNAL_KEYS[signal] as Signal);
    if (this.discipline.readyToRead) this.readable.notifyAll();
  }

  private raise(key: string, signal: Signal): void {
    if (this.modes.echo) this.show(toBytes(`^${String.fromCharCode(key.charCodeAt(0) + 64)}`));
    this.discipline.flush();
    if (this.foregroundGroup !== 0) this.target.signalGroup(this.foregroundGroup, signal);
  }

  private show(bytes: Uint8Array): void {
    this.display.show(this.modes.outputNewlines ? withCarriageReturns(bytes) : bytes);
  }
}

function withCarriageReturns(bytes: Uint8Array): Uint8Array {
  let count = 0;
  for (const byte of bytes) if (byte === 10) count += 1;
  if (count === 0) return bytes;
  const out = new Uint8Array(bytes.length + count);
  let at = 0;
  for (const byte of bytes) {
    if (byte === 10) out[at++] = 13;
    out[at++] = byte;
  }
  return out;
}
