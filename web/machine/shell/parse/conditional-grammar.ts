import type { Lexer, Token } from './lexer';
import { ConditionalSyntaxError, UnexpectedEnd } from './syntax-error';

const UNARY = /^-[abcdefghknoprstuvwxzGLNORS]$/;
const BINARY = new Set(['=', '==', '!=', '=~', '<', '>', '-eq', '-ne', '-lt', '-le', '-gt', '-ge', '-nt', '-ot', '-ef']);

const MAX_NESTING = 100;

/** The inside of `[[ ]]`, with bash's reasons for what is wrong there. */
export class ConditionalGrammar {
  private depth = 0;

  constructor(private readonly lexer: Lexer) {}

  /** Reads up to and including `]]`. */
  read(): void {
    this.lexer.assignmentsAllowed = false;
    this.lexer.reset();
    this.or();
    const token = this.take();
    if (token.text !== ']]') throw this.unexpected(token);
    this.lexer.assignmentsAllowed = true;
    this.lexer.reset();
  }

  private or(): void {
    this.and();
    while (this.peek().text === '||') {
      this.take();
      this.and();
    }
  }

  private and(): void {
    this.term();
    while (this.peek().text === '&&') {
      this.take();
      this.term();
    }
  }

  private term(): void {
    this.depth += 1;
    const token = this.take();
    if (this.depth > MAX_NESTING) throw this.unexpected(token);
    this.termAfter(token);
    this.depth -= 1;
  }

  private termAfter(token: Token): void {
    if (token.kind === 'end') throw new UnexpectedEnd(token.pos);
    if (token.text === '!' && token.kind === 'word') return this.term();
    if (token.kind === 'operator' && token.text === '(') {
      this.or();
      const close = this.take();
      if (close.text !== ')') {
        if (close.kind === 'end') throw new UnexpectedEnd(close.pos);
        throw new ConditionalSyntaxError(`unexpected token \`${close.text}', expected \`)'`, close.text, close.pos);
      }
      return;
    }
    if (token.text === ']]') throw new ConditionalSyntaxError('', token.text, token.pos);
    if (token.kind === 'operator') throw this.unexpected(token);
    const next = this.peek();
    if (UNARY.test(token.text) && !BINARY.has(next.text)) {
      if (next.kind !== 'word' || next.text === ']]') {
        throw new ConditionalSyntaxError(`unexpected argument \`${next.text}' to conditional unary operator`, next.text, next.pos);
      }
      this.take();
      return;
    }
    this.binaryRest(next);
  }

  private binaryRest(operator: Token): void {
    if (operator.text === ']]' || operator.text === '&&' || operator.text === '||' || operator.text === ')') return;
    if (operator.kind === 'end') throw new UnexpectedEnd(operator.pos);
    if (!BINARY.has(operator.text)) {
      throw new ConditionalSyntaxError('conditional binary operator expected', operator.text, operator.pos);
    }
    this.take();
    if (operator.text === '=~') {
      this.lexer.reset(this.skipRegex());
      return;
    }
    const right = this.lexer.peek();
    if (right.kind === 'end') throw new UnexpectedEnd(right.pos);
    if (['==', '=', '!='].includes(operator.text)) {
      this.lexer.reset(this.skipPattern(right.pos));
      return;
    }
    if (right.kind !== 'word' || right.text === ']]') {
      throw new ConditionalSyntaxError(`unexpected argument \`${right.text}' to conditional binary operator`, right.text, right.pos);
    }
    this.take();
  }

  /** Patterns may hold extended globs, whatever `shopt` says. */
  private skipPattern(start: number): number {
    let pos = start;
    for (;;) {
      const c = this.lexer.text[pos];
      if (c === undefined || ' \t\n'.includes(c) || (c === ')' || c === '&' || c === '|' || c === ';')) break;
      pos = c === '(' ? this.lexer.skipParentheses(pos) : this.lexer.skipUnit(pos);
    }
    if (pos === start) {
      const token = this.lexer.peek();
      throw new ConditionalSyntaxError(`unexpected argument \`${token.text}' to conditional binary operator`, token.text, token.pos);
    }
    return pos;
  }

  private skipRegex(): number {
    let { pos } = this.lexer;
    while (/[ \t]/.test(this.lexer.text[pos] ?? '')) pos += 1;
    let depth = 0;
    for (;;) {
      const c = this.lexer.text[pos];
      if (c === undefined) throw new UnexpectedEnd(pos);
      if (c === '(') depth += 1;
      if (c === ')') {
        if (depth === 0) return pos;
        depth -= 1;
      }
      if (depth === 0 && /\s/.test(c)) return pos;
      if (c === '[') pos = this.skipBracket(pos);
      else pos = this.lexer.skipUnit(pos);
    }
  }

  private skipBracket(open: number): number {
    const match = /^\[\^?\]?(?:\[:\w+:\]|[^\]\s])*\]/.exec(this.lexer.text.slice(open, open + 200));
    return open + (match === null ? 1 : match[0].length);
  }

  private peek(): Token {
    while (this.lexer.peek().kind === 'newline') this.lexer.next();
    return this.lexer.peek();
  }

  private take(): Token {
    this.peek();
    return this.lexer.next();
  }

  private unexpected(token: Token): ConditionalSyntaxError | UnexpectedEnd {
    if (token.kind === 'end') return new UnexpectedEnd(token.pos);
    return new ConditionalSyntaxError(`unexpected token \`${token.text}' in conditional command`, token.text, token.pos);
  }
}
