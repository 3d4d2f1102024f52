import { type Op, type Task, spawn } from '../../../engine/kernel/task';
import { Condition } from '../../../engine/kernel/waitables';
import { COSTS } from '../../os/costs';
import { BrokenPipeError } from '../../os/open-file';
import type { Process } from '../../os/process';
import { concatBytes, toBytes } from '../../os/text';

/**
 * Java's `System.out` or `System.err`: never throws, remembers that writing failed.
 *
 * Printing takes effect at once when the other side takes it; what it does not take waits in order, and `flush` waits for it.
 */
export class PrintStream {
  /** Somebody closed the other end, or the disk is full: Java's `checkError`. */
  hasError = false;
  private waiting: Uint8Array[] = [];
  private readonly drained = new Condition();
  private writer: Task<void> | undefined;

  constructor(
    private readonly process: Process,
    private readonly fd: number,
  ) {
    process.atExit(() => this.writer?.abandon());
  }

  print(data: string | Uint8Array): void {
    const bytes = toBytes(data);
    if (bytes.length === 0 || this.hasError || !this.process.alive) return;
    if (this.writer !== undefined || !this.tryWrite(bytes)) this.enqueue(bytes);
  }

  println(text: string): void {
    this.print(`${text}\n`);
  }

  /** Waits until all is written. */
  *flush(): Op<void> {
    while (this.writer !== undefined) yield this.drained;
  }

  private tryWrite(bytes: Uint8Array): boolean {
    const file = this.process.fds.get(this.fd);
    if (file === undefined) {
      this.hasError = true;
      return true;
    }
    try {
      if (!file.tryWrite(bytes, this.process)) return false;
    } catch (error) {
      this.failed(error);
      return true;
    }
    const { machine, pid } = this.process;
    if (machine.wrote.hot) machine.wrote.emit({ host: machine.hostname, pid, fd: this.fd, bytes });
    const bytesPerUs = file.kind === 'terminal' ? COSTS.terminalBytesPerUs : COSTS.bytesPerUs;
    this.process.owe(COSTS.systemCallUs + Math.ceil(bytes.length / bytesPerUs));
    return true;
  }

  private enqueue(bytes: Uint8Array): void {
    this.waiting.push(bytes);
    this.writer ??= spawn(this.process.machine.sim, this.drain());
  }

  /** Writes all that waits at once: what was printed in small pieces goes as one. */
  private *drain(): Op<void> {
    while (this.waiting.length > 0 && !this.hasError) {
      const bytes = concatBytes(this.waiting);
      this.waiting = [];
      try {
        yield* this.process.write(this.fd, bytes);
      } catch (error) {
        this.failed(error);
      }
    }
    this.waiting = [];
    this.writer = undefined;
    this.drained.notifyAll();
  }

  /** Java turns every such failure into a flag that nobody has to look at. */
  private failed(error: unknown): void {
    if (!(error instanceof BrokenPipeError) && !(error instanceof Error)) throw error;
    this.hasError = true;
  }
}
