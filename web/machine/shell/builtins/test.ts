import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';
import { NUMBER_TESTS, TEXT_TESTS, UNARY_TESTS } from '../execute/test-primaries';
import type { BuiltinCall, BuiltinTable } from './builtin';

/** What is wrong with an expression: status 2. */
class TestError {
  constructor(readonly message: string) {}
}

/** `test`'s expressions: by the number of arguments up to four, then by precedence, as POSIX says. */
class TestExpression {
  private at = 0;

  constructor(
    private readonly shell: Shell,
    private readonly args: readonly string[],
  ) {}

  evaluate(): boolean {
    return this.byCount(this.args);
  }

  private byCount(args: readonly string[]): boolean {
    const [a, b, c] = args as [string, string, string];
    switch (args.length) {
      case 0:
        return false;
      case 1:
        return a !== '';
      case 2:
        if (a === '!') return b === '';
        return this.unary(a, b);
      case 3:
        if (this.isBinary(b)) return this.binary(a, b, c);
        if (b === '-a') return a !== '' && c !== '';
        if (b === '-o') return a !== '' || c !== '';
        if (a === '!') return !this.byCount([b, c]);
        if (a === '(' && c === ')') return b !== '';
        throw new TestError(`${b}: binary operator expected`);
      case 4:
        if (a === '!') return !this.byCount(args.slice(1));
        if (a === '(' && args[3] === ')') return this.byCount(args.slice(1, 3));
        return this.full();
      default:
        return this.full();
    }
  }

  private full(): boolean {
    const value = this.or();
    if (this.at < this.args.length) throw new TestError('too many arguments');
    return value;
  }

  private or(): boolean {
    let value = this.and();
    while (this.args[this.at] === '-o') {
      this.at += 1;
      const right = this.and();
      value = value || right;
    }
    return value;
  }

  private and(): boolean {
    let value = this.term();
    while (this.args[this.at] === '-a') {
      this.at += 1;
      const right = this.term();
      value = value && right;
    }
    return value;
  }

  private term(): boolean {
    const arg = this.args[this.at];
    if (arg === undefined) throw new TestError('argument expected');
    if (arg === '!') {
      this.at += 1;
      return !this.term();
    }
    const next = this.args[this.at + 1];
    if (next !== undefined && this.isBinary(next) && this.args[this.at + 2] !== undefined) {
      this.at += 3;
      return this.binary(arg, next, this.args[this.at - 1] as string);
    }
    if (arg === '(') {
      this.at += 1;
      const value = this.or();
      if (this.args[this.at] !== ')') {
        throw new TestError(this.args[this.at] === undefined ? "`)' expected" : `\`)' expected, found ${this.args[this.at] as string}`);
      }
      this.at += 1;
      return value;
    }
    if (/^-.$/.test(arg) && UNARY_TESTS[arg] !== undefined && next !== undefined) {
      this.at += 2;
      return this.unary(arg, next);
    }
    this.at += 1;
    return arg !== '';
  }

  private isBinary(text: string): boolean {
    return Object.hasOwn(TEXT_TESTS, text) || Object.hasOwn(NUMBER_TESTS, text);
  }

  private unary(operator: string, operand: string): boolean {
    const test = Object.hasOwn(UNARY_TESTS, operator) ? UNARY_TESTS[operator] : undefined;
    if (test === undefined) throw new TestError(`${operator}: unary operator expected`);
    if (operator === '-t' && !/^\s*[+-]?\d+\s*$/.test(operand)) throw new TestError(`${operand}: integer expression expected`);
    return test(this.shell, operand);
  }

  private binary(left: string, operator: string, right: string): boolean {
    const number = NUMBER_TESTS[operator];
    if (number !== undefined) return number(integer(left), integer(right));
    return (TEXT_TESTS[operator] as NonNullable<(typeof TEXT_TESTS)[string]>)(this.shell, left, right);
  }
}

function integer(text: string): bigint {
  if (!/^\s*[+-]?\d+\s*$/.test(text)) throw new TestError(`${text}: integer expression expected`);
  return BigInt(text.trim().replace(/^\+/, ''));
}

function* evaluate(call: BuiltinCall, args: readonly string[]): Op<number> {
  try {
    return new TestExpression(call.shell, args).evaluate() ? 0 : 1;
  } catch (error) {
    if (error instanceof TestError) return yield* call.fail(error.message, 2);
    throw error;
  }
}

export const TEST: BuiltinTable = {
  test: (call) => evaluate(call, call.args),
  *'['(call) {
    if (call.args.at(-1) !== ']') return yield* call.fail("missing `]'", 2);
    return yield* evaluate(call, call.args.slice(0, -1));
  },
};
