import type { Op } from '../../../engine/kernel/task';
import type { LineSource } from '../lib/line-source';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';
import { FileError } from '../../os/file-error';

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '\\': '\\', '0': '' };

/** Lines of files side by side, or with -s one file in one line. */
export const paste = gnuProgram({
  name: 'paste',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Write lines consisting of the sequentially corresponding lines from each FILE, separated by TABs, to standard output.',
  options: { short: 'd:sz', long: { delimiters: 'd:', serial: 's', 'zero-terminated': 'z' } },
  *run(tool) {
    const delimiters = (tool.options.value('d') ?? '\t').match(/\\.|[^]/gu)?.map((each) => (each.length > 1 && each[0] === '\\' ? (ESCAPES[each[1] as string] ?? (each[1] as string)) : each)) ?? [''];
    const end = tool.options.has('z') ? '\0' : '\n';
    const operands = tool.operands.length === 0 ? ['-'] : tool.operands;
    if (tool.options.has('s')) {
      yield* tool.forEachInput(function* (fd) {
        const lines = yield* tool.lines(fd, end.charCodeAt(0)).all();
        tool.print(joinAll(lines, delimiters) + end);
        yield* tool.maybeDrain();
      });
      return;
    }
    yield* sideBySide(tool, operands, delimiters, end);
  },
});

function joinAll(lines: readonly string[], delimiters: readonly string[]): string {
  return lines.map((line, i) => (i === 0 ? line : (delimiters[(i - 1) % delimiters.length] as string) + line)).join('');
}

/** One line at a time from a source that gives many. */
class Puller {
  private lines: string[] = [];
  private at = 0;
  ended = false;

  constructor(private readonly source: LineSource) {}

  *next(): Op<string | undefined> {
    while (this.at >= this.lines.length && !this.ended) {
      const batch = yield* this.source.batch();
      this.ended = batch === null;
      this.lines = batch ?? [];
      this.at = 0;
    }
    return this.lines[this.at++];
  }
}

function* sideBySide(tool: GnuTool, operands: readonly string[], delimiters: readonly string[], end: string): Op<void> {
  let standardInput: Puller | undefined;
  const pullers: Puller[] = [];
  for (const operand of operands) {
    try {
      const puller: Puller = operand === '-' && standardInput !== undefined ? standardInput : new Puller(tool.lines(tool.open(operand), end.charCodeAt(0)));
      if (operand === '-') standardInput = puller;
      pullers.push(puller);
    } catch (error) {
      if (error instanceof FileError) tool.fail(`${quoteName(operand)}: ${error.message}`);
      throw error;
    }
  }
  for (;;) {
    const row: (string | undefined)[] = [];
    for (const puller of pullers) row.push(yield* puller.next());
    if (row.every((each) => each === undefined)) return;
    tool.print(joinAll(row.map((each) => each ?? ''), delimiters) + end);
    yield* tool.maybeDrain();
  }
}
