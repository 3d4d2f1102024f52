import type { Op } from '../../../../engine/kernel/task';
import { FileError } from '../../../os/file-error';
import type { OpenFile } from '../../../os/open-file';
import { makePipe } from '../../../os/pipe';
import { exitCodeOf } from '../../../os/exit-status';
import type { Process } from '../../../os/process';
import { binaryToBytes } from '../../lib/byte-text';
import { startShellCommand } from '../../lib/run-command';
import { RecordReader } from './record-reader';

/** Ends awk with a message on standard error. */
export class AwkError extends Error {
  constructor(
    message: string,
    readonly isRunTime = true,
  ) {
    super(message);
  }
}

interface OutputStream {
  buffer: string[];
  readonly fd: number;
  readonly child: Process | undefined;
}

const OUTPUT_BUFFER_CHARACTERS = 16384;

/** The files and commands that an awk program reads and writes, by name, and its buffered standard output. */
export class AwkStreams {
  private readonly outputs = new Map<string, OutputStream>();
  private readonly inputs = new Map<string, { reader: RecordReader; child: Process | undefined }>();
  private standardOutput: string[] = [];
  private outputSize = 0;

  constructor(readonly process: Process) {}

  /** Puts an open file at the lowest free descriptor. */
  protected takeDescriptor(file: OpenFile): number {
    let fd = 3;
    while (this.process.fds.has(fd)) fd += 1;
    this.process.fds.set(fd, file);
    return fd;
  }

  /** A record of a file or of a command's output; undefined at the end, null when it cannot be opened. */
  *recordFrom(kind: 'file' | 'command', name: string, separator: string): Op<string | undefined | null> {
    let input = this.inputs.get(name);
    if (input === undefined) {
      yield* this.flush();
      try {
        if (kind === 'file') {
          const fd = name === '-' || name === '/dev/stdin' ? 0 : this.takeDescriptor(this.process.files.open(name, { read: true }));
          input = { reader: new RecordReader(this.process, fd), child: undefined };
        } else {
          const pipe = makePipe();
          const child = startShellCommand(this.process, name, new Map([[1, pipe.writer]]));
          pipe.writer.release();
          input = { reader: new RecordReader(this.process, this.takeDescriptor(pipe.reader)), child };
        }
      } catch (error) {
        if (error instanceof FileError) return null;
        throw error;
      }
      this.inputs.set(name, input);
    }
    return yield* input.reader.next(separator);
  }

  print(text: string): void {
    this.standardOutput.push(text);
    this.outputSize += text.length;
  }

  get outputIsFull(): boolean {
    return this.outputSize > OUTPUT_BUFFER_CHARACTERS;
  }

  /** Writes standard output when much of it has gathered. */
  *maybeFlush(): Op<void> {
    if (this.outputIsFull) yield* this.flushStandardOutput();
  }

  printTo(kind: '>' | '>>' | '|', name: string, text: string): void {
    if (kind !== '|' && (name === '/dev/stdout' || name === '-')) {
      this.print(text);
      return;
    }
    let stream = this.outputs.get(name);
    if (stream === undefined) {
      stream = kind === '|' ? this.openCommand(name) : this.openOutput(kind, name);
      this.outputs.set(name, stream);
    }
    stream.buffer.push(text);
  }

  private openOutput(kind: '>' | '>>', name: string): OutputStream {
    if (name === '/dev/stderr') return { buffer: [], fd: 2, child: undefined };
    try {
      const file = this.process.files.open(name, { write: true, create: true, append: kind === '>>', truncate: kind === '>' });
      return { buffer: [], fd: this.takeDescriptor(file), child: undefined };
    } catch (error) {
      if (error instanceof FileError) throw new AwkError(`cannot open ${name} (${error.message})`, false);
      throw error;
    }
  }

  private openCommand(command: string): OutputStream {
    const pipe = makePipe();
    const child = startShellCommand(this.process, command, new Map([[0, pipe.reader]]));
    pipe.reader.release();
    return { buffer: [], fd: this.takeDescriptor(pipe.writer), child };
  }

  *flush(): Op<void> {
    yield* this.flushStandardOutput();
    for (const stream of this.outputs.values()) yield* this.flushStream(stream);
  }

  private *flushStandardOutput(): Op<void> {
    if (this.standardOutput.length === 0) return;
    const text = this.standardOutput.join('');
    this.standardOutput = [];
    this.outputSize = 0;
    yield* this.process.out(binaryToBytes(text));
  }

  private *flushStream(stream: OutputStream): Op<void> {
    const text = stream.buffer.join('');
    stream.buffer = [];
    if (text !== '') yield* this.process.write(stream.fd, binaryToBytes(text));
  }

  /** close(): the exit code, or -1 when nothing of that name is open. */
  *close(name: string): Op<number> {
    let code = -1;
    const output = this.outputs.get(name);
    if (output !== undefined) {
      yield* this.flushStream(output);
      this.outputs.delete(name);
      if (output.fd > 2) this.process.closeDescriptor(output.fd);
      code = output.child === undefined ? 0 : exitCodeOf(yield* this.process.waitFor(output.child));
    }
    const input = this.inputs.get(name);
    if (input !== undefined) {
      this.inputs.delete(name);
      input.reader.close();
      code = input.child === undefined ? 0 : exitCodeOf(yield* this.process.waitFor(input.child));
    }
    return code;
  }

  /** At the end: commands first, then what standard output still holds, as mawk does; on a terminal nothing is held back. */
  *closeAll(): Op<void> {
    if (this.process.isTerminal(1)) yield* this.flush();
    for (const name of [...this.outputs.keys(), ...this.inputs.keys()]) yield* this.close(name);
    yield* this.flush();
  }

  *system(command: string): Op<number> {
    yield* this.flush();
    const child = startShellCommand(this.process, command, new Map());
    return exitCodeOf(yield* this.process.waitFor(child));
  }
}
