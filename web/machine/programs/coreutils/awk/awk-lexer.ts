import { AwkSyntaxError } from './awk-node';

export interface Token {
  readonly kind: 'number' | 'string' | 'regex' | 'name' | 'function name' | 'keyword' | 'builtin' | 'operator' | 'newline' | 'end';
  readonly text: string;
  readonly line: number;
  /** A blank stands before it. */
  readonly spaced: boolean;
}

const KEYWORDS = new Set(['BEGIN', 'END', 'function', 'func', 'if', 'else', 'while', 'for', 'do', 'break', 'continue', 'next', 'nextfile', 'exit', 'return', 'delete', 'in', 'getline', 'print', 'printf']);
export const BUILTINS: Readonly<Record<string, readonly [number, number]>> = {
  length: [0, 1], substr: [2, 3], index: [2, 2], split: [2, 3], sub: [2, 3], gsub: [2, 3], match: [2, 2], sprintf: [1, 99], sin: [1, 1], cos: [1, 1],
  atan2: [2, 2], exp: [1, 1], log: [1, 1], sqrt: [1, 1], int: [1, 1], rand: [0, 0], srand: [0, 1], tolower: [1, 1], toupper: [1, 1], system: [1, 1],
  close: [1, 1], fflush: [0, 1], systime: [0, 0], strftime: [0, 3], mktime: [1, 1],
};
const OPERATORS = /^(?:\*\*=|\+\+|--|\+=|-=|\*=|\/=|%=|\^=|==|<=|>=|!=|!~|>>|&&|\|\||[-+*/%^!<>|?:~$=,;(){}[\]])/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', '"': '"', a: '\x07', b: '\b', f: '\f', v: '\v' };

/** Replaces the escapes of a string constant, or of -v and FS. Unknown ones keep their backslash. */
export function unescapeString(text: string): string {
  return text.replace(/\\([0-7]{1,3}|[^])/g, (whole, escape: string) => (/^[0-7]/.test(escape) ? String.fromCharCode(parseInt(escape, 8) & 0xff) : escape === '\n' ? '' : (ESCAPES[escape] ?? whole)));
}

/** Splits the text of a program into tokens; the parser says where a slash begins an expression. */
export class AwkLexer {
  private at = 0;
  line = 1;

  constructor(private readonly text: string) {}

  next(regexAllowed: boolean): Token {
    const start = this.at;
    this.skipBlanks();
    const spaced = this.at > start;
    const make = (kind: Token['kind'], text: string): Token => ({ kind, text, line: this.line, spaced });
    const rest = this.text.slice(this.at);
    if (rest === '') return make('end', '');
    const character = rest[0] as string;
    if (character === '\n') {
      this.at += 1;
      const token = make('newline', '\n');
      this.line += 1;
      return token;
    }
    const number = /^(?:\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?)/.exec(rest);
    if (number !== null) {
      this.at += number[0].length;
      if (!Number.isFinite(Number(number[0]))) throw new AwkSyntaxError(`line ${this.line}: ${number[0]} : decimal overflow`);
      return make('number', number[0]);
    }
    const word = /^[A-Za-z_]\w*/.exec(rest)?.[0];
    if (word !== undefined) {
      this.at += word.length;
      if (KEYWORDS.has(word)) return make('keyword', word === 'func' ? 'function' : word);
      if (Object.hasOwn(BUILTINS, word)) return make('builtin', word);
      return make(this.text[this.at] === '(' ? 'function name' : 'name', word);
    }
    if (character === '"') return make('string', this.string(rest));
    if (character === '/' && regexAllowed) return make('regex', this.regex(rest));
    const operator = OPERATORS.exec(rest)?.[0];
    if (operator === undefined) throw new AwkSyntaxError(`${this.line}: unexpected character '${character}'`);
    this.at += operator.length;
    return make('operator', operator);
  }

  private skipBlanks(): void {
    const match = /^(?:[ \t\r]|\\\r?\n|#[^\n]*)+/.exec(this.text.slice(this.at));
    if (match === null) return;
    this.at += match[0].length;
    this.line += (match[0].match(/\n/g) ?? []).length;
  }

  private string(rest: string): string {
    const match = /^"((?:[^"\\\n]|\\[^])*)"/.exec(rest);
    if (match === null) throw new AwkSyntaxError(`line ${this.line}: runaway string constant ${rest.split('\n')[0]?.slice(0, 10)} ...`);
    this.at += match[0].length;
    return unescapeString(match[1] as string);
  }

  private regex(rest: string): string {
    const match = /^\/((?:[^/\\\n[]|\\[^\n]|\[\^?\]?(?:[^\]\n]|\[:\w+:\])*\]|\[)*)\//.exec(rest);
    if (match === null) throw new AwkSyntaxError(`line ${this.line}: runaway regular expression ${rest.split('\n')[0]?.slice(0, 10)} ...`);
    this.at += match[0].length;
    return (match[1] as string).replace(/\\\//g, '/');
  }
}
