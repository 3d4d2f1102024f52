import { Simulation } from '../../engine/kernel/simulation';
import type { Op } from '../../engine/kernel/task';
import { Network } from '../../engine/network/network';
import { CaptureFile } from './capture-file';
import { openNull } from './devices';
import { Machine, TaskLimit } from './machine';
import { Memory } from './memory';
import type { OpenFile } from './open-file';
import { makePipe } from './pipe';
import type { ExitStatus } from './exit-status';
import { Process } from './process';
import type { Program } from './program';
import { Storage } from './storage';
import { encodeText } from './text';

/** A laptop for tests, with nothing installed. */
export function testMachine(seed = 1): Machine {
  const sim = new Simulation({ seed });
  const network = new Network(sim);
  const machine = new Machine({ sim, host: network.addHost('laptop'), storage: new Storage(), memory: new Memory(), tasks: new TaskLimit() });
  machine.users.set(1000, { name: 'student', home: '/home/student' });
  machine.files.makeDirectories('/home/student', 0o755, 1000);
  machine.files.makeDirectories('/tmp').mode = 0o1777;
  return machine;
}

export interface RunResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: ExitStatus | undefined;
  readonly process: Process;
}

/** Runs a program to its end (or for `forUs`) with text as standard input and collects what it writes. */
export function runProgram(
  machine: Machine,
  program: Program,
  argv: readonly string[],
  options: { stdin?: string; cwd?: string; env?: Record<string, string>; forUs?: number; uid?: number } = {},
): RunResult {
  const stdout = new CaptureFile();
  const stderr = new CaptureFile();
  const fds = new Map<number, OpenFile>([
    [0, inputOf(machine, options.stdin ?? '')],
    [1, stdout],
    [2, stderr],
  ]);
  const process = machine.start({
    program,
    argv,
    env: new Map(Object.entries(options.env ?? { PATH: '/usr/bin:/bin', HOME: '/home/student', LANG: 'C.UTF-8' })),
    cwd: options.cwd ?? '/home/student',
    uid: options.uid ?? 1000,
    umask: 0o022,
    fds,
    parent: undefined,
    group: 'new',
    terminal: undefined,
  });
  machine.sim.run(machine.sim.nowUs + (options.forUs ?? 600_000_000));
  return { stdout: stdout.text, stderr: stderr.text, status: process.exit, process };
}

/** A program from its `main`, for tests. */
export function program(name: string, main: (process: Process) => Op<number>): Program {
  return { name, main };
}

function inputOf(machine: Machine, text: string): OpenFile {
  const { reader, writer } = makePipe('stdin');
  const feeder = program('feeder', function* (process) {
    yield* process.write(1, encodeText(text));
    return 0;
  });
  machine.start({
    program: feeder, argv: ['feeder'], env: new Map(), cwd: '/', uid: 0, umask: 0o022,
    fds: new Map([[0, openNull()], [1, writer]]), parent: undefined, group: 'new', terminal: undefined,
  });
  return reader;
}
