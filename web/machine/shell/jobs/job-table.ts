import type { ExitStatus } from '../../os/exit-status';
import type { Process } from '../../os/process';
import { exitCodeOf } from '../../os/exit-status';
import { describeSignal } from './signal-description';

/** One process of a job, with the command that it runs. */
export interface JobProcess {
  readonly process: Process;
  readonly text: string;
}

/** A pipeline that the shell started. */
export interface Job {
  readonly number: number;
  readonly processes: readonly JobProcess[];
  readonly text: string;
  /** Its own process group, under job control. */
  readonly pgid: number | undefined;
  foreground: boolean;
  /** What was told the user: a change since then is news. */
  toldState: JobState | undefined;
  /** It was killed while it was stopped: it is shown as stopped once more before its end is told. */
  diesLater: boolean;
  /** `disown -h`. */
  keepOnHangUp: boolean;
}

export type JobState = 'Running' | 'Stopped' | 'Done';

/** The jobs of one shell, which of them is current, and the statuses of those that ended. */
export class JobTable {
  private jobs: Job[] = [];
  /** Job numbers, the current one last. */
  private recent: number[] = [];
  /** Of background processes that ended, for `wait PID`. */
  readonly endedStatuses = new Map<number, number>();

  add(processes: readonly JobProcess[], text: string, options: { pgid: number | undefined; foreground: boolean }): Job {
    const number = Math.max(0, ...this.jobs.map((each) => each.number)) + 1;
    const { pgid, foreground } = options;
    const job: Job = { number, processes, text, pgid, foreground, toldState: undefined, diesLater: false, keepOnHangUp: false };
    this.jobs.push(job);
    if (!options.foreground) this.makeCurrent(job);
    return job;
  }

  get list(): readonly Job[] {
    return this.jobs;
  }

  remove(job: Job): void {
    this.jobs = this.jobs.filter((each) => each !== job);
    this.recent = this.recent.filter((number) => number !== job.number);
  }

  makeCurrent(job: Job): void {
    this.recent = [...this.recent.filter((number) => number !== job.number), job.number];
  }

  get current(): Job | undefined {
    return this.byRecency[0];
  }

  get previous(): Job | undefined {
    return this.byRecency[1];
  }

  /** Stopped jobs come before running ones. */
  private get byRecency(): Job[] {
    const recent = [...this.recent].reverse().map((number) => this.jobs.find((job) => job.number === number) as Job);
    const stopped = (job: Job): boolean => (job.toldState ?? stateOf(job)) === 'Stopped';
    return [...recent.filter(stopped), ...recent.filter((job) => !stopped(job))];
  }

  /** `%1`, `%+`, `%%`, `%-`, `%name`, `%?text`, or a number. */
  find(spec: string): Job | 'ambiguous' | undefined {
    const body = spec.startsWith('%') ? spec.slice(1) : spec;
    if (body === '' || body === '%' || body === '+') return this.current;
    if (body === '-') return this.previous ?? this.current;
    if (/^\d+$/.test(body)) return this.jobs.find((job) => job.number === Number(body));
    const found = this.jobs.filter((job) => (body.startsWith('?') ? job.text.includes(body.slice(1)) : job.text.startsWith(body)));
    return found.length > 1 ? 'ambiguous' : found[0];
  }

  byPid(pid: number): Job | undefined {
    return this.jobs.find((job) => job.processes.some((each) => each.process.pid === pid));
  }

  /** A copy for a subshell, which can list but not wait for them. */
  clone(): JobTable {
    const copy = new JobTable();
    copy.jobs = this.jobs.map((job) => ({ ...job }));
    copy.recent = [...this.recent];
    return copy;
  }
}

export function stateOf(job: Job): JobState {
  if (job.processes.every((each) => !each.process.alive)) return 'Done';
  return job.processes.some((each) => each.process.state === 'stopped') ? 'Stopped' : 'Running';
}

/** The last process's end. */
export function exitOf(job: Job): ExitStatus | undefined {
  return job.processes.at(-1)?.process.exit;
}

/** The word of `jobs` for what a job or process does. */
export function describeState(job: Job): string {
  const state = stateOf(job);
  if (state === 'Running') return 'Running';
  if (state === 'Stopped' || job.diesLater) return 'Stopped';
  return describeExit(exitOf(job) as ExitStatus);
}

export function describeExit(exit: ExitStatus): string {
  if (exit.signal !== undefined) return describeSignal(exit.signal) + (exit.signal === 'SIGQUIT' || exit.signal === 'SIGSEGV' || exit.signal === 'SIGABRT' ? ' (core dumped)' : '');
  return exit.code === 0 ? 'Done' : `Exit ${exitCodeOf(exit)}`;
}
