/** The options that a program knows, in getopt_long's terms. */
export interface OptionSpec {
  /** `n:c::qv`: one colon asks for a value, two allow one that is attached. A leading `+` stops at the first operand. */
  readonly short: string;
  /** Long names with the key that they stand for and its colons: `{ lines: 'n:', quiet: 'q', color: 'color::' }`. */
  readonly long?: Readonly<Record<string, string>>;
  /** `-12` is an option too, with the key `#`. */
  readonly digits?: boolean;
}

/** A mistake in the options; `message` is getopt's, without the program's name. */
export class OptionError extends Error {}

interface ParsedOption {
  readonly key: string;
  readonly value: string | undefined;
}

/** What the command line said: options in their order, and operands. */
export class Options {
  constructor(
    readonly all: readonly ParsedOption[],
    readonly operands: readonly string[],
  ) {}

  has(...keys: readonly string[]): boolean {
    return this.all.some((option) => keys.includes(option.key));
  }

  /** The value that was given last; undefined when there is none. */
  value(key: string): string | undefined {
    return this.all.findLast((option) => option.key === key)?.value;
  }

  values(key: string): string[] {
    return this.all.filter((option) => option.key === key).map((option) => option.value ?? '');
  }

  /** Which of these keys came last; undefined when none did. */
  last(...keys: readonly string[]): string | undefined {
    return this.all.findLast((option) => keys.includes(option.key))?.key;
  }
}

type ValueMode = 'none' | 'required' | 'optional';

function modeOf(colons: string): ValueMode {
  return colons === '::' ? 'optional' : colons === ':' ? 'required' : 'none';
}

/** Reads the words after the program's name as getopt_long does: options may stand among operands, long names may be shortened. Throws OptionError. */
export function parseOptions(args: readonly string[], spec: OptionSpec): Options {
  const stopsEarly = spec.short.startsWith('+');
  const short = new Map<string, ValueMode>();
  for (const match of spec.short.matchAll(/([^:+])(:{0,2})/g)) short.set(match[1] as string, modeOf(match[2] as string));
  const options: ParsedOption[] = [];
  const operands: string[] = [];
  let at = 0;
  const next = (): string | undefined => args[at++];
  while (at < args.length) {
    const word = next() as string;
    if (word === '--') {
      operands.push(...args.slice(at));
      break;
    }
    if (word.startsWith('--')) options.push(longOption(word.slice(2), spec, next));
    else if (word.startsWith('-') && word !== '-') shortOptions(word, { short, spec, next, options });
    else {
      operands.push(word);
      if (!stopsEarly) continue;
      operands.push(...args.slice(at));
      break;
    }
  }
  return new Options(options, operands);
}

function longOption(text: string, spec: OptionSpec, next: () => string | undefined): ParsedOption {
  const equals = text.indexOf('=');
  const name = equals < 0 ? text : text.slice(0, equals);
  const attached = equals < 0 ? undefined : text.slice(equals + 1);
  const long: Readonly<Record<string, string>> = { ...spec.long, help: 'help', version: 'version' };
  let matches = Object.keys(long).filter((each) => each.startsWith(name));
  if (matches.includes(name)) matches = [name];
  else if (new Set(matches.map((each) => long[each])).size === 1) matches = matches.slice(0, 1);
  if (matches.length === 0) throw new OptionError(`unrecognized option '--${name}'`);
  if (matches.length > 1) {
    throw new OptionError(`option '--${text}' is ambiguous; possibilities: ${matches.map((each) => `'--${each}'`).join(' ')}`);
  }
  const full = matches[0] as string;
  const target = long[full] as string;
  const key = target.replace(/:+$/, '');
  const mode = modeOf(target.slice(key.length));
  if (mode === 'none' && attached !== undefined) throw new OptionError(`option '--${full}' doesn't allow an argument`);
  if (mode !== 'required' || attached !== undefined) return { key, value: attached };
  const value = next();
  if (value === undefined) throw new OptionError(`option '--${full}' requires an argument`);
  return { key, value };
}

function shortOptions(
  word: string,
  parsing: { short: ReadonlyMap<string, ValueMode>; spec: OptionSpec; next: () => string | undefined; options: ParsedOption[] },
): void {
  const letters = [...word].slice(1);
  for (let i = 0; i < letters.length; i++) {
    const letter = letters[i] as string;
    if (parsing.spec.digits === true && /\d/.test(letter)) {
      let end = i + 1;
      while (end < letters.length && /\d/.test(letters[end] as string)) end += 1;
      parsing.options.push({ key: '#', value: letters.slice(i, end).join('') });
      i = end - 1;
      continue;
    }
    const mode = parsing.short.get(letter);
    if (mode === undefined) throw new OptionError(`invalid option -- '${letter}'`);
    if (mode === 'none') {
      parsing.options.push({ key: letter, value: undefined });
      continue;
    }
    const rest = letters.slice(i + 1).join('');
    const value = rest !== '' ? rest : mode === 'required' ? parsing.next() : undefined;
    if (mode === 'required' && value === undefined) throw new OptionError(`option requires an argument -- '${letter}'`);
    parsing.options.push({ key: letter, value });
    return;
  }
}
