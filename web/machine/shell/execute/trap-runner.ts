import type { Op } from '../../../engine/kernel/task';
import { signalNumber } from '../../os/signals';
import type { Shell } from './shell';
import type { PseudoSignal } from './traps';

/** Runs the traps of signals that arrived: between commands. */
export function* runPendingTraps(shell: Shell): Op<void> {
  while (shell.traps.pending.length > 0) {
    const signal = shell.traps.pending.shift() as NonNullable<(typeof shell.traps.pending)[0]>;
    const action = shell.traps.actions.get(signal);
    if (action === undefined || action === '') continue;
    const { lastStatus, pipeStatus } = shell;
    yield* shell.interpreter.runText(shell, action, `trap ${signalNumber(signal)}`, shell.line);
    shell.lastStatus = lastStatus;
    shell.pipeStatus = pipeStatus;
  }
}

/** Runs the ERR, DEBUG or RETURN trap; `$?` stays. */
export function* runPseudoTrap(shell: Shell, name: PseudoSignal): Op<void> {
  const action = shell.traps.actions.get(name);
  if (action === undefined || action === '' || shell.runningTrap) return;
  const { lastStatus, pipeStatus, source, position } = shell;
  shell.runningTrap = true;
  try {
    yield* shell.interpreter.runText(shell, action, `${name.toLowerCase()} trap`, shell.line);
  } finally {
    shell.runningTrap = false;
    shell.source = source;
    shell.position = position;
  }
  shell.lastStatus = lastStatus;
  shell.pipeStatus = pipeStatus;
}

/** Runs the EXIT trap once; returns the status to exit with. */
export function* runExitTrap(shell: Shell, status: number): Op<number> {
  const action = shell.traps.actions.get('EXIT');
  shell.traps.actions.delete('EXIT');
  if (action === undefined || action === '') return status;
  shell.lastStatus = status;
  yield* shell.interpreter.runText(shell, action, 'exit trap');
  return status;
}
