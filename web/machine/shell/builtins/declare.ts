import type { Op } from '../../../engine/kernel/task';
import { ArithmeticError } from '../expand/arithmetic-error';
import { doubleQuote, minimalQuote } from '../expand/quoting';
import { arrayText } from '../expand/transform';
import type { Shell } from '../execute/shell';
import { CommandPrinter } from '../print/command-text';
import { assignArray } from '../variables/array-assignment';
import { ReadonlyError, SubscriptError, assignVariable } from '../variables/assign';
import { type Variable, attributeFlags, toAssociative, toIndexed } from '../variables/variable';
import type { BuiltinCall, BuiltinTable } from './builtin';

const NAME = /^[A-Za-z_]\w*$/;
const ARGUMENT = /^([^=[+]*(?:\+(?!=)[^=[+]*)*)(?:\[([\s\S]*?)\](?=\+?=|$))?(?:(\+?=)([\s\S]*))?$/;

/** `declare -x name="value"`. */
export function declaration(name: string, variable: Variable): string {
  const { array } = variable;
  const scalar = variable.value === undefined ? '' : `=${doubleQuote(variable.value)}`;
  const value = array === undefined ? scalar : array.declaredOnly ? '' : `=${arrayText(array)}`;
  return `declare ${attributeFlags(variable)} ${name}${value}\n`;
}

export function functionText(shell: Shell, name: string): string {
  const definition = shell.functions.get(name);
  return definition === undefined ? '' : `${new CommandPrinter(definition.source).function(name, definition.body)}\n`;
}

interface Wanted {
  readonly on: ReadonlySet<string>;
  readonly off: ReadonlySet<string>;
}

/** Which variable an argument is about: the function's own, or the global one. */
type Choose = (shell: Shell, name: string) => Variable;

/** Reads `-aAx` and `+x` off the arguments. */
function* attributeOptions(call: BuiltinCall, letters: string): Op<{ wanted: Wanted; offset: number } | undefined> {
  const on = new Set<string>();
  const off = new Set<string>();
  let at = 0;
  for (; at < call.args.length; at++) {
    const arg = call.args[at] as string;
    if (arg === '--') {
      at += 1;
      break;
    }
    if (!/^[-+]./.test(arg)) break;
    for (const letter of arg.slice(1)) {
      if (!letters.includes(letter)) {
        yield* call.invalidOption(`${arg[0] as string}${letter}`);
        return undefined;
      }
      (arg[0] === '-' ? on : off).add(letter);
    }
  }
  return { wanted: { on, off }, offset: at };
}

/** One `name`, `name=value` or `name=(...)`. */
function* declareOne(call: BuiltinCall, at: number, wanted: Wanted, choose: Choose): Op<number> {
  const { shell } = call;
  const text = call.args[at] as string;
  const array = call.arrays.get(at);
  const [, name = text, index, operator, value = ''] = ARGUMENT.exec(text) ?? [];
  if (!NAME.test(name)) return yield* call.fail(`\`${text}': not a valid identifier`);
  const outer = shell.variables.lookUp(name);
  const assigns = array !== undefined || operator !== undefined;
  if (choose === localVariable && outer?.readonly === true && assigns) return yield* call.fail(`${name}: readonly variable`);
  const variable = choose(shell, name);
  try {
    if (wanted.off.has('r') && variable.readonly) throw new ReadonlyError(name);
    if (variable.readonly && assigns) throw new ReadonlyError(name);
    applyShape(variable, wanted, array !== undefined || index !== undefined);
    if (array !== undefined) assignArray(shell, name, array.items, { append: array.append, variable });
    else if (operator !== undefined) {
      const target = wanted.on.has('n') || !variable.nameref ? variable : undefined;
      assignVariable(shell, name, value, { index, append: operator === '+=', variable: target });
    }
  } catch (error) {
    if (error instanceof ReadonlyError || error instanceof SubscriptError || error instanceof ArithmeticError) {
      yield* shell.error(error instanceof ReadonlyError && call.name !== 'declare' ? error.message : `${call.name}: ${error.message}`);
      return 1;
    }
    throw error;
  }
  applyMarks(variable, wanted);
  return 0;
}

/** Attributes that decide how a value is stored: before it is. */
function applyShape(variable: Variable, wanted: Wanted, isArray: boolean): void {
  if (wanted.on.has('A')) toAssociative(variable);
  else if (wanted.on.has('a') || (isArray && variable.array === undefined)) toIndexed(variable);
  if (wanted.on.has('i')) variable.integer = true;
  if (wanted.off.has('i')) variable.integer = false;
  if (wanted.on.has('l')) variable.letterCase = 'lower';
  if (wanted.on.has('u')) variable.letterCase = 'upper';
  if (wanted.off.has('l') || wanted.off.has('u')) variable.letterCase = undefined;
  if (wanted.on.has('n')) variable.nameref = true;
  if (wanted.off.has('n')) variable.nameref = false;
}

function applyMarks(variable: Variable, wanted: Wanted): void {
  if (wanted.on.has('x')) variable.exported = true;
  if (wanted.off.has('x')) variable.exported = false;
  if (wanted.on.has('r')) variable.readonly = true;
}

const globalVariable: Choose = (shell, name) => shell.variables.lookUp(name) ?? shell.variables.create(name);
const localVariable: Choose = (shell, name) => shell.variables.local(name) ?? globalVariable(shell, name);

function* declareAll(call: BuiltinCall, offset: number, wanted: Wanted, choose: Choose): Op<number> {
  let status = 0;
  for (let at = offset; at < call.args.length; at++) status = (yield* declareOne(call, at, wanted, choose)) || status;
  return status;
}

function* declare(call: BuiltinCall): Op<number> {
  const options = yield* attributeOptions(call, 'aAfFgiIlnprtux');
  if (options === undefined) return 2;
  const { on } = options.wanted;
  const names = call.args.slice(options.offset);
  if (on.has('f') || on.has('F')) return yield* showFunctions(call, names, on.has('F'));
  if (on.has('p')) return yield* print(call, names, on);
  if (names.length === 0) return on.size === 0 ? yield* showAll(call) : yield* print(call, [], on);
  return yield* declareAll(call, options.offset, options.wanted, on.has('g') ? (shell, name) => shell.variables.global(name) : localVariable);
}

function* showFunctions(call: BuiltinCall, names: readonly string[], onlyNames: boolean): Op<number> {
  const { functions } = call.shell;
  if (names.length === 0) {
    for (const name of [...functions.keys()].sort()) yield* call.out(onlyNames ? `declare -f ${name}\n` : functionText(call.shell, name));
    return 0;
  }
  let status = 0;
  for (const name of names) {
    if (!functions.has(name)) status = 1;
    else yield* call.out(onlyNames ? `${name}\n` : functionText(call.shell, name));
  }
  return status;
}

function* print(call: BuiltinCall, names: readonly string[], on: ReadonlySet<string>): Op<number> {
  const { variables } = call.shell;
  if (names.length === 0) {
    const wanted = [...'aAilnrux'].filter((flag) => on.has(flag));
    for (const [name, variable] of variables.entries()) {
      const flags = attributeFlags(variable);
      if (wanted.every((flag) => flags.includes(flag))) yield* call.out(declaration(name, variable));
    }
    return 0;
  }
  let status = 0;
  for (const name of names) {
    const variable = variables.dynamic.has(name) ? variables.find(name) : variables.lookUp(name);
    if (variable === undefined) status = yield* call.fail(`${name}: not found`);
    else yield* call.out(declaration(name, variable));
  }
  return status;
}

/** `set` and `declare` without arguments: values only. */
export function* showAll(call: BuiltinCall): Op<number> {
  const { shell } = call;
  let text = '';
  for (const [name, variable] of shell.variables.entries()) {
    if (variable.array !== undefined) text += `${name}=${arrayText(variable.array)}\n`;
    else if (variable.value !== undefined) text += `${name}=${minimalQuote(variable.value)}\n`;
  }
  for (const name of [...shell.functions.keys()].sort()) text += functionText(shell, name);
  yield* call.out(text);
  return 0;
}

function* markAll(call: BuiltinCall, flag: 'x' | 'r'): Op<number> {
  const options = yield* attributeOptions(call, flag === 'x' ? 'fnp' : 'aAfp');
  if (options === undefined) return 2;
  const { on } = options.wanted;
  const names = call.args.slice(options.offset);
  if (on.has('f')) {
    for (const name of names) {
      const definition = call.shell.functions.get(name);
      if (definition === undefined) return yield* call.fail(`${name}: not a function`);
      if (flag === 'x') definition.exported = !on.has('n');
      else call.shell.readonlyFunctions.add(name);
    }
    return 0;
  }
  if (names.length === 0) return yield* print(call, [], new Set([flag]));
  const remove = on.has('n') && flag === 'x';
  const wanted = { on: new Set(remove ? on : [...on, flag]), off: new Set(remove ? [flag] : []) };
  wanted.on.delete('n');
  return yield* declareAll(call, options.offset, wanted, globalVariable);
}

export const DECLARE: BuiltinTable = {
  declare,
  typeset: declare,
  *local(call) {
    if (!call.shell.variables.inFunction) return yield* call.fail('can only be used in a function');
    const options = yield* attributeOptions(call, 'aAfFgiIlnprtux-');
    if (options === undefined) return 2;
    const names = call.args.slice(options.offset);
    if (names.length === 0) {
      const { variables } = call.shell;
      for (const name of variables.localNames()) {
        const variable = variables.lookUp(name);
        if (variable !== undefined) yield* call.out(declaration(name, variable));
      }
      return 0;
    }
    return yield* declareAll(call, options.offset, options.wanted, localVariable);
  },
  export: (call) => markAll(call, 'x'),
  readonly: (call) => markAll(call, 'r'),
};

