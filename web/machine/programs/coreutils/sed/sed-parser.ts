import { Pattern } from '../../lib/regex/pattern';
import { RegexError } from '../../lib/regex/regex-node';
import { ScriptReader, SedScriptError } from './script-reader';
import type { Address, Command, ReplacementPart, Substitution } from './sed-script';

const PLAIN = '=dDgGhHnNpPxzF';

/** Reads a script of sed into its commands. Throws SedScriptError in sed's words. */
export class SedParser {
  private readonly commands: Command[] = [];
  private readonly blocks: number[] = [];
  private readonly labels = new Map<string, number>();

  constructor(
    private readonly reader: ScriptReader,
    private readonly extended: boolean,
  ) {}

  parse(): Command[] {
    while (this.skipToCommand()) this.command();
    if (this.blocks.length > 0) throw this.reader.errorAtStart("unmatched `{'");
    for (const command of this.commands) {
      if (!'btT'.includes(command.letter)) continue;
      const target = command.text === '' ? this.commands.length : this.labels.get(command.text);
      if (target === undefined) throw new SedScriptError(`can't find label for jump to \`${command.text}'`, 4);
      command.target = target;
    }
    return this.commands;
  }

  private skipToCommand(): boolean {
    this.reader.skip(/[\s;]/);
    return !this.reader.atEnd;
  }

  private command(): void {
    const { reader } = this;
    if (reader.peek === '+' || reader.peek === '~') {
      reader.next();
      reader.next();
      throw reader.error('invalid usage of +N or ~N as first address');
    }
    const from = this.address();
    let to: Address | undefined;
    reader.skip(/[ \t]/);
    if (from !== undefined && reader.peek === ',') {
      reader.next();
      reader.skip(/[ \t]/);
      to = this.endAddress();
      if (to === undefined) throw reader.error("unexpected `,'");
    }
    reader.skip(/[ \t]/);
    let negated = false;
    while (reader.peek === '!') {
      reader.next();
      if (negated) throw reader.error("multiple `!'s");
      negated = true;
      reader.skip(/[ \t]/);
    }
    const letter = reader.next();
    if (letter === undefined || letter === '\n') throw reader.error('missing command');
    if (from?.kind === 'line' && from.line === 0 && to?.kind !== 'regex') throw reader.error('invalid usage of line address 0');
    this.checkAddresses(letter, from, to);
    this.finish(letter, { from, to, negated });
  }

  private checkAddresses(letter: string, from: Address | undefined, to: Address | undefined): void {
    if (letter === '#' && from !== undefined) throw this.reader.error("comments don't accept any addresses");
    if (letter === ':' && from !== undefined) throw this.reader.error(': doesn\'t want any addresses');
    if (letter === '}' && from !== undefined) throw this.reader.error("unexpected `}'");
    if (to !== undefined && 'qQ'.includes(letter)) throw this.reader.error('command only uses one address');
  }

