import type { Op } from '../../../engine/kernel/task';
import { AbortCommand } from '../execute/control-flow';
import type { Shell } from '../execute/shell';
import { decodeAnsiC } from '../parse/ansi-c';
import type { ParameterPart } from '../parse/word-parts';
import { expandPrompt } from '../prompt';
import { AssociativeArray } from '../variables/arrays';
import { attributeFlags } from '../variables/variable';
import { backslashQuote, doubleQuote, singleQuote } from './quoting';
import type { Reference } from './reference';

interface Result {
  readonly value: string | undefined;
  readonly list?: { readonly kind: '@' | '*'; readonly items: readonly string[] };
}

const BY_ITEM: Readonly<Record<string, (value: string) => string>> = {
  Q: singleQuote,
  E: decodeAnsiC,
  U: (value) => value.toUpperCase(),
  u: (value) => value.slice(0, 1).toUpperCase() + value.slice(1),
  L: (value) => value.toLowerCase(),
};

/** `${x@Q}` and its kin. */
export function* transformParameter(shell: Shell, part: ParameterPart, reference: Reference): Op<Result> {
  const { operand } = part;
  const change = BY_ITEM[operand];
  if (change !== undefined) {
    if (reference.list === undefined) return { value: reference.value === undefined ? undefined : change(reference.value) };
    return { value: undefined, list: { kind: reference.list.kind, items: reference.list.items.map(change) } };
  }
  const variable = shell.variables.find(part.name);
  switch (operand) {
    case 'a':
      return { value: variable === undefined ? '' : attributeFlags(variable).replace(/^--?/, '') };
    case 'A': {
      if (variable === undefined) return { value: '' };
      const flags = attributeFlags(variable);
      const value = variable.array === undefined ? singleQuote(variable.value ?? '') : arrayText(variable.array);
      return { value: flags === '--' ? `${part.name}=${value}` : `declare ${flags} ${part.name}=${value}` };
    }
    case 'K':
    case 'k': {
      const { list } = reference;
      if (list === undefined) return { value: reference.value === undefined ? undefined : singleQuote(reference.value) };
      if (operand === 'k') return { value: undefined, list: { kind: list.kind, items: list.keys.flatMap((key, i) => [key, list.items[i] as string]) } };
      const associative = variable?.array instanceof AssociativeArray;
      return { value: list.keys.map((key, i) => `${associative ? backslashQuote(key) : key} ${doubleQuote(list.items[i] as string)}`).join(' ') + (associative ? ' ' : '') };
    }
    case 'P':
      return { value: reference.value === undefined ? undefined : (yield* expandPrompt(shell, reference.value)).shown };
    default:
      yield* shell.error(`${shell.word}: bad substitution`);
      throw new AbortCommand(1);
  }
}

/** `([0]="a" [1]="b")`; an associative one has a blank before its end, as bash prints it. */
export function arrayText(array: { entries(): [string | number, string][] }): string {
  const associative = array instanceof AssociativeArray;
  const items = array.entries().map(([key, value]) => `[${associative ? associativeKey(String(key)) : key}]=${doubleQuote(value)}`);
  return `(${items.join(' ')}${associative && items.length > 0 ? ' ' : ''})`;
}

function associativeKey(key: string): string {
  return /^[A-Za-z0-9_.,:/@%+=-]+$/.test(key) ? key : doubleQuote(key);
}
