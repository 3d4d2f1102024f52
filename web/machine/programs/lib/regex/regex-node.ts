/** A set of characters: ranges of code points, both ends included. */
export interface CharacterSet {
  readonly negated: boolean;
  readonly ranges: readonly (readonly [number, number])[];
}

/** A POSIX regular expression as a tree. `max` undefined is no limit. */
export type RegexNode =
  | { readonly kind: 'empty' }
  | { readonly kind: 'character'; readonly code: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assertion'; readonly where: Assertion }
  | { readonly kind: 'backreference'; readonly group: number }
  | { readonly kind: 'group'; readonly index: number; readonly body: RegexNode }
  | { readonly kind: 'sequence'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'alternatives'; readonly options: readonly RegexNode[] }
  | { readonly kind: 'repeat'; readonly body: RegexNode; readonly min: number; readonly max: number | undefined };

export type Assertion = 'lineStart' | 'lineEnd' | 'textStart' | 'textEnd' | 'wordStart' | 'wordEnd' | 'wordBoundary' | 'notWordBoundary' | 'noWordBefore' | 'noWordAfter';

/** A regular expression that cannot be read; `message` is regcomp's. */
export class RegexError extends Error {}

export const WORD: CharacterSet = { negated: false, ranges: [[48, 57], [65, 90], [95, 95], [97, 122], [0xaa, 0xaa], [0xb5, 0xb5], [0xba, 0xba], [0xc0, 0xd6], [0xd8, 0xf6], [0xf8, 0x2c1], [0x370, 0x1fff], [0x2c00, 0xd7ff], [0xf900, 0xfdff], [0x10000, 0x1f000], [0x20000, 0x3fffd]] };
export const SPACE: CharacterSet = { negated: false, ranges: [[9, 13], [32, 32]] };

export function contains(set: CharacterSet, code: number): boolean {
  for (const [low, high] of set.ranges) if (code >= low && code <= high) return !set.negated;
  return set.negated;
}

export function negate(set: CharacterSet): CharacterSet {
  return { negated: !set.negated, ranges: set.ranges };
}
