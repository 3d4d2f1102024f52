import type { AndOr, Command, CommandNode, CompoundCommand, CompoundList, Pipeline, Statement } from 'unbash';
import type { Op } from '../../../engine/kernel/task';
import { COSTS } from '../../os/costs';
import { ArithmeticError } from '../expand/arithmetic-error';
import { expandText } from '../expand/parts';
import { expandArithmetic, reporting } from '../expand/text';
import { runArithmeticFor, runCase, runFor, runIf, runSelect, runWhile } from './compound';
import { runConditional } from './conditional';
import { ExitShell, TerminatedBySignal } from './control-flow';
import { runCoprocess } from './coprocess';
import { reportKilledInBackground } from '../jobs/job-report';
import { callFunction } from './function-call';
import { runPipeline, runStage, runSubshellNode, startBackground } from './pipeline';
import { closeProcessSubstitutions, substituteProcess } from './process-substitution';
import { withRedirections } from './redirection';
import { runText } from './run-text';
import type { Interpreter, Shell } from './shell';
import { dispatch, runSimpleCommand } from './simple-command';
import { substitute } from './substitution';
import { timed } from './timed';
import { runPendingTraps, runPseudoTrap } from './trap-runner';
import { traceLine } from './xtrace';

/** Runs statements one after the other; the status of the last. */
export function* runStatements(shell: Shell, statements: readonly Statement[]): Op<number> {
  let status = 0;
  for (const statement of statements) {
    if (shell.options.has('noexec') && !shell.settings.interactive) return status;
    status = statement.background === true ? yield* startBackground(shell, statement.command) : yield* runNode(shell, statement.command);
    shell.lastStatus = status;
    if (shell.traps.pending.length > 0) yield* runPendingTraps(shell);
    if (shell.terminating !== undefined && shell.traps.actions.has('EXIT')) throw new TerminatedBySignal(shell.terminating);
    if (!shell.interactive && shell.jobs.list.length > 0) yield* reportKilledInBackground(shell);
  }
  return status;
}

function runList(shell: Shell, list: CompoundList): Op<number> {
  return runStatements(shell, list.commands);
}

/** Runs a command, sets `$?`, and does what `set -e` and the ERR trap ask for. */
export function* runNode(shell: Shell, node: CommandNode | Pipeline | AndOr): Op<number> {
  if (node.type === 'AndOr') return yield* runAndOr(shell, node);
  const opened = shell.processSubstitutions.length;
  let status: number;
  try {
    status = node.type === 'Pipeline' ? yield* runPrefixed(shell, node) : yield* runCommand(shell, node);
  } finally {
    closeProcessSubstitutions(shell, opened);
  }
  shell.lastStatus = status;
  if (status !== 0 && FAILING.has(node.type) && !(node.type === 'Pipeline' && node.prefixes.some((each) => each.type === 'Negation'))) {
    yield* failed(shell, status);
  }
  return status;
}

/** What can fail by itself: compound commands only pass on what failed in them. */
const FAILING = new Set<string>(['Command', 'Pipeline', 'Subshell', 'TestCommand', 'ArithmeticCommand', 'Redirected']);

function* failed(shell: Shell, status: number): Op<void> {
  if (shell.errexitSuppressed > 0) return;
  yield* runPseudoTrap(shell, 'ERR');
  if (shell.options.has('errexit')) throw new ExitShell(status);
}

function* runAndOr(shell: Shell, node: AndOr): Op<number> {
  let status = 0;
  const last = node.commands.length - 1;
  for (let i = 0; i <= last; i++) {
    const operator = node.operators[i - 1];
    if ((operator === '&&' && status !== 0) || (operator === '||' && status === 0)) continue;
    if (i < last) shell.errexitSuppressed += 1;
    try {
      status = yield* runNode(shell, node.commands[i] as Pipeline);
    } finally {
      if (i < last) shell.errexitSuppressed -= 1;
    }
  }
  return status;
}

