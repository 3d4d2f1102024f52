import { type Op, type Task, spawn } from '../../engine/kernel/task';
import { Condition } from '../../engine/kernel/waitables';
import { DiskFullError } from '../../engine/kernel/disk';
import { COSTS } from './costs';
import type { ExitStatus } from './exit-status';
import { FileAccess } from './file-access';
import { FileError } from './file-error';
import type { Machine } from './machine';
import { BrokenPipeError, type OpenFile } from './open-file';
import type { ChildOptions, ProcessOptions, SignalHandler } from './process-options';
import { ProcessorTime } from './processor-time';
import { type Program, ProcessExit } from './program';
import { type Signal, defaultAction } from './signals';
import type { Terminal } from './terminal';
import { toBytes } from './text';

const READ_BYTES = 65536;

/** A running program: its arguments, environment, files, user, signals and the time that it uses. */
export class Process {
  argv: string[];
  env: Map<string, string>;
  cwd: string;
  uid: number;
  umask: number;
  pgid: number;
  readonly fds: Map<number, OpenFile>;
  readonly files: FileAccess;
  readonly startedUs: number;
  memoryBytes = 0;
  state: 'running' | 'stopped' | 'zombie' = 'running';
  /** Which signal stopped it, while it is stopped. */
  stoppedBy: Signal | undefined;
  exit: ExitStatus | undefined;
  readonly children = new Set<Process>();
  /** Notified when a child ends or stops. */
  readonly childChanged = new Condition();
  terminal: Terminal | undefined;
  /** The process on another machine whose input and output this one passes on (`docker exec`). */
  attachedTo: Process | undefined;
  private readonly handlers = new Map<Signal, SignalHandler>();
  private readonly exitHooks: (() => void)[] = [];
  private readonly time: ProcessorTime;
  private task: Task<number> | undefined;

  constructor(
    readonly machine: Machine,
    readonly pid: number,
    private options: ProcessOptions,
  ) {
    this.argv = [...options.argv];
    this.env = new Map(options.env);
    this.cwd = options.cwd;
    this.uid = options.uid;
    this.umask = options.umask;
    this.fds = new Map(options.fds);
    this.terminal = options.terminal;
    this.pgid = options.group === 'new' ? pid : options.group;
    this.files = new FileAccess(machine.files, this);
    this.startedUs = machine.sim.nowUs;
    this.time = new ProcessorTime(machine.sim);
    options.parent?.children.add(this);
  }

  get parent(): Process | undefined {
    return this.options.parent;
  }

  get program(): Program {
    return this.options.program;
  }

  /** The arguments after the program's name. */
  get args(): string[] {
    return this.argv.slice(1);
  }

  /** Simulated processor time so far (us). */
  get cpuUs(): number {
    return this.time.usedUs;
  }

  get alive(): boolean {
    return this.exit === undefined;
  }

  /** execve: another program runs in this process from now on. Handlers are gone, ignored signals stay. The caller then runs its `main`. */
  become(program: Program, argv: readonly string[], env: ReadonlyMap<string, string>): void {
    this.options = { ...this.options, program };
    this.argv = [...argv];
    this.env = new Map(env);
    for (const [signal, handler] of [...this.handlers]) if (handler !== 'ignore') this.handlers.delete(signal);
    this.machine.executed(this);
  }

  /** Called once by the machine. */
  start(): void {
    this.task = spawn(this.machine.sim, this.run(), (outcome) => {
      if ('error' in outcome) this.failed(outcome.error);
      else this.end({ code: outcome.value & 0xff });
    });
  }

  // Time

  /** Uses processor time. Small amounts add up and are slept off together. */
  spend(us: number): Op<void> {
    return this.time.spend(us);
  }

  /** Adds processor time without waiting now; the next `spend`, `read` or `sleep` pays it. */
  owe(us: number): void {
    this.time.owe(us);
  }

  sleep(us: number): Op<void> {
    return this.time.sleep(us);
  }

  // Files

  descriptor(fd: number): OpenFile {
    const file = this.fds.get(fd);
    if (file === undefined) throw new FileError('EBADF');
    return file;
  }

  /** Puts an open file (whose reference it takes over) at a descriptor, closing what was there. */
  setDescriptor(fd: number, file: OpenFile): void {
    this.closeDescriptor(fd);
    this.fds.set(fd, file);
  }

  closeDescriptor(fd: number): void {
    const file = this.fds.get(fd);
    this.fds.delete(fd);
    file?.release();
  }

  isTerminal(fd: number): boolean {
    return this.fds.get(fd)?.kind === 'terminal';
  }

  /** Bytes from a descriptor, null at the end. */
  *read(fd: number, maxBytes = READ_BYTES): Op<Uint8Array | null> {
    const file = this.descriptor(fd);
    let bytes = file.tryRead(maxBytes, this);
    if (bytes === undefined) bytes = yield* file.read(maxBytes, this);
    yield* this.spend(COSTS.systemCallUs + (bytes === null ? 0 : Math.ceil(bytes.length / COSTS.bytesPerUs)));
    return bytes;
  }

