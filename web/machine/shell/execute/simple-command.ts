import type { Assignment, Command, Redirection } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { DiskFullError } from '../../../engine/kernel/disk';
import { COSTS } from '../../os/costs';
import { FileError } from '../../os/file-error';
import { BrokenPipeError } from '../../os/open-file';
import { type ArrayArgument, BuiltinCall } from '../builtins/builtin';
import { BUILTINS } from '../builtins/table';
import { expandAssignment, expandToString, reporting } from '../expand/text';
import { expandWords } from '../expand/words';
import { minimalQuote } from '../expand/quoting';
import { assignArray, expandArrayItems } from '../variables/array-assignment';
import { assignVariable } from '../variables/assign';
import { newVariable } from '../variables/variable';
import { AbortCommand } from './control-flow';
import { runExternal } from './external-command';
import { RedirectionFailed, redirectForGood, withRedirections } from './redirection';
import type { CommandLookUp, Shell } from './shell';
import { runPseudoTrap } from './trap-runner';
import { traceAssignment, traceWords } from './xtrace';

/** Builtins whose arguments are read as assignments. */
const DECLARING = new Set(['declare', 'typeset', 'local', 'export', 'readonly']);
const EVERYTHING: CommandLookUp = { functions: true, builtins: true, files: true };
const NO_ARRAYS: ReadonlyMap<number, ArrayArgument> = new Map();

/** A command with its assignments and redirections. With `exec` the process becomes the program it names, when it is one. */
export function* runSimpleCommand(shell: Shell, node: Command, exec: boolean): Op<number> {
  shell.position = node.pos;
  if (!shell.runningTrap) shell.command = { source: shell.source, node };
  yield* shell.process.spend(COSTS.shellStepUs);
  if (shell.traps.actions.has('DEBUG')) yield* runPseudoTrap(shell, 'DEBUG');
  shell.substitutionStatus = 0;
  return yield* reporting(shell, expandAndRun(shell, node, exec));
}

function* expandAndRun(shell: Shell, node: Command, exec: boolean): Op<number> {
  const assignments = node.prefix.filter((each): each is Assignment => each.type === 'Assignment');
  if (node.name === undefined) return yield* assignOnly(shell, assignments, node.redirects);
  const { words, arrays } = yield* expandCommandWords(shell, node);
  if (words.length === 0) return yield* assignOnly(shell, assignments, node.redirects);
  if (shell.options.has('xtrace')) yield* traceWords(shell, words);
  const name = words[0] as string;
  if (name === 'exec' && !shell.functions.has('exec')) return yield* execBuiltin(shell, words, node.redirects);
  shell.lastArgument = words.at(-1) as string;
  return yield* withRedirections(shell, node.redirects, () =>
    withAssignments(shell, assignments, () => dispatch(shell, words, { lookUp: EVERYTHING, exec, arrays })),
  );
}

function* expandCommandWords(shell: Shell, node: Command): Op<{ words: string[]; arrays: ReadonlyMap<number, ArrayArgument> }> {
  const name = node.name?.text as string;
  if (!DECLARING.has(name)) return { words: yield* expandWords(shell, [name, ...node.args.map((arg) => arg.text)]), arrays: NO_ARRAYS };
  const words = [name];
  const arrays = new Map<number, ArrayArgument>();
  for (const arg of node.args) {
    if (arg.type === 'Word') words.push(...(yield* expandWords(shell, [arg.text])));
    else if (arg.value.type === 'ArrayValue') {
      arrays.set(words.length - 1, { name: arg.name, append: arg.append === true, items: yield* expandArrayItems(shell, arg.value) });
      words.push(arg.name);
    } else {
      const index = arg.index === undefined ? '' : `[${yield* expandToString(shell, arg.index.text)}]`;
      words.push(`${arg.name}${index}${arg.append === true ? '+=' : '='}${yield* expandAssignment(shell, arg.value.text)}`);
    }
  }
  return { words, arrays };
}

