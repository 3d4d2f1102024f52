import { FileError } from '../../os/file-error';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteName } from '../lib/quoting';

interface JoinLine {
  readonly text: string;
  readonly fields: readonly string[];
  readonly key: string;
}

/** Joins lines of two sorted files that have a field in common. */
export const join = gnuProgram({
  name: 'join',
  usage: ['[OPTION]... FILE1 FILE2'],
  about: 'For each pair of input lines with identical join fields, write a line to standard output.',
  options: {
    short: 'a:e:ij:o:t:v:1:2:z',
    long: { 'check-order': 'check-order', 'nocheck-order': 'nocheck-order', header: 'header', 'ignore-case': 'i', 'zero-terminated': 'z' },
  },
  *run(tool) {
    const { operands, options } = tool;
    if (operands.length === 0) tool.usageError('missing operand');
    if (operands.length === 1) tool.usageError(`missing operand after ${quoteLocale(operands[0] as string)}`);
    if (operands.length > 2) tool.usageError(`extra operand ${quoteLocale(operands[2] as string)}`);
    const sides: JoinLine[][] = [];
    for (const [i, operand] of operands.entries()) sides.push(yield* readSide(tool, operand, keyField(tool, i)));
    const [left, right] = sides as [JoinLine[], JoinLine[]];
    const show = shower(tool, left, right);
    const unpaired = [...options.values('a'), ...options.values('v')];
    const onlyUnpaired = options.has('v');
    if (options.has('header') && left[0] !== undefined && right[0] !== undefined) show(left.shift(), right.shift());
    let unpairedSeen = options.has('check-order');
    for (let i = 0, j = 0; i < left.length || j < right.length; ) {
      const a = left[i];
      const b = right[j];
      if (a === undefined || b === undefined || a.key !== b.key) {
        unpairedSeen = true;
        const takeLeft = b === undefined || (a !== undefined && a.key < b.key);
        if (unpaired.includes(takeLeft ? '1' : '2')) show(takeLeft ? a : undefined, takeLeft ? undefined : b);
        if (takeLeft) i += 1;
        else j += 1;
        continue;
      }
      let endLeft = i;
      let endRight = j;
      while (left[endLeft]?.key === a.key) endLeft += 1;
      while (right[endRight]?.key === a.key) endRight += 1;
      if (!onlyUnpaired) for (let x = i; x < endLeft; x++) for (let y = j; y < endRight; y++) show(left[x], right[y]);
      i = endLeft;
      j = endRight;
      yield* tool.maybeDrain();
    }
    if (!unpairedSeen || options.has('nocheck-order')) return;
    for (const [i, lines] of sides.entries()) {
      const at = lines.findIndex((line, n) => n > 0 && (lines[n - 1] as JoinLine).key > line.key);
      if (at > 0) yield* tool.complain(`${quoteName(operands[i] as string)}:${at + 1}: is not sorted: ${(lines[at] as JoinLine).text}`);
    }
    if (tool.status !== 0) yield* tool.complain('input is not in sorted order');
  },
});

function keyField(tool: GnuTool, side: number): number {
  const text = tool.options.value(String(side + 1)) ?? tool.options.value('j') ?? '1';
  if (!/^[1-9]\d*$/.test(text)) tool.fail(`invalid field number: ${quoteLocale(text)}`);
  return Number(text);
}

function* readSide(tool: GnuTool, operand: string, field: number) {
  const separator = tool.options.value('t');
  try {
    const fd = tool.open(operand);
    const lines = yield* tool.lines(fd, tool.options.has('z') ? 0 : 10).all();
    tool.close(fd);
    return lines.map((text): JoinLine => {
      const fields = separator === undefined ? text.trim().split(/[ \t]+/) : text.split(separator === '\\t' ? '\t' : separator);
      const key = fields[field - 1] ?? '';
      return { text, fields, key: tool.options.has('i') ? key.toLowerCase() : key };
    });
  } catch (error) {
    if (error instanceof FileError) return tool.fail(`${quoteName(operand)}: ${error.message}`);
    throw error;
  }
}

function shower(tool: GnuTool, left: readonly JoinLine[], right: readonly JoinLine[]): (a: JoinLine | undefined, b: JoinLine | undefined) => void {
  const { options } = tool;
  const joiner = options.value('t') ?? ' ';
  const empty = options.value('e') ?? '';
  const keys = [keyField(tool, 0), keyField(tool, 1)] as const;
  const format = options.values('o').join(',');
  const auto = [left[0]?.fields.length ?? 0, right[0]?.fields.length ?? 0] as const;
  const fieldOf = (line: JoinLine | undefined, index: number): string => {
    const text = line?.fields[index - 1];
    return text === undefined || text === '' ? empty : text;
  };
  const specs = format === '' || format === 'auto' ? undefined : format.split(/[, ]+/);
  return (a, b) => {
    const key = a === undefined ? fieldOf(b, keys[1]) : fieldOf(a, keys[0]);
    let cells: string[];
    if (specs !== undefined) {
      cells = specs.map((spec) => (spec === '0' ? key : fieldOf(spec.startsWith('1.') ? a : b, Number(spec.slice(2)))));
    } else {
      const rest = (line: JoinLine | undefined, side: 0 | 1): string[] => {
        const count = format === 'auto' ? auto[side] : (line?.fields.length ?? 0);
        return Array.from({ length: count }, (_, i) => i + 1).filter((index) => index !== keys[side]).map((index) => fieldOf(line, index));
      };
      cells = [key, ...rest(a, 0), ...rest(b, 1)];
    }
    tool.print(`${cells.join(joiner)}${options.has('z') ? '\0' : '\n'}`);
  };
}
