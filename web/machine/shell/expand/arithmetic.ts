import { ArithmeticError } from './arithmetic-error';
import { ArithmeticLexer } from './arithmetic-lexer';

/** The variables that an expression sees. Subscripts are text: a number's expression, or a key of an associative array. */
export interface ArithmeticVariables {
  /** Its value as text, '' when it has none. May throw for `set -u`. */
  read(name: string, subscript: string | undefined): string;
  assign(name: string, subscript: string | undefined, value: string): void;
}

interface Operand {
  readonly value: bigint;
  /** Where it came from, when it can be assigned to. */
  readonly target?: { readonly name: string; readonly subscript: string | undefined };
}

/** Binary operators from the loosest to the tightest. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<=', '>=', '<', '>'], ['<<', '>>'], ['+', '-'], ['*', '/', '%'],
];
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '<<=', '>>=', '&=', '^=', '|=']);
/** As MAX_EXPR_RECURSION_LEVEL, but lower: how deep a variable may refer to another, and parentheses nest. */
const MAX_DEPTH = 100;
/** The same within one expression: parentheses, signs and assignments. */
const MAX_NESTING = 300;

/** Evaluates an expression, as `$((...))` does after its parameters were expanded. Throws ArithmeticError. Numbers are of 64 bits. */
export function evaluateArithmetic(expression: string, variables: ArithmeticVariables, depth = 0): bigint {
  if (expression.trim() === '') return 0n;
  return new Evaluator(expression, variables, depth).evaluate();
}

class Evaluator {
  private readonly lexer: ArithmeticLexer;
  /** Above 0 in the branch of `&&`, `||` and `?:` that does not count. */
  private skipping = 0;
  private nesting = 0;

  constructor(
    private readonly expression: string,
    private readonly variables: ArithmeticVariables,
    private readonly depth: number,
  ) {
    if (depth > MAX_DEPTH) throw new ArithmeticError(expression, 'expression recursion level exceeded', expression);
    this.lexer = new ArithmeticLexer(expression);
  }

  evaluate(): bigint {
    this.lexer.advance();
    const { value } = this.comma();
    if (this.lexer.token !== '') throw this.error('syntax error in expression');
    return value;
  }

  private error(reason: string, token = this.expression.slice(this.lexer.lastStart)): ArithmeticError {
    return new ArithmeticError(this.expression, reason, token.trimStart());
  }

  private comma(): Operand {
    let operand = this.assignment();
    while (this.take(',')) operand = this.assignment();
    return operand;
  }

  private take(token: string): boolean {
    if (this.lexer.token !== token) return false;
    this.lexer.advance();
    return true;
  }

  private assignment(): Operand {
    this.enter();
    const operand = this.assigned();
    this.nesting -= 1;
    return operand;
  }

  private enter(): void {
    this.nesting += 1;
    if (this.nesting > MAX_NESTING) throw this.error('expression recursion level exceeded');
  }

  private assigned(): Operand {
    const left = this.conditional();
    const operator = this.lexer.token;
    if (!ASSIGNMENTS.has(operator)) return left;
    if (left.target === undefined) throw this.error('attempted assignment to non-variable', this.expression.slice(this.lexer.start));
    this.lexer.advance();
    const from = this.lexer.start;
    const right = this.assignment();
    const value = operator === '=' ? right.value : this.apply(operator.slice(0, -1), left.value, right.value, from);
    if (this.skipping === 0) this.variables.assign(left.target.name, left.target.subscript, String(value));
    return { value };
  }

  private conditional(): Operand {
    const test = this.binary(0);
    if (!this.take('?')) return test;
    if (this.lexer.token === '' || this.lexer.token === ':') throw this.error('expression expected');
    const yes = this.maybe(test.value !== 0n, () => this.assignment());
    if (this.lexer.token !== ':') throw this.error("`:' expected for conditional expression");
    this.lexer.advance();
    if (this.lexer.kind === 'end') throw this.error('expression expected');
    const no = this.maybe(test.value === 0n, () => this.conditional());
    return { value: test.value !== 0n ? yes.value : no.value };
  }

  private maybe(counts: boolean, read: () => Operand): Operand {
    if (!counts) this.skipping += 1;
    const operand = read();
    if (!counts) this.skipping -= 1;
    return operand;
  }

