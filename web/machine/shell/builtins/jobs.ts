import type { Op } from '../../../engine/kernel/task';
import { exitCodeOf } from '../../os/exit-status';
import { WaitBroken } from '../execute/control-flow';
import { waitForeground, pipelineStatus, statusOf } from '../jobs/foreground';
import { jobLine, reportKilledInBackground } from '../jobs/job-report';
import { type Job, stateOf } from '../jobs/job-table';
import type { Shell } from '../execute/shell';
import type { BuiltinCall, BuiltinTable } from './builtin';

const NOT_A_CHILD = 127;

/** The job that a specification names; complains when there is none. */
function* findJob(call: BuiltinCall, spec: string | undefined): Op<Job | undefined> {
  const found = spec === undefined ? call.shell.jobs.current : call.shell.jobs.find(spec);
  if (found === 'ambiguous') yield* call.fail(`${spec as string}: ambiguous job spec`);
  else if (found === undefined) yield* call.fail(`${spec ?? 'current'}: no such job`);
  return found === 'ambiguous' ? undefined : found;
}

function* jobs(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('lnprsx');
  if (parsed === undefined) return 2;
  const { shell } = call;
  const { flags, rest } = parsed;
  let selected: Job[] = [...shell.jobs.list];
  if (rest.length > 0) {
    selected = [];
    for (const spec of rest) {
      const job = yield* findJob(call, spec);
      if (job === undefined) return 1;
      selected.push(job);
    }
  }
  for (const job of selected) {
    const state = stateOf(job);
    if ((flags.has('r') && state !== 'Running') || (flags.has('s') && state !== 'Stopped')) continue;
    if (flags.has('n') && job.toldState === state) continue;
    yield* call.out(flags.has('p') ? `${job.processes[0]?.process.pid}\n` : jobLine(shell, job, flags.has('l')));
    job.toldState = state;
    if (state === 'Done') settle(shell, job);
  }
  return 0;
}

/** Remembers how a background job ended and takes it off the list. */
function settle(shell: Shell, job: Job): void {
  for (const { process } of job.processes) if (process.exit !== undefined) shell.jobs.endedStatuses.set(process.pid, exitCodeOf(process.exit));
  shell.jobs.remove(job);
}

function continueJob(job: Job): void {
  for (const { process } of job.processes) process.signal('SIGCONT');
  job.toldState = undefined;
}

function* needsControl(call: BuiltinCall): Op<boolean> {
  if (call.shell.options.has('monitor')) return false;
  yield* call.fail('no job control');
  return true;
}

function* foreground(call: BuiltinCall): Op<number> {
  if (yield* needsControl(call)) return 1;
  const job = yield* findJob(call, call.args[0]);
  if (job === undefined) return 1;
  if (stateOf(job) === 'Done') {
    yield* call.fail('job has terminated');
    return 1;
  }
  yield* call.out(`${job.text}\n`);
  job.foreground = true;
  const { terminal } = call.shell.process;
  if (terminal !== undefined && job.pgid !== undefined) terminal.foregroundGroup = job.pgid;
  continueJob(job);
  return yield* waitForeground(call.shell, job);
}

function* background(call: BuiltinCall): Op<number> {
  if (yield* needsControl(call)) return 1;
  for (const spec of call.args.length === 0 ? [undefined] : call.args) {
    const job = yield* findJob(call, spec);
    if (job === undefined) return 1;
    if (stateOf(job) === 'Running') {
      yield* call.shell.error(`bg: job ${job.number} already in background`);
      continue;
    }
    job.foreground = false;
    continueJob(job);
    const mark = job === call.shell.jobs.current ? '+' : job === call.shell.jobs.previous ? '-' : ' ';
    yield* call.out(`[${job.number}]${mark} ${job.text} &\n`);
  }
  return 0;
}

/** Waits for something to change; a trapped signal breaks it. */
function* untilDone(shell: Shell, done: () => boolean): Op<void> {
  shell.breakableWait = true;
  try {
    while (!done()) yield shell.process.childChanged;
  } finally {
    shell.breakableWait = false;
  }
}