  *write(fd: number, data: string | Uint8Array): Op<void> {
    const bytes = toBytes(data);
    if (bytes.length === 0) return;
    const file = this.descriptor(fd);
    if (!file.tryWrite(bytes, this)) yield* file.write(bytes, this);
    const { wrote } = this.machine;
    if (wrote.hot && (fd === 1 || fd === 2)) wrote.emit({ host: this.machine.hostname, pid: this.pid, fd, bytes });
    const bytesPerUs = file.kind === 'terminal' ? COSTS.terminalBytesPerUs : COSTS.bytesPerUs;
    yield* this.spend(COSTS.systemCallUs + Math.ceil(bytes.length / bytesPerUs));
  }

  /** Writes to standard output. */
  out(data: string | Uint8Array): Op<void> {
    return this.write(1, data);
  }

  /** Writes to standard error; a closed one is ignored, as most programs do. */
  *err(data: string | Uint8Array): Op<void> {
    if (this.fds.has(2)) yield* this.write(2, data);
  }

  // Children

  /** Starts a program that inherits what is not given. Descriptors in `fds` replace or add to the inherited ones and are retained for the child. */
  spawn(child: ChildOptions): Process {
    const fds = new Map<number, OpenFile>();
    for (const [fd, file] of child.fds ?? this.fds) fds.set(fd, file.retain());
    return this.machine.start({
      program: child.program,
      argv: child.argv,
      env: child.env ?? this.env,
      cwd: child.cwd ?? this.cwd,
      uid: this.uid,
      umask: this.umask,
      fds,
      parent: this,
      group: child.group ?? this.pgid,
      terminal: child.terminal ?? this.terminal,
    });
  }

  /** Waits until the child has ended and reaps it. */
  *waitFor(child: Process): Op<ExitStatus> {
    while (child.exit === undefined) yield this.childChanged;
    this.reap(child);
    return child.exit;
  }

  reap(child: Process): void {
    this.children.delete(child);
    child.machine.forget(child);
  }

  // Signals

  onSignal(signal: Signal, handler: SignalHandler): void {
    if (handler === 'default') this.handlers.delete(signal);
    else this.handlers.set(signal, handler);
  }

  handlerOf(signal: Signal): SignalHandler {
    return this.handlers.get(signal) ?? 'default';
  }

  /** Ignored signals stay ignored in a child; handlers do not. */
  inheritIgnored(from: Process): void {
    for (const [signal, handler] of from.handlers) if (handler === 'ignore') this.handlers.set(signal, 'ignore');
  }

  /** Delivers a signal now: a handler is called at once, the default action is taken at once. */
  signal(signal: Signal): void {
    if (this.exit !== undefined) return;
    if (signal === 'SIGCONT' || signal === 'SIGKILL') this.continueIfStopped();
    const handler = signal === 'SIGKILL' || signal === 'SIGSTOP' ? 'default' : this.handlerOf(signal);
    if (handler === 'ignore') return;
    if (handler !== 'default') {
      handler(signal);
      return;
    }
    if (this.options.init === true && signal !== 'SIGKILL' && signal !== 'SIGSTOP') return;
    const action = defaultAction(signal);
    if (action === 'terminate') this.end({ signal });
    else if (action === 'stop' && (signal !== 'SIGTSTP' || !this.machine.isOrphaned(this.pgid))) this.stop(signal);
  }

  signalGroup(signal: Signal): void {
    this.machine.signalGroup(this.pgid, signal);
  }

  /** Throws `error` into the program where it waits: how a signal handler breaks a wait. */
  interrupt(error: unknown): void {
    this.task?.interrupt(error);
  }

  private stop(signal: Signal): void {
    if (this.state !== 'running') return;
    this.state = 'stopped';
    this.stoppedBy = signal;
    this.task?.hold();
    this.parent?.childChanged.notifyAll();
  }

  private continueIfStopped(): void {
    if (this.state !== 'stopped') return;
    this.state = 'running';
    this.stoppedBy = undefined;
    this.task?.release();
    this.parent?.childChanged.notifyAll();
  }

  // Memory and end

  /** Sets how much memory the process holds; past the machine's the largest process is killed. */
  holdMemory(bytes: number): void {
    this.machine.memory.hold(this, bytes);
  }

  /** Called when the process ends, however it ends: releases what lives outside it (connections, servers). */
  atExit(hook: () => void): void {
    this.exitHooks.push(hook);
  }

  private *run(): Op<number> {
    const code = yield* this.options.program.main(this);
    yield* this.time.settle();
    return code;
  }

  private failed(error: unknown): void {
    if (error instanceof ProcessExit) this.end({ code: error.code & 0xff });
    else if (error instanceof BrokenPipeError) this.end({ signal: 'SIGPIPE' });
    else if (error instanceof FileError || error instanceof DiskFullError) {
      try {
        this.fds.get(2)?.tryWrite(toBytes(`${this.argv[0]}: ${error.message}\n`), this);
      } catch {
        // Standard error is gone too; the exit code says it.
      }
      this.end({ code: 1 });
    } else throw error;
  }

  private end(status: ExitStatus): void {
    if (this.exit !== undefined) return;
    this.exit = status;
    this.state = 'zombie';
    this.task?.abandon();
    this.machine.memory.hold(this, 0);
    for (const hook of this.exitHooks.splice(0)) hook();
    for (const fd of [...this.fds.keys()]) this.closeDescriptor(fd);
    this.machine.ended(this);
  }
}
