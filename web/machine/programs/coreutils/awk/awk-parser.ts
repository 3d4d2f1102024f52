import { AwkLexer, BUILTINS, type Token } from './awk-lexer';
import { type AwkFunction, type AwkProgram, type AwkRule, AwkSyntaxError, type Expr, type LeftValue, type Redirection, type Statement, type Variable } from './awk-node';

/** The variables that the runtime itself reads and writes, in the first slots. */
export const SPECIAL_NAMES = ['NF', 'NR', 'FNR', 'FS', 'OFS', 'ORS', 'RS', 'FILENAME', 'SUBSEP', 'RSTART', 'RLENGTH', 'CONVFMT', 'OFMT', 'ENVIRON', 'ARGC', 'ARGV'];

const COMPARISONS = new Set(['<', '<=', '==', '!=', '>=', '>']);
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '^=']);
const STARTS_OPERAND = new Set(['(', '$', '!', '-', '+', '++', '--']);

/** What restricts an expression: no `>` in print without parentheses, no `in` in the head of a for. */
interface Limits {
  readonly noGreater?: boolean;
  readonly noIn?: boolean;
}

/** Recursive descent over awk's grammar. Throws AwkSyntaxError in mawk's words. */
export class AwkParser {
  private readonly lexer: AwkLexer;
  private token: Token;
  private readonly globals: string[] = [...SPECIAL_NAMES];
  private readonly functions = new Map<string, AwkFunction>();
  private readonly called: { name: string; line: number }[] = [];
  private parameters: readonly string[] = [];
  private inFunction = false;
  private inRule: AwkRule['kind'] | undefined;
  private loops = 0;
  private depth = 0;

  constructor(text: string) {
    this.lexer = new AwkLexer(text);
    this.token = this.lexer.next(true);
  }

  parse(): AwkProgram {
    const rules: AwkRule[] = [];
    this.skipTerminators();
    while (this.token.kind !== 'end') {
      if (this.is('keyword', 'function')) this.functionDefinition();
      else rules.push(this.rule());
      this.skipTerminators();
    }
    for (const { name } of this.called) {
      if (!this.functions.has(name)) throw new AwkSyntaxError(`line ${this.lexer.line + (this.lexer.line === 1 ? 1 : 0)}: function ${name} never defined`);
    }
    return { rules, functions: this.functions, globals: this.globals };
  }

  // Tokens

  private is(kind: Token['kind'], text?: string): boolean {
    return this.token.kind === kind && (text === undefined || this.token.text === text);
  }

  private isOperator(text: string): boolean {
    return this.is('operator', text);
  }

  private advance(): Token {
    const { token } = this;
    const operand = token.kind === 'number' || token.kind === 'string' || token.kind === 'name' || token.kind === 'regex' || (token.kind === 'operator' && [')', ']', '$', '++', '--'].includes(token.text)) || token.text === 'length';
    this.token = this.lexer.next(!operand || token.text === '$');
    return token;
  }

  private accept(text: string): boolean {
    if (!this.isOperator(text)) return false;
    this.advance();
    return true;
  }

  private expect(text: string): void {
    if (!this.accept(text)) throw this.unexpected();
  }

  private unexpected(): AwkSyntaxError {
    const { token } = this;
    if (token.kind === 'end') {
      if (this.depth > 0) return new AwkSyntaxError(`line ${token.line + 1}: missing } near end of file`);
      return new AwkSyntaxError(`line ${token.line + 1}: syntax error at or near end of file`);
    }
    return new AwkSyntaxError(`line ${token.line}: syntax error at or near ${token.kind === 'newline' ? 'end of line' : token.text}`);
  }

  private skipNewlines(): void {
    while (this.is('newline')) this.advance();
  }

  private skipTerminators(): void {
    while (this.is('newline') || this.isOperator(';')) this.advance();
  }

  // Rules

  private rule(): AwkRule {
    if (this.isOperator('}')) throw new AwkSyntaxError(`line ${this.token.line}: extra '}'\nawk: line ${this.token.line}: syntax error at or near end of line`);
    let kind: AwkRule['kind'] = 'pattern';
    const patterns: Expr[] = [];
    if (this.is('keyword', 'BEGIN') || this.is('keyword', 'END')) {
      kind = this.advance().text === 'BEGIN' ? 'begin' : 'end';
      if (!this.isOperator('{')) throw this.unexpected();
    } else if (!this.isOperator('{')) {
      patterns.push(this.expression({}));
      if (this.accept(',')) {
        this.skipNewlines();
        kind = 'range';
        patterns.push(this.expression({}));
      }
    }
    this.inRule = kind;
    const action = this.isOperator('{') ? this.block() : undefined;
    this.inRule = undefined;
    if (action === undefined && this.token.kind !== 'newline' && this.token.kind !== 'end' && !this.isOperator(';')) throw this.unexpected();
    return { kind, patterns, action };
  }

