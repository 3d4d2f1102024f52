import { type Signal, signalNumber } from '../../os/signals';
import { Interrupted, TerminatedBySignal, WaitBroken } from './control-flow';
import type { Shell } from './shell';

/** What an interactive shell does not die of. */
const INTERACTIVE_IGNORED: readonly Signal[] = ['SIGTERM', 'SIGQUIT'];
const JOB_CONTROL: readonly Signal[] = ['SIGTSTP', 'SIGTTIN', 'SIGTTOU'];

/** Sets the process's handlers when a shell starts. */
export function installSignals(shell: Shell): void {
  const { process } = shell;
  for (const signal of ['SIGINT', 'SIGQUIT', 'SIGTERM', 'SIGHUP', 'SIGPIPE'] as const) {
    if (process.handlerOf(signal) === 'ignore') shell.traps.alwaysIgnored.add(signal);
  }
  if (!shell.interactive) return;
  for (const signal of [...INTERACTIVE_IGNORED, ...JOB_CONTROL]) process.onSignal(signal, 'ignore');
  installSignal(shell, 'SIGINT');
}

/** Makes the process treat a signal as its trap says. */
export function installSignal(shell: Shell, signal: Signal): void {
  const { process } = shell;
  const action = shell.traps.actions.get(signal);
  if (action === '') process.onSignal(signal, 'ignore');
  else if (action !== undefined) process.onSignal(signal, () => arrived(shell, signal));
  else if (signal === 'SIGINT' && shell.interactive) process.onSignal(signal, () => process.interrupt(new Interrupted()));
  else if (shell.interactive && [...INTERACTIVE_IGNORED, ...JOB_CONTROL].includes(signal)) process.onSignal(signal, 'ignore');
  else if (FATAL.has(signal) && shell.traps.actions.has('EXIT')) process.onSignal(signal, () => terminate(shell, signal));
  else process.onSignal(signal, 'default');
}

/** The EXIT trap runs before the signal ends the shell. */
function terminate(shell: Shell, signal: Signal): void {
  shell.terminating = signal;
  shell.process.interrupt(new TerminatedBySignal(signal));
}

/** What a shell with an EXIT trap does not die of at once. */
export const FATAL = new Set<Signal>(['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGALRM', 'SIGUSR1', 'SIGUSR2', 'SIGXCPU', 'SIGSYS', 'SIGVTALRM', 'SIGPROF']);

/** A trapped signal waits for the end of the command, but breaks `wait` and `read`. */
function arrived(shell: Shell, signal: Signal): void {
  shell.traps.pending.push(signal);
  if (shell.breakableWait) shell.process.interrupt(new WaitBroken(128 + signalNumber(signal)));
}
