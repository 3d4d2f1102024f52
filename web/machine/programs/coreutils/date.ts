import { FileError } from '../../os/file-error';
import { formatDate } from '../lib/date-format';
import { parseDate } from '../lib/date-parse';
import { bytesToText } from '../lib/byte-text';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteName } from '../lib/quoting';

const ISO: Readonly<Record<string, string>> = { date: '%Y-%m-%d', hours: '%Y-%m-%dT%H%:z', minutes: '%Y-%m-%dT%H:%M%:z', seconds: '%Y-%m-%dT%H:%M:%S%:z', ns: '%Y-%m-%dT%H:%M:%S,%N%:z' };
const RFC_3339: Readonly<Record<string, string>> = { date: '%Y-%m-%d', seconds: '%Y-%m-%d %H:%M:%S%:z', ns: '%Y-%m-%d %H:%M:%S.%N%:z' };

/** The simulated date. Simplified: UTC only; the clock cannot be set. */
export const date = gnuProgram({
  name: 'date',
  usage: ['[OPTION]... [+FORMAT]', '[-u|--utc|--universal] [MMDDhhmm[[CC]YY][.ss]]'],
  about: 'Display the current time in the given FORMAT, or set the system date.',
  options: {
    short: 'd:f:I::r:Rs:u',
    long: { date: 'd:', debug: 'debug', file: 'f:', 'iso-8601': 'I::', reference: 'r:', 'rfc-email': 'R', 'rfc-3339': 'rfc-3339:', set: 's:', utc: 'u', universal: 'u' },
  },
  *run(tool) {
    const { options, operands, process } = tool;
    if (operands.length > 1) tool.usageError(`extra operand ${quoteLocale(operands[1] as string)}`);
    const format = formatOf(tool);
    const file = options.value('f');
    if (file !== undefined) {
      const fd = yield* tool.tryOpen(file);
      if (fd === undefined) return;
      for (const line of bytesToText(yield* tool.readAll(fd)).replace(/\n$/, '').split('\n')) {
        const dateMs = parseDate(line, process.machine.sim.dateMs());
        if (dateMs === undefined) yield* tool.complain(`invalid date ${quoteLocale(line)}`);
        else tool.print(`${formatDate(format, dateMs)}\n`);
      }
      return;
    }
    const dateMs = dateOf(tool);
    if (options.has('s') || (operands[0] !== undefined && !operands[0].startsWith('+'))) {
      if (operands[0] !== undefined && !/^\d{8,12}(\.\d\d)?$/.test(operands[0])) tool.fail(`invalid date ${quoteLocale(operands[0])}`);
      yield* tool.complain('cannot set date: Operation not permitted');
    }
    tool.print(`${formatDate(format, dateMs)}\n`);
  },
});

function formatOf(tool: GnuTool): string {
  const { options, operands } = tool;
  if (operands[0]?.startsWith('+') === true) return operands[0].slice(1);
  if (options.has('R')) return '%a, %d %b %Y %H:%M:%S %z';
  for (const [key, table] of [['I', ISO], ['rfc-3339', RFC_3339]] as const) {
    if (!options.has(key)) continue;
    const value = options.value(key) ?? 'date';
    const name = Object.keys(table).find((each) => each.startsWith(value));
    if (name === undefined) tool.usageError(`invalid argument ${quoteLocale(value)} for ${quoteLocale(key === 'I' ? '--iso-8601' : '--rfc-3339')}`);
    return table[name as string] as string;
  }
  return '%a %b %e %H:%M:%S %Z %Y';
}

function dateOf(tool: GnuTool): number {
  const { options, process } = tool;
  const now = process.machine.sim.dateMs();
  const reference = options.value('r');
  if (reference !== undefined) {
    try {
      return process.files.stat(reference).mtimeMs;
    } catch (error) {
      if (error instanceof FileError) tool.fail(`${quoteName(reference)}: ${error.message}`);
      throw error;
    }
  }
  const text = options.value('d') ?? options.value('s');
  if (text === undefined) return now;
  return parseDate(text, now) ?? tool.fail(`invalid date ${quoteLocale(text)}`);
}
