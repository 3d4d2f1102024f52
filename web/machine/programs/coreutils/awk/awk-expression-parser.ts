import { AwkLexer, BUILTINS, type Token } from './awk-lexer';
import { AwkSyntaxError, type Expr, type LeftValue, type Variable } from './awk-node';

/** The variables that the runtime itself reads and writes, in the first slots. */
export const SPECIAL_NAMES = ['NF', 'NR', 'FNR', 'FS', 'OFS', 'ORS', 'RS', 'FILENAME', 'SUBSEP', 'RSTART', 'RLENGTH', 'CONVFMT', 'OFMT', 'ENVIRON', 'ARGC', 'ARGV'];

const COMPARISONS = new Set(['<', '<=', '==', '!=', '>=', '>']);
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const STARTS_OPERAND = new Set(['(', '$', '!', '-', '+', '++', '--']);

/** What restricts an expression: no `>` in print without parentheses, no `in` in the head of a for. */
export interface Limits {
  readonly noGreater?: boolean;
  readonly noIn?: boolean;
}

/** Recursive descent over awk's expressions. Throws AwkSyntaxError in mawk's words. */
export class AwkExpressionParser {
  protected readonly lexer: AwkLexer;
  protected token: Token;
  protected readonly globals: string[] = [...SPECIAL_NAMES];
  protected readonly called: { name: string; line: number }[] = [];
  protected parameters: readonly string[] = [];
  protected depth = 0;

  constructor(text: string) {
    this.lexer = new AwkLexer(text);
    this.token = this.lexer.next(true);
  }

  // Tokens

  protected is(kind: Token['kind'], text?: string): boolean {
    return this.token.kind === kind && (text === undefined || this.token.text === text);
  }

  protected isOperator(text: string): boolean {
    return this.is('operator', text);
  }

  protected advance(): Token {
    const { token } = this;
    const operand = token.kind === 'number' || token.kind === 'string' || token.kind === 'name' || token.kind === 'regex' || (token.kind === 'operator' && [')', ']', '$', '++', '--'].includes(token.text)) || token.text === 'length';
    this.token = this.lexer.next(!operand || token.text === '$');
    return token;
  }

  protected accept(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.advance();
    return true;
  }

  protected expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  protected unexpected(): AwkSyntaxError {
    const { token } = this;
    if (token.kind === 'end') {
      if (this.depth > 0) return new AwkSyntaxError(`line ${token.line + 1}: missing } near end of file`);
      return new AwkSyntaxError(`line ${token.line + 1}: syntax error at or near end of file`);
    }
    return new AwkSyntaxError(`line ${token.line}: syntax error at or near ${token.kind === 'newline' ? 'end of line' : token.text}`);
  }

  protected skipNewlines(): void {
    while (this.is('newline')) this.advance();
  }

  protected skipTerminators(): void {
    while (this.is('newline') || this.isOperator(';')) this.advance();
  }

  protected atSimpleEnd(): boolean {
    return this.is('newline') || this.is('end') || this.isOperator(';') || this.isOperator('}');
  }

  protected list(limits: Limits = {}): Expr[] {
    const out = [this.expression(limits)];
    while (this.accept(',')) {
      this.skipNewlines();
      out.push(this.expression(limits));
    }
    return out;
  }

  // Expressions, from the loosest operator to the tightest

  protected expression(limits: Limits): Expr {
    const left = this.conditional(limits);
    if (this.token.kind !== 'operator' || !ASSIGNMENTS.has(this.token.text)) return left;
    if (!isLeftValue(left)) throw this.unexpected();
    const operator = this.advance().text;
    this.skipNewlines();
    return { kind: 'assign', operator: operator === '=' ? '' : operator.slice(0, -1), target: left, value: this.expression(limits) };
  }

  protected conditional(limits: Limits): Expr {
    const test = this.or(limits);
    if (!this.accept('?')) return test;
    this.skipNewlines();
    const yes = this.expression(limits);
    this.skipNewlines();
    this.expect(':');
    this.skipNewlines();
    return { kind: 'conditional', test, yes, no: this.expression(limits) };
  }

