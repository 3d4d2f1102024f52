/** One option of a command, as pflag declares it. */
export interface FlagSpec {
  readonly name: string;
  readonly short?: string;
  /** `bool` takes no value; `list` may be repeated. */
  readonly kind: 'bool' | 'string' | 'int' | 'list';
  /** What help shows as the value's name; from the kind when left out. */
  readonly valueName?: string;
  /** Shown in help when it is not the kind's zero. */
  readonly defaultValue?: string;
  readonly usage: string;
  readonly hidden?: boolean;
}

/** Wrong use of options, in pflag's words. */
export class FlagError extends Error {}

/** What was given. */
export class FlagValues {
  private readonly values = new Map<string, string[]>();

  constructor(private readonly specs: readonly FlagSpec[]) {}

  set(spec: FlagSpec, value: string): void {
    const before = this.values.get(spec.name);
    if (spec.kind === 'list' && before !== undefined) before.push(value);
    else this.values.set(spec.name, [value]);
  }

  has(name: string): boolean {
    return this.values.has(name);
  }

  bool(name: string): boolean {
    const value = this.values.get(name)?.[0] ?? this.defaultOf(name);
    return value === 'true' || value === '1' || value === 't';
  }

  string(name: string): string {
    return this.values.get(name)?.[0] ?? this.defaultOf(name);
  }

  number(name: string): number {
    return Number.parseInt(this.string(name) || '0', 10);
  }

  list(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  private defaultOf(name: string): string {
    return this.specs.find((spec) => spec.name === name)?.defaultValue ?? '';
  }
}

const BOOL_WORDS = new Set(['1', 't', 'T', 'TRUE', 'true', 'True', '0', 'f', 'F', 'FALSE', 'false', 'False']);

/** Takes options out of the words. `interspersed` false stops at the first word that is none. Throws FlagError. */
export function parseFlags(specs: readonly FlagSpec[], words: readonly string[], interspersed: boolean): { flags: FlagValues; args: string[] } {
  const flags = new FlagValues(specs);
  const args: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') {
      args.push(...words.slice(at + 1));
      break;
    }
    if (!word.startsWith('-') || word === '-') {
      args.push(word);
      if (interspersed) continue;
      args.push(...words.slice(at + 1));
      break;
    }
    at = word.startsWith('--') ? parseLong(specs, flags, words, at) : parseShort(specs, flags, words, at);
  }
  return { flags, args };
}

function parseLong(specs: readonly FlagSpec[], flags: FlagValues, words: readonly string[], at: number): number {
  const word = words[at] as string;
  const equals = word.indexOf('=');
  const name = equals < 0 ? word.slice(2) : word.slice(2, equals);
  if (name === '' || name.startsWith('-') || name.startsWith('=')) throw new FlagError(`bad flag syntax: ${word}`);
  const spec = specs.find((each) => each.name === name);
  if (spec === undefined) throw new FlagError(`unknown flag: --${name}`);
  if (equals >= 0) {
    assign(flags, spec, word.slice(equals + 1), `--${name}`);
    return at;
  }
  if (spec.kind === 'bool') {
    flags.set(spec, 'true');
    return at;
  }
  const value = words[at + 1];
  if (value === undefined) throw new FlagError(`flag needs an argument: --${name}`);
  assign(flags, spec, value, `--${name}`);
  return at + 1;
}

function parseShort(specs: readonly FlagSpec[], flags: FlagValues, words: readonly string[], at: number): number {
  const word = words[at] as string;
  for (let index = 1; index < word.length; index++) {
    const letter = word[index] as string;
    const spec = specs.find((each) => each.short === letter);
    if (spec === undefined) throw new FlagError(`unknown shorthand flag: '${letter}' in -${word.slice(index)}`);
    const label = `-${letter}, --${spec.name}`;
    if (word[index + 1] === '=') {
      assign(flags, spec, word.slice(index + 2), label);
      return at;
    }
    if (spec.kind === 'bool') {
      flags.set(spec, 'true');
      continue;
    }
    if (index + 1 < word.length) {
      assign(flags, spec, word.slice(index + 1), label);
      return at;
    }
    const value = words[at + 1];
    if (value === undefined) throw new FlagError(`flag needs an argument: '${letter}' in -${word.slice(index)}`);
    assign(flags, spec, value, label);
    return at + 1;
  }
  return at;
}

function assign(flags: FlagValues, spec: FlagSpec, value: string, label: string): void {
  const parse = spec.kind === 'bool' ? 'ParseBool' : 'ParseInt';
  const fine = spec.kind === 'bool' ? BOOL_WORDS.has(value) : spec.kind !== 'int' || /^[+-]?\d+$/.test(value);
  if (!fine) throw new FlagError(`invalid argument "${value}" for "${label}" flag: strconv.${parse}: parsing "${value}": invalid syntax`);
  flags.set(spec, spec.kind === 'bool' ? String(['1', 't', 'true'].includes(value.toLowerCase())) : value);
}

/** The block of a help text below `Options:`. `columns` is the terminal's width. */
export function flagUsages(specs: readonly FlagSpec[], columns: number): string {
  const shown = specs.filter((spec) => spec.hidden !== true).sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = shown.map((spec) => {
    const dashes = spec.short === undefined ? `      --${spec.name}` : `  -${spec.short}, --${spec.name}`;
    const value = valueNameOf(spec);
    return { left: value === '' ? dashes : `${dashes} ${value}`, right: `${spec.usage}${defaultText(spec)}` };
  });
  const width = Math.max(0, ...rows.map((row) => row.left.length)) + 1;
  return rows.map((row) => `${row.left.padEnd(width + 2)}${wrap(width + 2, columns - 1, row.right)}`).join('\n');
}

function valueNameOf(spec: FlagSpec): string {
  return spec.valueName ?? (spec.kind === 'bool' ? '' : spec.kind);
}

function defaultText(spec: FlagSpec): string {
  const { defaultValue } = spec;
  if (defaultValue === undefined || defaultValue === '' || defaultValue === 'false') return '';
  return spec.kind === 'string' ? ` (default "${defaultValue}")` : ` (default ${defaultValue})`;
}

const SLOP = 5;

/** Breaks a description into lines that are indented by `indent`. */
function wrap(indent: number, columns: number, text: string): string {
  let at = indent;
  let out = '';
  if (columns - at < 24) {
    at = 16;
    out = `\n${' '.repeat(at)}`;
  }
  if (columns - at < 24) return text;
  const room = columns - at - SLOP;
  let rest = text;
  for (;;) {
    const space = room + SLOP > rest.length ? -1 : rest.slice(0, room).lastIndexOf(' ');
    if (space <= 0) return out + rest;
    out += `${rest.slice(0, space)}\n${' '.repeat(at)}`;
    rest = rest.slice(space + 1);
  }
}
