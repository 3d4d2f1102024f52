import type { Op } from '../../../engine/kernel/task';
import { encodeBytes } from '../byte-text';
import { hasControl, singleQuote, ansiQuote } from '../expand/quoting';
import { expandToString } from '../expand/text';
import type { Shell } from './shell';

/** `set -x`: a command's words after expansion. */
export function* traceWords(shell: Shell, words: readonly string[]): Op<void> {
  yield* traceLine(shell, words.map(traceQuote).join(' '));
}

export function* traceAssignment(shell: Shell, text: string): Op<void> {
  yield* traceLine(shell, text);
}

export function* traceLine(shell: Shell, text: string): Op<void> {
  const prompt = shell.variables.get('PS4') ?? '+ ';
  const { substitutionStatus } = shell;
  shell.options.set('xtrace', false);
  const expanded = yield* expandToString(shell, prompt, 'here');
  shell.options.set('xtrace', true);
  shell.substitutionStatus = substitutionStatus;
  const first = [...expanded][0] ?? '';
  yield* shell.process.err(encodeBytes(`${first.repeat(Math.max(0, shell.textDepth - 1))}${expanded}${text}\n`));
}

export function traceQuote(word: string): string {
  if (word === '') return "''";
  if (hasControl(word)) return ansiQuote(word);
  return /[\s'"\\|&;()<>!{}*[\]?^$`]|^[~#]/.test(word) ? singleQuote(word) : word;
}
