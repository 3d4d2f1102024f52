import type { Op } from '../../../engine/kernel/task';
import { AbortCommand } from '../execute/control-flow';
import type { Shell } from '../execute/shell';
import { Grammar } from '../parse/grammar';
import { type ParameterPart, parseWord } from '../parse/word-parts';
import { assignVariable, UnboundError } from '../variables/assign';
import type { Sink } from './fields';
import { changeCase, removePattern, replacePattern, sliceText } from './parameter-operations';
import { Pattern } from './pattern';
import { type Reference, resolveReference } from './reference';
import { expandArithmetic, expandPattern, expandPieces, expandToString, ifsOf } from './text';
import { transformParameter } from './transform';

/** What an expansion comes to: one text, or a list's items. */
interface Result {
  readonly value: string | undefined;
  readonly list?: { readonly kind: '@' | '*'; readonly items: readonly string[] };
}

/** Expands one `$x` or `${...}` into the sink. Throws AbortCommand after a message, and what arithmetic throws. */
export function* expandParameter(shell: Shell, part: ParameterPart, sink: Sink, quoted: boolean): Op<void> {
  if (part.operator.startsWith('names')) {
    const items = shell.variables.entries().map(([name]) => name).filter((name) => name.startsWith(part.name));
    emit(shell, { value: items.join(' '), list: { kind: part.operator === 'names*' ? '*' : '@', items } }, sink, quoted);
    return;
  }
  const reference = yield* refer(shell, part);
  if (reference === undefined) {
    yield* shell.error(`${shell.word}: bad substitution`);
    throw new AbortCommand(1);
  }
  if (/^:?[-=+?]$/.test(part.operator)) {
    yield* expandConditional(shell, part, reference, sink, quoted);
    return;
  }
  checkBound(shell, part, reference);
  if (part.prefix === '#') {
    const length = reference.list !== undefined ? reference.list.items.length : [...(reference.value ?? '')].length;
    emit(shell, { value: String(length) }, sink, quoted);
    return;
  }
  emit(shell, yield* operate(shell, part, reference), sink, quoted);
}

function checkBound(shell: Shell, part: ParameterPart, reference: Reference): void {
  if (!shell.options.has('nounset') || reference.value !== undefined || reference.list !== undefined) return;
  throw new UnboundError(/^\d+$/.test(part.name) ? `$${part.name}` : reference.name);
}

/** The parameter, or with `!` the one that its value names. */
function* refer(shell: Shell, part: ParameterPart): Op<Reference | undefined> {
  const subscript = (text: string, associative: boolean): Op<string> => expandToString(shell, text, associative ? 'word' : 'arithmetic');
  const direct = yield* resolveReference(shell, part.name, part.index, subscript);
  if (part.prefix !== '!') return direct;
  if (part.index === '@' || part.index === '*') {
    const keys = direct.list?.keys ?? [];
    return { ...direct, list: { kind: part.index, items: keys, keys }, value: keys.join(' ') };
  }
  const variable = shell.variables.lookUp(part.name);
  if (variable?.nameref === true) return { name: part.name, value: variable.value, index: undefined };
  const target = direct.value ?? '';
  if (target === '') {
    if (direct.value === undefined && part.operator === '') {
      yield* shell.error(`${part.name}: invalid indirect expansion`);
      throw new AbortCommand(1);
    }
    return { name: part.name, value: undefined, index: undefined };
  }
  const [inner] = parseWord(`\${${target}}`);
  if (inner?.type !== 'parameter' || inner.operator !== '' || inner.prefix !== '') {
    yield* shell.error(`${target}: invalid variable name`);
    throw new AbortCommand(1);
  }
  return yield* resolveReference(shell, inner.name, inner.index, subscript);
}

function emit(shell: Shell, result: Result, sink: Sink, quoted: boolean): void {
  if (result.list === undefined) {
    if (quoted) sink.quoted(result.value ?? '');
    else sink.split(result.value ?? '');
    return;
  }
  const { kind, items } = result.list;
  if (quoted && kind === '*') {
    sink.quoted(items.join(ifsOf(shell).slice(0, 1)));
    return;
  }
  let first = true;
  for (const item of items) {
    if (!quoted && item === '') continue;
    if (!first) sink.breakField();
    first = false;
    if (quoted) sink.quoted(item);
    else sink.split(item);
  }
}

/** `${x:-y}` and its kin. */
function* expandConditional(shell: Shell, part: ParameterPart, reference: Reference, sink: Sink, quoted: boolean): Op<void> {
  const operator = part.operator.slice(-1);
  const strict = part.operator.length === 2;
  const unset = reference.list !== undefined ? reference.list.items.length === 0 : reference.value === undefined;
  const missing = unset || (strict && reference.value === '');
  if (operator === '+' ? missing : !missing) {
    if (operator !== '+') emit(shell, reference, sink, quoted);
    else if (quoted) sink.quoted('');
    return;
  }
  if (operator === '-' || operator === '+') {
    yield* expandOperand(shell, part.operand, sink, quoted);
    return;
  }
  const text = yield* expandToString(shell, part.operand, quoted ? 'operand' : 'word');
  if (operator === '?') {
    const reason = part.operand !== '' ? text : strict ? 'parameter null or not set' : 'parameter not set';
    yield* shell.error(`${reference.name}: ${reason}`);
    throw new AbortCommand(shell.fatalStatus, true);
  }
  if (!/^[A-Za-z_]/.test(part.name)) {
    yield* shell.error(`$${part.name}: cannot assign in this way`);
    throw new AbortCommand(1);
  }
  assignVariable(shell, part.name, text, reference.index === undefined ? {} : { index: reference.index });
  emit(shell, { value: text }, sink, quoted);
}

