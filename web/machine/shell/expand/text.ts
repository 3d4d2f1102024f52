import type { Op } from '../../../engine/kernel/task';
import { AbortCommand } from '../execute/control-flow';
import type { Shell } from '../execute/shell';
import type { WordMode } from '../parse/word-parts';
import { ReadonlyError, ShellArithmetic, SubscriptError, UnboundError } from '../variables/assign';
import { evaluateArithmetic } from './arithmetic';
import { ArithmeticError } from './arithmetic-error';
import { type Piece, TextBuilder } from './fields';
import { patternOf } from './pathname';

/** Words that stand for themselves. */
export const PLAIN = /^[A-Za-z0-9_./:,@%+=-]*$/;
const DEFAULT_IFS = ' \t\n';

/** Runs `body` and turns what expansions throw into bash's message and the end of the command. */
export function* reporting<T>(shell: Shell, body: Op<T>, before = ''): Op<T> {
  try {
    return yield* body;
  } catch (error) {
    if (error instanceof UnboundError) {
      yield* shell.error(error.message);
      throw new AbortCommand(shell.fatalStatus, true);
    }
    if (error instanceof ArithmeticError || error instanceof ReadonlyError || error instanceof SubscriptError) {
      yield* shell.error(`${before}${error.message}`);
      throw new AbortCommand(1);
    }
    throw error;
  }
}

export function ifsOf(shell: Shell): string {
  return shell.variables.get('IFS') ?? DEFAULT_IFS;
}

/** A text without splitting and file names: assignments, `case`, here-strings. */
export function* expandToString(shell: Shell, text: string, mode: WordMode = 'word'): Op<string> {
  if (PLAIN.test(text)) return text;
  const builder = new TextBuilder();
  yield* shell.interpreter.expandText(shell, text, mode, builder);
  return builder.text;
}

/** The right side of an assignment: a tilde may also follow a colon. */
export function* expandAssignment(shell: Shell, text: string): Op<string> {
  if (PLAIN.test(text)) return text;
  const builder = new TextBuilder();
  const pieces = text.includes('~') ? splitAtColons(text) : [text];
  for (const piece of pieces) yield* shell.interpreter.expandText(shell, piece, 'word', builder, true);
  return builder.text;
}

/** Cuts before each `:~` outside quotes, so that the tilde starts a piece. */
export function splitAtColons(text: string): string[] {
  return /['"\\$`]/.test(text) ? [text] : text.split(/(?<=:)(?=~)/);
}

/** A pattern: quoted parts are escaped. */
export function* expandPattern(shell: Shell, text: string): Op<string> {
  const builder = new TextBuilder();
  yield* shell.interpreter.expandText(shell, text, 'word', builder);
  return patternOf(builder.pieces);
}

/** The pieces of a text, for those who treat quoted parts in their own way. */
export function* expandPieces(shell: Shell, text: string, mode: WordMode = 'word'): Op<readonly Piece[]> {
  const builder = new TextBuilder();
  yield* shell.interpreter.expandText(shell, text, mode, builder);
  return builder.pieces;
}

/** An arithmetic expression's text, expanded and evaluated. Throws ArithmeticError and its kin. */
export function* expandArithmetic(shell: Shell, text: string): Op<bigint> {
  const expression = /[$`\\"]/.test(text) ? yield* expandToString(shell, text, 'arithmetic') : text;
  return evaluateArithmetic(expression, new ShellArithmetic(shell));
}
