import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import type { Process } from '../../../os/process';
import { Pattern, PatternTooComplex } from '../../lib/regex/pattern';
import { RegexError } from '../../lib/regex/regex-node';
import { RecordReader } from './record-reader';
import { SPECIAL_NAMES } from './awk-expression-parser';
import { AwkError, AwkStreams } from './awk-streams';
import { AwkArray, Cell, Input, type Value, toNumber, toText } from './awk-value';

const slot = (name: string): number => SPECIAL_NAMES.indexOf(name);
export const SLOTS = {
  NF: slot('NF'), NR: slot('NR'), FNR: slot('FNR'), FS: slot('FS'), OFS: slot('OFS'), ORS: slot('ORS'), RS: slot('RS'), FILENAME: slot('FILENAME'),
  SUBSEP: slot('SUBSEP'), RSTART: slot('RSTART'), RLENGTH: slot('RLENGTH'), CONVFMT: slot('CONVFMT'), OFMT: slot('OFMT'), ENVIRON: slot('ENVIRON'),
  ARGC: slot('ARGC'), ARGV: slot('ARGV'),
} as const;

const MAX_FIELD = 32767;
const MAX_CACHED_PATTERNS = 500;

/** What a running awk program works on: variables, the record and its fields, files and commands. */
export class AwkRuntime extends AwkStreams {
  readonly globals: Cell[];
  private record = '';
  private fields: Value[] | undefined;
  private recordStale = false;
  private readonly patterns = new Map<string, Pattern>();
  private main: RecordReader | undefined;
  private nextArgument = 1;
  private openedAny = false;
  readonly random;

  constructor(
    process: Process,
    readonly globalNames: readonly string[],
  ) {
    super(process);
    this.globals = globalNames.map(() => new Cell());
    const initial: Readonly<Record<string, Value>> = { NF: 0, NR: 0, FNR: 0, FS: ' ', OFS: ' ', ORS: '\n', RS: '\n', FILENAME: '', SUBSEP: '\x1c', RSTART: 0, RLENGTH: -1, CONVFMT: '%.6g', OFMT: '%.6g' };
    for (const [name, value] of Object.entries(initial)) this.set(slot(name), value);
    this.random = process.machine.sim.random(`awk ${process.pid}`);
  }

  // Variables

  get(index: number): Value {
    if (index === SLOTS.NF) this.splitFields();
    const { content } = this.globals[index] as Cell;
    return content instanceof AwkArray ? undefined : content;
  }

  set(index: number, value: Value): void {
    (this.globals[index] as Cell).content = value;
    if (index === SLOTS.NF) this.fieldCountChanged(toNumber(value));
  }

  text(index: number): string {
    return toText(this.get(index), '%.6g');
  }

  get convfmt(): string {
    return this.text(SLOTS.CONVFMT);
  }

  toText(value: Value): string {
    return typeof value === 'string' ? value : toText(value, typeof value === 'number' ? this.convfmt : '');
  }

  assign(name: string, value: Value): void {
    const index = this.globalNames.indexOf(name);
    if (index >= 0) this.set(index, value);
  }

  // The record

  setRecord(text: string): void {
    this.record = text;
    this.fields = undefined;
    this.recordStale = false;
  }

  getField(index: number): Value {
    if (index < 0) throw new AwkError(`negative field index $${index}`);
    if (index === 0) {
      this.joinFields();
      return new Input(this.record);
    }
    return this.splitFields()[index - 1];
  }

  setField(index: number, value: Value): void {
    if (index < 0) throw new AwkError(`negative field index $${index}`);
    if (index > MAX_FIELD) throw new AwkError(`field index ${index} too large`);
    if (index === 0) {
      this.setRecord(this.toText(value));
      return;
    }
    const fields = this.splitFields();
    while (fields.length < index) fields.push(new Input(''));
    fields[index - 1] = value;
    (this.globals[SLOTS.NF] as Cell).content = fields.length;
    this.recordStale = true;
  }

  private splitFields(): Value[] {
    if (this.fields === undefined) {
      this.fields = this.split(this.record, this.text(SLOTS.FS)).map((text) => new Input(text));
      (this.globals[SLOTS.NF] as Cell).content = this.fields.length;
    }
    return this.fields;
  }

  private fieldCountChanged(count: number): void {
    if (this.globals.length === 0 || this.fields === undefined && this.record === '' && count === 0) return;
    const text = (this.globals[SLOTS.NF] as Cell).content;
    const fields = this.splitFields();
    while (fields.length < count) fields.push(new Input(''));
    fields.length = Math.max(0, Math.min(MAX_FIELD, count));
    (this.globals[SLOTS.NF] as Cell).content = text;
    this.recordStale = true;
  }

