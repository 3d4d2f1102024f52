import { type Op, type Task, spawn } from '../../../engine/kernel/task';
import { Condition } from '../../../engine/kernel/waitables';
import { BrokenPipeError } from '../../os/open-file';
import type { Process } from '../../os/process';
import { toBytes } from '../../os/text';

/** Output that several tasks write without waiting: at once while the other side takes it, else in order. A closed pipe ends the process as SIGPIPE does. */
export class PrintQueue {
  private readonly waiting: Uint8Array[] = [];
  private readonly drained = new Condition();
  private writer: Task<void> | undefined;

  constructor(
    private readonly process: Process,
    private readonly fd: number,
  ) {
    process.atExit(() => this.writer?.abandon());
  }

  print(data: string | Uint8Array): void {
    if (!this.process.alive) return;
    const bytes = toBytes(data);
    if (bytes.length === 0) return;
    this.waiting.push(bytes);
    if (this.waiting.length === 1 && !this.tryHead()) this.writer = spawn(this.process.machine.sim, this.drain(), (outcome) => this.ended(outcome));
  }

  /** How much waits; readers of fast sources look at it. */
  get busy(): boolean {
    return this.waiting.length > 0;
  }

  *flush(): Op<void> {
    while (this.waiting.length > 0) yield this.drained;
  }

  private tryHead(): boolean {
    try {
      if (!this.process.descriptor(this.fd).tryWrite(this.waiting[0] as Uint8Array, this.process)) return false;
      this.waiting.shift();
      return true;
    } catch (error) {
      this.failed(error);
      return true;
    }
  }

  private *drain(): Op<void> {
    for (let head = this.waiting[0]; head !== undefined; head = this.waiting[0]) {
      yield* this.process.descriptor(this.fd).write(head, this.process);
      this.waiting.shift();
    }
    this.drained.notifyAll();
  }

  private ended(outcome: { readonly value: void } | { readonly error: unknown }): void {
    if ('error' in outcome) this.failed(outcome.error);
  }

  private failed(error: unknown): void {
    if (!(error instanceof BrokenPipeError)) throw error;
    this.waiting.length = 0;
    this.process.signal('SIGPIPE');
  }
}
