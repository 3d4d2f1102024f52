import { COSTS } from '../../os/costs';
import { ForkError } from '../../os/machine';
import type { OpenFile } from '../../os/open-file';
import type { Process } from '../../os/process';
import type { Program } from '../../os/program';
import type { Signal } from '../../os/signals';
import type { Op } from '../../../engine/kernel/task';
import { AbortCommand } from './control-flow';
import type { Shell } from './shell';
import { runSubshell } from './subshell';

const SECOND_US = 1_000_000;
/** As FORKSLEEP_MAX: bash gives up after waiting 1, 2, 4 and 8 seconds. */
const LAST_WAIT_SECONDS = 8;
/** What an interactive shell handles or ignores, and its children must not. */
const SHELL_SIGNALS: readonly Signal[] = ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

export interface ForkOptions {
  /** Descriptors of the child; its parent's without it. */
  readonly fds?: ReadonlyMap<number, OpenFile>;
  readonly group?: number | 'new';
  /** A background job without job control: ^C does not reach it. */
  readonly background?: boolean;
}

/** Starts `body` in a copy of the shell. Tries again when there are too many processes, then gives the command up. */
export function* forkShell(shell: Shell, options: ForkOptions, body: (child: Shell) => Op<number>): Op<Process> {
  return yield* retrying(shell, () => {
    let child: Shell | undefined;
    const program: Program = { name: shell.process.program.name, main: () => runSubshell(child as Shell, body) };
    const process = shell.process.spawn({ program, argv: shell.process.argv, fds: options.fds, group: options.group });
    child = shell.fork(process, shell.jobs.clone());
    process.umask = shell.process.umask;
    settleSignals(shell, process, options.background === true);
    shell.process.owe(COSTS.forkUs);
    return process;
  });
}

/** Starts a program as a child of the shell. */
export function* startProgram(
  shell: Shell, what: { program: Program; argv: readonly string[]; env: ReadonlyMap<string, string> }, options: ForkOptions,
): Op<Process> {
  return yield* retrying(shell, () => {
    const process = shell.process.spawn({ ...what, fds: options.fds, group: options.group });
    settleSignals(shell, process, options.background === true);
    shell.process.owe(COSTS.forkUs);
    process.owe(COSTS.processStartUs - COSTS.forkUs);
    return process;
  });
}

function* retrying(shell: Shell, start: () => Process): Op<Process> {
  for (let seconds = 1; ; seconds *= 2) {
    try {
      return start();
    } catch (error) {
      if (!(error instanceof ForkError)) throw error;
      if (seconds > LAST_WAIT_SECONDS) {
        yield* shell.error(`fork: ${error.message}`);
        throw new AbortCommand(254);
      }
      yield* shell.error(`fork: retry: ${error.message}`);
      yield* shell.process.sleep(seconds * SECOND_US);
    }
  }
}

function settleSignals(shell: Shell, process: Process, background: boolean): void {
  for (const signal of SHELL_SIGNALS) {
    const ignored = shell.traps.alwaysIgnored.has(signal) || shell.traps.actions.get(signal) === '';
    if (!ignored) process.onSignal(signal, 'default');
  }
  if (background && !shell.options.has('monitor')) {
    process.onSignal('SIGINT', 'ignore');
    process.onSignal('SIGQUIT', 'ignore');
  }
}