  private joinFields(): void {
    if (!this.recordStale) return;
    this.record = (this.fields as Value[]).map((field) => this.toText(field)).join(this.text(SLOTS.OFS));
    this.recordStale = false;
  }

  /** Splits as FS does: a blank by white space, one character by itself, else by the expression. */
  split(text: string, separator: string | Pattern): string[] {
    if (text === '') return [];
    if (separator === ' ') return splitBlanks(text);
    if (separator === '') return [...text];
    if (typeof separator === 'string' && (separator.length === 1 || !/[\\^$.[\]|()*+?{}]/.test(separator))) return text.split(separator);
    const pattern = typeof separator === 'string' ? this.pattern(separator) : separator;
    const parts: string[] = [];
    let from = 0;
    for (let at = 0; at <= text.length; ) {
      const match = pattern.exec(text, at);
      if (match === null) break;
      if (match.end === match.start) {
        at = match.end + 1;
        continue;
      }
      parts.push(text.slice(from, match.start));
      from = match.end;
      at = match.end;
    }
    parts.push(text.slice(from));
    return parts;
  }

  pattern(source: string): Pattern {
    let pattern = this.patterns.get(source);
    if (pattern === undefined) {
      try {
        pattern = Pattern.compile(source, { syntax: 'awk' });
      } catch (error) {
        if (!(error instanceof RegexError)) throw error;
        const reason = /\(/.test(error.message) ? "missing ')'" : /\[/.test(error.message) ? "bad class -- [], [^] or [" : error.message.toLowerCase();
        throw new AwkError(`line 1: regular expression compile failed (${reason})\n${source}`, false);
      }
      if (this.patterns.size >= MAX_CACHED_PATTERNS) this.patterns.clear();
      this.patterns.set(source, pattern);
    }
    return pattern;
  }

  matches(text: string, pattern: Pattern): boolean {
    try {
      return pattern.test(text);
    } catch (error) {
      if (error instanceof PatternTooComplex) throw new AwkError('out of memory');
      throw error;
    }
  }

  // Input

  /** The next record of the operands or of standard input; undefined at the end. */
  *nextRecord(): Op<string | undefined> {
    for (;;) {
      if (this.main === undefined && !(yield* this.openNextOperand())) return undefined;
      // What is printed is seen before awk waits for more.
      yield* this.flush();
      const record = yield* (this.main as RecordReader).next(this.text(SLOTS.RS));
      if (record !== undefined) {
        this.countRecord();
        return record;
      }
      (this.main as RecordReader).close();
      this.main = undefined;
    }
  }

  /** The next record when it is there without waiting: the usual case within a chunk. */
  tryNextRecord(): string | undefined {
    if (this.main === undefined || this.text(SLOTS.RS) !== '\n') return undefined;
    const record = this.main.tryNextLine();
    if (record !== undefined) this.countRecord();
    return record;
  }

  private countRecord(): void {
    this.set(SLOTS.NR, toNumber(this.get(SLOTS.NR)) + 1);
    this.set(SLOTS.FNR, toNumber(this.get(SLOTS.FNR)) + 1);
  }

  skipFile(): void {
    this.main?.close();
    this.main = undefined;
  }

  private *openNextOperand(): Op<boolean> {
    const argv = (this.globals[SLOTS.ARGV] as Cell).array().entries;
    while (this.nextArgument < toNumber(this.get(SLOTS.ARGC))) {
      const operand = this.toText(argv.get(String(this.nextArgument++)));
      if (operand === '') continue;
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(operand);
      if (assignment !== null) {
        this.assign(assignment[1] as string, new Input(unescapeAssignment(assignment[2] as string)));
        continue;
      }
      this.openedAny = true;
      this.set(SLOTS.FILENAME, operand);
      this.set(SLOTS.FNR, 0);
      this.main = operand === '-' ? new RecordReader(this.process, 0) : this.openReader(operand);
      return true;
    }
    if (this.openedAny) return false;
    this.openedAny = true;
    this.main = new RecordReader(this.process, 0);
    yield* this.process.spend(0);
    return true;
  }

  private openReader(path: string): RecordReader {
    try {
      return new RecordReader(this.process, this.takeDescriptor(this.process.files.open(path, { read: true })));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (error.code === 'EISDIR') throw new AwkError(`read error (${error.message})`, false);
      throw new AwkError(`cannot open ${path} (${error.message})`, false);
    }
  }
}

function unescapeAssignment(text: string): string {
  return text.replace(/\\([nt\\"/])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter));
}

/** Words between blanks, tabs and newlines. */
function splitBlanks(text: string): string[] {
  const words: string[] = [];
  const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 10;
  for (let at = 0; at < text.length; ) {
    while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
    if (at >= text.length) break;
    const start = at;
    while (at < text.length && !isBlank(text.charCodeAt(at))) at += 1;
    words.push(text.slice(start, at));
  }
  return words;
}
