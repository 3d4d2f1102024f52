import type { Op } from '../../../../engine/kernel/task';
import type { GnuTool } from '../../lib/gnu-tool';
import { type Pattern, PatternTooComplex } from '../../lib/regex/pattern';
import { SedInput } from './sed-input';
import { type SedOptions, SedOutput } from './sed-output';
import { replacementText } from './sed-replacement';
import type { Address, Command, Substitution } from './sed-script';
import { visibleLine } from './visible-line';

/** What happens after a command: go on with this one, end the cycle, begin it again without reading, or quit. */
type Next = number | 'end' | 'delete' | 'restart' | 'quit' | 'quit silently';

const STEPS_BETWEEN_WAITS = 2000;

/** Runs a script over its input. */
export class SedRun extends SedOutput {
  private space = '';
  private hold = '';
  private complete = true;
  private substituted = false;
  private lastPattern: Pattern | undefined;
  private exitCode = 0;
  private steps = 0;
  private readonly input: SedInput;

  constructor(
    tool: GnuTool,
    private readonly commands: readonly Command[],
    files: readonly string[],
    options: SedOptions,
  ) {
    super(tool, options);
    const inPlace = options.inPlace !== undefined;
    this.input = new SedInput(tool, files.length === 0 ? ['-'] : files, options.separate || inPlace, options.zero ? 0 : 10, {
      opened: (file) => this.opened(file),
      closed: (file) => this.closed(file),
    });
    for (const command of commands) {
      const file = command.letter === 'w' || command.letter === 'W' ? command.text : command.substitution?.file;
      if (file !== undefined && !file.startsWith('/dev/std')) this.written.set(file, '');
    }
  }

  *run(): Op<number> {
    yield* this.saveWritten();
    let reuse = false;
    for (;;) {
      if (!reuse && !this.readLineNow() && !(yield* this.readLine())) break;
      const next = yield* this.cycle();
      reuse = next === 'restart';
      if (next !== 'delete' && next !== 'quit silently' && next !== 'restart' && !this.options.quiet) this.emit(this.space, this.complete);
      if (this.appended.length > 0) yield* this.flushAppended();
      if (next === 'quit' || next === 'quit silently') {
        if (this.options.inPlace !== undefined) yield* this.copyRest();
        break;
      }
      yield* this.tool.maybeDrain();
    }
    yield* this.saveWritten();
    if (this.edited !== undefined) yield* this.closed(this.input.file);
    return Math.max(this.exitCode, this.tool.status);
  }

  private *copyRest(): Op<void> {
    for (let line = yield* this.input.next(); line !== undefined; line = yield* this.input.next()) this.emit(line.text, line.complete);
  }

  private readLineNow(): boolean {
    const text = this.input.tryNext();
    if (text === undefined) return false;
    this.space = text;
    this.complete = true;
    this.substituted = false;
    return true;
  }

  private *readLine(): Op<boolean> {
    // What is printed is seen before sed waits for more.
    if (this.edited === undefined) yield* this.tool.drain();
    const line = yield* this.input.next();
    if (line === undefined) return false;
    this.space = line.text;
    this.complete = line.complete;
    this.substituted = false;
    return true;
  }

  private *cycle(): Op<Next> {
    for (let at = 0; at < this.commands.length; ) {
      const command = this.commands[at] as Command;
      this.steps += 1;
      if (this.steps % STEPS_BETWEEN_WAITS === 0) yield* this.tool.process.spend(STEPS_BETWEEN_WAITS / 2);
      const selected = command.from === undefined ? true : (this.selectsNow(command) ?? (yield* this.selects(command)));
      if (selected === command.negated) {
        at = command.letter === '{' ? command.target : at + 1;
        continue;
      }
      const next = this.executeNow(command, at) ?? (yield* this.execute(command, at));
      if (typeof next !== 'number') return next;
      at = next;
    }
    return 'end';
  }

  /** The usual addresses, which never wait; undefined for the others. */
  private selectsNow(command: Command): boolean | undefined {
    if (command.to !== undefined) return undefined;
    if (command.from?.kind === 'regex') return this.pattern(command.from.pattern).test(this.space);
    return command.from?.kind === 'line' ? command.from.line === this.input.lineNumber : undefined;
  }

  private *selects(command: Command): Op<boolean> {
    const from = command.from as Address;
    const line = this.input.lineNumber;
    if (command.to === undefined) return yield* this.matches(from);
    if (command.rangeEnd === undefined) {
      const zero = from.kind === 'line' && from.line === 0;
      if (zero) {
        if (line !== 1) return false;
      } else if (!(yield* this.matches(from))) return false;
      return yield* this.beginRange(command, command.to, zero);
    }
    return yield* this.continueRange(command, command.to);
  }

  private *beginRange(command: Command, to: Address, zero: boolean): Op<boolean> {
    const line = this.input.lineNumber;
    const end =
      to.kind === 'line' ? to.line
      : to.kind === 'count' ? line + to.count
      : to.kind === 'multiple' ? (to.of === 0 ? line : line + to.of - (line % to.of))
      : Infinity;
    if (zero && (yield* this.matches(to))) return true;
    if (to.kind === 'last' && (yield* this.input.isLast())) return true;
    if (end > line) command.rangeEnd = end;
    return true;
  }

  private *continueRange(command: Command, to: Address): Op<boolean> {
    const line = this.input.lineNumber;
    const end = command.rangeEnd as number;
    if (end === Infinity) {
      if (yield* this.matches(to)) command.rangeEnd = undefined;
      return true;
    }
    if (line >= end) command.rangeEnd = undefined;
    // A range whose last line went by unseen ends before this line.
    if (line > end) return yield* this.selects(command);
    return true;
  }