  private binary(level: number): Operand {
    const operators = LEVELS[level];
    if (operators === undefined) return this.power();
    let left = this.binary(level + 1);
    while (operators.includes(this.lexer.token)) {
      const operator = this.lexer.token;
      this.lexer.advance();
      const from = this.lexer.start;
      const counts = operator === '&&' ? left.value !== 0n : operator === '||' ? left.value === 0n : true;
      const right = this.maybe(counts, () => this.binary(level + 1));
      left = { value: this.apply(operator, left.value, right.value, from) };
    }
    return left;
  }

  private power(): Operand {
    const base = this.unary();
    if (!this.take('**')) return base;
    const exponent = this.power();
    if (exponent.value < 0n) throw this.error('exponent less than 0');
    return { value: power(base.value, exponent.value) };
  }

  private apply(operator: string, a: bigint, b: bigint, from: number): bigint {
    if ((operator === '/' || operator === '%') && b === 0n) {
      if (this.skipping > 0) return 0n;
      throw this.error('division by 0', this.expression.slice(from));
    }
    return BigInt.asIntN(64, BINARY[operator]?.(a, b) ?? 0n);
  }

  private unary(): Operand {
    this.enter();
    const operand = this.signed();
    this.nesting -= 1;
    return operand;
  }

  private signed(): Operand {
    const { token } = this.lexer;
    if (token === '!' || token === '~' || token === '-' || token === '+') {
      this.lexer.advance();
      const { value } = this.unary();
      return { value: token === '!' ? bool(value === 0n) : token === '~' ? ~value : token === '-' ? BigInt.asIntN(64, -value) : value };
    }
    if (token === '++' || token === '--') return this.prefixStep(token);
    return this.postfix(this.primary());
  }

  private prefixStep(token: string): Operand {
    this.lexer.advance();
    if (this.lexer.kind !== 'name') {
      const { value } = this.unary();
      return { value };
    }
    const operand = this.primary();
    return { value: this.step(operand, token === '++' ? 1n : -1n) };
  }

  private step(operand: Operand, by: bigint): bigint {
    const value = BigInt.asIntN(64, operand.value + by);
    const target = operand.target as NonNullable<Operand['target']>;
    if (this.skipping === 0) this.variables.assign(target.name, target.subscript, String(value));
    return value;
  }

  private postfix(operand: Operand): Operand {
    const { token } = this.lexer;
    if (operand.target === undefined || (token !== '++' && token !== '--')) return operand;
    this.lexer.advance();
    this.step(operand, token === '++' ? 1n : -1n);
    return { value: operand.value };
  }

  private primary(): Operand {
    const { lexer } = this;
    if (lexer.token === '(') return this.group();
    if (lexer.kind === 'number') {
      const { value } = lexer;
      lexer.advance();
      return { value };
    }
    if (lexer.kind === 'name') {
      const target = { name: lexer.token, subscript: lexer.subscript };
      lexer.advance();
      if (lexer.token === '=' || this.skipping > 0) return { value: 0n, target };
      const text = this.variables.read(target.name, target.subscript);
      return { value: /^-?(?:0|[1-9]\d{0,14})$/.test(text) ? BigInt(text) : evaluateArithmetic(text, this.variables, this.depth + 1), target };
    }
    throw this.error('syntax error: operand expected');
  }

  private group(): Operand {
    this.lexer.advance();
    const { value } = this.comma();
    if (this.lexer.token !== ')') throw this.error("missing `)'");
    this.lexer.advance();
    return { value };
  }
}

function bool(value: boolean): bigint {
  return value ? 1n : 0n;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = BigInt.asIntN(64, result * square);
    square = BigInt.asIntN(64, square * square);
  }
  return result;
}

const BINARY: Readonly<Record<string, (a: bigint, b: bigint) => bigint>> = {
  '||': (a, b) => bool(a !== 0n || b !== 0n),
  '&&': (a, b) => bool(a !== 0n && b !== 0n),
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '&': (a, b) => a & b,
  '==': (a, b) => bool(a === b),
  '!=': (a, b) => bool(a !== b),
  '<=': (a, b) => bool(a <= b),
  '>=': (a, b) => bool(a >= b),
  '<': (a, b) => bool(a < b),
  '>': (a, b) => bool(a > b),
  '<<': (a, b) => a << (b & 63n),
  '>>': (a, b) => a >> (b & 63n),
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};