function* waitOne(call: BuiltinCall, spec: string): Op<number> {
  const { shell } = call;
  if (!spec.startsWith('%') && !/^\d+$/.test(spec)) return yield* call.fail(`\`${spec}': not a pid or valid job spec`);
  const found = spec.startsWith('%') ? shell.jobs.find(spec) : shell.jobs.byPid(Number(spec));
  if (found === undefined || found === 'ambiguous') {
    const known = shell.jobs.endedStatuses.get(Number(spec));
    if (known !== undefined) return known;
    if (spec.startsWith('%')) return yield* call.fail(`${spec}: no such job`, NOT_A_CHILD);
    const child = [...shell.process.children].find((each) => each.pid === Number(spec));
    if (child === undefined) return yield* call.fail(`pid ${spec} is not a child of this shell`, NOT_A_CHILD);
    yield* untilDone(shell, () => !child.alive);
    return exitCodeOf(yield* shell.process.waitFor(child));
  }
  const only = spec.startsWith('%') ? undefined : found.processes.find((each) => each.process.pid === Number(spec));
  yield* untilDone(shell, () => (only === undefined ? stateOf(found) === 'Done' : !only.process.alive));
  const status = only === undefined ? pipelineStatus(shell, found.processes.map(statusOf)) : statusOf(only);
  if (stateOf(found) === 'Done') {
    if (!shell.interactive) yield* reportKilledInBackground(shell);
    settle(shell, found);
  }
  return status;
}

function* waitNext(shell: Shell): Op<number> {
  if (shell.jobs.list.length === 0) return NOT_A_CHILD;
  let ended: Job | undefined;
  yield* untilDone(shell, () => {
    ended = shell.jobs.list.find((job) => stateOf(job) === 'Done');
    return ended !== undefined;
  });
  const status = pipelineStatus(shell, (ended as Job).processes.map(statusOf));
  settle(shell, ended as Job);
  return status;
}

function* wait(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('fnp:');
  if (parsed === undefined) return 2;
  const { shell } = call;
  try {
    if (parsed.flags.has('n')) return yield* waitNext(shell);
    if (parsed.rest.length === 0) {
      yield* untilDone(shell, () => shell.jobs.list.every((job) => stateOf(job) !== 'Running'));
      if (!shell.interactive) for (const job of [...shell.jobs.list]) if (stateOf(job) === 'Done') settle(shell, job);
      return 0;
    }
    let status = 0;
    for (const spec of parsed.rest) status = yield* waitOne(call, spec);
    return status;
  } catch (error) {
    if (error instanceof WaitBroken) return error.status;
    throw error;
  }
}

function* disown(call: BuiltinCall): Op<number> {
  const parsed = yield* call.options('har');
  if (parsed === undefined) return 2;
  const { shell } = call;
  const all = parsed.flags.has('a') || (parsed.flags.has('r') && parsed.rest.length === 0);
  const specs = all ? [] : parsed.rest.length === 0 ? [undefined] : parsed.rest;
  const chosen = all ? shell.jobs.list.filter((job) => !parsed.flags.has('r') || stateOf(job) === 'Running') : [];
  for (const spec of specs) {
    const job = spec !== undefined && /^\d+$/.test(spec) ? shell.jobs.byPid(Number(spec)) : yield* findJob(call, spec);
    if (job === undefined) return 1;
    chosen.push(job);
  }
  for (const job of chosen) {
    if (parsed.flags.has('h')) job.keepOnHangUp = true;
    else shell.jobs.remove(job);
  }
  return 0;
}

export const JOBS: BuiltinTable = {
  jobs,
  fg: foreground,
  bg: background,
  wait,
  disown,
  *suspend(call) {
    if (!call.shell.options.has('monitor')) return yield* call.fail('cannot suspend: no job control');
    if (call.shell.settings.login) return yield* call.fail('cannot suspend a login shell');
    call.shell.process.signal('SIGSTOP');
    return 0;
  },
};
