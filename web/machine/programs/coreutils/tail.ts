import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { RegularFile } from '../../os/file-node';
import { concatBytes } from '../../os/text';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteName } from '../lib/quoting';
import { parseSize } from '../lib/size-suffix';

interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** `+5`: from the fifth on. */
  readonly fromStart: boolean;
}

const POLL_US = 1_000_000;

/** The ends of files, and with -f what is added to them. */
export const tail = gnuProgram({
  name: 'tail',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Print the last 10 lines of each FILE to standard output.',
  options: {
    short: 'c:n:fFqs:vz',
    long: {
      bytes: 'c:', lines: 'n:', follow: 'follow::', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z', retry: 'retry', pid: 'pid:',
      'sleep-interval': 's:',
    },
    digits: true,
  },
  rewrite: (args) => args.map((word, i) => (i === 0 && /^\+\d+[lc]?$/.test(word) ? oldForm(word) : word)),
  *run(tool) {
    const amount = amountOf(tool);
    const operands = tool.operands.length === 0 ? ['-'] : tool.operands;
    const titled = tool.options.last('q', 'v') === 'v' || (operands.length > 1 && !tool.options.has('q'));
    const followed: Followed[] = [];
    let first = true;
    for (const operand of operands) {
      const name = operand === '-' ? 'standard input' : operand;
      try {
        const fd = tool.open(operand);
        if (titled) tool.print(`${first ? '' : '\n'}==> ${name} <==\n`);
        first = false;
        yield* tool.drain();
        yield* printTail(tool, fd, amount);
        followed.push(new Followed(operand, name, fd, nodeOf(tool, operand)));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(error.code === 'EISDIR' ? `error reading '${name}': ${error.message}` : `cannot open '${name}' for reading: ${error.message}`);
        if (tool.options.has('F')) followed.push(new Followed(operand, name, undefined, undefined));
      }
    }
    if (!tool.options.has('f', 'F', 'follow')) return;
    const waits = followed.filter((each) => each.operand !== '-' || each.node !== undefined);
    if (waits.length === 0) {
      if (followed.length === 0) yield* tool.complain('no files remaining');
      return;
    }
    yield* follow(tool, waits, titled);
  },
});

function oldForm(word: string): string {
  return word.endsWith('c') ? `-c${word.slice(0, -1)}` : `-n${word.replace(/l$/, '')}`;
}

function amountOf(tool: GnuTool): Amount {
  const key = tool.options.last('n', 'c', '#');
  if (key === undefined) return { unit: 'lines', count: 10, fromStart: false };
  const text = tool.options.value(key) as string;
  const unit = key === 'c' ? 'bytes' : 'lines';
  const count = parseSize(text.replace(/^[-+]/, ''));
  if (count === undefined) tool.fail(`invalid number of ${unit}: ${quoteLocale(text)}`);
  return { unit, count, fromStart: text.startsWith('+') };
}

function* printTail(tool: GnuTool, fd: number, amount: Amount): Op<void> {
  const delimiter = tool.options.has('z') ? 0 : 10;
  if (amount.fromStart) {
    yield* printFrom(tool, fd, amount, delimiter);
    return;
  }
  let kept: Uint8Array[] = [];
  let size = 0;
  for (let chunk = yield* tool.process.read(fd); chunk !== null; chunk = yield* tool.process.read(fd)) {
    kept.push(chunk);
    size += chunk.length;
    if (kept.length < 64) continue;
    const all = concatBytes(kept);
    kept = [all.slice(startOfLast(all, amount, delimiter))];
    size = kept[0]?.length ?? 0;
  }
  if (size === 0) return;
  const all = concatBytes(kept);
  yield* tool.process.out(all.subarray(startOfLast(all, amount, delimiter)));
}

function startOfLast(bytes: Uint8Array, amount: Amount, delimiter: number): number {
  if (amount.unit === 'bytes') return Math.max(0, bytes.length - amount.count);
  if (amount.count === 0) return bytes.length;
  let start = bytes.length;
  for (let line = 0; line < amount.count && start > 0; line++) start = start < 2 ? 0 : bytes.lastIndexOf(delimiter, start - 2) + 1;
  return start;
}

function* printFrom(tool: GnuTool, fd: number, amount: Amount, delimiter: number): Op<void> {
  let skip = Math.max(0, amount.count - 1);
  for (let chunk = yield* tool.process.read(fd); chunk !== null; chunk = yield* tool.process.read(fd)) {
    let from = 0;
    if (amount.unit === 'bytes') {
      from = Math.min(skip, chunk.length);
      skip -= from;
    }
    while (amount.unit === 'lines' && skip > 0) {
      const at = chunk.indexOf(delimiter, from);
      from = at < 0 ? chunk.length : at + 1;
      if (at < 0) break;
      skip -= 1;
    }
    yield* tool.process.out(chunk.subarray(from));
  }
}

function nodeOf(tool: GnuTool, operand: string): RegularFile | undefined {
  if (operand === '-') return undefined;
  const node = tool.process.files.tryStat(operand);
  return node?.kind === 'regular' ? node : undefined;
}

class Followed {
  constructor(
    readonly operand: string,
    readonly name: string,
    public fd: number | undefined,
    public node: RegularFile | undefined,
    public sizeInBytes = node?.sizeInBytes ?? 0,
  ) {}
}

/** Looks once a second (or as -s says) whether files grew, shrank or were replaced. Simplified: polls, where Linux's tail asks inotify. */
function* follow(tool: GnuTool, files: readonly Followed[], titled: boolean): Op<void> {
  const byName = tool.options.has('F') || tool.options.value('follow') === 'name';
  const intervalUs = Math.max(10_000, Math.round(Number(tool.options.value('s') ?? 1) * POLL_US));
  let shown = files.at(-1);
  for (;;) {
    yield* tool.process.sleep(Math.min(intervalUs, POLL_US / 5));
    for (const file of files) {
      if (byName) yield* reopenIfReplaced(tool, file);
      if (file.fd === undefined) continue;
      if (file.node !== undefined && file.node.sizeInBytes < file.sizeInBytes) {
        yield* tool.complain(`${quoteName(file.name)}: file truncated`, 0);
        (tool.process.descriptor(file.fd) as unknown as { position: number }).position = 0;
      }
      file.sizeInBytes = file.node?.sizeInBytes ?? 0;
      for (let chunk = tool.process.descriptor(file.fd).tryRead(65536, tool.process); chunk !== null && chunk !== undefined; ) {
        if (titled && shown !== file) tool.print(`\n==> ${file.name} <==\n`);
        shown = file;
        yield* tool.printBytes(chunk);
        chunk = tool.process.descriptor(file.fd).tryRead(65536, tool.process);
      }
    }
  }
}

function* reopenIfReplaced(tool: GnuTool, file: Followed): Op<void> {
  const node = nodeOf(tool, file.operand);
  if (node === file.node) return;
  const appeared = file.node === undefined;
  if (file.fd !== undefined) tool.close(file.fd);
  file.fd = undefined;
  file.node = node;
  if (node === undefined) {
    yield* tool.complain(`${quoteName(file.name)} has become inaccessible: No such file or directory`, 1);
    return;
  }
  file.fd = tool.open(file.operand);
  file.sizeInBytes = node.sizeInBytes;
  yield* tool.complain(`${quoteName(file.name)} has ${appeared ? 'appeared' : 'been replaced'};  following new file`, 0);
}
