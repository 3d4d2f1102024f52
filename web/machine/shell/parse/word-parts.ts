import { decodeAnsiC } from './ansi-c';
import { Grammar } from './grammar';
import { UnexpectedEnd } from './syntax-error';

/** A parameter expansion, its operands still text: they are parsed when they are needed. */
export interface ParameterPart {
  readonly type: 'parameter';
  readonly name: string;
  readonly prefix: '' | '#' | '!';
  /** Between the brackets. */
  readonly index: string | undefined;
  /** Such as `:-`, `##`, `/`, `^^`, `@`, `:`; `names*` for `${!p*}`. */
  readonly operator: string;
  readonly operand: string;
  readonly text: string;
}

export type WordPart =
  | { readonly type: 'literal'; readonly text: string }
  | { readonly type: 'quoted'; readonly text: string }
  | { readonly type: 'double'; readonly parts: readonly WordPart[] }
  | ParameterPart
  | { readonly type: 'command'; readonly text: string; readonly backquoted: boolean }
  | { readonly type: 'arithmetic'; readonly text: string }
  | { readonly type: 'process'; readonly operator: '<' | '>'; readonly text: string }
  | { readonly type: 'bad'; readonly text: string };

/**
 * How quotes read: in a `word` as usual; in `double` quotes and `here` documents single quotes are plain, in `here` and `arithmetic` double ones too;
 * an `operand` inside double quotes (`"${x:-"a b"}"`) may quote again.
 */
export type WordMode = 'word' | 'double' | 'here' | 'operand' | 'arithmetic';

