import { QuoteScanner } from './quote-scanner';

export interface Token {
  readonly kind: 'word' | 'operator' | 'descriptor' | 'newline' | 'end';
  readonly text: string;
  readonly pos: number;
  readonly end: number;
}

/** A here-document whose body comes after the present line. */
interface PendingHereDocument {
  readonly delimiter: string;
  readonly stripTabs: boolean;
  readonly pos: number;
}

/** A here-document that the end of the text closed: bash warns and goes on. */
export interface OpenHereDocument {
  readonly delimiter: string;
  readonly pos: number;
}

export interface LexerOptions {
  readonly extendedGlob: boolean;
  /** Reads commands up to `)` inside `$(`, `<(` and backquotes are left alone; the grammar hands this in. */
  readonly readSubstitution: (lexer: Lexer, openPos: number) => void;
}

/** Longest first. */
const OPERATORS = [
  '<<<', '<<-', '&>>', ';;&', '<<', '>>', '<&', '>&', '<>', '>|', '&>', '&&', '||', '|&', ';;', ';&', ';', '&', '|', '(', ')', '<', '>',
];
const METACHARACTERS = ' \t\n;&|()<>';
const ARRAY_START = /^[A-Za-z_]\w*(\[[^\]]*\])?\+?=$/;

/** Cuts bash source into tokens without taking words apart: it knows only where quotes and expansions end. */
export class Lexer extends QuoteScanner {
  pos = 0;
  /** True where `name=(` starts an array. */
  assignmentsAllowed = true;
  private pending: PendingHereDocument[] = [];
  readonly openHereDocuments: OpenHereDocument[] = [];
  private peeked: Token | undefined;

  constructor(
    text: string,
    readonly options: LexerOptions,
  ) {
    super(text);
  }

  peek(): Token {
    this.peeked ??= this.scan();
    return this.peeked;
  }

  next(): Token {
    const token = this.peek();
    this.peeked = undefined;
    this.pos = token.end;
    if (token.kind === 'newline') this.readHereDocuments();
    return token;
  }

  /** Forgets the token that was looked at: the context or the text changed. */
  reset(pos = this.pos): void {
    this.peeked = undefined;
    this.pos = pos;
  }

  /** Puts an alias's text where the token stands. */
  replace(token: Token, text: string): void {
    this.text = this.text.slice(0, token.pos) + text + this.text.slice(token.end);
    this.reset(token.pos);
  }

  addHereDocument(word: Token, stripTabs: boolean): void {
    this.pending.push({ delimiter: removeQuotes(word.text), stripTabs, pos: word.pos });
  }

  /** Bodies that are still missing at the very end of the text. */
  finishHereDocuments(): void {
    this.readHereDocuments();
  }

  private readHereDocuments(): void {
    const documents = this.pending;
    this.pending = [];
    for (const document of documents) this.readHereDocument(document);
  }

  private readHereDocument(document: PendingHereDocument): void {
    for (;;) {
      if (this.pos >= this.text.length) {
        this.openHereDocuments.push(document);
        return;
      }
      const newline = this.text.indexOf('\n', this.pos);
      const end = newline < 0 ? this.text.length : newline;
      const line = this.text.slice(this.pos, end);
      this.pos = Math.min(this.text.length, end + 1);
      if ((document.stripTabs ? line.replace(/^\t+/, '') : line) === document.delimiter) return;
    }
  }

  private scan(): Token {
    const pos = this.skipBlanks();
    const { text } = this;
    if (pos >= text.length) return { kind: 'end', text: '', pos, end: pos };
    if (text[pos] === '\n') return { kind: 'newline', text: 'newline', pos, end: pos + 1 };
    const descriptor = this.descriptorAt(pos);
    if (descriptor !== undefined) return descriptor;
    if (!isProcessSubstitution(text, pos)) {
      const operator = OPERATORS.find((each) => text.startsWith(each, pos));
      if (operator !== undefined) return { kind: 'operator', text: operator, pos, end: pos + operator.length };
    }
    const end = this.skipWord(pos);
    return { kind: 'word', text: this.text.slice(pos, end), pos, end };
  }

  private skipBlanks(): number {
    let { pos } = this;
    const { text } = this;
    for (;;) {
      const c = text[pos];
      if (c === ' ' || c === '\t') pos += 1;
      else if (c === '\\' && text[pos + 1] === '\n') pos += 2;
      else if (c === '#') {
        const newline = text.indexOf('\n', pos);
        return newline < 0 ? text.length : newline;
      } else return pos;
    }
  }

  /** `2` of `2>`, `{fd}` of `{fd}>`. */
  private descriptorAt(pos: number): Token | undefined {
    const c = this.text[pos] as string;
    if (c !== '{' && (c < '0' || c > '9')) return undefined;
    const match = /^(\d+|\{[A-Za-z_]\w*\})(?=[<>])/.exec(this.text.slice(pos, pos + 40));
    if (match === null) return undefined;
    return { kind: 'descriptor', text: match[0], pos, end: pos + match[0].length };
  }

  private skipWord(start: number): number {
    let pos = start;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) return pos;
      if (c === '(' && this.assignmentsAllowed && ARRAY_START.test(this.text.slice(start, pos))) pos = this.skipArray(pos);
      else if ((c === '<' || c === '>') && this.text[pos + 1] === '(') pos = this.skipSubstitution(pos + 1);
      else if (this.options.extendedGlob && '?*+@!'.includes(c) && this.text[pos + 1] === '(') pos = this.skipParentheses(pos + 1);
      else if (c === '[' && pos > start && this.assignmentsAllowed && /^[A-Za-z_]\w*$/.test(this.text.slice(start, pos))) {
        pos = this.skipSubscript(pos);
      } else if (METACHARACTERS.includes(c)) return pos;
      else pos = this.skipUnit(pos);
    }
  }

  protected override skipSubstitution(open: number): number {
    const saved = { peeked: this.peeked, pos: this.pos, assignments: this.assignmentsAllowed, pending: this.pending };
    this.pending = [];
    this.reset(open + 1);
    this.options.readSubstitution(this, open);
    const end = this.pos;
    this.peeked = saved.peeked;
    this.pos = saved.pos;
    this.assignmentsAllowed = saved.assignments;
    this.pending = saved.pending;
    return end;
  }
}

function isProcessSubstitution(text: string, pos: number): boolean {
  return (text[pos] === '<' || text[pos] === '>') && text[pos + 1] === '(';
}

/** A here-document's delimiter without its quotes. */
export function removeQuotes(text: string): string {
  return text.replace(/\\([\s\S])|\$?'([^']*)'|\$?"((?:[^"\\]|\\[\s\S])*)"/g, (_, escaped: string, single: string, double: string) =>
    escaped ?? single ?? double.replace(/\\([$`"\\])/g, '$1'));
}
