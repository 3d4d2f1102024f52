import type { Mark } from './yaml-error';

/** PyYAML's tokens under the names that its messages use. */
export type TokenKind =
  | '<stream start>' | '<stream end>' | '<directive>' | '<document start>' | '<document end>'
  | '<block sequence start>' | '<block mapping start>' | '<block end>'
  | '[' | ']' | '{' | '}' | '-' | ',' | '?' | ':' | '<alias>' | '<anchor>' | '<tag>' | '<scalar>';

export interface Token {
  readonly kind: TokenKind;
  readonly start: Mark;
  readonly end: Mark;
  /** A scalar's text, an anchor's or alias's name, a tag. */
  readonly value: string;
  /** False for quoted and block scalars, whose type is a string. */
  readonly plain: boolean;
}
