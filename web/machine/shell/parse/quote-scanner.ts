import { OtherSyntaxError, UnexpectedEnd } from './syntax-error';

/** How deep quotes and expansions may nest: a browser's stack must never decide. */
const MAX_NESTING = 200;

/** Finds where quotes, expansions and parentheses end in bash source. Positions are in UTF-16 units. Throws UnexpectedEnd where they do not. */
export abstract class QuoteScanner {
  private depth = 0;

  constructor(public text: string) {}

  /** The position after the `)` that closes the command substitution whose `(` is at `open`. */
  protected abstract skipSubstitution(open: number): number;

  /** One character, quotation or expansion. */
  skipUnit(pos: number): number {
    if (this.depth > MAX_NESTING) throw new OtherSyntaxError(this.text[pos] as string, pos);
    this.depth += 1;
    const end = this.unitEnd(pos);
    this.depth -= 1;
    return end;
  }

  private unitEnd(pos: number): number {
    switch (this.text[pos]) {
      case '\\':
        return Math.min(this.text.length, pos + 2);
      case "'":
        return this.find("'", pos + 1, pos, "'") + 1;
      case '"':
        return this.skipDoubleQuotes(pos);
      case '`':
        return this.skipBackquotes(pos);
      case '$':
        return this.skipDollar(pos, false);
      default:
        return pos + 1;
    }
  }

  private find(what: string, from: number, openPos: number, wanted: string): number {
    const at = this.text.indexOf(what, from);
    if (at < 0) throw new UnexpectedEnd(openPos, wanted);
    return at;
  }

  private skipDoubleQuotes(open: number): number {
    let pos = open + 1;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) throw new UnexpectedEnd(open, '"');
      if (c === '"') return pos + 1;
      if (c === '\\') pos += 2;
      else if (c === '`') pos = this.skipBackquotes(pos);
      else if (c === '$') pos = this.skipDollar(pos, true);
      else pos += 1;
    }
  }

  private skipBackquotes(open: number): number {
    let pos = open + 1;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) throw new UnexpectedEnd(open, '`');
      if (c === '`') return pos + 1;
      pos += c === '\\' ? 2 : 1;
    }
  }

  private skipDollar(pos: number, quoted: boolean): number {
    const c = this.text[pos + 1];
    if (c === '(') {
      if (this.text[pos + 2] === '(') {
        const end = this.tryArithmetic(pos + 1);
        if (end !== undefined) return end;
      }
      return this.skipSubstitution(pos + 1);
    }
    if (c === '{') return this.skipParameter(pos + 1, quoted);
    if (c === '[') return this.skipBrackets(pos + 1);
    if (c === "'" && !quoted) return this.skipAnsiQuotes(pos + 1);
    if (c === '"' && !quoted) return this.skipDoubleQuotes(pos + 1);
    return pos + 1;
  }

  private skipAnsiQuotes(open: number): number {
    let pos = open + 1;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) throw new UnexpectedEnd(open, "'");
      if (c === "'") return pos + 1;
      pos += c === '\\' ? 2 : 1;
    }
  }

  private skipParameter(open: number, quoted: boolean): number {
    let pos = open + 1;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) throw new UnexpectedEnd(open, '}');
      if (c === '}') return pos + 1;
      pos = c === "'" && quoted ? pos + 1 : this.skipUnit(pos);
    }
  }

  private skipBrackets(open: number): number {
    let pos = open + 1;
    while (this.text[pos] !== ']') {
      if (this.text[pos] === undefined) throw new UnexpectedEnd(open, ']');
      pos = this.skipUnit(pos);
    }
    return pos + 1;
  }

  /** `a[i + 1]=`: blanks are allowed inside. Without a closing bracket it is just a character. */
  protected skipSubscript(open: number): number {
    let depth = 0;
    for (let pos = open; pos < this.text.length; ) {
      const c = this.text[pos] as string;
      if (c === '\n' || c === ';') break;
      if (c === '[') depth += 1;
      if (c === ']' && --depth === 0) return /^\+?=/.test(this.text.slice(pos + 1, pos + 3)) ? pos + 1 : open + 1;
      pos = this.skipUnit(pos);
    }
    return open + 1;
  }

  /** `(...)` with quotes and nested parentheses; `open` is at the parenthesis. */
  skipParentheses(open: number): number {
    let depth = 0;
    let pos = open;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) throw new UnexpectedEnd(open, ')');
      if (c === '(') depth += 1;
      if (c === ')') depth -= 1;
      pos = this.skipUnit(pos);
      if (depth === 0) return pos;
    }
  }

  protected skipArray(open: number): number {
    let pos = open + 1;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) throw new UnexpectedEnd(open, ')');
      if (c === ')') return pos + 1;
      if (c === '#' && /\s/.test(this.text[pos - 1] as string)) {
        const newline = this.text.indexOf('\n', pos);
        pos = newline < 0 ? this.text.length : newline;
      } else if ((c === '<' || c === '>') && this.text[pos + 1] === '(') pos = this.skipSubstitution(pos + 1);
      else if (c === '(') throw new OtherSyntaxError('(', pos);
      else pos = this.skipUnit(pos);
    }
  }

  /** `((...))`: its end, or undefined when it is a subshell inside parentheses. */
  tryArithmetic(open: number): number | undefined {
    let depth = 0;
    let pos = open;
    for (;;) {
      const c = this.text[pos];
      if (c === undefined) throw new UnexpectedEnd(open, ')');
      if (c === '(') depth += 1;
      if (c === ')') {
        depth -= 1;
        if (depth === 1) {
          if (this.text[pos + 1] === ')') return pos + 2;
          return undefined;
        }
      }
      pos = c === "'" ? pos + 1 : this.skipUnit(pos);
    }
  }
}
