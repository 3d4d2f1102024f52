import { ProcessExit } from '../../os/program';
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
    let unpaired = false;
    /** Looks at a line that was just read. */
    const checkOrder = function* (which: 0 | 1, at: number) {
      const lines = files[which] as string[];
      if (at >= lines.length || complained[which] === true || options.has('nocheck-order') || !(unpaired || options.has('check-order'))) return;
      if ((lines[at - 1] as string) <= (lines[at] as string)) return;
      complained[which] = true;
      yield* tool.complain(`file ${which + 1} is not in sorted order`);
      if (options.has('check-order')) throw new ProcessExit(1);
    };
    for (let i = 0, j = 0; i < left.length || j < right.length; ) {
      const a = left[i];
      const b = right[j];
      const column = b === undefined || (a !== undefined && a < b) ? 0 : a === undefined || b < a ? 1 : 2;
      put(column, (column === 1 ? b : a) as string);
      unpaired ||= column !== 2;
      if (column !== 1) yield* checkOrder(0, ++i);
      if (column !== 0) yield* checkOrder(1, ++j);
      yield* tool.maybeDrain();
    }
    if (options.has('total')) tool.print(`${totals.join(tab)}${tab}total${end}`);
    if (complained.includes(true)) yield* tool.complain('input is not in sorted order');
  },
});