  protected or(limits: Limits): Expr {
    let left = this.and(limits);
    while (this.accept('||')) {
      this.skipNewlines();
      left = { kind: 'or', left, right: this.and(limits) };
    }
    return left;
  }

  protected and(limits: Limits): Expr {
    let left = this.membership(limits);
    while (this.accept('&&')) {
      this.skipNewlines();
      left = { kind: 'and', left, right: this.membership(limits) };
    }
    return left;
  }

  protected membership(limits: Limits): Expr {
    let left = this.matching(limits);
    while (limits.noIn !== true && this.is('keyword', 'in')) {
      this.advance();
      const array = this.variable(this.advance().text);
      const subscripts = left.kind === 'group' ? (groupLists.get(left) ?? [left]) : [left];
      left = { kind: 'in', subscripts, array };
    }
    return left;
  }

  protected matching(limits: Limits): Expr {
    let left = this.comparison(limits);
    while (this.isOperator('~') || this.isOperator('!~')) {
      const negated = this.advance().text === '!~';
      left = { kind: 'match', negated, text: left, pattern: this.comparison(limits) };
    }
    return left;
  }

  protected comparison(limits: Limits): Expr {
    let left = this.concatenation(limits);
    while (this.token.kind === 'operator' && COMPARISONS.has(this.token.text) && !(limits.noGreater === true && this.token.text === '>')) {
      const operator = this.advance().text;
      left = { kind: 'binary', operator, left, right: this.concatenation(limits) };
    }
    if (limits.noGreater !== true && this.isOperator('|') ) return this.commandGetline(left);
    return left;
  }

  /** `command | getline [var]`. */
  protected commandGetline(command: Expr): Expr {
    let out = command;
    while (this.isOperator('|')) {
      this.advance();
      if (!this.is('keyword', 'getline')) throw this.unexpected();
      this.advance();
      out = { kind: 'getline', from: 'command', source: out, target: this.optionalLeftValue() };
    }
    return out;
  }

  protected startsOperand(limits: Limits): boolean {
    const { token } = this;
    if (['number', 'string', 'regex', 'name', 'function name', 'builtin'].includes(token.kind)) return true;
    if (token.kind === 'keyword') return false;
    return token.kind === 'operator' && STARTS_OPERAND.has(token.text) && !(limits.noIn === true && token.text === 'in');
  }

  protected concatenation(limits: Limits): Expr {
    let left = this.additive(limits);
    while (this.startsOperand(limits) && !this.isOperator('-') && !this.isOperator('+')) {
      left = { kind: 'binary', operator: ' ', left, right: this.additive(limits) };
    }
    return left;
  }

  protected additive(limits: Limits): Expr {
    let left = this.multiplicative(limits);
    while (this.isOperator('+') || this.isOperator('-')) {
      const operator = this.advance().text;
      left = { kind: 'binary', operator, left, right: this.multiplicative(limits) };
    }
    return left;
  }

  protected multiplicative(limits: Limits): Expr {
    let left = this.unary(limits);
    while (this.isOperator('*') || this.isOperator('/') || this.isOperator('%')) {
      const operator = this.advance().text;
      left = { kind: 'binary', operator, left, right: this.unary(limits) };
    }
    return left;
  }

  protected unary(limits: Limits): Expr {
    for (const operator of ['!', '-', '+'] as const) if (this.accept(operator)) return { kind: 'unary', operator, operand: this.unary(limits) };
    return this.power(limits);
  }

  protected power(limits: Limits): Expr {
    const base = this.postfix();
    if (!this.accept('^')) return base;
    const sign = this.isOperator('-') || this.isOperator('!') || this.isOperator('+');
    return { kind: 'binary', operator: '^', left: base, right: sign ? this.unary(limits) : this.power(limits) };
  }

  protected postfix(): Expr {
    const primary = this.primary();
    if (isLeftValue(primary) && (this.isOperator('++') || this.isOperator('--'))) {
      return { kind: 'increment', by: this.advance().text === '++' ? 1 : -1, prefix: false, target: primary };
    }
    return primary;
  }