function* runPrefixed(shell: Shell, node: Pipeline): Op<number> {
  const negations = node.prefixes.filter((each) => each.type === 'Negation').length;
  const time = node.prefixes.find((each) => each.type === 'Time');
  const body = (): Op<number> => runStages(shell, node);
  if (negations > 0) shell.errexitSuppressed += 1;
  try {
    const status = time === undefined ? yield* body() : yield* timed(shell, time.posix !== undefined, body);
    return negations % 2 === 1 ? (status === 0 ? 1 : 0) : status;
  } finally {
    if (negations > 0) shell.errexitSuppressed -= 1;
  }
}

function* runStages(shell: Shell, node: Pipeline): Op<number> {
  if (node.commands.length === 0) return 0;
  return node.commands.length === 1 ? yield* runCommand(shell, node.commands[0] as CommandNode) : yield* runPipeline(shell, node);
}

function* runCommand(shell: Shell, node: CommandNode): Op<number> {
  switch (node.type) {
    case 'Command':
      return yield* runSimple(shell, node);
    case 'Redirected':
      return yield* reporting(shell, withRedirections(shell, node.redirects, () => runCompound(shell, node.command)));
    case 'Function':
      return yield* defineFunction(shell, node);
    case 'Coproc':
      return yield* runCoprocess(shell, node);
    default:
      return yield* runCompound(shell, node);
  }
}

function* runSimple(shell: Shell, node: Command): Op<number> {
  const before = shell.pipeStatus;
  const status = yield* runSimpleCommand(shell, node, false);
  if (shell.pipeStatus === before || shell.pipeStatus.length !== 1) shell.pipeStatus = [status];
  return status;
}

function* runCompound(shell: Shell, node: CompoundCommand): Op<number> {
  switch (node.type) {
    case 'BraceGroup':
      return yield* runList(shell, node.body);
    case 'Subshell':
      return yield* runSubshellNode(shell, node, (child) => runList(child, node.body));
    case 'If':
      return yield* runIf(shell, node);
    case 'While':
      return yield* runWhile(shell, node);
    case 'For':
      return yield* runFor(shell, node);
    case 'ArithmeticFor':
      return yield* runArithmeticFor(shell, node);
    case 'Case':
      return yield* runCase(shell, node);
    case 'Select':
      return yield* runSelect(shell, node);
    case 'TestCommand':
      return yield* runConditional(shell, node);
    case 'ArithmeticCommand':
      shell.position = node.pos;
      yield* shell.process.spend(COSTS.shellStepUs);
      if (shell.options.has('xtrace')) yield* traceLine(shell, `(( ${node.body} ))`);
      return yield* arithmeticStatus(shell, node.body);
  }
}

/** Unlike in `$((...))`, an error here is just a status. */
function* arithmeticStatus(shell: Shell, body: string): Op<number> {
  try {
    return (yield* expandArithmetic(shell, body)) === 0n ? 1 : 0;
  } catch (error) {
    if (!(error instanceof ArithmeticError)) throw error;
    yield* shell.error(`((: ${error.message}`);
    return 1;
  }
}

function* defineFunction(shell: Shell, node: Extract<CommandNode, { type: 'Function' }>): Op<number> {
  const name = node.name.text;
  if (/[$`'"\\]/.test(name)) {
    yield* shell.error(`\`${name}': not a valid identifier`);
    return 1;
  }
  if (shell.readonlyFunctions.has(name)) {
    yield* shell.error(`${name}: readonly function`);
    return 1;
  }
  const old = shell.functions.get(name);
  const sourceName = shell.frames.at(-1)?.sourceName ?? shell.sourceName;
  shell.functions.set(name, { name, body: node.body, source: shell.source, sourceName, exported: old?.exported === true });
  return 0;
}

/** The interpreter as the shell's parts use it. */
export const INTERPRETER: Interpreter = {
  expandText,
  runNode,
  runList,
  runText: (shell, text, inputName, firstLine) => runText(shell, text, { inputName, firstLine, run: runStatements }),
  substitute: (shell, text, backquoted) => substitute(shell, text, backquoted, runStatements),
  substituteProcess: (shell, text, operator) => substituteProcess(shell, text, operator, runStatements),
  runWords: (shell, words, lookUp) => dispatch(shell, words, { lookUp, exec: false }),
  callFunction,
  runStage,
};
