import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';
import { AssociativeArray, IndexedArray } from '../variables/arrays';
import { elementIndex } from '../variables/assign';
import { keysOf, scalarOf, valuesOf } from '../variables/variable';

/** What a parameter means: one value (undefined when unset), or all of a list. */
export interface Reference {
  /** As messages name it. */
  readonly name: string;
  readonly value: string | undefined;
  /** `@` or `*` with the items. */
  readonly list?: { readonly kind: '@' | '*'; readonly items: readonly string[]; readonly keys: readonly string[] };
  /** For `${x=y}`. */
  readonly index: string | undefined;
}

const SPECIAL: Readonly<Record<string, (shell: Shell) => string | undefined>> = {
  '#': (shell) => String(shell.positional.length),
  '?': (shell) => String(shell.lastStatus),
  $: (shell) => String(shell.mainPid),
  '!': (shell) => (shell.lastBackgroundPid === undefined ? undefined : String(shell.lastBackgroundPid)),
  '-': (shell) => shell.options.flags,
  '0': (shell) => shell.name,
};

/** Looks a parameter up. `subscript` expands what stands between brackets. */
export function* resolveReference(
  shell: Shell, name: string, index: string | undefined, subscript: (text: string, associative: boolean) => Op<string>,
): Op<Reference> {
  if (name === '@' || name === '*') {
    const items = shell.positional;
    return { name, value: items.join(' '), list: { kind: name, items, keys: items.map((_, i) => String(i + 1)) }, index: undefined };
  }
  const special = SPECIAL[name];
  if (special !== undefined) return { name, value: special(shell), index: undefined };
  if (/^\d+$/.test(name)) return { name, value: shell.positional[Number(name) - 1], index: undefined };
  const variable = shell.variables.find(name);
  if (index === undefined) return { name, value: scalarOf(variable), index: undefined };
  if (index === '@' || index === '*') {
    const items = valuesOf(variable);
    return { name: `${name}[${index}]`, value: items.join(' '), list: { kind: index, items, keys: keysOf(variable) }, index };
  }
  const associative = variable?.array instanceof AssociativeArray;
  const key = yield* subscript(index, associative);
  if (associative) return { name: `${name}[${index}]`, value: (variable.array as AssociativeArray).get(key), index: key };
  const array = variable?.array instanceof IndexedArray ? variable.array : undefined;
  const at = elementIndex(shell, array ?? (variable?.value === undefined ? undefined : IndexedArray.of([variable.value])), name, key);
  return { name: `${name}[${index}]`, value: array === undefined ? (at === 0 ? variable?.value : undefined) : array.get(at), index: key };
}
