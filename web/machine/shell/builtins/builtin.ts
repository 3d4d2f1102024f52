import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';
import { encodeBytes } from '../byte-text';
import type { ArrayItem } from '../variables/array-assignment';
import { USAGES } from './usages';

/** `name=(...)` among the arguments of `declare` and its kin. */
export interface ArrayArgument {
  readonly name: string;
  readonly append: boolean;
  readonly items: readonly ArrayItem[];
}

/** One use of a builtin: its arguments and the ways to answer. */
export class BuiltinCall {
  constructor(
    readonly shell: Shell,
    readonly name: string,
    readonly args: readonly string[],
    /** By position among `args`. */
    readonly arrays: ReadonlyMap<number, ArrayArgument> = new Map(),
  ) {}

  out(text: string): Op<void> {
    return this.shell.process.out(encodeBytes(text));
  }

  /** `bash: cd: nosuch: No such file or directory`. */
  *fail(message: string, status = 1): Op<number> {
    yield* this.shell.error(`${this.name}: ${message}`);
    return status;
  }

  *usage(): Op<number> {
    yield* this.shell.process.err(`${this.name}: usage: ${USAGES[this.name] ?? this.name}\n`);
    return 2;
  }

  /** For a wrong option: the complaint and the usage. */
  *invalidOption(option: string): Op<number> {
    yield* this.fail(`${option}: invalid option`);
    return yield* this.usage();
  }

  /**
   * Takes single-letter options off the arguments. `letters` as for getopt: a colon after those with a value.
   * undefined after a complaint was printed.
   */
  *options(letters: string): Op<ParsedOptions | undefined> {
    const flags = new Map<string, string>();
    let at = 0;
    for (; at < this.args.length; at++) {
      const arg = this.args[at] as string;
      if (arg === '--') {
        at += 1;
        break;
      }
      if (!/^-./.test(arg)) break;
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i] as string;
        const place = letters.indexOf(letter);
        if (place < 0 || letter === ':') {
          yield* this.invalidOption(`-${letter}`);
          return undefined;
        }
        if (letters[place + 1] !== ':') {
          flags.set(letter, '');
          continue;
        }
        const value = arg.slice(i + 1) || this.args[++at];
        if (value === undefined) {
          yield* this.fail(`-${letter}: option requires an argument`);
          yield* this.usage();
          return undefined;
        }
        flags.set(letter, value);
        break;
      }
    }
    return { flags, rest: this.args.slice(at), offset: at };
  }
}

export interface ParsedOptions {
  readonly flags: ReadonlyMap<string, string>;
  readonly rest: readonly string[];
  /** How many arguments the options took. */
  readonly offset: number;
}

/** A command of the shell itself; returns its status. */
export type Builtin = (call: BuiltinCall) => Op<number>;

export type BuiltinTable = Readonly<Record<string, Builtin>>;
