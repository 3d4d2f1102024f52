import type { ClientEnvironment, ClientProcess } from '../../../engine/clients/client-environment';
import type { LogSink } from '../../../engine/kernel/logger';
import { type Op, type Task, spawn } from '../../../engine/kernel/task';
import { Future } from '../../../engine/kernel/waitables';
import { COSTS } from '../../os/costs';
import type { Process } from '../../os/process';
import { type Signal, signalNumber } from '../../os/signals';
import { toolsLog4j } from './log4j';
import { PrintStream } from './print-stream';
import { stackTrace, type Throwable } from './stack-trace';

const MIB = 1024 * 1024;
/** `kafka-run-class.sh` says -Xmx256M when nobody says otherwise; some scripts ask for more. */
export const DEFAULT_HEAP_BYTES = 256 * MIB;
export const CONSOLE_HEAP_BYTES = 512 * MIB;

const ENDING_SIGNALS: readonly Signal[] = ['SIGHUP', 'SIGINT', 'SIGTERM'];

/** Ends the program with a code, as `System.exit` does, from anywhere in its main. */
export class JvmExit {
  constructor(readonly code: number) {}
}

/** An exception that nobody catches: printed as `Exception in thread "main" ...`, exit code 1. */
export class UncaughtException {
  constructor(readonly throwable: Throwable) {}
}

/**
 * The Java virtual machine around one tool: its start, its memory, its streams, and what happens when it is told to end.
 *
 * A signal runs the shutdown hooks while `main` goes on, then the process ends with 128 + signal. `main` that ends before waits for them.
 * Units: bytes of memory; a start takes `COSTS.jvmStartUs`.
 */
export class Jvm {
  readonly out: PrintStream;
  readonly err: PrintStream;
  readonly log: LogSink;
  /** True once a signal has come or `main` has ended. */
  isShuttingDown = false;
  private readonly hooks: (() => Op<void>)[] = [];
  private readonly hooksDone = new Future<void>();
  private hooksTask: Task<void> | undefined;
  private readonly clientProcess: ClientProcess;

  constructor(readonly process: Process) {
    this.out = new PrintStream(process, 1);
    this.err = new PrintStream(process, 2);
    this.log = toolsLog4j(process.machine.sim, this.err);
    const name = process.program.name;
    this.clientProcess = {
      program: name,
      pid: process.pid,
      terminal: null,
      get isStopped() {
        return process.state === 'stopped';
      },
    };
    process.atExit(() => this.hooksTask?.abandon());
  }

  /** What Kafka's clients need to know of where they run. */
  get clientEnvironment(): ClientEnvironment {
    return { sim: this.process.machine.sim, host: this.process.machine.host, log: this.log, process: this.clientProcess };
  }

  /** Has a client go down with the process. */
  ownsClient<C extends { halt(): void }>(client: C): C {
    this.process.atExit(() => client.halt());
    return client;
  }

  addShutdownHook(hook: () => Op<void>): void {
    this.hooks.push(hook);
  }

  /** Runs as the program: returns its exit code. */
  *run(heapBytes: number, main: (jvm: Jvm) => Op<number>): Op<number> {
    const { process } = this;
    process.holdMemory(heapBytes);
    for (const signal of ENDING_SIGNALS) {
      if (process.handlerOf(signal) !== 'ignore') process.onSignal(signal, () => this.signalled(signal));
    }
    let code: number;
    try {
      yield* process.sleep(COSTS.jvmStartUs);
      code = yield* this.guarded(main);
      if (this.signalCode !== undefined) yield* this.hooksDone.wait();
    } catch (error) {
      if (!(error instanceof JvmExit)) throw error;
      code = error.code;
    }
    if (this.signalCode === undefined) {
      this.isShuttingDown = true;
      for (const hook of this.hooks) yield* hook();
    }
    yield* this.out.flush();
    yield* this.err.flush();
    return this.signalCode ?? code;
  }

  private signalCode: number | undefined;

  private *guarded(main: (jvm: Jvm) => Op<number>): Op<number> {
    try {
      return yield* main(this);
    } catch (error) {
      if (error instanceof JvmExit) {
        if (this.signalCode === undefined) return error.code;
        throw error;
      }
      if (!(error instanceof UncaughtException)) throw error;
      this.err.println(`Exception in thread "main" ${stackTrace(error.throwable)}`);
      return 1;
    }
  }

  private signalled(signal: Signal): void {
    if (this.isShuttingDown) return;
    this.isShuttingDown = true;
    this.signalCode = 128 + signalNumber(signal);
    this.hooksTask = spawn(this.process.machine.sim, this.runHooks());
  }

  private *runHooks(): Op<void> {
    for (const hook of this.hooks) yield* hook();
    this.hooksDone.resolve();
    this.process.interrupt(new JvmExit(this.signalCode as number));
  }
}
