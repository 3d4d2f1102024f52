import { SET_OPTIONS } from '../execute/options';

/** What the command line of bash asks for. */
export interface Invocation {
  /** `-c`'s text. */
  readonly command: string | undefined;
  readonly script: string | undefined;
  /** `$0` when it was given, and the positional parameters. */
  readonly zero: string | undefined;
  readonly args: readonly string[];
  readonly interactive: boolean;
  readonly login: boolean;
  readonly readsRc: boolean;
  readonly readsProfile: boolean;
  readonly rcFile: string | undefined;
  readonly lineEditing: boolean;
  /** Options to switch on or off. */
  readonly set: readonly { readonly name: string; readonly on: boolean }[];
  readonly shopt: readonly { readonly name: string; readonly on: boolean }[];
  readonly show: 'help' | 'version' | undefined;
  /** What is wrong with the arguments. */
  readonly invalid: string | undefined;
}

const BY_LETTER = new Map(SET_OPTIONS.filter((each) => each.letter !== undefined).map((each) => [each.letter as string, each.name]));
const LONG_OPTIONS = new Set(['norc', 'noprofile', 'login', 'posix', 'noediting', 'restricted', 'verbose', 'debugger', 'rcfile', 'init-file', 'help', 'version']);

/** Reads the arguments of `bash`. */
export function parseInvocation(argv: readonly string[], terminalAttached: boolean): Invocation {
  const long = new Map<string, string>();
  const set: { name: string; on: boolean }[] = [];
  const shopt: { name: string; on: boolean }[] = [];
  const letters = new Set<string>();
  let invalid: string | undefined;
  let at = 1;
  for (; at < argv.length; at++) {
    const arg = argv[at] as string;
    if (arg === '--' || arg === '-') {
      at += 1;
      break;
    }
    if (arg.startsWith('--')) {
      const name = arg.slice(2);
      if (!LONG_OPTIONS.has(name)) invalid = `${arg}: invalid option`;
      long.set(name, name === 'rcfile' || name === 'init-file' ? (argv[++at] ?? '') : '');
    } else if (/^[-+]./.test(arg)) {
      const on = arg.startsWith('-');
      for (const letter of arg.slice(1)) {
        if (letter === 'o' || letter === 'O') (letter === 'o' ? set : shopt).push({ name: argv[++at] ?? '', on });
        else if ('cilsD'.includes(letter)) letters.add(letter);
        else if (BY_LETTER.has(letter)) set.push({ name: BY_LETTER.get(letter) as string, on });
        else invalid ??= `${arg[0] as string}${letter}: invalid option`;
      }
    } else break;
  }
  const rest = argv.slice(at);
  const command = letters.has('c') ? rest[0] : undefined;
  if (letters.has('c') && command === undefined) invalid ??= '-c: option requires an argument';
  const afterCommand = letters.has('c') ? rest.slice(1) : rest;
  const script = letters.has('c') || letters.has('s') ? undefined : rest[0];
  return {
    command: letters.has('c') ? (command ?? '') : undefined,
    script,
    zero: letters.has('c') ? afterCommand[0] : script,
    args: letters.has('s') ? rest : afterCommand.slice(1),
    interactive: letters.has('i') || (!letters.has('c') && script === undefined && terminalAttached),
    login: letters.has('l') || long.has('login') || (argv[0] ?? '').startsWith('-'),
    readsRc: !long.has('norc'),
    readsProfile: !long.has('noprofile'),
    rcFile: long.get('rcfile') ?? long.get('init-file'),
    lineEditing: !long.has('noediting'),
    set: long.has('posix') ? [...set, { name: 'posix', on: true }] : set,
    shopt,
    show: long.has('help') ? 'help' : long.has('version') ? 'version' : undefined,
    invalid,
  };
}
