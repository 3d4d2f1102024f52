import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { textToBytes } from '../lib/byte-text';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteName, quoteShell } from '../lib/quoting';
import { type KeyFlags, type KeyOrder, type KeyedLine, type SortKey, keyOrder, parseKey } from '../lib/sort-keys';

const ORDER_FLAGS = 'bdfghiMnRrV';

/** Sorts lines. Simplified: the C.UTF-8 order of code points; all is kept in memory. */
export const sort = gnuProgram({
  name: 'sort',
  usage: ['[OPTION]... [FILE]...', '[OPTION]... --files0-from=F'],
  about: 'Write sorted concatenation of all FILE(s) to standard output.',
  failCode: 2,
  options: {
    short: 'bcCdfghik:mMno:rRsS:t:T:uVyz',
    long: {
      'ignore-leading-blanks': 'b', check: 'check::', 'dictionary-order': 'd', 'ignore-case': 'f', 'general-numeric-sort': 'g', 'human-numeric-sort': 'h',
      'ignore-nonprinting': 'i', key: 'k:', merge: 'm', 'month-sort': 'M', 'numeric-sort': 'n', output: 'o:', reverse: 'r', 'random-sort': 'R',
      stable: 's', 'buffer-size': 'S:', 'field-separator': 't:', 'temporary-directory': 'T:', unique: 'u', 'version-sort': 'V', 'zero-terminated': 'z',
      parallel: 'parallel:', sort: 'sort:', debug: 'debug',
    },
  },
  *run(tool) {
    const { options } = tool;
    const delimiter = options.has('z') ? '\0' : '\n';
    const compare = comparatorFor(tool);
    const lines = yield* readLines(tool, delimiter);
    if (options.has('c', 'C', 'check')) return yield* check(tool, lines, compare);
    tool.process.owe(Math.ceil(lines.length / 4));
    const result = sorted(lines, compare, options.has('u'));
    yield* write(tool, result.length === 0 ? '' : result.join(delimiter) + delimiter);
  },
});

interface Comparison {
  /** Undefined when whole lines are compared. */
  readonly order: KeyOrder | undefined;
  readonly reverse: boolean;
  /** No last resort: lines with equal keys stay as they came. */
  readonly stable: boolean;
}

function comparatorFor(tool: GnuTool): Comparison {
  const { options } = tool;
  const separator = separatorOf(tool);
  const global = new Set([...ORDER_FLAGS].filter((flag) => options.has(flag)));
  for (const kind of options.values('sort')) {
    const letter = { 'general-numeric': 'g', 'human-numeric': 'h', month: 'M', numeric: 'n', random: 'R', version: 'V' }[kind];
    if (letter !== undefined) global.add(letter);
  }
  const specified = options.values('k').map((text) => keyOf(tool, text));
  const keys: SortKey[] = specified.map((key) => (key.flags.size === 0 && !key.hasBlankFlag ? { ...key, flags: global, skipStart: global.has('b'), skipEnd: global.has('b') } : key));
  for (const each of keys.length === 0 ? [global] : keys.map((key) => key.flags)) refuseMixed(tool, each);
  const flags = keys.length === 0 && global.size > 0 ? [parseKey('1') as SortKey].map((key) => ({ ...key, flags: global as KeyFlags, skipStart: global.has('b') })) : keys;
  const order = flags.length === 0 ? undefined : keyOrder(flags, separator, tool.process.machine.sim.random('sort -R').uint32());
  return { order, reverse: global.has('r'), stable: options.has('s', 'u') };
}

/** Orders two prepared lines; whole lines decide what keys leave open. */
function fullOrder({ order, reverse, stable }: Comparison, a: KeyedLine, b: KeyedLine): number {
  const byKeys = order?.compare(a, b) ?? 0;
  if (byKeys !== 0 || (order !== undefined && stable)) return byKeys;
  return reverse ? compareText(b.line, a.line) : compareText(a.line, b.line);
}

