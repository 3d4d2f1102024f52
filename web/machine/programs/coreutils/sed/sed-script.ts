import type { Pattern } from '../../lib/regex/pattern';

export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  /** Undefined is the last expression that was used. */
  | { readonly kind: 'regex'; readonly pattern: Pattern | undefined }
  /** Only as an end: `,+N` and `,~N`. */
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number };

/** A piece of what `s` puts in: text, a group, or a change of case. */
export type ReplacementPart = { readonly text: string } | { readonly group: number } | { readonly caseMode: 'U' | 'L' | 'E' | 'u' | 'l' };

export interface Substitution {
  readonly pattern: Pattern | undefined;
  readonly replacement: readonly ReplacementPart[];
  readonly global: boolean;
  /** Which match on the line, from 1. */
  readonly occurrence: number;
  readonly print: number;
  readonly file: string | undefined;
}

export interface Command {
  readonly letter: string;
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  /** Text of a, i, c; label; file name; exit code. */
  readonly text: string;
  readonly substitution?: Substitution;
  /** For y: what each character becomes. */
  readonly table?: ReadonlyMap<string, string>;
  /** For `{`: the command after its `}`. For b, t, T: where they go. */
  target: number;
  /** The state of its range: undefined when it is not in one, else the line at which it ends (or Infinity while a regex decides). */
  rangeEnd: number | undefined;
}
