import type { Op } from '../../../engine/kernel/task';
import { AbortCommand } from '../execute/control-flow';
import type { Shell } from '../execute/shell';
import { expandBraces } from './braces';
import { FieldBuilder, type Piece } from './fields';
import { expandPathname } from './pathname';
import { PLAIN, ifsOf, splitAtColons } from './text';

/** All that happens to a command's words: braces, tildes, parameters, commands, arithmetic, splitting and file names. */
export function* expandWords(shell: Shell, texts: readonly string[]): Op<string[]> {
  const out: string[] = [];
  for (const text of texts) {
    if (PLAIN.test(text)) out.push(text);
    else {
      const braced = shell.options.has('braceexpand') ? expandBraces(text) : [text];
      for (const each of braced) yield* expandWord(shell, each, out);
    }
  }
  return out;
}

function* expandWord(shell: Shell, text: string, out: string[]): Op<void> {
  const builder = new FieldBuilder(ifsOf(shell));
  const assignment = text.includes('~') ? /^[A-Za-z_]\w*=/.exec(text)?.[0] : undefined;
  if (assignment === undefined) yield* shell.interpreter.expandText(shell, text, 'word', builder);
  else {
    builder.literal(assignment);
    for (const piece of splitAtColons(text.slice(assignment.length))) yield* shell.interpreter.expandText(shell, piece, 'word', builder, true);
  }
  for (const field of builder.finish()) yield* addField(shell, field, out);
}

function* addField(shell: Shell, field: readonly Piece[], out: string[]): Op<void> {
  const text = field.map((piece) => piece.text).join('');
  const paths = shell.options.has('noglob') ? undefined : expandPathname(shell, field);
  if (paths === undefined || (paths.length === 0 && !shell.options.shopt('nullglob') && !shell.options.shopt('failglob'))) {
    out.push(text);
  } else if (paths.length === 0 && shell.options.shopt('failglob')) {
    yield* shell.error(`no match: ${text}`);
    throw new AbortCommand(1);
  } else out.push(...paths);
}
