import { AwkExpressionParser, type Limits, groupLists, isLeftValue } from './awk-expression-parser';
import { type AwkFunction, type AwkProgram, type AwkRule, AwkSyntaxError, type Expr, type Redirection, type Statement } from './awk-node';

/** Recursive descent over awk's rules, functions and statements. Throws AwkSyntaxError in mawk's words. */
export class AwkParser extends AwkExpressionParser {
  private readonly functions = new Map<string, AwkFunction>();
  private inFunction = false;
  private inRule: AwkRule['kind'] | undefined;
  private loops = 0;

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
}
