import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';
import { type Job, describeExit, describeState, exitOf, stateOf } from './job-table';

const STATE_COLUMNS = 24;

/** A line of `jobs`: `[1]+  Running                 sleep 10 &`. */
export function jobLine(shell: Shell, job: Job, long = false): string {
  const mark = job === shell.jobs.current ? '+' : job === shell.jobs.previous ? '-' : ' ';
  const state = describeState(job).padEnd(STATE_COLUMNS - 1);
  const background = stateOf(job) === 'Running' && !job.foreground ? ' &' : '';
  if (!long) return `[${job.number}]${mark}  ${state} ${job.text}${background}\n`;
  const first = job.processes[0];
  if (job.processes.length <= 1) return `[${job.number}]${mark} ${String(first?.process.pid ?? 0).padStart(5)} ${state} ${job.text}${background}\n`;
  return job.processes
    .map((each, i) => {
      const pid = String(each.process.pid).padStart(5);
      const last = i === job.processes.length - 1 ? background : '';
      return i === 0 ? `[${job.number}]${mark} ${pid} ${state} ${each.text}${last}\n` : `     ${pid} ${' '.repeat(STATE_COLUMNS - 2)}| ${each.text}${last}\n`;
    })
    .join('');
}

/** Tells of background jobs that ended or stopped since the last time, and forgets those that ended: at the prompt. */
export function* reportJobs(shell: Shell): Op<void> {
  for (const job of [...shell.jobs.list]) {
    const state = stateOf(job);
    if (state === 'Running' || job.toldState === state) continue;
    if (shell.interactive) yield* shell.process.err((state === 'Stopped' || job.diesLater ? '\n' : '') + jobLine(shell, job));
    if (job.diesLater) {
      job.diesLater = false;
      continue;
    }
    job.toldState = state;
    if (state === 'Done') shell.jobs.remove(job);
  }
}

/** A script hears of background jobs that signals ended, except the usual ones. */
export function* reportKilledInBackground(shell: Shell): Op<void> {
  for (const job of shell.jobs.list) {
    if (job.toldState === 'Done' || stateOf(job) !== 'Done') continue;
    job.toldState = 'Done';
    if (exitOf(job)?.signal !== 'SIGTERM') yield* reportKilled(shell, job);
  }
}

/** What is said of a foreground job that a signal ended. */
export function* reportKilled(shell: Shell, job: Job): Op<void> {
  const exit = exitOf(job);
  if (exit?.signal === undefined || exit.signal === 'SIGPIPE') return;
  if (exit.signal === 'SIGINT') return;
  if (shell.settings.interactive || exit.signal === 'SIGTERM') {
    yield* shell.process.err(`${describeExit(exit)}\n`);
    return;
  }
  if (shell.traps.actions.has(exit.signal)) return;
  const last = job.processes.length - 1;
  const lines = job.processes.map((each, i) => {
    const pid = String(each.process.pid).padStart(5);
    const how = each.process.exit === undefined ? 'Running' : describeExit(each.process.exit);
    const text = job.processes.length === 1 ? job.text : each.text;
    return `${i === 0 ? shell.messagePrefix : '     '}${pid} ${how.padEnd(STATE_COLUMNS - 1)} ${i === 0 ? '' : '| '}${text}${i === last ? '\n' : '\n'}`;
  });
  yield* shell.process.err(lines.join(''));
}

