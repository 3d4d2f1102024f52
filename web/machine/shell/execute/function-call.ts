import type { Op } from '../../../engine/kernel/task';
import { AbortCommand, BreakLoop, ContinueLoop, ReturnFrom } from './control-flow';
import { deep } from './deep-call';
import type { Shell, ShellFunction } from './shell';
import { runPseudoTrap } from './trap-runner';

/** How deep functions may call each other when FUNCNEST does not say. Simplified: the real limit is the process's stack. */
const MAX_NESTING = 4000;

/** Calls a shell function. Its status is `$?`, or what it returned. */
export function* callFunction(shell: Shell, definition: ShellFunction, args: readonly string[]): Op<number> {
  const asked = Number(shell.variables.get('FUNCNEST') ?? 0);
  const limit = asked > 0 ? asked : MAX_NESTING;
  if (shell.frames.length >= limit) {
    yield* shell.error(`${definition.name}: maximum function nesting level exceeded (${limit})`);
    throw new AbortCommand(1, true);
  }
  const saved = {
    positional: shell.positional, source: shell.source, position: shell.position, loopDepth: shell.loopDepth, getopts: shell.getopts,
  };
  shell.frames.push({ name: definition.name, sourceName: definition.sourceName, callLine: shell.line });
  shell.positional = [...args];
  shell.source = definition.source;
  shell.loopDepth = 0;
  shell.variables.pushScope('function');
  const hidden = hideTraps(shell);
  try {
    return yield* deep(body(shell, definition));
  } finally {
    shell.variables.popScope();
    shell.frames.pop();
    Object.assign(shell, saved);
    for (const [name, action] of hidden) if (!shell.traps.actions.has(name)) shell.traps.actions.set(name, action);
  }
}

/** ERR, DEBUG and RETURN traps do not hold inside functions, unless options say so. */
function hideTraps(shell: Shell): [('ERR' | 'DEBUG' | 'RETURN'), string][] {
  const hidden: [('ERR' | 'DEBUG' | 'RETURN'), string][] = [];
  for (const name of ['ERR', 'DEBUG', 'RETURN'] as const) {
    const action = shell.traps.actions.get(name);
    if (action === undefined || shell.options.has(name === 'ERR' ? 'errtrace' : 'functrace')) continue;
    hidden.push([name, action]);
    shell.traps.actions.delete(name);
  }
  return hidden;
}

function* body(shell: Shell, definition: ShellFunction): Op<number> {
  let status: number;
  try {
    status =
      definition.body.type === 'CompoundList'
        ? yield* shell.interpreter.runList(shell, definition.body)
        : yield* shell.interpreter.runNode(shell, definition.body);
  } catch (error) {
    if (error instanceof BreakLoop || error instanceof ContinueLoop) status = 0;
    else if (error instanceof ReturnFrom) status = error.status;
    else throw error;
  }
  shell.lastStatus = status;
  yield* runPseudoTrap(shell, 'RETURN');
  return status;
}
