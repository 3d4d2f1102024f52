import {
  type ConversionProblem,
  conversionFailed,
  missingArgument,
  missingRequiredOptions,
  multipleArguments,
  unrecognizedOption,
} from './joptsimple-error';
import { formatHelp } from './joptsimple-help';
import { type ArgumentType, arranged, type OptionSpec } from './joptsimple-spec';

const INT_FRAMES = [
  'java.lang.NumberFormatException.forInputString(NumberFormatException.java:65)',
  'java.lang.Integer.parseInt(Integer.java:580)',
  'java.lang.Integer.valueOf(Integer.java:766)',
];
const LONG_FRAMES = [
  'java.lang.NumberFormatException.forInputString(NumberFormatException.java:65)',
  'java.lang.Long.parseLong(Long.java:589)',
  'java.lang.Long.valueOf(Long.java:803)',
];
const DOUBLE_FRAMES = [
  'sun.misc.FloatingDecimal.readJavaFormatString(FloatingDecimal.java:2043)',
  'java.lang.Double.valueOf(Double.java:502)',
];
const JAVA_DOUBLE = /^\s*[+-]?(NaN|Infinity|((\d+\.?\d*|\.\d+)([eE][+-]?\d+)?)[fFdD]?)\s*$/;

/**
 * Options as joptsimple 5.0.4 reads and explains them, without abbreviations, as Kafka's tools ask for.
 *
 * Errors: JoptError with joptsimple's own class and words, from `parse` and from the values.
 * @source jopt-simple 5.0.4 joptsimple/OptionParser.java
 */
export class OptionParser {
  private readonly byName = new Map<string, OptionSpec>();

  constructor(private readonly specs: readonly OptionSpec[]) {
    for (const spec of specs) for (const name of spec.names) this.byName.set(name, spec);
  }

  parse(args: readonly string[]): OptionSet {
    const detected = new OptionSet(this.byName);
    const rest = [...args];
    let optionsEnded = false;
    for (let token = rest.shift(); token !== undefined; token = rest.shift()) {
      if (optionsEnded || token === '-' || !token.startsWith('-')) detected.nonOptionArguments.push(token);
      else if (token === '--') optionsEnded = true;
      else if (token.startsWith('--')) this.longOption(token.slice(2), rest, detected);
      else this.shortOption(token.slice(1), rest, detected);
    }
    const missing = this.specs.filter((spec) => spec.required === true && !detected.has(nameOf(spec)));
    if (missing.length > 0) throw missingRequiredOptions(missing.map((spec) => spec.names.join('/')));
    return detected;
  }

  /** `--topic`, `--list`, ... */
  get longNames(): string[] {
    return [...this.byName.keys()].filter((name) => name.length > 1).map((name) => `--${name}`);
  }

  /** The table that `printHelpOn` writes, with its line ends. */
  help(): string {
    return formatHelp(this.specs);
  }

  /** The declaration of an option; asking for an undeclared one is our bug. */
  spec(name: string): OptionSpec {
    return specOf(this.byName, name);
  }

  private longOption(text: string, rest: string[], detected: OptionSet): void {
    const { key, value } = keyAndValue(text);
    const spec = this.byName.get(key);
    if (spec === undefined) throw unrecognizedOption(key, 'long');
    this.take(spec, value, rest, detected);
  }

  private shortOption(text: string, rest: string[], detected: OptionSet): void {
    const { key, value } = keyAndValue(text);
    const whole = this.byName.get(key);
    if (whole === undefined) this.cluster(text, rest, detected);
    else this.take(whole, value, rest, detected);
  }

  /** `-abc`: three flags, or a flag and another with its argument. */
  private cluster(letters: string, rest: string[], detected: OptionSet): void {
    for (const letter of letters) {
      const spec = this.byName.get(letter);
      if (spec === undefined) throw unrecognizedOption(letter, 'short');
      if (spec.argument !== undefined) break;
    }
    for (let i = 0; i < letters.length; i++) {
      const spec = this.byName.get(letters[i] as string) as OptionSpec;
      if (spec.argument !== undefined && i + 1 < letters.length) {
        this.take(spec, letters.slice(i + 1), rest, detected);
        return;
      }
      this.take(spec, undefined, rest, detected);
    }
  }

