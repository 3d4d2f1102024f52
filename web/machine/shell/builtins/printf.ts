import type { Op } from '../../../engine/kernel/task';
import { decodeBytes, encodeBytes } from '../byte-text';
import { backslashQuote } from '../expand/quoting';
import { assignVariable } from '../variables/assign';
import { strftime } from '../strftime';
import { type BuiltinCall, type BuiltinTable } from './builtin';
import { decodeEchoEscapes } from './echo';
import { formatFloat } from './printf-float';

/** `%b` with `\c`, or a wrong directive: no more output. */
class Stop {}

interface Directive {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly conversion: string;
  readonly time: string | undefined;
}

/** One run of `printf`: the arguments that are left, the text so far and the complaints. */
class Formatter {
  out = '';
  readonly errors: string[] = [];
  private next = 0;

  constructor(
    private readonly call: BuiltinCall,
    private readonly format: string,
    private readonly args: readonly string[],
  ) {}

  run(): void {
    try {
      do this.pass();
      while (this.next > 0 && this.next < this.args.length);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
    }
  }

  private pass(): void {
    const before = this.next;
    const pattern = /\\(?:[abeEfnrtv\\"'?]|x[0-9A-Fa-f]{1,2}|u[0-9A-Fa-f]{1,4}|U[0-9A-Fa-f]{1,8}|[0-7]{1,3}|c)|%(?:%|([-+ #0']*)(\*|\d+)?(?:\.(\*|\d+)?)?(?:[hlLjzt]*)(\([^)]*\)T|[\s\S])?)|[^\\%]+|[\s\S]/g;
    for (const match of this.format.matchAll(pattern)) {
      const [text] = match;
      if (text.startsWith('\\') && text.length > 1) this.escape(text);
      else if (text === '%%') this.out += '%';
      else if (text.startsWith('%')) this.directive(match);
      else this.out += text;
    }
    if (this.next === before) this.next = Math.max(this.next, this.args.length);
  }

  private escape(text: string): void {
    if (text === '\\c') throw new Stop();
    this.out += text === '\\"' ? '"' : text === "\\'" ? "'" : text === '\\?' ? '?' : decodeEchoEscapes(text, false).text;
  }

  private directive(match: RegExpMatchArray): void {
    const [whole, flags = '', width, precision, conversion = ''] = match;
    let left = flags;
    let columns = this.number(width, 0);
    if (columns < 0) {
      left += '-';
      columns = -columns;
    }
    const hasPrecision = /\./.test((whole.split(/[a-zA-Z(]/)[0] as string).slice(1));
    const digits = hasPrecision ? this.number(precision, 0) : undefined;
    const time = conversion.startsWith('(') ? conversion.slice(1, -2) : undefined;
    this.convert({
      flags: left, width: columns, precision: digits === undefined || digits < 0 ? undefined : digits, time,
      conversion: time === undefined ? conversion : 'T',
    }, whole);
  }

  private number(text: string | undefined, fallback: number): number {
    if (text === undefined) return fallback;
    return text === '*' ? Number(this.integer(this.take())) : Number(text);
  }

  private take(): string | undefined {
    const arg = this.args[this.next];
    this.next += 1;
    return arg;
  }

  private convert(directive: Directive, whole: string): void {
    switch (directive.conversion) {
      case 's':
        return this.text(this.take() ?? '', directive);
      case 'b': {
        const decoded = decodeEchoEscapes(this.take() ?? '', false);
        this.text(decoded.text, directive);
        if (decoded.stop) throw new Stop();
        return;
      }
      case 'q':
      case 'Q':
        return this.text(backslashQuote(this.take() ?? ''), directive);
      case 'c':
        return this.text([...(this.take() ?? '')][0] ?? '', { ...directive, precision: undefined });
      case 'T':
        return this.text(this.date(directive.time as string), directive);
      case 'd':
      case 'i':
        return this.signed(this.integer(this.take()), directive);
      case 'u':
      case 'o':
      case 'x':
      case 'X':
        return this.unsigned(BigInt.asUintN(64, this.integer(this.take())), directive);
      case 'e':
      case 'E':
      case 'f':
      case 'F':
      case 'g':
      case 'G':
      case 'a':
      case 'A':
        return this.pad(formatFloat(this.float(this.take()), directive), directive);
      case 'n':
        assignVariable(this.call.shell, this.take() ?? '', String(encodeBytes(this.out).length));
        return;
      default:
        this.errors.push(directive.conversion === '' ? `\`${whole.slice(-1)}': missing format character` : `\`${directive.conversion}': invalid format character`);
        throw new Stop();
    }
  }

  private date(format: string): string {
    const arg = this.take();
    const { sim } = this.call.shell.process.machine;
    const seconds = arg === undefined || arg === '-1' ? Math.floor(sim.dateMs() / 1000) : arg === '-2' ? Math.floor(sim.startDateMs / 1000) : Number(this.integer(arg));
    return strftime(format === '' ? '%X' : format, seconds);
  }

  private text(text: string, directive: Directive): void {
    const cut = directive.precision === undefined ? text : decodeBytes(encodeBytes(text).subarray(0, directive.precision));
    const missing = directive.width - encodeBytes(cut).length;
    const fill = missing > 0 ? ' '.repeat(missing) : '';
    this.out += directive.flags.includes('-') ? cut + fill : fill + cut;
  }

  private signed(value: bigint, directive: Directive): void {
    const sign = value < 0n ? '-' : directive.flags.includes('+') ? '+' : directive.flags.includes(' ') ? ' ' : '';
    const digits = String(value < 0n ? -value : value).padStart(directive.precision ?? 1, '0');
    this.pad(sign + digits, directive, directive.precision !== undefined);
  }

  private unsigned(value: bigint, directive: Directive): void {
    const base = directive.conversion === 'o' ? 8 : directive.conversion === 'u' ? 10 : 16;
    let digits = value.toString(base).padStart(directive.precision ?? 1, '0');
    if (directive.flags.includes('#') && value !== 0n) {
      if (base === 8 && !digits.startsWith('0')) digits = `0${digits}`;
      if (base === 16) digits = `0x${digits}`;
    }
    this.pad(directive.conversion === 'X' ? digits.toUpperCase() : digits, directive, directive.precision !== undefined);
  }

  /** Fills up a number: with zeros after its sign, or with blanks. */
  private pad(text: string, directive: Directive, noZeros = false): void {
    const missing = directive.width - text.length;
    if (missing <= 0) this.out += text;
    else if (directive.flags.includes('-')) this.out += text + ' '.repeat(missing);
    else if (directive.flags.includes('0') && !noZeros && !/inf|nan/i.test(text)) {
      const head = /^[-+ ]?(?:0[xX])?/.exec(text)?.[0] ?? '';
      this.out += head + '0'.repeat(missing) + text.slice(head.length);
    } else this.out += ' '.repeat(missing) + text;
  }

  /** An argument as a number; complains and takes what is one at its start. */
  private integer(arg: string | undefined): bigint {
    const text = arg ?? '';
    if (/^["']/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    const match = /^\s*([+-]?)(0[xX][0-9A-Fa-f]+|0[0-7]*|[1-9]\d*)?/.exec(text) as RegExpExecArray;
    const [taken, sign, digits = ''] = match as unknown as [string, string, string | undefined];
    if (arg !== undefined && (digits === '' || taken.length < text.length)) this.errors.push(`${text}: invalid number`);
    const value = digits === '' ? 0n : BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return sign === '-' ? -value : value;
  }

  private float(arg: string | undefined): number {
    const text = arg ?? '0';
    if (/^["']/.test(text)) return text.codePointAt(1) ?? 0;
    const match = /^\s*[+-]?(?:\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?|0[xX][0-9A-Fa-f]+|inf(?:inity)?|nan)/i.exec(text);
    if (match === null || match[0].length < text.length) this.errors.push(`${text}: invalid number`);
    const taken = (match?.[0] ?? '0').trim();
    if (/inf/i.test(taken)) return taken.startsWith('-') ? -Infinity : Infinity;
    return Number(taken);
  }
}

function* printf(call: BuiltinCall): Op<number> {
  let { args } = call;
  let target: string | undefined;
  if (args[0] === '-v') {
    target = args[1];
    args = args.slice(2);
    if (target === undefined || !/^[A-Za-z_]\w*(\[.*\])?$/.test(target)) return yield* call.fail(`\`${target ?? ''}': not a valid identifier`, 2);
  } else if (args[0] !== undefined && /^-[^-]/.test(args[0])) return yield* call.invalidOption(args[0].slice(0, 2));
  if (args[0] === '--') args = args.slice(1);
  const [format] = args;
  if (format === undefined) return yield* call.usage();
  const formatter = new Formatter(call, format, args.slice(1));
  formatter.run();
  if (target === undefined) yield* call.out(formatter.out);
  else {
    const element = /^(\w+)\[([\s\S]+)\]$/.exec(target);
    assignVariable(call.shell, element?.[1] ?? target, formatter.out, element === null ? {} : { index: element[2] });
  }
  for (const error of formatter.errors) yield* call.fail(error);
  return formatter.errors.length > 0 ? 1 : 0;
}

export const PRINTF: BuiltinTable = { printf };
