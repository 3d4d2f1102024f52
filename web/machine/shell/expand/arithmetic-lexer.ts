import { ArithmeticError } from './arithmetic-error';

const OPERATORS = [
  '<<=', '>>=', '**', '++', '--', '+=', '-=', '*=', '/=', '%=', '&=', '^=', '|=', '==', '!=', '<=', '>=', '<<', '>>', '&&', '||',
  '=', '<', '>', '+', '-', '*', '/', '%', '&', '|', '^', '!', '~', '?', ':', ',', '(', ')',
];
const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_';

/** The tokens of an arithmetic expression, with the positions that bash's messages show. */
export class ArithmeticLexer {
  token = '';
  kind: 'operator' | 'number' | 'name' | 'end' = 'end';
  value = 0n;
  subscript: string | undefined;
  /** Where the present token starts. */
  start = 0;
  /** Where the last token that is no end starts: what errors quote from. */
  lastStart = 0;
  private pos = 0;
  private first = true;

  constructor(private readonly text: string) {}

  advance(): void {
    const operandAllowed = this.first || (this.kind === 'operator' && this.token !== ')');
    this.first = false;
    while (/[\s"]/.test(this.text[this.pos] ?? '')) this.pos += 1;
    this.start = this.pos;
    const c = this.text[this.pos];
    this.subscript = undefined;
    if (c === undefined) {
      this.token = '';
      this.kind = 'end';
      return;
    }
    this.lastStart = this.pos;
    if (/[A-Za-z_]/.test(c)) this.name();
    else if (/[0-9]/.test(c)) this.number();
    else this.operator(operandAllowed);
  }

  private name(): void {
    const name = (/^[A-Za-z_]\w*/.exec(this.text.slice(this.pos)) as RegExpExecArray)[0];
    this.pos += name.length;
    this.token = name;
    this.kind = 'name';
    if (this.text[this.pos] === '[') this.readSubscript();
  }

  private readSubscript(): void {
    let depth = 0;
    for (let end = this.pos; end < this.text.length; end++) {
      if (this.text[end] === '[') depth += 1;
      if (this.text[end] === ']' && --depth === 0) {
        this.subscript = this.text.slice(this.pos + 1, end);
        this.pos = end + 1;
        return;
      }
    }
    throw new ArithmeticError(this.text, 'bad array subscript', this.text.slice(this.start));
  }

  private number(): void {
    const literal = (/^[0-9A-Za-z_@#]+/.exec(this.text.slice(this.pos)) as RegExpExecArray)[0];
    this.pos += literal.length;
    this.token = literal;
    this.kind = 'number';
    this.value = this.parse(literal);
  }

  private parse(literal: string): bigint {
    const hash = literal.indexOf('#');
    if (hash >= 0) {
      const base = Number(literal.slice(0, hash));
      if (!(base >= 2 && base <= 64)) throw new ArithmeticError(this.text, 'invalid arithmetic base', literal);
      if (hash === literal.length - 1) throw new ArithmeticError(this.text, 'invalid integer constant', literal);
      return this.digits(literal.slice(hash + 1), base, literal);
    }
    if (/^0[xX]/.test(literal)) return this.digits(literal.slice(2), 16, literal);
    return this.digits(literal, literal.startsWith('0') && literal.length > 1 ? 8 : 10, literal);
  }

  private digits(digits: string, base: number, literal: string): bigint {
    let value = 0n;
    for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
      const amount = DIGITS.indexOf(digit);
      if (amount < 0 || amount >= base) throw new ArithmeticError(this.text, 'value too great for base', literal);
      value = BigInt.asIntN(64, value * BigInt(base) + BigInt(amount));
    }
    return value;
  }

  private operator(operandAllowed: boolean): void {
    const operator = OPERATORS.find((each) => this.text.startsWith(each, this.pos));
    if (operator === undefined) {
      const reason = operandAllowed ? 'syntax error: operand expected' : 'syntax error: invalid arithmetic operator';
      throw new ArithmeticError(this.text, reason, this.text.slice(this.pos));
    }
    this.pos += operator.length;
    this.token = operator;
    this.kind = 'operator';
  }
}
