import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';
import { runStandardInput } from './standard-input';

/** A session: prompts, line editing, job messages. */
export function* runInteractive(shell: Shell, lineEditing: boolean): Op<number> {
  void lineEditing;
  return yield* runStandardInput(shell);
}