  private functionDefinition(): void {
    this.advance();
    if (this.token.kind !== 'name' && this.token.kind !== 'function name') throw this.unexpected();
    const name = this.advance().text;
    this.expect('(');
    const parameters: string[] = [];
    while (!this.isOperator(')')) {
      if (!this.is('name')) throw this.unexpected();
      const parameter = this.advance().text;
      if (parameters.includes(parameter)) throw new AwkSyntaxError(`line ${this.token.line}: ${parameter} is duplicated in argument list`);
      parameters.push(parameter);
      if (!this.accept(',')) break;
      this.skipNewlines();
    }
    this.expect(')');
    this.skipNewlines();
    this.parameters = parameters;
    this.inFunction = true;
    const body = this.block();
    this.functions.set(name, { name, parameters, body });
    this.parameters = [];
    this.inFunction = false;
  }

  // Statements

  private block(): Statement {
    this.expect('{');
    this.depth += 1;
    const body: Statement[] = [];
    this.skipTerminators();
    while (!this.isOperator('}')) {
      if (this.is('end')) throw this.unexpected();
      body.push(this.statement());
      this.skipTerminators();
    }
    this.depth -= 1;
    this.advance();
    return { kind: 'block', body };
  }

  /** A simple statement ends at `;`, a newline or before `}`. */
  private endStatement(): void {
    if (this.is('newline') || this.isOperator(';')) this.advance();
    else if (!this.isOperator('}') && !this.is('end')) throw this.unexpected();
  }

  private statement(): Statement {
    if (this.isOperator('{')) return this.block();
    if (this.isOperator(';')) {
      this.advance();
      return { kind: 'block', body: [] };
    }
    if (this.is('keyword')) {
      const word = this.token.text;
      if (word === 'if') return this.ifStatement();
      if (word === 'while') return this.whileStatement();
      if (word === 'do') return this.doStatement();
      if (word === 'for') return this.forStatement();
    }
    const simple = this.simpleStatement();
    this.endStatement();
    return simple;
  }

  private body(): Statement {
    this.skipNewlines();
    this.loops += 1;
    const body = this.statement();
    this.loops -= 1;
    return body;
  }

  private condition(): Expr {
    this.advance();
    this.expect('(');
    const test = this.expression({});
    this.expect(')');
    return test;
  }

  private ifStatement(): Statement {
    const test = this.condition();
    this.skipNewlines();
    const yes = this.statement();
    let mark = this.token;
    while (this.is('newline') || this.isOperator(';')) {
      // An `else` may stand on a later line; otherwise the terminators mean nothing.
      this.advance();
      mark = this.token;
    }
    if (!(mark.kind === 'keyword' && mark.text === 'else')) return { kind: 'if', test, yes, no: undefined };
    this.advance();
    this.skipNewlines();
    return { kind: 'if', test, yes, no: this.statement() };
  }

  private whileStatement(): Statement {
    const test = this.condition();
    if (this.isOperator(';')) {
      this.advance();
      return { kind: 'loop', start: undefined, test, step: undefined, body: { kind: 'block', body: [] }, testFirst: true };
    }
    return { kind: 'loop', start: undefined, test, step: undefined, body: this.body(), testFirst: true };
  }

  private doStatement(): Statement {
    this.advance();
    const body = this.body();
    this.skipTerminators();
    if (!this.is('keyword', 'while')) throw this.unexpected();
    const test = this.condition();
    this.endStatement();
    return { kind: 'loop', start: undefined, test, step: undefined, body, testFirst: false };
  }

  private forStatement(): Statement {
    this.advance();
    this.expect('(');
    const start = this.isOperator(';') ? undefined : this.simpleStatement({ noIn: true });
    if (this.is('keyword', 'in')) {
      this.advance();
      const array = this.variable(this.advance().text);
      this.expect(')');
      const variable = start?.kind === 'expression' ? start.value : undefined;
      if (variable === undefined || !isLeftValue(variable)) throw this.unexpected();
      return { kind: 'forIn', variable, array, body: this.body() };
    }
    if (start?.kind === 'expression' && start.value.kind === 'in' && this.isOperator(')')) throw this.unexpected();
    this.expect(';');
    this.skipNewlines();
    const test = this.isOperator(';') ? undefined : this.expression({});
    this.expect(';');
    this.skipNewlines();
    const step = this.isOperator(')') ? undefined : this.simpleStatement();
    this.expect(')');
    if (this.isOperator(';')) {
      this.advance();
      return { kind: 'loop', start, test, step, body: { kind: 'block', body: [] }, testFirst: true };
    }
    return { kind: 'loop', start, test, step, body: this.body(), testFirst: true };
  }

