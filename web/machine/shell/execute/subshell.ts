import type { Op } from '../../../engine/kernel/task';
import { COSTS } from '../../os/costs';
import { signalNumber } from '../../os/signals';
import { AbortCommand, BreakLoop, ContinueLoop, ExecProgram, ExitShell, ReturnFrom, TerminatedBySignal } from './control-flow';
import { runDeep } from './deep-call';
import type { Shell } from './shell';
import { runExitTrap } from './trap-runner';

/** The whole life of a forked shell: its commands, its EXIT trap, and the program that it becomes by `exec`. */
export function* runSubshell(shell: Shell, body: (shell: Shell) => Op<number>): Op<number> {
  try {
    return yield* runDeep(untilExit(shell, body));
  } catch (error) {
    if (!(error instanceof ExecProgram)) throw error;
    return yield* becomeProgram(shell, error);
  }
}

/** Runs commands until they end or the shell exits; returns the exit status. */
export function* untilExit(shell: Shell, body: (shell: Shell) => Op<number>): Op<number> {
  const status = yield* settled(shell, body(shell));
  const last = yield* settled(shell, runExitTrap(shell, status));
  if (shell.terminating !== undefined) {
    shell.process.onSignal(shell.terminating, 'default');
    shell.process.signal(shell.terminating);
  }
  return last;
}

function* settled(shell: Shell, body: Op<number>): Op<number> {
  try {
    return yield* body;
  } catch (error) {
    if (error instanceof ExitShell || error instanceof AbortCommand || error instanceof ReturnFrom) return error.status;
    if (error instanceof TerminatedBySignal) return 128 + signalNumber(error.signal);
    if (error instanceof BreakLoop || error instanceof ContinueLoop) return shell.lastStatus;
    throw error;
  }
}

export function* becomeProgram(shell: Shell, exec: ExecProgram): Op<number> {
  const { process } = shell;
  process.become(exec.program, exec.argv, exec.env);
  process.owe(COSTS.processStartUs - COSTS.forkUs);
  return yield* exec.program.main(process);
}
