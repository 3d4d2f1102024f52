import type { Op } from '../../../engine/kernel/task';
import { DiskFullError } from '../../../engine/kernel/disk';
import { FileError } from '../../os/file-error';
import type { Process } from '../../os/process';
import type { CompletionContext, Program } from '../../os/program';
import { concatBytes } from '../../os/text';
import { textToBytes } from './byte-text';
import { type OptionSpec, OptionError, Options, parseOptions } from './getopt';
import { LineSource } from './line-source';
import { quoteName } from './quoting';

const OUTPUT_BUFFER_CHARACTERS = 16384;

/** A mistake in how the program was called: its message, then `Try 'x --help' for more information.` */
export class UsageError extends Error {}

/** Ends the program with `name: message` and a code (the tool's own failure code when none is given). */
export class ToolFailure extends Error {
  constructor(
    message: string,
    readonly code?: number,
  ) {
    super(message);
  }
}

/** A program of the GNU kind: its options as data, then what it does. */
export interface GnuToolSpec {
  readonly name: string;
  /** The lines after `Usage: `, without the program's name. */
  readonly usage: readonly string[];
  /** One sentence for --help. */
  readonly about: string;
  readonly options: OptionSpec;
  /** Exit code of mistakes; 1 when not given. */
  readonly failCode?: number;
  /** Exit code of mistakes in the options, where that differs. */
  readonly usageCode?: number;
  /** Mistakes in the options show the usage line too (grep), or all of the help (sed). */
  readonly showsUsage?: boolean | 'all';
  /** diff and cmp put their name before `Try ...` too. */
  readonly namesItselfTwice?: boolean;
  /** What --version says after the name. */
  readonly version?: string;
  /** Rewrites old forms (`head -3`) before options are read. */
  rewrite?(args: string[]): string[];
  /** Returns the exit code, or nothing for `tool.status`. */
  run(tool: GnuTool): Op<number | void>;
  complete?(context: CompletionContext): readonly string[] | undefined;
}

/** A running GNU program: options, operands, buffered output and its way of complaining. */
export class GnuTool {
  status = 0;
  private buffered: string[] = [];
  private bufferedSize = 0;

  constructor(
    readonly process: Process,
    readonly spec: GnuToolSpec,
    readonly options: Options,
  ) {}

  get name(): string {
    return this.process.argv[0] ?? this.spec.name;
  }

  get operands(): readonly string[] {
    return this.options.operands;
  }

  /** Collects output; nothing waits. `drain` or the end of the program writes it. */
  print(text: string): void {
    if (text === '') return;
    this.buffered.push(text);
    this.bufferedSize += text.length;
  }

  /** Writes what was printed when there is enough of it. */
  *maybeDrain(): Op<void> {
    if (this.bufferedSize >= OUTPUT_BUFFER_CHARACTERS) yield* this.drain();
  }

  *drain(): Op<void> {
    if (this.bufferedSize === 0) return;
    const text = this.buffered.join('');
    this.buffered = [];
    this.bufferedSize = 0;
    yield* this.process.out(textToBytes(text));
  }

  *printBytes(bytes: Uint8Array): Op<void> {
    yield* this.drain();
    yield* this.process.out(bytes);
  }

  /** Says `name: message` on standard error and remembers that something failed. */
  *complain(message: string, code = this.spec.failCode ?? 1): Op<void> {
    yield* this.drain();
    if (code > this.status) this.status = code;
    yield* this.process.err(textToBytes(`${this.name}: ${message}\n`));
  }

  fail(message: string, code?: number): never {
    throw new ToolFailure(message, code);
  }

  usageError(message: string): never {
    throw new UsageError(message);
  }

  /** Opens an operand for reading (`-` is standard input) and returns its descriptor. Throws FileError. */
  open(operand: string): number {
    if (operand === '-') return 0;
    let fd = 3;
    while (this.process.fds.has(fd)) fd += 1;
    this.process.fds.set(fd, this.process.files.open(operand, { read: true }));
    return fd;
  }

  close(fd: number): void {
    if (fd !== 0) this.process.closeDescriptor(fd);
  }

  /** Opens an operand, or says why not (`name: operand: reason`). */
  *tryOpen(operand: string): Op<number | undefined> {
    try {
      return this.open(operand);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* this.complain(`${quoteName(operand)}: ${error.message}`);
      return undefined;
    }
  }

