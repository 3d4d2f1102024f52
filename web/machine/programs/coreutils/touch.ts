import { FileError } from '../../os/file-error';
import { parseDate } from '../lib/date-parse';
import { dateOfSeconds, secondsOfDate } from '../lib/date-format';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteShell } from '../lib/quoting';

/** Makes empty files, or changes the time of others. Simplified: one time, that of the last change. */
export const touch = gnuProgram({
  name: 'touch',
  usage: ['[OPTION]... FILE...'],
  about: 'Update the access and modification times of each FILE to the current time.',
  options: { short: 'acd:fhmr:t:', long: { 'no-create': 'c', date: 'd:', 'no-dereference': 'h', reference: 'r:', time: 'time:' } },
  *run(tool) {
    if (tool.operands.length === 0) tool.usageError('missing file operand');
    const timeMs = timeOf(tool);
    const { files } = tool.process;
    for (const operand of tool.operands) {
      try {
        if (files.tryStat(operand) === undefined) {
          if (tool.options.has('c')) continue;
          files.openRegular(operand, { write: true, create: true });
        }
        const node = files.stat(operand);
        if (!files.may(node, 'write') && tool.process.uid !== node.uid) throw new FileError('EACCES');
        node.mtimeMs = timeMs;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(error.code === 'EACCES' || error.code === 'ENOENT' || error.code === 'ENOTDIR' ? `cannot touch ${quoteShell(operand)}: ${error.message}` : `setting times of ${quoteShell(operand)}: ${error.message}`);
      }
    }
  },
});

function timeOf(tool: GnuTool): number {
  const { options, process } = tool;
  const now = process.machine.sim.dateMs();
  const reference = options.value('r');
  if (reference !== undefined) {
    const node = process.files.tryStat(reference);
    if (node === undefined) tool.fail(`failed to get attributes of ${quoteShell(reference)}: No such file or directory`);
    return (node as { mtimeMs: number }).mtimeMs;
  }
  const text = options.value('d');
  if (text !== undefined) {
    const parsed = parseDate(text, now);
    if (parsed === undefined) tool.fail(`invalid date format ${quoteLocale(text)}`);
    return parsed as number;
  }
  const stamp = options.value('t');
  if (stamp === undefined) return now;
  const match = /^(\d{2}|\d{4})?(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d\d))?$/.exec(stamp);
  if (match === null) return tool.fail(`invalid date format ${quoteLocale(stamp)}`);
  const year = match[1] === undefined ? dateOfSeconds(Math.floor(now / 1000)).year : match[1].length === 2 ? Number(match[1]) + (Number(match[1]) < 69 ? 2000 : 1900) : Number(match[1]);
  return secondsOfDate({ year, month: Number(match[2]), day: Number(match[3]), hour: Number(match[4]), minute: Number(match[5]), second: Number(match[6] ?? 0) }) * 1000;
}