/** Outside quotes the operand's own blanks separate fields too. */
function* expandOperand(shell: Shell, operand: string, sink: Sink, quoted: boolean): Op<void> {
  if (quoted) yield* shell.interpreter.expandText(shell, operand, 'operand', sink);
  else {
    const splitting: Sink = {
      quoted: (text) => sink.quoted(text),
      literal: (text) => sink.split(text),
      split: (text) => sink.split(text),
      breakField: () => sink.breakField(),
    };
    yield* shell.interpreter.expandText(shell, operand, 'word', splitting);
  }
}

/** Everything that changes values: each item of a list by itself. */
function* operate(shell: Shell, part: ParameterPart, reference: Reference): Op<Result> {
  const { operator } = part;
  if (operator === '') return reference;
  if (operator === ':') return yield* slice(shell, part, reference);
  if (operator === '@') return yield* transformParameter(shell, part, reference);
  const change = yield* changer(shell, part);
  if (reference.list !== undefined) {
    return { value: undefined, list: { kind: reference.list.kind, items: reference.list.items.map(change) } };
  }
  return { value: reference.value === undefined ? undefined : change(reference.value) };
}

function* changer(shell: Shell, part: ParameterPart): Op<(value: string) => string> {
  const { operator, operand } = part;
  const options = { extended: true, ignoreCase: operator.startsWith('/') && shell.options.shopt('nocasematch') };
  if (operator.startsWith('/')) {
    const cut = topLevel(operand, '/');
    const pattern = new Pattern(yield* expandPattern(shell, cut === undefined ? operand : operand.slice(0, cut)), options);
    const replacement = yield* replacer(shell, cut === undefined ? '' : operand.slice(cut + 1));
    return (value) => replacePattern(value, operator, pattern, replacement);
  }
  const text = yield* expandPattern(shell, operand);
  const pattern = new Pattern(text, options);
  if (operator.startsWith('^') || operator.startsWith(',')) return (value) => changeCase(value, operator, text === '' ? undefined : pattern);
  return (value) => removePattern(value, operator, pattern);
}

/** An `&` outside quotes stands for what matched (`shopt patsub_replacement`). */
function* replacer(shell: Shell, operand: string): Op<(match: string) => string> {
  const pieces = yield* expandPieces(shell, operand);
  const plain = !shell.options.shopt('patsub_replacement') || !pieces.some((piece) => !piece.quoted && piece.text.includes('&'));
  if (plain) {
    const text = pieces.map((piece) => piece.text).join('');
    return () => text;
  }
  return (match) =>
    pieces
      .map((piece) => (piece.quoted ? piece.text : piece.text.replace(/\\&|&/g, (found) => (found === '&' ? match : '&'))))
      .join('');
}

/** The first `separator` that is not inside quotes, expansions or parentheses. */
function topLevel(text: string, separator: string): number | undefined {
  const { lexer } = new Grammar(text, { alias: () => undefined, extendedGlob: true });
  let questions = 0;
  for (let pos = 0; pos < text.length; ) {
    const c = text[pos] as string;
    if (c === separator) {
      if (separator !== ':' || questions === 0) return pos;
      questions -= 1;
    }
    if (separator === ':' && c === '?') questions += 1;
    pos = separator === ':' && c === '(' ? lexer.skipParentheses(pos) : lexer.skipUnit(pos);
  }
  return undefined;
}

/** `${x:offset:length}`. */
function* slice(shell: Shell, part: ParameterPart, reference: Reference): Op<Result> {
  const cut = topLevel(part.operand, ':');
  const offset = Number(yield* expandArithmetic(shell, cut === undefined ? part.operand : part.operand.slice(0, cut)));
  const length = cut === undefined ? undefined : Number(yield* expandArithmetic(shell, part.operand.slice(cut + 1)));
  if (reference.list === undefined) {
    if (reference.value === undefined) return { value: undefined };
    const text = sliceText(reference.value, offset, length);
    if (text !== undefined) return { value: text };
  } else if (length === undefined || length >= 0) {
    return { value: undefined, list: { kind: reference.list.kind, items: sliceList(shell, part, reference.list, offset, length) } };
  }
  yield* shell.error(`${part.operand.slice((cut as number) + 1)}: substring expression < 0`);
  throw new AbortCommand(1);
}

/** Positional parameters count from `$0`; an array's offset is an index, not a count. */
function sliceList(
  shell: Shell, part: ParameterPart, list: NonNullable<Reference['list']>, offset: number, length: number | undefined,
): string[] {
  const positional = part.name === '@' || part.name === '*';
  const keys = positional ? ['0', ...list.keys] : list.keys;
  const items = positional ? [shell.name, ...list.items] : list.items;
  const numeric = keys.every((key) => /^\d+$/.test(key));
  const end = positional ? items.length : numeric ? Number(keys.at(-1) ?? -1) + 1 : items.length;
  const start = offset < 0 ? end + offset : offset;
  if (start < 0) return [];
  const from = keys.findIndex((key, index) => (numeric ? Number(key) : index) >= start);
  if (from < 0) return [];
  return items.slice(from, length === undefined ? undefined : from + length);
}
