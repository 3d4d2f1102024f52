import { type ArithmeticVariables, evaluateArithmetic } from '../expand/arithmetic';
import type { Shell } from '../execute/shell';
import { AssociativeArray, IndexedArray } from './arrays';
import { type Variable, scalarOf, setScalar, toIndexed } from './variable';

/** `x: readonly variable`. */
export class ReadonlyError extends Error {
  constructor(readonly variable: string) {
    super(`${variable}: readonly variable`);
  }
}

/** `x[-9]: bad array subscript`. */
export class SubscriptError extends Error {
  constructor(what: string) {
    super(`${what}: bad array subscript`);
  }
}

export interface AssignOptions {
  /** Between the brackets: already expanded. */
  readonly index?: string;
  readonly append?: boolean;
  /** The variable to set instead of the one that the name finds: `local`, `declare -g`. */
  readonly variable?: Variable;
}

/** `name=value` with all that attributes say. Throws ReadonlyError, SubscriptError, ArithmeticError. */
export function assignVariable(shell: Shell, name: string, value: string, options: AssignOptions = {}): void {
  const dynamic = shell.variables.dynamic.get(name);
  if (dynamic !== undefined && options.variable === undefined) {
    dynamic.assign?.(value);
    return;
  }
  const target = options.variable === undefined ? shell.variables.target(name) : name;
  const element = /^(\w+)\[([\s\S]*)\]$/.exec(target);
  if (element !== null && options.index === undefined) {
    assignVariable(shell, element[1] as string, value, { ...options, index: element[2] as string });
    return;
  }
  const variable = options.variable ?? shell.variables.lookUp(target) ?? shell.variables.create(target);
  if (variable.readonly) throw new ReadonlyError(name);
  if (shell.options.has('allexport')) variable.exported = true;
  if (options.index !== undefined) assignElement(shell, variable, { name, index: options.index, value, append: options.append === true });
  else setScalar(variable, transform(shell, variable, options.append === true ? scalarOf(variable) ?? '' : undefined, value));
  if (target === 'PATH') shell.hashed.clear();
}

function assignElement(
  shell: Shell, variable: Variable, element: { name: string; index: string; value: string; append: boolean },
): void {
  const { name, index, append } = element;
  if (variable.array instanceof AssociativeArray) {
    if (index === '') throw new SubscriptError(`[${index}]`);
    const old = append ? variable.array.get(index) ?? '' : undefined;
    variable.array.set(index, transform(shell, variable, old, element.value));
    return;
  }
  const array = toIndexed(variable);
  const at = elementIndex(shell, array, name, index);
  array.set(at, transform(shell, variable, append ? array.get(at) ?? '' : undefined, element.value));
}

/** The number that a subscript of an indexed array means; negative ones count from the end. */
export function elementIndex(shell: Shell, array: IndexedArray | undefined, name: string, index: string): number {
  const at = Number(evaluateArithmetic(index, new ShellArithmetic(shell)));
  if (at >= 0) return at;
  const fromEnd = (array?.highest ?? -1) + 1 + at;
  if (fromEnd < 0) throw new SubscriptError(`${name}[${index}]`);
  return fromEnd;
}

/** The value as the attributes make it. `old` is what it is appended to. */
function transform(shell: Shell, variable: Variable, old: string | undefined, value: string): string {
  if (variable.integer) {
    const scope = new ShellArithmetic(shell);
    const sum = evaluateArithmetic(value, scope) + (old === undefined ? 0n : evaluateArithmetic(old, scope));
    return String(BigInt.asIntN(64, sum));
  }
  const text = (old ?? '') + value;
  if (variable.letterCase === undefined) return text;
  return variable.letterCase === 'lower' ? text.toLowerCase() : text.toUpperCase();
}

/** `set -u` met a name without a value. */
export class UnboundError extends Error {
  constructor(readonly variable: string) {
    super(`${variable}: unbound variable`);
  }
}

/** The shell's variables as arithmetic sees them. */
export class ShellArithmetic implements ArithmeticVariables {
  constructor(private readonly shell: Shell) {}

  read(name: string, subscript: string | undefined): string {
    const value = this.value(name, subscript);
    if (value === undefined && this.shell.options.has('nounset')) throw new UnboundError(name);
    return value ?? '';
  }

  assign(name: string, subscript: string | undefined, value: string): void {
    assignVariable(this.shell, name, value, subscript === undefined ? {} : { index: subscript });
  }

  private value(name: string, subscript: string | undefined): string | undefined {
    const variable = this.shell.variables.find(name);
    if (subscript === undefined) return scalarOf(variable);
    if (variable?.array instanceof AssociativeArray) return variable.array.get(subscript);
    const array = variable?.array instanceof IndexedArray ? variable.array : undefined;
    const at = elementIndex(this.shell, array, name, subscript);
    return array === undefined ? (at === 0 ? variable?.value : undefined) : array.get(at);
  }
}