  private *matches(address: Address): Op<boolean> {
    const line = this.input.lineNumber;
    switch (address.kind) {
      case 'line':
        return line === address.line;
      case 'last':
        return yield* this.input.isLast();
      case 'step':
        return line >= address.first && (line - address.first) % address.step === 0;
      case 'regex':
        return this.pattern(address.pattern).test(this.space);
      default:
        return false;
    }
  }

  private pattern(pattern: Pattern | undefined): Pattern {
    const used = pattern ?? this.lastPattern;
    if (used === undefined) return this.tool.fail('-e expression #1, char 0: no previous regular expression', 1);
    this.lastPattern = used;
    return used;
  }

  /** Commands that never wait; undefined for the others. */
  private executeNow(command: Command, at: number): Next | undefined {
    switch (command.letter) {
      case '=':
        this.emit(String(this.input.lineNumber), true);
        break;
      case 'a':
        this.appended.push({ text: command.text, file: false });
        break;
      case 'i':
        this.put(command.text);
        break;
      case 'c':
        if (command.to === undefined || command.rangeEnd === undefined || command.negated) this.put(command.text);
        return 'delete';
      case 'b':
        return command.target;
      case 't':
      case 'T': {
        const jumps = this.substituted === (command.letter === 't');
        this.substituted = false;
        if (jumps) return command.target;
        break;
      }
      case 'd':
        return 'delete';
      case 'D':
        return this.deleteFirstLine();
      case 'F':
        this.emit(this.input.file, true);
        break;
      case 'l':
        this.put(`${visibleLine(this.space, command.text === '' ? 70 : Number(command.text))}\n`);
        break;
      case 'p':
        this.emit(this.space, this.complete);
        break;
      case 'P':
        this.emit(this.space.split('\n')[0] as string, true);
        break;
      case 'q':
      case 'Q':
        this.exitCode = Number(command.text || 0);
        return command.letter === 'q' ? 'quit' : 'quit silently';
      case 'r':
        this.appended.push({ text: command.text, file: true });
        break;
      case 'R':
        this.appendLineOf(command.text);
        break;
      case 's':
        if ((command.substitution as Substitution).file !== undefined) return undefined;
        this.substitute(command.substitution as Substitution);
        break;
      case 'n':
      case 'N':
      case 'w':
      case 'W':
        return undefined;
      default:
        this.changeSpaces(command);
    }
    return at + 1;
  }

  private deleteFirstLine(): Next {
    const newline = this.space.indexOf('\n');
    if (newline < 0) return 'delete';
    this.space = this.space.slice(newline + 1);
    return 'restart';
  }

  /** Commands on the pattern space and the hold space alone. */
  private changeSpaces(command: Command): void {
    switch (command.letter) {
      case 'g':
        this.space = this.hold;
        break;
      case 'G':
        this.space += `\n${this.hold}`;
        break;
      case 'h':
        this.hold = this.space;
        break;
      case 'H':
        this.hold += `\n${this.space}`;
        break;
      case 'x':
        [this.space, this.hold] = [this.hold, this.space];
        break;
      case 'y':
        this.space = [...this.space].map((character) => command.table?.get(character) ?? character).join('');
        break;
      case 'z':
        this.space = '';
        break;
    }
  }

  private *execute(command: Command, at: number): Op<Next> {
    switch (command.letter) {
      case 'n':
      case 'N':
        return yield* this.nextLine(command.letter, at);
      case 's': {
        const what = command.substitution as Substitution;
        if (this.substitute(what)) yield* this.writeTo(what.file as string, `${this.space}\n`);
        break;
      }
      case 'w':
        yield* this.writeTo(command.text, `${this.space}\n`);
        break;
      case 'W':
        yield* this.writeTo(command.text, `${this.space.split('\n')[0] as string}\n`);
        break;
    }
    return at + 1;
  }

  private *nextLine(letter: 'n' | 'N', at: number): Op<Next> {
    // Without a next line GNU's n and N print and end.
    if (yield* this.input.isLast()) return 'quit';
    if (letter === 'n' && !this.options.quiet) this.emit(this.space, this.complete);
    yield* this.flushAppended();
    const before = this.space;
    const { substituted } = this;
    if (!(yield* this.readLine())) return 'quit silently';
    this.substituted = substituted;
    if (letter === 'N') this.space = `${before}\n${this.space}`;
    return at + 1;
  }

  /** True when something was replaced. */
  private substitute(what: Substitution): boolean {
    const pattern = this.pattern(what.pattern);
    const text = this.space;
    let out = '';
    let copied = 0;
    let count = 0;
    let replaced = false;
    try {
      let previousEnd = -1;
      for (let from = 0; from <= text.length; ) {
        const match = pattern.exec(text, from);
        if (match === null) break;
        from = match.end > match.start ? match.end : match.end + 1;
        // An empty match right after a match is no match of its own.
        const counts = match.end > match.start || match.start !== previousEnd;
        previousEnd = match.end;
        if (!counts) continue;
        count += 1;
        if (count < what.occurrence) continue;
        out += text.slice(copied, match.start) + replacementText(what.replacement, (group) => (group === 0 ? text.slice(match.start, match.end) : (match.group(group) ?? '')));
        copied = match.end;
        replaced = true;
        if (!what.global) break;
      }
    } catch (error) {
      if (error instanceof PatternTooComplex) this.tool.fail(error.message, 4);
      throw error;
    }
    if (!replaced) return false;
    this.space = out + text.slice(copied);
    this.substituted = true;
    for (let i = 0; i < what.print; i++) this.emit(this.space, this.complete);
    return true;
  }
}
