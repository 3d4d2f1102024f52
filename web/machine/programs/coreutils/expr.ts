import type { Program } from '../../os/program';
import { textToBytes } from '../lib/byte-text';
import { quoteLocale } from '../lib/quoting';
import { Pattern } from '../lib/regex/pattern';
import { RegexError } from '../lib/regex/regex-node';

class ExprError extends Error {
  constructor(
    message: string,
    readonly code = 2,
  ) {
    super(message);
  }
}

/** Evaluates expressions of whole numbers and texts. */
export const expr: Program = {
  name: 'expr',
  *main(process) {
    const words = process.args[0] === '--' ? process.args.slice(1) : process.args;
    const name = process.argv[0] as string;
    if (words.length === 0) {
      yield* process.err(`${name}: missing operand\nTry '${name} --help' for more information.\n`);
      return 2;
    }
    try {
      const result = new Evaluator(words).evaluate();
      yield* process.out(textToBytes(`${result}\n`));
      return result === '' || /^-?0+$/.test(result) ? 1 : 0;
    } catch (error) {
      if (!(error instanceof ExprError)) throw error;
      yield* process.err(textToBytes(`${name}: ${error.message}\n`));
      return error.code;
    }
  },
};

function truthy(text: string): boolean {
  return text !== '' && !/^-?0+$/.test(text);
}

class Evaluator {
  private at = 0;

  constructor(private readonly words: readonly string[]) {}

  evaluate(): string {
    const result = this.or();
    const rest = this.words[this.at];
    if (rest !== undefined) throw new ExprError(`syntax error: unexpected argument ${quoteLocale(rest)}`);
    return result;
  }

  private accept(...operators: readonly string[]): string | undefined {
    const word = this.words[this.at];
    if (word === undefined || !operators.includes(word)) return undefined;
    this.at += 1;
    return word;
  }

  private or(): string {
    let left = this.and();
    while (this.accept('|') !== undefined) {
      const right = this.and();
      left = truthy(left) ? left : truthy(right) ? right : '0';
    }
    return left;
  }

  private and(): string {
    let left = this.comparison();
    while (this.accept('&') !== undefined) {
      const right = this.comparison();
      left = truthy(left) && truthy(right) ? left : '0';
    }
    return left;
  }

  private comparison(): string {
    let left = this.sum();
    for (let operator = this.accept('<', '<=', '=', '==', '!=', '>=', '>'); operator !== undefined; operator = this.accept('<', '<=', '=', '==', '!=', '>=', '>')) {
      const right = this.sum();
      const numeric = isInteger(left) && isInteger(right);
      const order = numeric ? Number(BigInt(left) - BigInt(right)) : left < right ? -1 : left > right ? 1 : 0;
      const holds = operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '!=' ? order !== 0 : operator === '>=' ? order >= 0 : operator === '>' ? order > 0 : order === 0;
      left = holds ? '1' : '0';
    }
    return left;
  }

  private sum(): string {
    let left = this.product();
    for (let operator = this.accept('+', '-'); operator !== undefined; operator = this.accept('+', '-')) {
      const right = integer(this.product());
      left = String(operator === '+' ? integer(left) + right : integer(left) - right);
    }
    return left;
  }

  private product(): string {
    let left = this.match();
    for (let operator = this.accept('*', '/', '%'); operator !== undefined; operator = this.accept('*', '/', '%')) {
      const right = integer(this.match());
      if (operator !== '*' && right === 0n) throw new ExprError('division by zero');
      const value = integer(left);
      left = String(operator === '*' ? value * right : operator === '/' ? value / right : value % right);
    }
    return left;
  }

  private match(): string {
    let left = this.primary();
    while (this.accept(':') !== undefined) left = matchText(left, this.primary());
    return left;
  }

  private next(): string {
    const word = this.words[this.at];
    if (word === undefined) throw new ExprError(`syntax error: missing argument after ${quoteLocale(this.words.at(-1) ?? '')}`);
    this.at += 1;
    return word;
  }

  private primary(): string {
    const word = this.next();
    switch (word) {
      case '(': {
        const inner = this.or();
        if (this.accept(')') === undefined) throw new ExprError(`syntax error: expecting ')' after ${quoteLocale(this.words[this.at - 1] as string)}`);
        return inner;
      }
      case ')':
        throw new ExprError("syntax error: unexpected ')'");
      case '+':
        return this.next();
      case 'length':
        return String([...this.primary()].length);
      case 'match':
        return matchText(this.primary(), this.primary());
      case 'index': {
        const text = [...this.primary()];
        const set = this.primary();
        return String(text.findIndex((character) => set.includes(character)) + 1);
      }
      case 'substr': {
        const text = [...this.primary()];
        const from = Number(this.primary());
        const count = Number(this.primary());
        return from >= 1 && count >= 1 ? text.slice(from - 1, from - 1 + count).join('') : '';
      }
      default:
        return word;
    }
  }
}

function isInteger(text: string): boolean {
  return /^-?\d+$/.test(text);
}

function integer(text: string): bigint {
  if (!isInteger(text)) throw new ExprError('non-integer argument');
  return BigInt(text);
}

/** Matches from the beginning: the first group, or how many characters matched. */
function matchText(text: string, source: string): string {
  try {
    const pattern = Pattern.compile(source.startsWith('^') ? source : `^${source}`.replace(/^\^\*/, '^\\*'), { syntax: 'basic' });
    const match = pattern.exec(text);
    if (pattern.groupCount > 0) return match?.group(1) ?? '';
    return match === null || match.start !== 0 ? '0' : String([...text.slice(0, match.end)].length);
  } catch (error) {
    if (error instanceof RegexError) throw new ExprError(error.message);
    throw error;
  }
}