  private simpleStatement(limits: Limits = {}): Statement {
    if (!this.is('keyword') || this.token.text === 'getline') return { kind: 'expression', value: this.expression(limits) };
    const { line } = this.token;
    const word = this.advance().text;
    switch (word) {
      case 'print':
      case 'printf':
        return this.printStatement(word);
      case 'break':
      case 'continue':
        if (this.loops === 0) throw new AwkSyntaxError(`line ${line}: ${word} statement outside of loop`);
        return { kind: word };
      case 'next':
      case 'nextfile':
        if (this.inRule === 'begin' || this.inRule === 'end') throw new AwkSyntaxError(`line ${line}: improper use of next`);
        return { kind: word };
      case 'exit':
      case 'return': {
        if (word === 'return' && !this.inFunction) throw new AwkSyntaxError(`line ${line}: return outside function body`);
        return { kind: word, value: this.atSimpleEnd() ? undefined : this.expression({}) };
      }
      case 'delete': {
        const array = this.variable(this.advance().text);
        if (!this.accept('[')) return { kind: 'delete', array, subscripts: undefined };
        const subscripts = this.list();
        this.expect(']');
        return { kind: 'delete', array, subscripts };
      }
      default:
        this.token = { kind: 'keyword', text: word, line, spaced: true };
        throw this.unexpected();
    }
  }

  private atSimpleEnd(): boolean {
    return this.is('newline') || this.is('end') || this.isOperator(';') || this.isOperator('}');
  }

  private printStatement(kind: 'print' | 'printf'): Statement {
    let args: Expr[] = [];
    if (!this.atSimpleEnd() && !this.isOperator('>') && !this.isOperator('>>') && !this.isOperator('|')) {
      args = this.list({ noGreater: true });
      const [first] = args;
      if (args.length === 1 && first?.kind === 'group' && groupLists.has(first)) args = groupLists.get(first) as Expr[];
    }
    if (kind === 'printf' && args.length === 0) throw this.unexpected();
    let to: Redirection | undefined;
    for (const operator of ['>', '>>', '|'] as const) {
      if (!this.isOperator(operator)) continue;
      this.advance();
      to = { kind: operator, target: this.concatenation({ noGreater: true }) };
      break;
    }
    return { kind, args, to };
  }

  private list(limits: Limits = {}): Expr[] {
    const out = [this.expression(limits)];
    while (this.accept(',')) {
      this.skipNewlines();
      out.push(this.expression(limits));
    }
    return out;
  }

  // Expressions, from the loosest operator to the tightest

  private expression(limits: Limits): Expr {
    const left = this.conditional(limits);
    if (this.token.kind !== 'operator' || !ASSIGNMENTS.has(this.token.text)) return left;
    if (!isLeftValue(left)) throw this.unexpected();
    const operator = this.advance().text;
    this.skipNewlines();
    return { kind: 'assign', operator: operator === '=' ? '' : operator.slice(0, -1), target: left, value: this.expression(limits) };
  }

  private conditional(limits: Limits): Expr {
    const test = this.or(limits);
    if (!this.accept('?')) return test;
    this.skipNewlines();
    const yes = this.expression(limits);
    this.skipNewlines();
    this.expect(':');
    this.skipNewlines();
    return { kind: 'conditional', test, yes, no: this.expression(limits) };
  }

  private or(limits: Limits): Expr {
    let left = this.and(limits);
    while (this.accept('||')) {
      this.skipNewlines();
      left = { kind: 'or', left, right: this.and(limits) };
    }
    return left;
  }

  private and(limits: Limits): Expr {
    let left = this.membership(limits);
    while (this.accept('&&')) {
      this.skipNewlines();
      left = { kind: 'and', left, right: this.membership(limits) };
    }
    return left;
  }

  private membership(limits: Limits): Expr {
    let left = this.matching(limits);
    while (limits.noIn !== true && this.is('keyword', 'in')) {
      this.advance();
      const array = this.variable(this.advance().text);
      const subscripts = left.kind === 'group' ? (groupLists.get(left) ?? [left]) : [left];
      left = { kind: 'in', subscripts, array };
    }
    return left;
  }

  private matching(limits: Limits): Expr {
    let left = this.comparison(limits);
    while (this.isOperator('~') || this.isOperator('!~')) {
      const negated = this.advance().text === '!~';
      left = { kind: 'match', negated, text: left, pattern: this.comparison(limits) };
    }
    return left;
  }

