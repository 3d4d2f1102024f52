/** An option as its usage text declares it. */
interface DeclaredOption {
  readonly short: string | undefined;
  readonly long: string | undefined;
  readonly takesValue: boolean;
  readonly defaultValue: string | undefined;
  readonly repeated: boolean;
}

/** One positional argument of the usage line. */
interface Positional {
  readonly name: string;
  readonly optional: boolean;
  readonly repeated: boolean;
}

/** The words do not fit the usage text. */
export class DocoptExit extends Error {}

/** What was given: options by their long name (or `-T`), arguments by their name in the usage line. */
export class DocoptResult {
  constructor(
    private readonly options: ReadonlyMap<string, readonly string[]>,
    private readonly args: ReadonlyMap<string, readonly string[]>,
    readonly helpAsked: boolean,
  ) {}

  flag(name: string): boolean {
    return this.options.has(name);
  }

  value(name: string): string | undefined {
    return this.options.get(name)?.[0];
  }

  values(name: string): readonly string[] {
    return this.options.get(name) ?? [];
  }

  argument(name: string): string | undefined {
    return this.args.get(name)?.[0];
  }

  arguments(name: string): readonly string[] {
    return this.args.get(name) ?? [];
  }
}

/**
 * Reads words by a usage text, options before the first argument only. Throws DocoptExit.
 * @source docopt 0.6.2
 */
export function docopt(usage: string, words: readonly string[]): DocoptResult {
  const declared = declaredOptions(usage);
  const { options, args, helpAsked } = takeOptions(declared, words);
  if (helpAsked) return new DocoptResult(options, new Map(), true);
  const bound = bindArguments(positionals(usage), args);
  for (const option of declared) {
    const name = nameOf(option);
    if (option.defaultValue !== undefined && !options.has(name)) options.set(name, [option.defaultValue]);
  }
  return new DocoptResult(options, bound, false);
}

function nameOf(option: DeclaredOption): string {
  return option.long ?? (option.short as string);
}

/** The lines `  -f, --file FILE   text` below `Options:`. */
function declaredOptions(usage: string): DeclaredOption[] {
  const usageLine = usageWords(usage);
  const blocks = usage.split(/\n[ \t]*(?=-\S)/).slice(1);
  return blocks.map((block) => {
    const [head = '', ...rest] = block.trim().split('  ');
    const words = head.replaceAll(',', ' ').replaceAll('=', ' ').split(/\s+/).filter((word) => word !== '');
    const short = words.find((word) => /^-[^-]/.test(word));
    const long = words.find((word) => word.startsWith('--'));
    const takesValue = words.some((word) => !word.startsWith('-'));
    const repeated = [short, long].some((name) => name !== undefined && new RegExp(`${name}[ =][^\\]]*\\.\\.\\.`).test(usageLine));
    return { short, long, takesValue, defaultValue: takesValue ? /\[default: (.*?)\]/i.exec(rest.join('  '))?.[1] : undefined, repeated };
  });
}

function usageWords(usage: string): string {
  const section = /usage:([^\n]*\n(?:[ \t].*\n?)*|[^\n]*$)/i.exec(usage)?.[1] ?? '';
  const lines = section.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.filter((line) => !/^docker-compose -h/.test(line)).join(' ');
}

function positionals(usage: string): Positional[] {
  const line = usageWords(usage).replace(/^\S+\s*/, '');
  const found: Positional[] = [];
  for (const match of line.matchAll(/\[([^\]]*)\](\.\.\.)?|(\S+)/g)) {
    const [, bracketed, , bare] = match;
    const text = bracketed ?? bare ?? '';
    if (text === 'options' || text.startsWith('-')) continue;
    found.push({ name: text.replace(/\.\.\.$/, ''), optional: bracketed !== undefined, repeated: text.endsWith('...') });
  }
  return found;
}

interface Taken {
  readonly options: Map<string, string[]>;
  readonly args: readonly string[];
  readonly helpAsked: boolean;
}

function takeOptions(declared: readonly DeclaredOption[], words: readonly string[]): Taken {
  const options = new Map<string, string[]>();
  let helpAsked = false;
  let at = 0;
  const add = (option: DeclaredOption, value: string): void => {
    const name = nameOf(option);
    const before = options.get(name);
    if (before !== undefined && !option.repeated) throw new DocoptExit();
    options.set(name, [...(before ?? []), value]);
  };
  const valueAfter = (): string => {
    const value = words[at + 1];
    if (value === undefined || value === '--') throw new DocoptExit();
    at += 1;
    return value;
  };
  for (; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--' || !word.startsWith('-') || word === '-') break;
    if (word === '-h' || word === '--help') {
      helpAsked = true;
      continue;
    }
    if (word.startsWith('--')) takeLong(declared, word, add, valueAfter);
    else takeShort(declared, word, add, valueAfter);
  }
  return { options, args: words.slice(at), helpAsked };
}

type AddOption = (option: DeclaredOption, value: string) => void;

function takeLong(declared: readonly DeclaredOption[], word: string, add: AddOption, valueAfter: () => string): void {
  const equals = word.indexOf('=');
  const name = equals < 0 ? word : word.slice(0, equals);
  const exact = declared.filter((option) => option.long === name);
  const similar = exact.length > 0 ? exact : declared.filter((option) => option.long?.startsWith(name) === true);
  const [option] = similar;
  if (option === undefined || similar.length > 1) throw new DocoptExit();
  if (!option.takesValue) {
    if (equals >= 0) throw new DocoptExit();
    add(option, 'true');
  } else add(option, equals >= 0 ? word.slice(equals + 1) : valueAfter());
}

function takeShort(declared: readonly DeclaredOption[], word: string, add: AddOption, valueAfter: () => string): void {
  for (let index = 1; index < word.length; index++) {
    const option = declared.find((each) => each.short === `-${word[index] as string}`);
    if (option === undefined) throw new DocoptExit();
    if (!option.takesValue) {
      add(option, 'true');
      continue;
    }
    add(option, index + 1 < word.length ? word.slice(index + 1) : valueAfter());
    return;
  }
}

function bindArguments(wanted: readonly Positional[], args: readonly string[]): Map<string, readonly string[]> {
  const bound = new Map<string, readonly string[]>();
  let rest = args[0] === '--' && wanted.every((each) => each.name !== 'ARGS') ? args.slice(1) : args;
  for (const each of wanted) {
    if (rest.length === 0 && !each.optional) throw new DocoptExit();
    const taken = each.repeated ? rest : rest.slice(0, 1);
    bound.set(each.name, taken);
    rest = rest.slice(taken.length);
  }
  if (rest.length > 0) throw new DocoptExit();
  return bound;
}
