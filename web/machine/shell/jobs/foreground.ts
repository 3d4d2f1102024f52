import type { Op } from '../../../engine/kernel/task';
import { exitCodeOf } from '../../os/exit-status';
import { Interrupted } from '../execute/control-flow';
import type { Shell } from '../execute/shell';
import { jobLine, reportKilled } from './job-report';
import { type Job, type JobProcess, exitOf, stateOf } from './job-table';

const STOPPED_STATUS = 128;
const TSTP = 20;

/** The terminal that this shell controls jobs on. */
export function controlledTerminal(shell: Shell) {
  return shell.options.has('monitor') ? shell.process.terminal : undefined;
}

/** Waits for a foreground job; hands the terminal over and takes it back. Returns the status, and sets PIPESTATUS. */
export function* waitForeground(shell: Shell, job: Job): Op<number> {
  const terminal = controlledTerminal(shell);
  if (terminal !== undefined && job.pgid !== undefined) terminal.foregroundGroup = job.pgid;
  yield* untilChanged(shell, job);
  if (terminal !== undefined) terminal.foregroundGroup = shell.process.pgid;
  if (stateOf(job) === 'Stopped') return yield* stopped(shell, job);
  return yield* ended(shell, job);
}

function* untilChanged(shell: Shell, job: Job): Op<void> {
  const { process } = shell;
  const watch = watchInterrupt(shell);
  try {
    while (stateOf(job) === 'Running' || (stateOf(job) === 'Stopped' && !shell.options.has('monitor'))) yield process.childChanged;
  } finally {
    watch.end();
  }
  const exit = exitOf(job);
  if (watch.seen && exit?.signal === 'SIGINT') {
    process.onSignal('SIGINT', 'default');
    process.signal('SIGINT');
    yield process.childChanged;
  }
}

/** A script's shell does not die of ^C while its child lives: it dies when the child did. */
function watchInterrupt(shell: Shell): { readonly seen: boolean; end(): void } {
  const { process } = shell;
  const before = process.handlerOf('SIGINT');
  const watch = { seen: false, end: (): void => undefined };
  if (before !== 'default') return watch;
  process.onSignal('SIGINT', () => {
    watch.seen = true;
  });
  watch.end = () => process.onSignal('SIGINT', before);
  return watch;
}

function* stopped(shell: Shell, job: Job): Op<number> {
  job.foreground = false;
  shell.jobs.makeCurrent(job);
  job.toldState = 'Stopped';
  yield* shell.process.err(`\n${jobLine(shell, job)}`);
  const signal = job.processes.find((each) => each.process.state === 'stopped')?.process.stoppedBy;
  const status = STOPPED_STATUS + (signal === 'SIGSTOP' ? 19 : signal === 'SIGTTIN' ? 21 : signal === 'SIGTTOU' ? 22 : TSTP);
  shell.pipeStatus = [status];
  return status;
}

function* ended(shell: Shell, job: Job): Op<number> {
  for (const { process } of job.processes) {
    shell.childrenCpuUs += process.cpuUs;
    shell.process.reap(process);
  }
  shell.jobs.remove(job);
  yield* reportKilled(shell, job);
  shell.pipeStatus = job.processes.map(statusOf);
  const status = pipelineStatus(shell, shell.pipeStatus);
  if (exitOf(job)?.signal === 'SIGINT' && shell.interactive) {
    if (!shell.traps.actions.has('SIGINT')) throw new Interrupted();
    yield* shell.process.err('\n');
  }
  return status;
}

export function statusOf(each: JobProcess): number {
  return each.process.exit === undefined ? 0 : exitCodeOf(each.process.exit);
}

/** With `pipefail` the last status that is not 0. */
export function pipelineStatus(shell: Shell, statuses: readonly number[]): number {
  const last = statuses.at(-1) ?? 0;
  return shell.options.has('pipefail') ? (statuses.findLast((status) => status !== 0) ?? 0) : last;
}