  lines(fd: number, delimiter = 10): LineSource {
    return new LineSource(this.process, fd, delimiter);
  }

  *readAll(fd: number): Op<Uint8Array> {
    const parts: Uint8Array[] = [];
    for (let chunk = yield* this.process.read(fd); chunk !== null; chunk = yield* this.process.read(fd)) parts.push(chunk);
    return concatBytes(parts);
  }

  /** Does `work` for every input operand (standard input when there is none); one that cannot be opened is complained about. */
  *forEachInput(work: (fd: number, operand: string) => Op<void>): Op<void> {
    for (const operand of this.operands.length === 0 ? ['-'] : this.operands) {
      const fd = yield* this.tryOpen(operand);
      if (fd === undefined) continue;
      yield* work(fd, operand);
      this.close(fd);
    }
  }
}

/** Makes the Program of a GNU tool: `--help`, `--version`, mistakes and write errors in GNU's words. */
export function gnuProgram(spec: GnuToolSpec): Program {
  return {
    name: spec.name,
    *main(process) {
      const name = process.argv[0] ?? spec.name;
      const failCode = spec.failCode ?? 1;
      try {
        const args = spec.rewrite === undefined ? process.args : spec.rewrite(process.args);
        const options = parseOptions(args, spec.options);
        if (options.has('help')) {
          yield* process.out(helpText(spec, name));
          return 0;
        }
        if (options.has('version')) {
          yield* process.out(`${spec.name} ${spec.version ?? '(GNU coreutils) 9.1'}\n`);
          return 0;
        }
        const tool = new GnuTool(process, spec, options);
        const code = yield* runToEnd(tool);
        return code ?? tool.status;
      } catch (error) {
        if (error instanceof OptionError || error instanceof UsageError) {
          const first = error.message === '' ? '' : `${name}: ${error.message}\n`;
          if (spec.showsUsage === 'all') {
            yield* process.err(first + helpText(spec, name));
            return spec.usageCode ?? failCode;
          }
          const usage = spec.showsUsage === true ? `Usage: ${name} ${spec.usage[0]}\n` : '';
          yield* process.err(textToBytes(`${first}${usage}${spec.namesItselfTwice === true ? `${name}: ` : ''}Try '${name} --help' for more information.\n`));
          return spec.usageCode ?? failCode;
        }
        if (!(error instanceof ToolFailure)) throw error;
        yield* process.err(textToBytes(`${name}: ${error.message}\n`));
        return error.code ?? failCode;
      }
    },
    complete: (context) => spec.complete?.(context) ?? completeOptions(spec, context),
  };
}

function* runToEnd(tool: GnuTool): Op<number | void> {
  try {
    const code = yield* tool.spec.run(tool);
    yield* tool.drain();
    return code;
  } catch (error) {
    if (error instanceof ToolFailure || error instanceof UsageError) yield* tool.drain();
    if (error instanceof DiskFullError) throw new ToolFailure(`write error: ${error.message}`);
    throw error;
  }
}

function completeOptions(spec: GnuToolSpec, context: CompletionContext): readonly string[] | undefined {
  if (!context.prefix.startsWith('--')) return undefined;
  return Object.keys(spec.options.long ?? {}).concat('help', 'version').map((name) => `--${name}`).filter((each) => each.startsWith(context.prefix));
}

function helpText(spec: GnuToolSpec, name: string): string {
  const lines = spec.usage.map((usage, i) => `${i === 0 ? 'Usage:' : '  or: '} ${name}${usage === '' ? '' : ` ${usage}`}`);
  const long = Object.entries(spec.options.long ?? {});
  const rows: string[] = [];
  for (const match of spec.options.short.matchAll(/([^:+])(:{0,2})/g)) {
    const names = long.filter(([, target]) => target.replace(/:+$/, '') === match[1]).map(([each]) => `--${each}`);
    rows.push(`  -${[match[1] as string, ...names].join(', ')}${match[2] === ':' ? (names.length > 0 ? '=VALUE' : ' VALUE') : ''}`);
  }
  for (const [each, target] of long) {
    const key = target.replace(/:+$/, '');
    if (key.length > 1) rows.push(`      --${each}${target.endsWith('::') ? '[=VALUE]' : target.endsWith(':') ? '=VALUE' : ''}`);
  }
  rows.push('      --help     display this help and exit', '      --version  output version information and exit');
  return `${lines.join('\n')}\n${spec.about}\n\n${rows.join('\n')}\n`;
}
