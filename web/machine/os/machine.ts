import type { Simulation } from '../../engine/kernel/simulation';
import { type TraceChannel, traceEvent } from '../../engine/kernel/trace';
import type { Host } from '../../engine/network/host';
import { installDevices } from './devices';
import { FileError } from './file-error';
import { FileSystem } from './file-system';
import type { Memory } from './memory';
import type { ExitStatus } from './exit-status';
import { Process } from './process';
import type { ProcessOptions } from './process-options';
import type { Program } from './program';
import type { Signal } from './signals';
import type { Storage } from './storage';
import { decodeText } from './text';

/** A program began or ended on a machine. */
export interface ProcessTrace {
  readonly host: string;
  readonly pid: number;
  readonly argv: readonly string[];
}
export const processStarted = traceEvent<ProcessTrace>('process.started');
export const processEnded = traceEvent<ProcessTrace & { readonly status: ExitStatus }>('process.ended');

/** A program wrote to standard output (1) or standard error (2). */
export const processWrote = traceEvent<{ readonly host: string; readonly pid: number; readonly fd: number; readonly bytes: Uint8Array }>('process.wrote');

/** The kernel says no to a fork (EAGAIN). */
export class ForkError extends Error {
  constructor() {
    super('Resource temporarily unavailable');
  }
}

export interface MachineOptions {
  readonly sim: Simulation;
  readonly host: Host;
  readonly storage: Storage;
  readonly memory: Memory;
  readonly tasks: TaskLimit;
}

/** How many processes the laptop and its containers may have together; a fork bomb ends here. */
export class TaskLimit {
  count = 0;

  constructor(readonly limit = 1500) {}
}

interface User {
  readonly name: string;
  readonly home: string;
}

/** A computer or a container: a file system, a process table, a place in the network. */
export class Machine {
  readonly sim: Simulation;
  readonly host: Host;
  readonly files: FileSystem;
  readonly memory: Memory;
  /** By pid, in order of starting. */
  readonly processes = new Map<number, Process>();
  readonly wrote: TraceChannel<{ readonly host: string; readonly pid: number; readonly fd: number; readonly bytes: Uint8Array }>;
  readonly users = new Map<number, User>([[0, { name: 'root', home: '/root' }]]);
  /** Things by name that exist now (`topic`, `container` ...), for completion. Whoever knows them hands this in. */
  completionNames: (kind: string) => readonly string[] = () => [];
  private nextPid = 1;

  constructor(private readonly options: MachineOptions) {
    this.sim = options.sim;
    this.host = options.host;
    this.memory = options.memory;
    this.wrote = this.sim.trace.channel(processWrote);
    this.files = new FileSystem(options.storage, options.sim);
    installDevices(this.files, this.sim);
  }

  get hostname(): string {
    return this.host.name;
  }

  userName(uid: number): string {
    return this.users.get(uid)?.name ?? String(uid);
  }

  /** Starts a process. Throws ForkError when there are too many. Its descriptors become its own. */
  start(options: ProcessOptions): Process {
    if (this.options.tasks.count >= this.options.tasks.limit) {
      for (const file of options.fds.values()) file.release();
      throw new ForkError();
    }
    this.options.tasks.count += 1;
    const process = new Process(this, this.nextPid++, options);
    if (options.parent !== undefined) process.inheritIgnored(options.parent);
    this.processes.set(process.pid, process);
    this.executed(process);
    process.start();
    return process;
  }

  /** Called when a process begins to run a program. */
  executed(process: Process): void {
    const started = this.sim.trace.channel(processStarted);
    if (started.hot) started.emit({ host: this.hostname, pid: process.pid, argv: process.argv });
  }

  /** Called by the process when it has ended. */
  ended(process: Process): void {
    this.options.tasks.count -= 1;
    const ended = this.sim.trace.channel(processEnded);
    if (ended.hot) ended.emit({ host: this.hostname, pid: process.pid, argv: process.argv, status: process.exit as ExitStatus });
    for (const child of [...process.children]) if (!child.alive) process.reap(child);
    const { parent } = process;
    if (parent === undefined || !parent.alive || parent.machine !== this) this.forget(process);
    if (parent !== undefined && parent.alive) {
      parent.signal('SIGCHLD');
      parent.childChanged.notifyAll();
    }
  }

  /** Takes an ended process out of the table. */
  forget(process: Process): void {
    this.processes.delete(process.pid);
  }

  /** Whether nobody of the session is left to continue the group. Ctrl+Z then does nothing on Linux, as after `docker exec`. */
  isOrphaned(group: number): boolean {
    for (const { alive, pgid, parent, terminal } of this.processes.values()) {
      if (alive && pgid === group && parent?.alive === true && parent.pgid !== pgid && parent.terminal === terminal) return false;
    }
    return true;
  }

  signalGroup(pgid: number, signal: Signal): void {
    for (const process of [...this.processes.values()]) if (process.pgid === pgid) process.signal(signal);
  }

  /** Numbers processes from 1 again: a container that starts anew. */
  restartNumbering(): void {
    this.nextPid = 1;
  }

  /** Ends everything, as when a container is killed. */
  killAll(): void {
    for (const process of [...this.processes.values()]) process.signal('SIGKILL');
  }

  /**
   * What execve would run for an absolute path: the program and its arguments (a script's interpreter first).
   * Throws FileError: ENOENT, EACCES, and ENOEXEC for a text without `#!` (a shell then reads it itself).
   */
  resolveExecutable(path: string, argv: readonly string[], by: Process): { program: Program; argv: string[] } {
    const file = by.files.executable(path);
    if (file.program !== undefined) return { program: file.program, argv: [...argv] };
    const firstLine = decodeText(file.read().subarray(0, 256)).split('\n')[0] as string;
    const shebang = /^#!\s*(\S+)\s*(.*)$/.exec(firstLine);
    if (shebang === null) throw new FileError('ENOEXEC', path);
    const interpreter = by.files.tryStat(shebang[1] as string);
    if (interpreter?.kind !== 'regular' || interpreter.program === undefined) throw new FileError('ENOENT', path);
    const option = (shebang[2] as string).trim();
    return { program: interpreter.program, argv: [shebang[1] as string, ...(option === '' ? [] : [option]), path, ...argv.slice(1)] };
  }

  /** Looks a command up in PATH (or takes a path as it is); undefined when there is none. */
  findCommand(name: string, by: Process): string | undefined {
    if (name.includes('/')) return by.files.exists(name) ? by.files.resolve(name) : undefined;
    let found: string | undefined;
    for (const directory of (by.env.get('PATH') ?? '/usr/local/bin:/usr/bin:/bin').split(':')) {
      const path = `${directory === '' ? by.cwd : directory}/${name}`;
      const node = by.files.tryStat(path);
      if (node?.kind !== 'regular') continue;
      if (by.files.may(node, 'execute')) return path;
      found ??= path;
    }
    return found;
  }
}