  private finish(letter: string, where: Pick<Command, 'from' | 'to' | 'negated'>): void {
    const { reader } = this;
    const push = (more: Partial<Command> = {}): number => this.commands.push({ letter, ...where, text: '', target: 0, rangeEnd: undefined, ...more });
    if (letter === '#') {
      reader.skip(/[^\n]/);
    } else if (letter === '{') {
      this.blocks.push(push() - 1);
    } else if (letter === '}') {
      const open = this.blocks.pop();
      if (open === undefined) throw reader.error("unexpected `}'");
      (this.commands[open] as Command).target = this.commands.length;
      this.endOfCommand();
    } else if (letter === ':') {
      reader.skip(/[ \t]/);
      const label = reader.take(/[^\n;]/).trimEnd();
      if (label === '') throw reader.error('":" lacks a label');
      this.labels.set(label, this.commands.length);
    } else if ('btT'.includes(letter)) {
      reader.skip(/[ \t]/);
      push({ text: reader.take(/[^\n;}]/).trimEnd() });
    } else if ('aic'.includes(letter)) push({ text: this.textOf() });
    else if ('rRwW'.includes(letter)) {
      reader.skip(/[ \t]/);
      const text = reader.take(/[^\n]/);
      if (text === '') throw reader.error('missing filename in r/R/w/W commands');
      push({ text });
    } else if ('qQlL'.includes(letter)) {
      reader.skip(/[ \t]/);
      push({ text: reader.take(/\d/) });
      this.endOfCommand();
    } else if (letter === 's') {
      push({ substitution: this.substitution() });
      this.endOfCommand();
    } else if (letter === 'y') {
      push({ table: this.table() });
      this.endOfCommand();
    } else if (PLAIN.includes(letter)) {
      push();
      this.endOfCommand();
    } else throw reader.error(`unknown command: \`${letter}'`);
  }

  private endOfCommand(): void {
    const { reader } = this;
    reader.skip(/[ \t]/);
    if (reader.peek === '}' || reader.peek === '#' || reader.atEnd) return;
    const next = reader.next();
    if (next !== '\n' && next !== ';') throw reader.error('extra characters after command');
  }

  private address(): Address | undefined {
    const { reader } = this;
    const character = reader.peek;
    if (character === '$') {
      reader.next();
      return { kind: 'last' };
    }
    if (character === '/' || character === '\\') return this.regexAddress();
    const digits = reader.take(/\d/);
    if (digits === '') return undefined;
    reader.skip(/[ \t]/);
    if (reader.peek !== '~') return { kind: 'line', line: Number(digits) };
    reader.next();
    const step = Number(reader.take(/\d/) || 0);
    return step === 0 ? { kind: 'line', line: Number(digits) } : { kind: 'step', first: Number(digits), step };
  }

  private endAddress(): Address | undefined {
    const { reader } = this;
    if (reader.peek !== '+' && reader.peek !== '~') return this.address();
    const sign = reader.next();
    const digits = reader.take(/\d/);
    if (digits === '') throw reader.error('expected number');
    return sign === '+' ? { kind: 'count', count: Number(digits) } : { kind: 'multiple', of: Number(digits) };
  }

  private regexAddress(): Address {
    const { reader } = this;
    let delimiter = reader.next() as string;
    if (delimiter === '\\') delimiter = reader.next() ?? '/';
    const source = reader.delimited(delimiter, 'regex');
    if (source === undefined) throw reader.error('unterminated address regex');
    let ignoreCase = false;
    let multiline = false;
    while (reader.peek === 'I' || reader.peek === 'M') {
      if (reader.next() === 'I') ignoreCase = true;
      else multiline = true;
    }
    return { kind: 'regex', pattern: this.compile(source, ignoreCase, multiline) };
  }

  private compile(source: string, ignoreCase: boolean, multiline: boolean): Pattern | undefined {
    if (source === '') return undefined;
    try {
      return Pattern.compile(source, { syntax: this.extended ? 'strict' : 'basic', ignoreCase, multiline });
    } catch (error) {
      if (error instanceof RegexError) throw this.reader.error(error.message);
      throw error;
    }
  }

  /** The text of a, i and c: `a text`, `a\` and lines that end in a backslash. */
  private textOf(): string {
    const { reader } = this;
    reader.skip(/[ \t]/);
    if (reader.atEnd) throw reader.error("expected \\ after `a', `c' or `i'");
    if (reader.peek === '\\') {
      reader.next();
      if (reader.atEnd) return '';
      reader.skipBlanksBeforeNewline();
    }
    let text = '';
    for (let character = reader.next(); character !== undefined && character !== '\n'; character = reader.next()) {
      if (character !== '\\') text += character;
      else text += reader.next() ?? '';
    }
    return `${text}\n`;
  }

  private substitution(): Substitution {
    const { reader } = this;
    const delimiter = reader.next();
    const source = delimiter === undefined || delimiter === '\n' || delimiter === '\\' ? undefined : reader.delimited(delimiter, 'regex');
    const right = source === undefined ? undefined : reader.delimited(delimiter as string, 'replacement');
    if (source === undefined || right === undefined) throw reader.error("unterminated `s' command");
    const flags = this.flags();
    const pattern = this.compile(source, flags.ignoreCase, flags.multiline);
    const replacement = replacementParts(right);
    const highest = Math.max(0, ...replacement.map((part) => ('group' in part ? part.group : 0)));
    if (pattern !== undefined && highest > pattern.groupCount) throw reader.error(`invalid reference \\${highest} on \`s' command's RHS`);
    return { pattern, replacement, ...flags };
  }

  private flags() {
    const { reader } = this;
    const flags = { global: false, occurrence: 0, print: 0, file: undefined as string | undefined, ignoreCase: false, multiline: false };
    for (;;) {
      const character = reader.peek;
      if (character === ' ' || character === '\t') {
        reader.next();
        continue;
      }
      if (character === undefined || /[\n;}#]/.test(character)) return { ...flags, occurrence: flags.occurrence || 1 };
      reader.next();
      if (character === 'g') {
        if (flags.global) throw reader.error("multiple `g' options to `s' command");
        flags.global = true;
      } else if (character === 'p') {
        if (flags.print > 0) throw reader.error("multiple `p' options to `s' command");
        flags.print += 1;
      } else if (character === 'i' || character === 'I') flags.ignoreCase = true;
      else if (character === 'm' || character === 'M') flags.multiline = true;
      else if (character === 'w') {
        reader.skip(/[ \t]/);
        flags.file = reader.take(/[^\n]/);
        if (flags.file === '') throw reader.error('missing filename in r/R/w/W commands');
      } else if (/\d/.test(character)) {
        if (flags.occurrence > 0) throw reader.error("multiple number options to `s' command");
        flags.occurrence = Number(character + reader.take(/\d/));
        if (flags.occurrence === 0) throw reader.error("number option to `s' command may not be zero");
      } else throw reader.error("unknown option to `s'");
    }
  }

  private table(): ReadonlyMap<string, string> {
    const { reader } = this;
    const delimiter = reader.next();
    const left = delimiter === undefined ? undefined : reader.delimited(delimiter, 'replacement');
    const right = left === undefined ? undefined : reader.delimited(delimiter as string, 'replacement');
    if (left === undefined || right === undefined) throw reader.error("unterminated `y' command");
    const from = [...left.replace(/\\(.)/gs, (_, each: string) => (each === 'n' ? '\n' : each === '\\' ? '\\' : `\\${each}`))];
    const to = [...right.replace(/\\(.)/gs, (_, each: string) => (each === 'n' ? '\n' : each === '\\' ? '\\' : `\\${each}`))];
    if (from.length !== to.length) throw reader.error("strings for `y' command are different lengths");
    return new Map(from.map((character, i) => [character, to[i] as string]));
  }
}

function replacementParts(source: string): ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  let text = '';
  const flush = (): void => {
    if (text !== '') parts.push({ text });
    text = '';
  };
  for (let at = 0; at < source.length; at++) {
    const character = source[at] as string;
    const next = source[at + 1];
    if (character === '&') {
      flush();
      parts.push({ group: 0 });
    } else if (character === '\\' && next !== undefined) {
      at += 1;
      if (/\d/.test(next)) {
        flush();
        parts.push({ group: Number(next) });
      } else if (/[ULEul]/.test(next)) {
        flush();
        parts.push({ caseMode: next as 'U' });
      } else text += next === 'n' ? '\n' : next;
    } else text += character;
  }
  flush();
  return parts;
}
