import { AssociativeArray, IndexedArray } from './arrays';

/** A shell variable: its value (or items) and attributes. */
export interface Variable {
  /** undefined: declared, but without a value. For an array the value of its element 0 stands in `array`. */
  value: string | undefined;
  array: IndexedArray | AssociativeArray | undefined;
  exported: boolean;
  readonly: boolean;
  integer: boolean;
  /** `declare -l`, `-u`. */
  letterCase: 'lower' | 'upper' | undefined;
  nameref: boolean;
}

export function newVariable(value?: string): Variable {
  return { value, array: undefined, exported: false, readonly: false, integer: false, letterCase: undefined, nameref: false };
}

export function cloneVariable(variable: Variable): Variable {
  return { ...variable, array: variable.array?.clone() };
}

/** Its value as a scalar: an array's element 0. */
export function scalarOf(variable: Variable | undefined): string | undefined {
  if (variable === undefined) return undefined;
  if (variable.array === undefined) return variable.value;
  return variable.array instanceof IndexedArray ? variable.array.get(0) : variable.array.get('0');
}

/** Sets a scalar's value, or an array's element 0. */
export function setScalar(variable: Variable, value: string): void {
  if (variable.array === undefined) variable.value = value;
  else if (variable.array instanceof IndexedArray) variable.array.set(0, value);
  else variable.array.set('0', value);
}

/** All its values, a scalar's one included. */
export function valuesOf(variable: Variable | undefined): string[] {
  if (variable === undefined) return [];
  if (variable.array !== undefined) return variable.array.values();
  return variable.value === undefined ? [] : [variable.value];
}

export function keysOf(variable: Variable | undefined): string[] {
  if (variable === undefined) return [];
  if (variable.array !== undefined) return variable.array.keys();
  return variable.value === undefined ? [] : ['0'];
}

/** Makes it an indexed array, keeping a scalar's value as element 0. */
export function toIndexed(variable: Variable): IndexedArray {
  if (variable.array instanceof IndexedArray) return variable.array;
  const array = IndexedArray.of(variable.value === undefined ? [] : [variable.value]);
  array.declaredOnly = variable.value === undefined;
  variable.array = array;
  variable.value = undefined;
  return array;
}

export function toAssociative(variable: Variable): AssociativeArray {
  if (variable.array instanceof AssociativeArray) return variable.array;
  const array = new AssociativeArray();
  array.declaredOnly = true;
  if (variable.value !== undefined) array.set('0', variable.value);
  variable.array = array;
  variable.value = undefined;
  return array;
}

/** The flags of `declare -p`, such as `-ax`; `--` for none. */
export function attributeFlags(variable: Variable): string {
  const flags =
    (variable.array instanceof IndexedArray ? 'a' : '') +
    (variable.array instanceof AssociativeArray ? 'A' : '') +
    (variable.integer ? 'i' : '') +
    (variable.letterCase === 'lower' ? 'l' : '') +
    (variable.nameref ? 'n' : '') +
    (variable.readonly ? 'r' : '') +
    (variable.letterCase === 'upper' ? 'u' : '') +
    (variable.exported ? 'x' : '');
  return `-${flags === '' ? '-' : flags}`;
}