const NAME = /^(?:[A-Za-z_]\w*|\d+|[@*#?$!-])/;
const SIMPLE_NAME = /^(?:[A-Za-z_]\w*|[0-9@*#?$!-])/;
const OPERATOR = /^(?::[-=+?]|[-=+?]|##?|%%?|\/[/#%]?|\^\^?|,,?|@|:)/;
const OPTIONS = { alias: () => undefined, extendedGlob: true };

/** Takes a word's text apart. */
export function parseWord(text: string, mode: WordMode = 'word'): readonly WordPart[] {
  return new WordParser(text, mode).parse();
}

class WordParser {
  private pos = 0;
  private readonly parts: WordPart[] = [];
  private literal = '';
  private readonly grammar: Grammar;

  constructor(
    private readonly text: string,
    private readonly mode: WordMode,
  ) {
    this.grammar = new Grammar(text, OPTIONS);
  }

  parse(): readonly WordPart[] {
    while (this.pos < this.text.length) this.unit();
    this.flush();
    return this.parts;
  }

  private unit(): void {
    const { text, pos } = this;
    const c = text[pos] as string;
    if (c === '\\') this.backslash();
    else if (c === "'" && this.mode === 'word') this.singleQuotes();
    else if (c === '"') this.doubleQuotes();
    else if (c === '`') this.backquotes();
    else if (c === '$') this.dollar();
    else if ((c === '<' || c === '>') && text[pos + 1] === '(' && this.mode === 'word') {
      const end = this.skip(() => this.grammar.lexer.skipParentheses(pos + 1));
      this.add({ type: 'process', operator: c, text: text.slice(pos + 2, end - 1) }, end);
    } else {
      this.literal += c;
      this.pos += 1;
    }
  }

  private flush(): void {
    if (this.literal !== '') this.parts.push({ type: this.mode === 'word' ? 'literal' : 'quoted', text: this.literal });
    this.literal = '';
  }

  private add(part: WordPart, end: number): void {
    this.flush();
    this.parts.push(part);
    this.pos = end;
  }

  private skip(find: () => number): number {
    try {
      return find();
    } catch (error) {
      if (error instanceof UnexpectedEnd) return this.text.length + 1;
      throw error;
    }
  }

  private backslash(): void {
    const next = this.text[this.pos + 1];
    if (next === '\n') this.pos += 2;
    else if (this.mode === 'word') {
      this.add({ type: 'quoted', text: next ?? '\\' }, this.pos + 2);
    } else if (next !== undefined && (('$`\\'.includes(next)) || (next === '"' && this.mode !== 'here') || (next === '}' && this.mode === 'operand'))) {
      this.literal += next;
      this.pos += 2;
    } else {
      this.literal += '\\';
      this.pos += 1;
    }
  }

  private singleQuotes(): void {
    const end = this.text.indexOf("'", this.pos + 1);
    const close = end < 0 ? this.text.length : end;
    this.add({ type: 'quoted', text: this.text.slice(this.pos + 1, close) }, close + 1);
  }

  private doubleQuotes(): void {
    if (this.mode === 'here') {
      this.literal += '"';
      this.pos += 1;
    } else if (this.mode === 'operand' || this.mode === 'arithmetic' || this.mode === 'double') this.pos += 1;
    else {
      const end = this.skip(() => this.grammar.lexer.skipUnit(this.pos));
      this.add({ type: 'double', parts: parseWord(this.text.slice(this.pos + 1, end - 1), 'double') }, end);
    }
  }

  private backquotes(): void {
    const end = this.skip(() => this.grammar.lexer.skipUnit(this.pos));
    const inQuotes = this.mode !== 'word';
    const inner = this.text.slice(this.pos + 1, end - 1).replace(inQuotes ? /\\([$`\\"])/g : /\\([$`\\])/g, '$1');
    this.add({ type: 'command', text: inner, backquoted: true }, end);
  }

  private dollar(): void {
    const { text, pos } = this;
    const next = text[pos + 1] ?? '';
    if (next === '(') this.parenthesised();
    else if (next === '{') this.braced();
    else if (next === '[') {
      const end = this.skip(() => this.grammar.lexer.skipUnit(pos));
      this.add({ type: 'arithmetic', text: text.slice(pos + 2, end - 1) }, end);
    } else if (next === "'" && this.mode === 'word') {
      const end = this.skip(() => this.grammar.lexer.skipUnit(pos));
      this.add({ type: 'quoted', text: decodeAnsiC(text.slice(pos + 2, end - 1)) }, end);
    } else if (next === '"' && this.mode === 'word') {
      this.pos += 1;
    } else {
      const name = SIMPLE_NAME.exec(text.slice(pos + 1, pos + 200));
      if (name === null) {
        this.literal += '$';
        this.pos += 1;
      } else this.addSimple(name[0]);
    }
  }

  private addSimple(name: string): void {
    this.add({ type: 'parameter', name, prefix: '', index: undefined, operator: '', operand: '', text: `$${name}` }, this.pos + 1 + name.length);
  }

  private parenthesised(): void {
    const { text, pos } = this;
    const end = this.skip(() => (text[pos + 2] === '(' ? this.grammar.lexer.tryArithmetic(pos + 1) : undefined) ?? 0);
    if (end > 0) {
      this.add({ type: 'arithmetic', text: text.slice(pos + 3, end - 2) }, end);
      return;
    }
    const close = this.skip(() => this.grammar.substitutionEnd(pos + 1));
    this.add({ type: 'command', text: text.slice(pos + 2, close - 1), backquoted: false }, close);
  }

  private braced(): void {
    const { pos } = this;
    const end = this.skip(() => this.grammar.lexer.skipUnit(pos));
    const whole = this.text.slice(pos, end);
    this.add(parseParameter(whole), end);
  }
}

/** `${...}` with its braces. */
function parseParameter(text: string): WordPart {
  const inner = text.slice(2, -1);
  const bad: WordPart = { type: 'bad', text };
  let rest = inner;
  let prefix: '' | '#' | '!' = '';
  if (/^#./s.test(rest) && !/^#[-+=?:%#/^,]./s.test(rest)) prefix = '#';
  else if (/^![^}]/.test(rest) && !/^![-+=?:%#/^,]/.test(rest)) prefix = '!';
  rest = rest.slice(prefix.length);
  const name = NAME.exec(rest)?.[0];
  if (name === undefined) return bad;
  rest = rest.slice(name.length);
  let index: string | undefined;
  if (rest.startsWith('[')) {
    const end = subscriptEnd(rest);
    if (end === undefined) return bad;
    index = rest.slice(1, end);
    rest = rest.slice(end + 1);
  }
  if (prefix === '!' && index === undefined && (rest === '*' || rest === '@')) {
    return { type: 'parameter', name, prefix, index, operator: `names${rest}`, operand: '', text };
  }
  if (rest === '') return { type: 'parameter', name, prefix, index, operator: '', operand: '', text };
  const operator = OPERATOR.exec(rest)?.[0];
  if (operator === undefined || prefix === '#') return bad;
  return { type: 'parameter', name, prefix, index, operator, operand: rest.slice(operator.length), text };
}

function subscriptEnd(text: string): number | undefined {
  const { lexer } = new Grammar(text, OPTIONS);
  let depth = 0;
  for (let pos = 0; pos < text.length; ) {
    if (text[pos] === '[') depth += 1;
    if (text[pos] === ']' && --depth === 0) return pos;
    pos = lexer.skipUnit(pos);
  }
  return undefined;
}
