import { CharacterReader, END, isBreak, isSpace } from './character-reader';
import { quoted, scanBlock, scanLineBreak, scanPlain, scanQuoted } from './scalar-scanner';
import { type Mark, YamlError } from './yaml-error';
import type { Token, TokenKind } from './yaml-token';

/** Where a `key` could begin that only the `:` after it makes one. */
interface PossibleKey {
  readonly tokenNumber: number;
  readonly required: boolean;
  readonly position: number;
  readonly mark: Mark;
}

/** A simple key is on one line and at most this long. */
const KEY_LENGTH = 1024;

/**
 * Cuts a YAML 1.1 text into tokens, complaining where PyYAML complains and in its words.
 *
 * Why its own: compose shows PyYAML's messages, and those follow from how it scans.
 * Errors: YamlError `yaml.scanner.ScannerError`.
 * @source PyYAML 3.12 lib3/yaml/scanner.py
 */
export class YamlScanner {
  private readonly reader: CharacterReader;
  private readonly tokens: Token[] = [];
  private taken = 0;
  private done = false;
  private flowLevel = 0;
  private indent = -1;
  private readonly indents: number[] = [];
  private allowSimpleKey = true;
  private readonly possibleKeys = new Map<number, PossibleKey>();

  constructor(
    text: string,
    private readonly fileName: string,
  ) {
    this.reader = new CharacterReader(text);
    this.add('<stream start>', this.reader.mark);
  }

  peek(): Token {
    while (this.needMore()) this.fetch();
    return this.tokens[0] as Token;
  }

  next(): Token {
    const token = this.peek();
    this.tokens.shift();
    this.taken += 1;
    return token;
  }

  private readonly complain = (context: string | undefined, contextMark: Mark | undefined, problem: string, problemMark: Mark): never => {
    throw new YamlError('yaml.scanner.ScannerError', this.fileName, context, contextMark, problem, problemMark);
  };

  private needMore(): boolean {
    if (this.done) return false;
    if (this.tokens.length === 0) return true;
    this.dropStaleKeys();
    return Math.min(...[...this.possibleKeys.values()].map((key) => key.tokenNumber)) === this.taken;
  }

  private add(kind: TokenKind, start: Mark, end = start, value = '', plain = false): void {
    this.tokens.push({ kind, start, end, value, plain });
  }

  private insert(at: number, kind: TokenKind, mark: Mark): void {
    this.tokens.splice(at, 0, { kind, start: mark, end: mark, value: '', plain: false });
  }

  private fetch(): void {
    this.skipToNextToken();
    this.dropStaleKeys();
    const { reader } = this;
    this.unwind(reader.column);
    const character = reader.peek();
    if (character === END) this.fetchStreamEnd();
    else if (character === '%' && reader.column === 0) this.fetchDirective();
    else if (this.atDocumentMark('---')) this.fetchDocumentMark('<document start>');
    else if (this.atDocumentMark('...')) this.fetchDocumentMark('<document end>');
    else if (character === '[' || character === '{') this.fetchFlowStart(character);
    else if (character === ']' || character === '}') this.fetchFlowEnd(character);
    else if (character === ',') this.fetchFlowEntry();
    else if (character === '-' && isSpace(reader.peek(1))) this.fetchBlockEntry();
    else if (character === '?' && (this.flowLevel > 0 || isSpace(reader.peek(1)))) this.fetchKey();
    else if (character === ':' && this.isValueHere()) this.fetchValue();
    else if (character === '*' || character === '&') this.fetchAnchor(character);
    else if (character === '!') this.fetchTag();
    else if ((character === '|' || character === '>') && this.flowLevel === 0) this.fetchBlockScalar();
    else if (character === "'" || character === '"') this.fetchQuoted();
    else if (this.isPlainHere()) this.fetchPlain();
    else this.complain('while scanning for the next token', undefined, `found character ${quoted(character)} that cannot start any token`, reader.mark);
  }