  protected primary(): Expr {
    const { token } = this;
    switch (token.kind) {
      case 'number':
        this.advance();
        return { kind: 'number', value: Number(token.text) };
      case 'string':
        this.advance();
        return { kind: 'string', value: token.text };
      case 'regex':
        this.advance();
        return { kind: 'regex', source: token.text };
      case 'builtin':
        return this.builtin();
      case 'function name':
        return this.call();
      case 'name':
        return this.nameOrElement();
      case 'keyword':
        if (token.text === 'getline') return this.simpleGetline();
        throw this.unexpected();
      case 'operator':
        return this.operatorPrimary();
      default:
        throw this.unexpected();
    }
  }

  protected operatorPrimary(): Expr {
    if (this.accept('(')) {
      const list = this.list();
      this.expect(')');
      const group: Expr = { kind: 'group', inner: list[0] as Expr };
      if (list.length > 1) {
        groupLists.set(group, list);
        if (!this.is('keyword', 'in') && !this.atSimpleEnd() && !this.isOperator('>') && !this.isOperator('>>') && !this.isOperator('|')) throw this.unexpected();
      }
      return group;
    }
    if (this.accept('$')) {
      if (this.isOperator('++') || this.isOperator('--') || this.isOperator('-') || this.isOperator('+') || this.isOperator('!')) {
        const operator = this.advance().text;
        const operand = this.primary();
        if (operator === '++' || operator === '--') {
          if (!isLeftValue(operand)) throw this.unexpected();
          return { kind: 'field', index: { kind: 'increment', by: operator === '++' ? 1 : -1, prefix: true, target: operand } };
        }
        return { kind: 'field', index: { kind: 'unary', operator: operator as '-', operand } };
      }
      return { kind: 'field', index: this.primary() };
    }
    if (this.isOperator('++') || this.isOperator('--')) {
      const by = this.advance().text === '++' ? 1 : -1;
      const target = this.primary();
      if (!isLeftValue(target)) throw this.unexpected();
      return { kind: 'increment', by, prefix: true, target };
    }
    throw this.unexpected();
  }

  protected nameOrElement(): Expr {
    const name = this.advance().text;
    if (!this.isOperator('[')) return this.variable(name);
    this.advance();
    const subscripts = this.list();
    this.expect(']');
    return { kind: 'element', array: this.variable(name), subscripts };
  }

  protected variable(name: string): Variable {
    const local = this.parameters.indexOf(name);
    if (local >= 0) return { kind: 'variable', name, scope: 'local', slot: local };
    let slot = this.globals.indexOf(name);
    if (slot < 0) slot = this.globals.push(name) - 1;
    return { kind: 'variable', name, scope: 'global', slot };
  }

  protected builtin(): Expr {
    const { text: name, line } = this.advance();
    const args: Expr[] = [];
    if (this.isOperator('(')) {
      this.advance();
      if (!this.isOperator(')')) args.push(...this.list());
      this.expect(')');
    } else if (name !== 'length') throw this.unexpected();
    const [least, most] = BUILTINS[name] as readonly [number, number];
    if (args.length < least || args.length > most) throw new AwkSyntaxError(`line ${line}: wrong number of arguments in call to ${name}`);
    return { kind: 'builtin', name, args };
  }

  protected call(): Expr {
    const { text: name, line } = this.advance();
    this.expect('(');
    const args: Expr[] = [];
    this.skipNewlines();
    if (!this.isOperator(')')) args.push(...this.list());
    this.expect(')');
    this.called.push({ name, line });
    return { kind: 'call', name, args, line };
  }

  protected simpleGetline(): Expr {
    this.advance();
    const target = this.optionalLeftValue();
    if (!this.accept('<')) return { kind: 'getline', from: 'input', source: undefined, target };
    return { kind: 'getline', from: 'file', source: this.postfix(), target };
  }

  protected optionalLeftValue(): LeftValue | undefined {
    if (this.is('name')) return this.nameOrElement() as LeftValue;
    return this.isOperator('$') ? (this.operatorPrimary() as LeftValue) : undefined;
  }
}

/** The lists in parentheses that only print and `in` may use. */
export const groupLists = new WeakMap<Expr, Expr[]>();

export function isLeftValue(node: Expr): node is LeftValue {
  return node.kind === 'variable' || node.kind === 'field' || node.kind === 'element';
}
