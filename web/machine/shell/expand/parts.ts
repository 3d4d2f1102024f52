import type { Op } from '../../../engine/kernel/task';
import { AbortCommand } from '../execute/control-flow';
import type { Shell } from '../execute/shell';
import { type WordMode, type WordPart, parseWord } from '../parse/word-parts';
import type { Sink } from './fields';
import { expandParameter } from './parameter';
import { expandArithmetic } from './text';
import { expandTilde, tildePrefix } from './tilde';

/** Expands a text into a sink: what `Interpreter.expandText` is. */
export function* expandText(shell: Shell, text: string, mode: WordMode, sink: Sink, assignment = false): Op<void> {
  let rest = text;
  if (mode === 'word') shell.word = text;
  if (mode === 'word' && text.startsWith('~')) {
    const prefix = tildePrefix(text, assignment);
    const home = prefix === undefined ? undefined : expandTilde(shell, prefix);
    if (home !== undefined) {
      sink.quoted(home);
      rest = text.slice((prefix as string).length);
    }
  }
  yield* expandParts(shell, parsed(rest, mode), sink, mode !== 'word');
}

const cache = new Map<string, readonly WordPart[]>();
const CACHE_LIMIT = 4000;

/** Words in loops are taken apart once. */
function parsed(text: string, mode: WordMode): readonly WordPart[] {
  const key = `${mode} ${text}`;
  let parts = cache.get(key);
  if (parts === undefined) {
    parts = parseWord(text, mode);
    if (cache.size >= CACHE_LIMIT) cache.clear();
    cache.set(key, parts);
  }
  return parts;
}

export function* expandParts(shell: Shell, parts: readonly WordPart[], sink: Sink, quoted: boolean): Op<void> {
  for (const part of parts) {
    switch (part.type) {
      case 'literal':
        sink.literal(part.text);
        break;
      case 'quoted':
        sink.quoted(part.text);
        break;
      case 'double':
        if (!part.parts.some(isList)) sink.quoted('');
        yield* expandParts(shell, part.parts, sink, true);
        break;
      case 'parameter':
        yield* expandParameter(shell, part, sink, quoted);
        break;
      case 'command': {
        const output = yield* shell.interpreter.substitute(shell, part.text, part.backquoted);
        if (quoted) sink.quoted(output);
        else sink.split(output);
        break;
      }
      case 'arithmetic': {
        const value = String(yield* expandArithmetic(shell, part.text));
        if (quoted) sink.quoted(value);
        else sink.split(value);
        break;
      }
      case 'process':
        sink.quoted(yield* shell.interpreter.substituteProcess(shell, part.text, part.operator));
        break;
      case 'bad':
        yield* shell.error(`${shell.word}: bad substitution`);
        throw new AbortCommand(1);
    }
  }
}

/** `"$@"` with nothing in it makes no field. */
function isList(part: WordPart): boolean {
  return part.type === 'parameter' && (part.name === '@' || part.index === '@' || (part.prefix === '!' && part.operator === 'names@'));
}