  private isValueHere(): boolean {
    return this.flowLevel > 0 || isSpace(this.reader.peek(1));
  }

  private isPlainHere(): boolean {
    const character = this.reader.peek();
    const next = this.reader.peek(1);
    if (!isSpace(character) && !'-?:,[]{}#&*!|>\'"%@`'.includes(character)) return true;
    return !isSpace(next) && (character === '-' || (this.flowLevel === 0 && (character === '?' || character === ':')));
  }

  private atDocumentMark(mark: string): boolean {
    return this.reader.column === 0 && this.reader.prefix(3) === mark && isSpace(this.reader.peek(3));
  }

  private skipToNextToken(): void {
    const { reader } = this;
    for (;;) {
      while (reader.peek() === ' ') reader.forward();
      if (reader.peek() === '#') while (!isBreak(reader.peek())) reader.forward();
      if (scanLineBreak(reader) === '') return;
      if (this.flowLevel === 0) this.allowSimpleKey = true;
    }
  }

  // Simple keys

  private dropStaleKeys(): void {
    for (const [level, key] of this.possibleKeys) {
      if (key.mark.line === this.reader.line && this.reader.position - key.position <= KEY_LENGTH) continue;
      if (key.required) this.complain('while scanning a simple key', key.mark, "could not find expected ':'", this.reader.mark);
      this.possibleKeys.delete(level);
    }
  }

  private saveKey(): void {
    const required = this.flowLevel === 0 && this.indent === this.reader.column;
    if (!this.allowSimpleKey) return;
    this.dropKey();
    this.possibleKeys.set(this.flowLevel, { tokenNumber: this.taken + this.tokens.length, required, position: this.reader.position, mark: this.reader.mark });
  }

  private dropKey(): void {
    const key = this.possibleKeys.get(this.flowLevel);
    if (key === undefined) return;
    if (key.required) this.complain('while scanning a simple key', key.mark, "could not find expected ':'", this.reader.mark);
    this.possibleKeys.delete(this.flowLevel);
  }

  // Indentation

  private unwind(column: number): void {
    if (this.flowLevel > 0) return;
    while (this.indent > column) {
      this.indent = this.indents.pop() ?? -1;
      this.add('<block end>', this.reader.mark);
    }
  }

  private addIndent(column: number): boolean {
    if (this.indent >= column) return false;
    this.indents.push(this.indent);
    this.indent = column;
    return true;
  }

  // Tokens

  private fetchStreamEnd(): void {
    this.unwind(-1);
    this.dropKey();
    this.allowSimpleKey = false;
    this.possibleKeys.clear();
    this.add('<stream end>', this.reader.mark);
    this.done = true;
  }

  private fetchDirective(): void {
    this.unwind(-1);
    this.dropKey();
    this.allowSimpleKey = false;
    const start = this.reader.mark;
    while (!isBreak(this.reader.peek())) this.reader.forward();
    this.add('<directive>', start, this.reader.mark);
  }

  private fetchDocumentMark(kind: '<document start>' | '<document end>'): void {
    this.unwind(-1);
    this.dropKey();
    this.allowSimpleKey = false;
    const start = this.reader.mark;
    this.reader.forward(3);
    this.add(kind, start, this.reader.mark);
  }

  private fetchFlowStart(kind: '[' | '{'): void {
    this.saveKey();
    this.flowLevel += 1;
    this.allowSimpleKey = true;
    this.single(kind);
  }

  private fetchFlowEnd(kind: ']' | '}'): void {
    this.dropKey();
    this.flowLevel = Math.max(0, this.flowLevel - 1);
    this.allowSimpleKey = false;
    this.single(kind);
  }

  private fetchFlowEntry(): void {
    this.allowSimpleKey = true;
    this.dropKey();
    this.single(',');
  }

