import type { ArrayValue } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';
import { expandAssignment, expandToString } from '../expand/text';
import { expandWords } from '../expand/words';
import { ReadonlyError, assignVariable } from './assign';
import { AssociativeArray, IndexedArray } from './arrays';
import { type Variable, newVariable } from './variable';

/** One item between the parentheses of `a=(...)`. */
export interface ArrayItem {
  readonly key: string | undefined;
  readonly value: string;
  readonly append: boolean;
}

const KEYED = /^\[([\s\S]*?)\](\+?)=([\s\S]*)$/;

export function* expandArrayItems(shell: Shell, value: ArrayValue): Op<ArrayItem[]> {
  const items: ArrayItem[] = [];
  for (const { text } of value.elements) {
    const keyed = KEYED.exec(text);
    if (keyed !== null) {
      items.push({
        key: yield* expandToString(shell, keyed[1] as string),
        value: yield* expandAssignment(shell, keyed[3] as string),
        append: keyed[2] === '+',
      });
    } else for (const word of yield* expandWords(shell, [text])) items.push({ key: undefined, value: word, append: false });
  }
  return items;
}

/** `name=(...)` and `name+=(...)`. Throws what assignVariable throws. */
export function assignArray(
  shell: Shell, name: string, items: readonly ArrayItem[], options: { append: boolean; variable?: Variable },
): void {
  const target = shell.variables.target(name);
  const variable = options.variable ?? shell.variables.lookUp(target) ?? shell.variables.create(target);
  if (variable.readonly) throw new ReadonlyError(name);
  if (variable.array instanceof AssociativeArray) {
    if (!options.append) variable.array = new AssociativeArray();
    assignPairs(shell, name, variable, items);
    return;
  }
  const fresh = !options.append;
  const holder = fresh ? { ...newVariable(), integer: variable.integer, letterCase: variable.letterCase, array: new IndexedArray() } : variable;
  let next = fresh ? 0 : variable.array instanceof IndexedArray ? variable.array.highest + 1 : variable.value === undefined ? 0 : 1;
  for (const item of items) {
    const index = item.key ?? String(next);
    assignVariable(shell, name, item.value, { index, append: item.append, variable: holder });
    next = ((holder.array as IndexedArray).size > 0 && item.key !== undefined ? Number(lastIndex(holder, item.key)) : next) + 1;
  }
  if (fresh) {
    variable.array = holder.array;
    variable.value = undefined;
  } else variable.array ??= new IndexedArray();
}

function lastIndex(holder: Variable, key: string): number {
  return /^\d+$/.test(key) ? Number(key) : (holder.array as IndexedArray).highest;
}

/** Keys and values in turn, where no item has brackets. */
function assignPairs(shell: Shell, name: string, variable: Variable, items: readonly ArrayItem[]): void {
  let key: string | undefined;
  for (const item of items) {
    if (item.key !== undefined) assignVariable(shell, name, item.value, { index: item.key, append: item.append, variable });
    else if (key === undefined) key = item.value;
    else {
      assignVariable(shell, name, item.value, { index: key, variable });
      key = undefined;
    }
  }
  if (key !== undefined) assignVariable(shell, name, '', { index: key, variable });
}
