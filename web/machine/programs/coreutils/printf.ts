import type { Op } from '../../../engine/kernel/task';
import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import { binaryToBytes, textToBinary } from '../lib/byte-text';
import { type Conversion, formatFloat, formatInteger, formatString } from '../lib/c-format';
import { unescapeBackslashes } from '../lib/escapes';
import { quoteLocale, quoteShell } from '../lib/quoting';

/** The external printf: C's conversions, %b and %q; the format is used again while arguments are left. */
export const printf: Program = {
  name: 'printf',
  *main(process) {
    const name = process.argv[0] as string;
    const [format, ...args] = process.args[0] === '--' ? process.args.slice(1) : process.args;
    if (format === undefined) {
      yield* process.err(`${name}: missing operand\nTry '${name} --help' for more information.\n`);
      return 1;
    }
    if (process.args.length === 1 && format === '--version') {
      yield* process.out('printf (GNU coreutils) 9.1\n');
      return 0;
    }
    return yield* new Formatter(process, textToBinary(format), args).run();
  },
};

class Formatter {
  private out = '';
  private status = 0;
  private next = 0;
  private stopped = false;

  constructor(
    private readonly process: Process,
    private readonly format: string,
    private readonly args: readonly string[],
  ) {}

  *run(): Op<number> {
    do {
      const before = this.next;
      const failed = yield* this.once();
      if (failed) return 1;
      if (this.next === before && this.next < this.args.length) {
        yield* this.flush();
        yield* this.process.err(`${this.process.argv[0]}: warning: ignoring excess arguments, starting with ${quoteLocale(this.args[this.next] as string)}\n`);
        break;
      }
    } while (!this.stopped && this.next < this.args.length);
    yield* this.flush();
    return this.status;
  }

  private *once(): Op<boolean> {
    const pieces = /%%|%([-+ #0']*)(\*|\d+)?(?:\.(\*|-?\d*))?([hlLjzt]*)(.)?|[^%]+/gs;
    for (const match of this.format.matchAll(pieces)) {
      if (match[0] === '%%') this.out += '%';
      else if (!match[0].startsWith('%')) this.put(unescapeBackslashes(match[0], 'printf'));
      else if (match[4] !== undefined && !'diouxXfFeEgGaAcsbq'.includes(match[5] ?? '\0')) return yield* this.invalid(match[0]);
      else yield* this.convert(match);
      if (this.stopped) return false;
    }
    return false;
  }

  private *invalid(text: string): Op<boolean> {
    yield* this.complain(`${text}: invalid conversion specification`);
    return true;
  }

  private *convert(match: RegExpMatchArray): Op<void> {
    const star = (): number => Number(this.take() ?? 0) || 0;
    let flags = match[1] as string;
    let width = match[2] === '*' ? star() : match[2] === undefined ? undefined : Number(match[2]);
    const precision = match[3] === '*' ? star() : match[3] === undefined ? undefined : Number(match[3]);
    if (width !== undefined && width < 0) {
      flags += '-';
      width = -width;
    }
    const conversion: Conversion = { flags, width, precision, letter: match[5] as string };
    const { letter } = conversion;
    if (letter === 's') this.out += formatString(textToBinary(this.take() ?? ''), conversion);
    else if (letter === 'c') this.out += formatString(textToBinary(this.take() ?? '').slice(0, 1), { ...conversion, precision: undefined });
    else if (letter === 'q') this.out += formatString(textToBinary(quoteWord(this.take() ?? '')), conversion);
    else if (letter === 'b') {
      const { text, stopped } = unescapeBackslashes(textToBinary(this.take() ?? ''), 'percent-b');
      this.put({ text: formatString(text, conversion), stopped });
    } else if ('diouxX'.includes(letter)) this.out += formatInteger(yield* this.integer(), conversion);
    else this.out += formatFloat(yield* this.float(), conversion);
  }

  private put({ text, stopped }: { text: string; stopped: boolean }): void {
    this.out += text;
    this.stopped = stopped;
  }

  private take(): string | undefined {
    return this.args[this.next++];
  }

  private *integer(): Op<bigint> {
    const text = this.take() ?? '';
    if (text === '') return 0n;
    if (/^['"]/.test(text)) return BigInt(text.codePointAt(1) ?? 0);
    const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\d*)/.exec(text);
    if (match === null) {
      yield* this.complain(`${quoteLocale(text)}: expected a numeric value`);
      return 0n;
    }
    const digits = match[2] as string;
    if (match[0].length < text.length) yield* this.complain(`${quoteLocale(text)}: value not completely converted`);
    const value = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return match[1] === '-' ? -value : value;
  }

  private *float(): Op<number> {
    const text = this.take() ?? '';
    if (text === '') return 0;
    if (/^['"]/.test(text)) return text.codePointAt(1) ?? 0;
    const match = /^\s*[-+]?(0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i.exec(text);
    if (match === null) {
      yield* this.complain(`${quoteLocale(text)}: expected a numeric value`);
      return 0;
    }
    if (match[0].length < text.length) yield* this.complain(`${quoteLocale(text)}: value not completely converted`);
    const sign = match[0].includes('-') && match[0].trim().startsWith('-') ? -1 : 1;
    const digits = (match[1] as string).toLowerCase();
    return sign * (digits.startsWith('inf') ? Infinity : digits === 'nan' ? NaN : Number(digits));
  }

  private *complain(message: string): Op<void> {
    this.status = 1;
    yield* this.flush();
    yield* this.process.err(`${this.process.argv[0]}: ${message}\n`);
  }

  private *flush(): Op<void> {
    const { out } = this;
    this.out = '';
    yield* this.process.out(binaryToBytes(out));
  }
}

function quoteWord(text: string): string {
  return /^[\w%+,./:@-]+$/.test(text) ? text : quoteShell(text);
}
