import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { concatBytes } from '../../os/text';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';
import { parseSize } from '../lib/size-suffix';

interface Amount {
  readonly unit: 'lines' | 'bytes';
  readonly count: number;
  /** `-n -5`: all but the last five. */
  readonly allBut: boolean;
}

/** The beginnings of files. */
export const head = gnuProgram({
  name: 'head',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Print the first 10 lines of each FILE to standard output.',
  options: { short: 'c:n:qvz', long: { bytes: 'c:', lines: 'n:', quiet: 'q', silent: 'q', verbose: 'v', 'zero-terminated': 'z' }, digits: true },
  *run(tool) {
    const amount = amountOf(tool);
    const delimiter = tool.options.has('z') ? 0 : 10;
    const operands = tool.operands.length === 0 ? ['-'] : tool.operands;
    const titled = tool.options.last('q', 'v') === 'v' || (operands.length > 1 && !tool.options.has('q'));
    let first = true;
    for (const operand of operands) {
      const name = operand === '-' ? 'standard input' : operand;
      let fd: number;
      try {
        fd = tool.open(operand);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (error.code === 'EISDIR' && titled) tool.print(`${first ? '' : '\n'}==> ${name} <==\n`);
        if (error.code === 'EISDIR') first = false;
        yield* tool.complain(error.code === 'EISDIR' ? `error reading '${name}': ${error.message}` : `cannot open '${name}' for reading: ${error.message}`);
        continue;
      }
      if (titled) tool.print(`${first ? '' : '\n'}==> ${name} <==\n`);
      first = false;
      yield* tool.drain();
      yield* printHead(tool, { fd, amount, delimiter });
      tool.close(fd);
    }
  },
});

function amountOf(tool: GnuTool): Amount {
  const key = tool.options.last('n', 'c', '#');
  if (key === undefined) return { unit: 'lines', count: 10, allBut: false };
  const text = tool.options.value(key) as string;
  const unit = key === 'c' ? 'bytes' : 'lines';
  const count = parseSize(text.replace(/^[-+]/, ''));
  if (count === undefined) tool.fail(`invalid number of ${unit}: ${quoteLocale(text)}`);
  return { unit, count, allBut: text.startsWith('-') };
}

function* printHead(tool: GnuTool, what: { fd: number; amount: Amount; delimiter: number }): Op<void> {
  const { fd, amount, delimiter } = what;
  if (amount.allBut) {
    const bytes = yield* tool.readAll(fd);
    yield* tool.process.out(bytes.subarray(0, amount.unit === 'bytes' ? Math.max(0, bytes.length - amount.count) : endBeforeLast(bytes, amount.count, delimiter)));
    return;
  }
  let left = amount.count;
  while (left > 0) {
    const chunk = yield* tool.process.read(fd);
    if (chunk === null) return;
    let end = Math.min(chunk.length, left);
    if (amount.unit === 'bytes') left -= end;
    else {
      end = chunk.length;
      for (let at = chunk.indexOf(delimiter); at >= 0; at = chunk.indexOf(delimiter, at + 1)) {
        left -= 1;
        if (left > 0) continue;
        end = at + 1;
        break;
      }
    }
    giveBack(tool, fd, chunk.length - end);
    yield* tool.process.out(concatBytes([chunk.subarray(0, end)]));
  }
}

/** What was read too much of a file stays unread for the next reader of the same descriptor, as GNU's lseek does. */
function giveBack(tool: GnuTool, fd: number, count: number): void {
  const file = tool.process.descriptor(fd) as { kind: string; position?: number };
  if (file.kind === 'regular' && file.position !== undefined) file.position -= count;
}

function endBeforeLast(bytes: Uint8Array, count: number, delimiter: number): number {
  let end = bytes.length;
  for (let line = 0; line < count && end > 0; line++) end = bytes.lastIndexOf(delimiter, end - 2) + 1;
  return end;
}