  private take(spec: OptionSpec, attached: string | undefined, rest: string[], detected: OptionSet): void {
    const { argument } = spec;
    if (argument === undefined) detected.add(spec, []);
    else if (attached !== undefined) detected.add(spec, valuesOfArgument(attached, argument.separator));
    else if (argument.required !== false) {
      const next = rest.shift();
      if (next === undefined) throw missingArgument(nameOf(spec));
      detected.add(spec, valuesOfArgument(next, argument.separator));
    } else if (this.isOptionalArgument(rest[0], argument.type)) {
      detected.add(spec, valuesOfArgument(rest.shift() as string, argument.separator));
    } else detected.add(spec, []);
  }

  private isOptionalArgument(next: string | undefined, type: ArgumentType = 'String'): boolean {
    if (next === undefined || conversionProblem(next, type) !== undefined) return false;
    const looksLikeOption = next !== '-' && next !== '--' && next.startsWith('-');
    return !looksLikeOption || type === 'Integer' || type === 'Long' || type === 'Double';
  }
}

/** What was found on the command line. Options are asked for by any of their names; asking for an undeclared one is our bug. */
export class OptionSet {
  readonly nonOptionArguments: string[] = [];
  private readonly found = new Map<OptionSpec, string[]>();

  constructor(private readonly byName: ReadonlyMap<string, OptionSpec>) {}

  add(spec: OptionSpec, values: readonly string[]): void {
    this.found.set(spec, [...(this.found.get(spec) ?? []), ...values]);
  }

  has(name: string): boolean {
    return this.found.has(this.spec(name));
  }

  /** True when the option has an argument on the command line. */
  hasArgument(name: string): boolean {
    return (this.found.get(this.spec(name)) ?? []).length > 0;
  }

  /** The argument, or the default; undefined without either. Throws JoptError for several, and for one that is not of its type. */
  valueOf(name: string): string | undefined {
    const values = this.valuesOf(name);
    if (values.length > 1) throw multipleArguments(nameOf(this.spec(name)));
    return values[0];
  }

  /** All arguments, or the defaults. Throws JoptError. */
  valuesOf(name: string): readonly string[] {
    const spec = this.spec(name);
    const values = this.found.get(spec) ?? [];
    if (values.length === 0) return spec.argument?.defaults ?? [];
    for (const value of values) {
      const problem = conversionProblem(value, spec.argument?.type ?? 'String');
      if (problem !== undefined) throw conversionFailed(value, nameOf(spec), problem);
    }
    return values;
  }

  /** The argument of an Integer, Long or Double option; rounded beyond 2^53. */
  numberOf(name: string): number | undefined {
    const value = this.valueOf(name);
    return value === undefined ? undefined : Number(value.trim().replace(/[fFdD]$/, ''));
  }

  private spec(name: string): OptionSpec {
    return specOf(this.byName, name);
  }
}

function specOf(byName: ReadonlyMap<string, OptionSpec>, name: string): OptionSpec {
  const spec = byName.get(name);
  if (spec === undefined) throw new Error(`the option ${name} was not declared`);
  return spec;
}

function nameOf(spec: OptionSpec): string {
  return arranged(spec.names)[0] as string;
}

function keyAndValue(text: string): { key: string; value: string | undefined } {
  const equals = text.indexOf('=');
  return equals < 0 ? { key: text, value: undefined } : { key: text.slice(0, equals), value: text.slice(equals + 1) };
}

function valuesOfArgument(argument: string, separator: string | undefined): string[] {
  return separator === undefined ? [argument] : argument.split(separator);
}

function conversionProblem(text: string, type: ArgumentType): ConversionProblem | undefined {
  switch (type) {
    case 'Integer':
      return isWhole(text, 31n) ? undefined : { message: `For input string: "${text}"`, frames: INT_FRAMES };
    case 'Long':
      return isWhole(text, 63n) ? undefined : { message: `For input string: "${text}"`, frames: LONG_FRAMES };
    case 'Double':
      return JAVA_DOUBLE.test(text)
        ? undefined
        : { message: text.trim() === '' ? 'empty String' : `For input string: "${text}"`, frames: DOUBLE_FRAMES };
    default:
      return undefined;
  }
}

function isWhole(text: string, bits: bigint): boolean {
  if (!/^[+-]?\d+$/.test(text)) return false;
  const value = BigInt(text.replace(/^\+/, ''));
  return value >= -(1n << bits) && value < 1n << bits;
}
