/** `set -o` options in the order in which bash lists them, with their letters. */
export const SET_OPTIONS: readonly { readonly name: string; readonly letter?: string }[] = [
  { name: 'allexport', letter: 'a' },
  { name: 'braceexpand', letter: 'B' },
  { name: 'emacs' },
  { name: 'errexit', letter: 'e' },
  { name: 'errtrace', letter: 'E' },
  { name: 'functrace', letter: 'T' },
  { name: 'hashall', letter: 'h' },
  { name: 'histexpand', letter: 'H' },
  { name: 'history' },
  { name: 'ignoreeof' },
  { name: 'interactive-comments' },
  { name: 'keyword', letter: 'k' },
  { name: 'monitor', letter: 'm' },
  { name: 'noclobber', letter: 'C' },
  { name: 'noexec', letter: 'n' },
  { name: 'noglob', letter: 'f' },
  { name: 'nolog' },
  { name: 'notify', letter: 'b' },
  { name: 'nounset', letter: 'u' },
  { name: 'onecmd', letter: 't' },
  { name: 'physical', letter: 'P' },
  { name: 'pipefail' },
  { name: 'posix' },
  { name: 'privileged', letter: 'p' },
  { name: 'verbose', letter: 'v' },
  { name: 'vi' },
  { name: 'xtrace', letter: 'x' },
];

/** The order of the letters in `$-`. */
const FLAG_ORDER = 'abefhikmnprtuvxBCEHPTcs';

const ON_ALWAYS = ['braceexpand', 'hashall', 'interactive-comments'];
const ON_INTERACTIVE = ['emacs', 'histexpand', 'history', 'monitor'];

/** `shopt` options with what they are without anybody's setting. */
export const SHOPT_DEFAULTS: Readonly<Record<string, boolean>> = {
  autocd: false, assoc_expand_once: false, cdable_vars: false, cdspell: false, checkhash: false, checkjobs: false, checkwinsize: true,
  cmdhist: true, compat31: false, compat32: false, compat40: false, compat41: false, compat42: false, compat43: false, compat44: false,
  complete_fullquote: true, direxpand: false, dirspell: false, dotglob: false, execfail: false, expand_aliases: false, extdebug: false,
  extglob: false, extquote: true, failglob: false, force_fignore: true, globasciiranges: true, globskipdots: true, globstar: false,
  gnu_errfmt: false, histappend: false, histreedit: false, histverify: false, hostcomplete: true, huponexit: false, inherit_errexit: false,
  interactive_comments: true, lastpipe: false, lithist: false, localvar_inherit: false, localvar_unset: false, login_shell: false,
  mailwarn: false, no_empty_cmd_completion: false, nocaseglob: false, nocasematch: false, noexpand_translation: false, nullglob: false,
  patsub_replacement: true, progcomp: true, progcomp_alias: false, promptvars: true, restricted_shell: false, shift_verbose: false,
  sourcepath: true, varredir_close: false, xpg_echo: false,
};

/** What `set` and `shopt` switch. */
export class ShellOptions {
  private readonly on: Set<string>;
  private readonly shopts: Map<string, boolean>;
  /** Letters of `$-` that are no options: `i`, `c`, `s`. */
  invocationFlags = '';

  constructor(interactive: boolean) {
    this.on = new Set([...ON_ALWAYS, ...(interactive ? ON_INTERACTIVE : [])]);
    this.shopts = new Map(Object.entries(SHOPT_DEFAULTS));
    if (interactive) this.shopts.set('expand_aliases', true);
  }

  has(name: string): boolean {
    return this.on.has(name);
  }

  set(name: string, value: boolean): void {
    if (value) this.on.add(name);
    else this.on.delete(name);
  }

  shopt(name: string): boolean {
    return this.shopts.get(name) === true;
  }

  setShopt(name: string, value: boolean): void {
    this.shopts.set(name, value);
  }

  shoptNames(): string[] {
    return [...this.shopts.keys()];
  }

  /** `$-`. */
  get flags(): string {
    const letters = SET_OPTIONS.filter((each) => each.letter !== undefined && this.on.has(each.name)).map((each) => each.letter as string);
    return [...FLAG_ORDER].filter((letter) => letters.includes(letter) || this.invocationFlags.includes(letter)).join('');
  }

  clone(): ShellOptions {
    const copy = new ShellOptions(false);
    copy.on.clear();
    for (const name of this.on) copy.on.add(name);
    for (const [name, value] of this.shopts) copy.shopts.set(name, value);
    copy.invocationFlags = this.invocationFlags;
    return copy;
  }
}
