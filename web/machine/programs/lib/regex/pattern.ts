import { toJavaScript } from './js-source';
import { perlSource } from './perl-source';
import { PikeVm } from './pike-vm';
import { PosixParser, type PosixSyntax } from './posix-parser';
import { type RegexNode, RegexError } from './regex-node';
import { type Risk, riskOf } from './regex-risk';

export interface PatternOptions {
  /** `fixed` has no special characters. */
  readonly syntax: PosixSyntax | 'perl' | 'fixed';
  readonly ignoreCase?: boolean;
  /** sed's M flag: `^` and `$` match at every line of the text. */
  readonly multiline?: boolean;
  /** The match must be a whole word, or the whole line. */
  readonly whole?: 'word' | 'line';
}

/** Where a pattern was found: the whole, then its groups (undefined when one took no part). */
export interface PatternMatch {
  readonly start: number;
  readonly end: number;
  group(index: number): string | undefined;
}

/** The text is too long for what would have to be tried. */
export class PatternTooComplex extends Error {}

/** What a backtracking matcher may do on one text. */
const MAX_STEPS = 20_000_000;

/**
 * A compiled regular expression.
 *
 * Simple ones run as JavaScript's own; ones that backtracking could take too long for, or whose alternatives begin alike (POSIX wants the longest
 * match), run on a machine whose time grows with the text only.
 *
 * Simplified: leftmost-longest is exact for the whole match when alternatives begin alike, else greedy; groups are Perl's choice, not POSIX's.
 * Back-references and Perl's expressions backtrack; on texts that would take too long they throw PatternTooComplex.
 */
export class Pattern {
  private readonly fast: RegExp;
  private readonly risk: Risk;
  private vm: PikeVm | undefined;

  private constructor(
    source: string,
    private readonly tree: RegexNode | undefined,
    readonly groupCount: number,
    private readonly options: PatternOptions,
    risk: Risk,
  ) {
    this.risk = risk;
    this.fast = new RegExp(source, `gsu${options.ignoreCase === true ? 'i' : ''}${options.multiline === true ? 'm' : ''}`);
  }

  /** Throws RegexError. */
  static compile(source: string, options: PatternOptions): Pattern {
    if (options.syntax === 'perl') {
      const { source: plain, flags, risk } = perlSource(source);
      const [before, after] = options.whole === 'line' ? ['^(?:', ')$'] : options.whole === 'word' ? ['(?<!\\w)(?:', ')(?!\\w)'] : ['', ''];
      const translated = before + plain + after;
      const groups = new RegExp(`${translated}|`, 'u').exec('')?.length ?? 1;
      return new Pattern(translated, undefined, groups - 1, { ...options, ignoreCase: options.ignoreCase === true || flags.includes('i') }, risk);
    }
    if (options.syntax === 'fixed') {
      const tree: RegexNode = { kind: 'sequence', parts: [...source].map((character) => ({ kind: 'character', code: character.codePointAt(0) as number })) };
      return Pattern.ofTree(tree, 0, options);
    }
    const parser = new PosixParser(source, options.syntax);
    const tree = parser.parse();
    return Pattern.ofTree(tree, parser.groupCount, options);
  }

  private static ofTree(bare: RegexNode, groupCount: number, options: PatternOptions): Pattern {
    const tree = options.whole === undefined ? bare : wrapped(bare, options.whole);
    try {
      return new Pattern(toJavaScript(tree), tree, groupCount, options, riskOf(tree));
    } catch (error) {
      if (error instanceof SyntaxError) throw new RegexError('Regular expression too big');
      throw error;
    }
  }

  /** Throws PatternTooComplex. */
  test(text: string): boolean {
    if (this.needsMachine(text.length)) return this.machine().exec(text, 0) !== null;
    this.fast.lastIndex = 0;
    return this.fast.test(text);
  }

  /** The leftmost match at or after `from`. Throws PatternTooComplex. */
  exec(text: string, from = 0): PatternMatch | null {
    if (this.risk.ordered || this.needsMachine(text.length)) {
      if (this.tree !== undefined && !this.risk.backreferences && this.options.multiline !== true) return this.machineMatch(text, from);
    }
    this.fast.lastIndex = from;
    const match = this.fast.exec(text);
    if (match === null) return null;
    return { start: match.index, end: match.index + match[0].length, group: (index) => match[index] };
  }

  private machineMatch(text: string, from: number): PatternMatch | null {
    const found = this.machine().exec(text, from);
    if (found === null) return null;
    return {
      start: found[0] as number,
      end: found[1] as number,
      group: (index) => {
        const start = found[2 * index] ?? -1;
        return start < 0 ? undefined : text.slice(start, found[2 * index + 1]);
      },
    };
  }

  /** True when backtracking might take too long and the machine can do it instead. */
  private needsMachine(length: number): boolean {
    let steps = length;
    for (let i = 0; i < this.risk.degree && steps <= MAX_STEPS; i++) steps *= length;
    const heavy = steps > MAX_STEPS || (this.risk.exponential && length > 20);
    if (!heavy) return false;
    if (this.tree === undefined || this.risk.backreferences || this.options.multiline === true) throw new PatternTooComplex('memory exhausted');
    return true;
  }

  private machine(): PikeVm {
    this.vm ??= new PikeVm(this.tree as RegexNode, this.groupCount, this.options.ignoreCase === true);
    return this.vm;
  }
}

function wrapped(tree: RegexNode, whole: 'word' | 'line'): RegexNode {
  const [before, after] = whole === 'line' ? (['textStart', 'textEnd'] as const) : (['noWordBefore', 'noWordAfter'] as const);
  return { kind: 'sequence', parts: [{ kind: 'assertion', where: before }, tree, { kind: 'assertion', where: after }] };
}