/** Assignments without a command change the shell's own variables. */
function* assignOnly(shell: Shell, assignments: readonly Assignment[], redirections: readonly Redirection[]): Op<number> {
  return yield* withRedirections(shell, redirections, function* () {
    for (const each of assignments) yield* assign(shell, each);
    return shell.substitutionStatus;
  });
}

function* assign(shell: Shell, node: Assignment): Op<void> {
  if (node.value.type === 'ArrayValue') {
    assignArray(shell, node.name, yield* expandArrayItems(shell, node.value), { append: node.append === true });
    return;
  }
  const index = node.index === undefined ? undefined : yield* expandToString(shell, node.index.text);
  const value = yield* expandAssignment(shell, node.value.text);
  if (shell.options.has('xtrace')) yield* traceAssignment(shell, `${node.name}${node.append === true ? '+=' : '='}${minimalQuote(value)}`);
  assignVariable(shell, node.name, value, { index, append: node.append });
}

/** Assignments in front of a command hold for it alone. */
function* withAssignments(shell: Shell, assignments: readonly Assignment[], body: () => Op<number>): Op<number> {
  if (assignments.length === 0) return yield* body();
  shell.variables.pushScope('temporary');
  try {
    for (const node of assignments) {
      if (node.value.type === 'ArrayValue') continue;
      const value = yield* expandAssignment(shell, node.value.text);
      const old = shell.variables.get(node.name);
      if (shell.options.has('xtrace')) yield* traceAssignment(shell, `${node.name}=${minimalQuote(value)}`);
      const variable = { ...newVariable(node.append === true ? `${old ?? ''}${value}` : value), exported: true };
      if (shell.variables.lookUp(node.name)?.readonly === true) {
        yield* shell.error(`${node.name}: readonly variable`);
        continue;
      }
      shell.variables.setTemporary(node.name, variable);
    }
    return yield* body();
  } finally {
    shell.variables.popScope();
  }
}

/** Runs words as a function, a builtin or a program. */
export function* dispatch(
  shell: Shell, words: readonly string[], options: { lookUp: CommandLookUp; exec: boolean; arrays?: ReadonlyMap<number, ArrayArgument> },
): Op<number> {
  const name = words[0] as string;
  const { lookUp } = options;
  const definition = lookUp.functions ? shell.functions.get(name) : undefined;
  if (definition !== undefined) return yield* shell.interpreter.callFunction(shell, definition, words.slice(1));
  if (lookUp.builtins && Object.hasOwn(BUILTINS, name) && !shell.disabledBuiltins.has(name)) {
    return yield* runBuiltin(new BuiltinCall(shell, name, words.slice(1), options.arrays));
  }
  if (!lookUp.files) {
    yield* shell.error(`builtin: ${name}: not a shell builtin`);
    return 1;
  }
  return yield* runExternal(shell, words, { exec: options.exec, standardPath: lookUp.standardPath });
}

function* runBuiltin(call: BuiltinCall): Op<number> {
  const { shell } = call;
  const builtin = BUILTINS[call.name] as (typeof BUILTINS)[string];
  try {
    return yield* builtin(call);
  } catch (error) {
    if (error instanceof BrokenPipeError && shell.process.handlerOf('SIGPIPE') === 'default') throw error;
    if (error instanceof FileError || error instanceof DiskFullError || error instanceof BrokenPipeError) {
      return yield* call.fail(`write error: ${error.message}`);
    }
    throw error;
  }
}

/** `exec` changes the shell's own descriptors, and is replaced by the program it names. */
function* execBuiltin(shell: Shell, words: readonly string[], redirections: readonly Redirection[]): Op<number> {
  try {
    yield* redirectForGood(shell, redirections);
  } catch (error) {
    if (!(error instanceof RedirectionFailed)) throw error;
    if (!shell.settings.interactive) throw new AbortCommand(1, true);
    return 1;
  }
  return yield* runBuiltin(new BuiltinCall(shell, 'exec', words.slice(1)));
}
