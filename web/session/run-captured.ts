import { CaptureFile } from '../machine/os/capture-file';
import { openNull } from '../machine/os/devices';
import type { Machine } from '../machine/os/machine';
import type { OpenFile } from '../machine/os/open-file';
import { exitCodeOf } from '../machine/os/exit-status';
import { bash } from '../machine/shell/bash';

export interface CapturedRun {
  readonly stdout: string;
  readonly stderr: string;
  /** Null when it did not end in time. */
  readonly rc: number | null;
}

export interface CaptureOptions {
  readonly machine: Machine;
  readonly cwd: string;
  readonly uid: number;
  readonly env: ReadonlyMap<string, string>;
  /** Simulated time after which it counts as hanging. */
  readonly limitUs: number;
}

const LOOK_US = 50_000;

/** Runs a line by `bash -c` without a terminal and keeps its two outputs apart, until every process that holds them has ended. */
export function runCaptured(line: string, options: CaptureOptions): CapturedRun {
  const { machine } = options;
  const stdout = new CaptureFile();
  const stderr = new CaptureFile();
  const process = machine.start({
    program: bash,
    argv: ['bash', '-c', line],
    env: options.env,
    cwd: options.cwd,
    uid: options.uid,
    umask: 0o022,
    fds: new Map<number, OpenFile>([[0, openNull()], [1, stdout], [2, stderr]]),
    parent: undefined,
    group: 'new',
    terminal: undefined,
  });
  const endUs = machine.sim.nowUs + options.limitUs;
  while (machine.sim.nowUs < endUs && !(stdout.isClosed && stderr.isClosed && process.exit !== undefined)) {
    machine.sim.run(Math.min(endUs, machine.sim.nowUs + LOOK_US));
  }
  const timedOut = process.exit === undefined || !stdout.isClosed || !stderr.isClosed;
  if (timedOut) process.signal('SIGKILL');
  return { stdout: stdout.text, stderr: stderr.text, rc: timedOut || process.exit === undefined ? null : exitCodeOf(process.exit) };
}
