import type { Op } from '../../../engine/kernel/task';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { type Conversion, formatFloat } from '../lib/c-format';
import { quoteLocale } from '../lib/quoting';

const BATCH = 4096;

interface Progression {
  readonly first: number;
  readonly step: number;
  readonly last: number;
  readonly decimals: number;
  readonly width: number;
}

/** Numbers. */
export const seq = gnuProgram({
  name: 'seq',
  usage: ['[OPTION]... LAST', '[OPTION]... FIRST LAST', '[OPTION]... FIRST INCREMENT LAST'],
  about: 'Print numbers from FIRST to LAST, in steps of INCREMENT.',
  options: { short: '+f:s:w', long: { format: 'f:', separator: 's:', 'equal-width': 'w' } },
  // A negative number is no option.
  rewrite: (args) => {
    let at = 0;
    while (at < args.length && /^-[^\d.-]|^--./.test(args[at] as string)) at += /^-[fs]$/.test(args[at] as string) ? 2 : 1;
    return /^-[\d.]/.test(args[at] ?? '') ? [...args.slice(0, at), '--', ...args.slice(at)] : args;
  },
  *run(tool) {
    const { operands, options } = tool;
    if (operands.length === 0) tool.usageError('missing operand');
    if (operands.length > 3) tool.usageError(`extra operand ${quoteLocale(operands[3] as string)}`);
    const numbers = operands.map((text) => numberOf(tool, text));
    const decimals = Math.max(0, ...operands.slice(0, operands.length === 1 ? 0 : operands.length === 2 ? 1 : 2).map(decimalsOf));
    const [first, step, last] = numbers.length === 1 ? [1, 1, numbers[0]] : numbers.length === 2 ? [numbers[0], 1, numbers[1]] : numbers;
    if (step === 0) tool.usageError(`invalid Zero increment value: ${quoteLocale(operands[1] as string)}`);
    const format = options.value('f');
    if (format !== undefined && options.has('w')) tool.usageError('format string may not be specified when printing equal width strings');
    const ends = [first as number, last as number].map((each) => each.toFixed(decimals).length);
    const progression = { first: first as number, step: step as number, last: last as number, decimals, width: options.has('w') ? Math.max(...ends) : 0 };
    yield* print(tool, progression, formatterOf(tool, format, progression));
  },
});

function numberOf(tool: GnuTool, text: string): number {
  if (/^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) || /^\s*[-+]?0x[\da-f]+$/i.test(text)) return Number(text);
  if (/^[-+]?inf(inity)?$/i.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^[-+]?nan$/i.test(text)) return tool.usageError(`invalid ‘not-a-number’ argument: ${quoteLocale(text)}`);
  return tool.usageError(`invalid floating point argument: ${quoteLocale(text)}`);
}

function decimalsOf(text: string): number {
  const match = /\.(\d*)(?:[eE]([-+]?\d+))?/.exec(text);
  return match === null ? 0 : Math.max(0, (match[1] as string).length - Number(match[2] ?? 0));
}

function formatterOf(tool: GnuTool, format: string | undefined, { decimals, width }: Progression): (value: number) => string {
  if (format === undefined) {
    const conversion: Conversion = { flags: width > 0 ? '0' : '', width, precision: decimals, letter: 'f' };
    return (value) => (decimals === 0 && width === 0 && Math.abs(value) < 1e15 ? String(value) : formatFloat(value, conversion));
  }
  const match = /^((?:[^%]|%%)*)%([-+ #0']*)(\d*)(?:\.(\d*))?([aefgAEFG])((?:[^%]|%%)*)$/s.exec(format);
  if (match === null) {
    if (!/%/.test(format.replaceAll('%%', ''))) tool.fail(`format ${quoteLocale(format)} has no % directive`);
    if ((format.replaceAll('%%', '').match(/%/g) ?? []).length > 1) tool.fail(`format ${quoteLocale(format)} has too many % directives`);
    const letter = /%[-+ #0']*\d*(?:\.\d*)?(.)?/.exec(format.replaceAll('%%', ''))?.[1];
    return tool.fail(letter === undefined ? `format ${quoteLocale(format)} ends in %` : `format ${quoteLocale(format)} has unknown %${letter} directive`);
  }
  const [, before = '', flags = '', size = '', precision, letter = 'f', after = ''] = match;
  const conversion: Conversion = { flags, width: Number(size), precision: precision === undefined ? undefined : Number(precision), letter };
  return (value) => before.replaceAll('%%', '%') + formatFloat(value, conversion) + after.replaceAll('%%', '%');
}

function* print(tool: GnuTool, { first, step, last }: Progression, show: (value: number) => string): Op<void> {
  const separator = tool.options.value('s') ?? '\n';
  let any = false;
  const slack = Number.isInteger(first) && Number.isInteger(step) ? 0 : Math.abs(step) * 1e-9;
  const within = (value: number): boolean => (step > 0 ? value <= last + slack : value >= last - slack);
  for (let i = 0; within(first + i * step); ) {
    const batch: string[] = [];
    for (; batch.length < BATCH && within(first + i * step); i++) batch.push(show(first + i * step));
    tool.print((any ? separator : '') + batch.join(separator));
    any = true;
    yield* tool.drain();
  }
  if (any) tool.print('\n');
}