  private comparison(limits: Limits): Expr {
    let left = this.concatenation(limits);
    while (this.token.kind === 'operator' && COMPARISONS.has(this.token.text) && !(limits.noGreater === true && this.token.text === '>')) {
      const operator = this.advance().text;
      left = { kind: 'binary', operator, left, right: this.concatenation(limits) };
    }
    if (limits.noGreater !== true && this.isOperator('|') ) return this.commandGetline(left);
    return left;
  }

  /** `command | getline [var]`. */
  private commandGetline(command: Expr): Expr {
    let out = command;
    while (this.isOperator('|')) {
      this.advance();
      if (!this.is('keyword', 'getline')) throw this.unexpected();
      this.advance();
      out = { kind: 'getline', from: 'command', source: out, target: this.optionalLeftValue() };
    }
    return out;
  }

  private startsOperand(limits: Limits): boolean {
    const { token } = this;
    if (['number', 'string', 'regex', 'name', 'function name', 'builtin'].includes(token.kind)) return true;
    if (token.kind === 'keyword') return false;
    return token.kind === 'operator' && STARTS_OPERAND.has(token.text) && !(limits.noIn === true && token.text === 'in');
  }

  private concatenation(limits: Limits): Expr {
    let left = this.additive(limits);
    while (this.startsOperand(limits) && !this.isOperator('-') && !this.isOperator('+')) {
      left = { kind: 'binary', operator: ' ', left, right: this.additive(limits) };
    }
    return left;
  }

  private additive(limits: Limits): Expr {
    let left = this.multiplicative(limits);
    while (this.isOperator('+') || this.isOperator('-')) {
      const operator = this.advance().text;
      left = { kind: 'binary', operator, left, right: this.multiplicative(limits) };
    }
    return left;
  }

  private multiplicative(limits: Limits): Expr {
    let left = this.unary(limits);
    while (this.isOperator('*') || this.isOperator('/') || this.isOperator('%')) {
      const operator = this.advance().text;
      left = { kind: 'binary', operator, left, right: this.unary(limits) };
    }
    return left;
  }

  private unary(limits: Limits): Expr {
    for (const operator of ['!', '-', '+'] as const) if (this.accept(operator)) return { kind: 'unary', operator, operand: this.unary(limits) };
    return this.power(limits);
  }

  private power(limits: Limits): Expr {
    const base = this.postfix();
    if (!this.accept('^')) return base;
    const sign = this.isOperator('-') || this.isOperator('!') || this.isOperator('+');
    return { kind: 'binary', operator: '^', left: base, right: sign ? this.unary(limits) : this.power(limits) };
  }

  private postfix(): Expr {
    const primary = this.primary();
    if (isLeftValue(primary) && (this.isOperator('++') || this.isOperator('--'))) {
      return { kind: 'increment', by: this.advance().text === '++' ? 1 : -1, prefix: false, target: primary };
    }
    return primary;
  }

  private primary(): Expr {
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

  private operatorPrimary(): Expr {
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

  private nameOrElement(): Expr {
    const name = this.advance().text;
    if (!this.isOperator('[')) return this.variable(name);
    this.advance();
    const subscripts = this.list();
    this.expect(']');
    return { kind: 'element', array: this.variable(name), subscripts };
  }

  private variable(name: string): Variable {
    const local = this.parameters.indexOf(name);
    if (local >= 0) return { kind: 'variable', name, scope: 'local', slot: local };
    let slot = this.globals.indexOf(name);
    if (slot < 0) slot = this.globals.push(name) - 1;
    return { kind: 'variable', name, scope: 'global', slot };
  }

  private builtin(): Expr {
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

  private call(): Expr {
    const { text: name, line } = this.advance();
    this.expect('(');
    const args: Expr[] = [];
    this.skipNewlines();
    if (!this.isOperator(')')) args.push(...this.list());
    this.expect(')');
    this.called.push({ name, line });
    return { kind: 'call', name, args, line };
  }

  private simpleGetline(): Expr {
    this.advance();
    const target = this.optionalLeftValue();
    if (!this.accept('<')) return { kind: 'getline', from: 'input', source: undefined, target };
    return { kind: 'getline', from: 'file', source: this.postfix(), target };
  }

  private optionalLeftValue(): LeftValue | undefined {
    if (this.is('name')) return this.nameOrElement() as LeftValue;
    return this.isOperator('$') ? (this.operatorPrimary() as LeftValue) : undefined;
  }
}

/** The lists in parentheses that only print and `in` may use. */
const groupLists = new WeakMap<Expr, Expr[]>();

function isLeftValue(node: Expr): node is LeftValue {
  return node.kind === 'variable' || node.kind === 'field' || node.kind === 'element';
}
