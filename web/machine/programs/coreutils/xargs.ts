import type { Op } from '../../../engine/kernel/task';
import { openNull } from '../../os/devices';
import { FileError } from '../../os/file-error';
import { bytesToText, textToBytes } from '../lib/byte-text';
import { type GnuTool, ToolFailure, gnuProgram } from '../lib/gnu-tool';
import { quoteIfNeeded } from '../lib/quoting';
import { startCommand } from '../lib/run-command';

const MAX_COMMAND_BYTES = 131072;

/** Builds command lines from its input and runs them. Simplified: -P runs one at a time. */
export const xargs = gnuProgram({
  name: 'xargs',
  usage: ['[OPTION]... COMMAND [INITIAL-ARGS]...'],
  about: 'Run COMMAND with arguments INITIAL-ARGS and more arguments read from input.',
  version: '(GNU findutils) 4.9.0',
  options: {
    short: '+0a:d:E:e::I:i::L:l::n:P:prs:tx',
    long: {
      null: '0', 'arg-file': 'a:', delimiter: 'd:', eof: 'E::', replace: 'I::', 'max-lines': 'L::', 'max-args': 'n:', 'max-procs': 'P:', interactive: 'p',
      'no-run-if-empty': 'r', 'max-chars': 's:', verbose: 't', exit: 'x', 'show-limits': 'show-limits', 'process-slot-var': 'slot:', 'open-tty': 'o',
    },
  },
  *run(tool) {
    const { options } = tool;
    for (const key of ['n', 'L', 'P']) {
      const text = options.value(key);
      if (text !== undefined && !/^\d+$/.test(text)) tool.usageError(`invalid number "${text}" for -${key} option`);
      if (text === '0' && key !== 'P') tool.fail(`value 0 for -${key} option should be >= 1`);
    }
    const file = options.value('a');
    const fd = file === undefined ? 0 : yield* tool.tryOpen(file);
    if (fd === undefined) return 1;
    const text = bytesToText(yield* tool.readAll(fd));
    const command = tool.operands.length === 0 ? ['echo'] : [...tool.operands];
    const runner = new Runner(tool, command);
    const marker = options.has('I', 'i') ? (options.value('I') ?? options.value('i') ?? '{}') : undefined;
    if (marker !== undefined) {
      for (const line of text.split(options.has('0') ? '\0' : delimiterOf(tool) ?? '\n')) {
        const item = options.has('0', 'd') ? line : unquoteLine(tool, line.trimStart());
        if (item !== '') yield* runner.run(command.map((word) => word.replaceAll(marker, item)));
      }
      return runner.status;
    }
    yield* runBatches(tool, runner, command, text);
    return runner.status;
  },
});

function delimiterOf(tool: GnuTool): string | undefined {
  const text = tool.options.value('d');
  return text === undefined ? undefined : ({ '\\n': '\n', '\\t': '\t', '\\0': '\0' }[text] ?? text);
}

function* runBatches(tool: GnuTool, runner: Runner, command: readonly string[], text: string): Op<void> {
  const { options } = tool;
  const perLines = options.has('L', 'l') ? Number(options.value('L') ?? options.value('l') ?? 1) : undefined;
  const groups = perLines === undefined ? [itemsOf(tool, text)] : byLines(tool, text, perLines);
  const most = Number(options.value('n') ?? Infinity);
  const limit = Number(options.value('s') ?? MAX_COMMAND_BYTES);
  let ran = false;
  for (const items of groups) {
    let batch: string[] = [];
    let size = command.join(' ').length;
    for (const item of items) {
      const length = textToBytes(item).length + 1;
      if (batch.length >= most || (batch.length > 0 && size + length > limit)) {
        yield* runner.run([...command, ...batch]);
        ran = true;
        batch = [];
        size = command.join(' ').length;
      }
      batch.push(item);
      size += length;
    }
    if (batch.length > 0) {
      yield* runner.run([...command, ...batch]);
      ran = true;
    }
  }
  if (!ran && !options.has('r')) yield* runner.run(command);
}

function byLines(tool: GnuTool, text: string, count: number): string[][] {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const groups: string[][] = [];
  for (let at = 0; at < lines.length; at += count) groups.push(itemsOf(tool, lines.slice(at, at + count).join('\n')));
  return groups;
}

function itemsOf(tool: GnuTool, text: string): string[] {
  const delimiter = tool.options.has('0') ? '\0' : delimiterOf(tool);
  if (delimiter !== undefined) {
    const items = text.split(delimiter);
    if (items.at(-1) === '') items.pop();
    return items;
  }
  const items: string[] = [];
  const words = /(?:[^\s"'\\]|"[^"\n]*"|'[^'\n]*'|\\[^])+/g;
  const stop = tool.options.value('E');
  const unmatched = /(?:^|[^\\])(["'])/.exec(text.replace(/\\[^]/g, '').replace(/"[^"\n]*"|'[^'\n]*'/g, ''));
  if (unmatched !== null) tool.fail(unmatchedQuote(unmatched[1] as string));
  for (const match of text.matchAll(words)) {
    const item = unquote(match[0]);
    if (item === stop) break;
    items.push(item);
  }
  return items;
}

function unmatchedQuote(quote: string): string {
  return `unmatched ${quote === '"' ? 'double' : 'single'} quote; by default quotes are special to xargs unless you use the -0 option`;
}

function unquote(word: string): string {
  return word.replace(/"([^"]*)"|'([^']*)'|\\([^])/g, (_, double?: string, single?: string, escaped?: string) => double ?? single ?? escaped ?? '');
}

function unquoteLine(tool: GnuTool, line: string): string {
  const rest = line.replace(/\\./g, '').replace(/"[^"]*"|'[^']*'/g, '');
  const quote = /["']/.exec(rest)?.[0];
  if (quote !== undefined) tool.fail(unmatchedQuote(quote));
  return unquote(line);
}

class Runner {
  status = 0;

  constructor(
    private readonly tool: GnuTool,
    private readonly command: readonly string[],
  ) {}

  *run(argv: readonly string[]): Op<void> {
    const { tool } = this;
    const { process, options } = tool;
    if (options.has('t', 'p')) yield* process.err(textToBytes(`${argv.map(quoteIfNeeded).join(' ')}${options.has('p') ? '?...' : '\n'}`));
    if (options.has('p') && !(yield* confirmed(tool))) return;
    let child: ReturnType<typeof startCommand>;
    const input = openNull();
    try {
      child = startCommand(process, argv, { fds: new Map([[0, input]]) });
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw new ToolFailure(`${this.command[0] as string}: ${error.message}`, error.code === 'ENOENT' ? 127 : 126);
    } finally {
      input.release();
    }
    const status = yield* process.waitFor(child);
    if (status.signal !== undefined) throw new ToolFailure(`${this.command[0] as string}: terminated by signal ${status.signal === 'SIGTERM' ? 15 : 9}`, 125);
    if (status.code === 255) throw new ToolFailure(`${this.command[0] as string}: exited with status 255; aborting`, 124);
    if (status.code !== 0) this.status = 123;
  }
}

function* confirmed(tool: GnuTool): Op<boolean> {
  const file = tool.process.files.open('/dev/tty', { read: true });
  const bytes = yield* file.read(256, tool.process);
  file.release();
  return bytes !== null && /^[yY]/.test(bytesToText(bytes));
}