function sorted(lines: string[], comparison: Comparison, unique: boolean): string[] {
  const { order, reverse } = comparison;
  if (order === undefined) {
    lines.sort(compareText);
    if (reverse) lines.reverse();
    return unique ? lines.filter((line, i) => line !== lines[i - 1]) : lines;
  }
  const prepared = lines.map((line) => order.prepare(line));
  prepared.sort((a, b) => fullOrder(comparison, a, b));
  const kept = unique ? prepared.filter((each, i) => i === 0 || order.compare(prepared[i - 1] as KeyedLine, each) !== 0) : prepared;
  return kept.map((each) => each.line);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function separatorOf(tool: GnuTool): string | undefined {
  const text = tool.options.value('t');
  if (text === undefined) return undefined;
  if (text === '') tool.fail('empty tab');
  if (text === '\\0') return '\0';
  if ([...text].length > 1) tool.fail(`multi-character tab ${quoteLocale(text)}`);
  return text;
}

function keyOf(tool: GnuTool, text: string): SortKey {
  const key = parseKey(text);
  if (typeof key !== 'string') return key;
  return tool.fail(key);
}

function refuseMixed(tool: GnuTool, flags: ReadonlySet<string>): void {
  const kinds = [...'ghMnRVdi'].filter((flag) => flags.has(flag));
  const numeric = kinds.filter((flag) => 'ghMnRV'.includes(flag));
  if (numeric.length > 1 || (numeric.length === 1 && kinds.length > 1 && !'RV'.includes(numeric[0] as string))) {
    tool.fail(`options '-${[...kinds].sort().join('')}' are incompatible`);
  }
}

function* readLines(tool: GnuTool, delimiter: string): Op<string[]> {
  const lines: string[] = [];
  const operands = tool.operands.length === 0 ? ['-'] : tool.operands;
  if (tool.options.has('c', 'C', 'check') && operands.length > 1) {
    tool.fail(`extra operand ${quoteShell(operands[1] as string)} not allowed with -${tool.options.has('C') ? 'C' : 'c'}`);
  }
  for (const operand of operands) {
    try {
      const fd = tool.open(operand);
      const source = tool.lines(fd, delimiter.charCodeAt(0));
      for (let batch = yield* source.batch(); batch !== null; batch = yield* source.batch()) for (const line of batch) lines.push(line);
      tool.close(fd);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      tool.fail(error.code === 'EISDIR' ? `read failed: ${quoteName(operand)}: ${error.message}` : `cannot read: ${quoteName(operand)}: ${error.message}`);
    }
  }
  return lines;
}

function* check(tool: GnuTool, lines: readonly string[], compare: Comparison): Op<number> {
  const unique = tool.options.has('u');
  const prepare = (line: string): KeyedLine => compare.order?.prepare(line) ?? { line, keys: [], numbers: [] };
  for (let i = 1; i < lines.length; i++) {
    const [a, b] = [prepare(lines[i - 1] as string), prepare(lines[i] as string)];
    const order = unique && compare.order !== undefined ? compare.order.compare(a, b) : fullOrder(compare, a, b);
    if (unique ? order < 0 : order <= 0) continue;
    const quiet = tool.options.has('C') || ['quiet', 'silent'].includes(tool.options.value('check') ?? '');
    const name = tool.operands[0] ?? '-';
    if (!quiet) yield* tool.process.err(textToBytes(`${tool.name}: ${quoteName(name)}:${i + 1}: disorder: ${lines[i] as string}\n`));
    return 1;
  }
  return 0;
}

function* write(tool: GnuTool, text: string): Op<void> {
  const target = tool.options.value('o');
  if (target === undefined) {
    tool.print(text);
    return;
  }
  try {
    tool.process.files.writeFile(target, textToBytes(text));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    tool.fail(`open failed: ${quoteName(target)}: ${error.message}`);
  }
}