  private fetchBlockEntry(): void {
    if (this.flowLevel === 0) {
      if (!this.allowSimpleKey) this.complain(undefined, undefined, 'sequence entries are not allowed here', this.reader.mark);
      if (this.addIndent(this.reader.column)) this.add('<block sequence start>', this.reader.mark);
    }
    this.allowSimpleKey = true;
    this.dropKey();
    this.single('-');
  }

  private fetchKey(): void {
    if (this.flowLevel === 0) {
      if (!this.allowSimpleKey) this.complain(undefined, undefined, 'mapping keys are not allowed here', this.reader.mark);
      if (this.addIndent(this.reader.column)) this.add('<block mapping start>', this.reader.mark);
    }
    this.allowSimpleKey = this.flowLevel === 0;
    this.dropKey();
    this.single('?');
  }

  private fetchValue(): void {
    const key = this.possibleKeys.get(this.flowLevel);
    if (key !== undefined) {
      this.possibleKeys.delete(this.flowLevel);
      this.insert(key.tokenNumber - this.taken, '?', key.mark);
      if (this.flowLevel === 0 && this.addIndent(key.mark.column)) this.insert(key.tokenNumber - this.taken, '<block mapping start>', key.mark);
      this.allowSimpleKey = false;
    } else {
      if (this.flowLevel === 0) {
        if (!this.allowSimpleKey) this.complain(undefined, undefined, 'mapping values are not allowed here', this.reader.mark);
        if (this.addIndent(this.reader.column)) this.add('<block mapping start>', this.reader.mark);
      }
      this.allowSimpleKey = this.flowLevel === 0;
      this.dropKey();
    }
    this.single(':');
  }

  private single(kind: TokenKind): void {
    const start = this.reader.mark;
    this.reader.forward();
    this.add(kind, start, this.reader.mark);
  }

  private fetchAnchor(sign: '*' | '&'): void {
    this.saveKey();
    this.allowSimpleKey = false;
    const start = this.reader.mark;
    const name = sign === '*' ? 'alias' : 'anchor';
    this.reader.forward();
    let length = 0;
    while (/[0-9A-Za-z_-]/.test(this.reader.peek(length))) length += 1;
    const value = this.reader.prefix(length);
    this.reader.forward(length);
    const next = this.reader.peek();
    if (length === 0 || !(isSpace(next) || '?:,]}%@`'.includes(next))) {
      this.complain(`while scanning an ${name}`, start, `expected alphabetic or numeric character, but found ${quoted(next)}`, this.reader.mark);
    }
    this.add(sign === '*' ? '<alias>' : '<anchor>', start, this.reader.mark, value);
  }

  private fetchTag(): void {
    this.saveKey();
    this.allowSimpleKey = false;
    const start = this.reader.mark;
    let length = 0;
    while (!isSpace(this.reader.peek(length)) && !(this.flowLevel > 0 && ',[]{}'.includes(this.reader.peek(length)))) length += 1;
    const value = this.reader.prefix(length);
    this.reader.forward(length);
    this.add('<tag>', start, this.reader.mark, value);
  }

  private fetchBlockScalar(): void {
    this.allowSimpleKey = true;
    this.dropKey();
    const start = this.reader.mark;
    const { text, end } = scanBlock(this.reader, this.indent, this.complain);
    this.add('<scalar>', start, end, text);
  }

  private fetchQuoted(): void {
    this.saveKey();
    this.allowSimpleKey = false;
    const start = this.reader.mark;
    const text = scanQuoted(this.reader, this.complain);
    this.add('<scalar>', start, this.reader.mark, text);
  }

  private fetchPlain(): void {
    this.saveKey();
    this.allowSimpleKey = false;
    const start = this.reader.mark;
    const { text, end } = scanPlain(this.reader, {
      indent: this.indent + 1,
      inFlow: this.flowLevel > 0,
      atLineStart: (is) => {
        this.allowSimpleKey = is;
      },
    });
    this.add('<scalar>', start, end, text, true);
  }
}
