import type { Op } from '../../../engine/kernel/task';
import type { Shell } from '../execute/shell';
import { stateOf } from './job-table';

/** Warns once that jobs are stopped; true when the shell stays for it. */
export function* stoppedJobsKeep(shell: Shell): Op<boolean> {
  if (shell.exitWarned || !shell.jobs.list.some((job) => stateOf(job) === 'Stopped')) return false;
  yield* shell.process.err('There are stopped jobs.\n');
  shell.exitWarned = true;
  return true;
}
