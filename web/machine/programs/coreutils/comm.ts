import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

/** Compares two sorted files line by line. */
export const comm = gnuProgram({
  name: 'comm',
  usage: ['[OPTION]... FILE1 FILE2'],
  about: 'Compare sorted files FILE1 and FILE2 line by line.',
  options: {
    short: '123z',
    long: { 'check-order': 'check-order', 'nocheck-order': 'nocheck-order', 'output-delimiter': 'output-delimiter:', total: 'total', 'zero-terminated': 'z' },
  },
  *run(tool) {
    const { operands, options } = tool;
    if (operands.length === 0) tool.usageError('missing operand');
    if (operands.length === 1) tool.usageError(`missing operand after ${quoteLocale(operands[0] as string)}`);
    if (operands.length > 2) tool.usageError(`extra operand ${quoteLocale(operands[2] as string)}`);
    const files: string[][] = [];
    for (const operand of operands) {
      const fd = yield* tool.tryOpen(operand);
      if (fd === undefined) return 1;
      files.push(yield* tool.lines(fd, options.has('z') ? 0 : 10).all());
      tool.close(fd);
    }
    const tab = options.value('output-delimiter') ?? '\t';
    const shown = ['1', '2', '3'].map((key) => !options.has(key));
    const prefix = [0, 1, 2].map((column) => tab.repeat(shown.slice(0, column).filter(Boolean).length));
    const end = options.has('z') ? '\0' : '\n';
    const totals = [0, 0, 0];
    const put = (column: number, line: string): void => {
      totals[column] = (totals[column] as number) + 1;
      if (shown[column] === true) tool.print(`${prefix[column] as string}${line}${end}`);
    };
    const [left, right] = files as [string[], string[]];
    const complained = [false, false];
    const disorder = (lines: readonly string[], at: number): boolean => at > 0 && (lines[at - 1] as string) > (lines[at] as string);
    for (let i = 0, j = 0; i < left.length || j < right.length; ) {
      for (const [which, [lines, at]] of [[left, i], [right, j]].entries() as Iterable<[number, [string[], number]]>) {
        if (complained[which] === true || at >= lines.length || options.has('nocheck-order') || !disorder(lines, at)) continue;
        complained[which] = true;
        yield* tool.complain(`file ${which + 1} is not in sorted order`);
        if (options.has('check-order')) return 1;
      }
      const a = left[i];
      const b = right[j];
      if (b === undefined || (a !== undefined && a < b)) {
        put(0, a as string);
        i += 1;
      } else if (a === undefined || b < a) {
        put(1, b);
        j += 1;
      } else {
        put(2, a);
        i += 1;
        j += 1;
      }
      yield* tool.maybeDrain();
    }
    if (options.has('total')) tool.print(`${totals.join(tab)}${tab}total${end}`);
    if (complained.includes(true)) yield* tool.complain('input is not in sorted order');
  },
});
