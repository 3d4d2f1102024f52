import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

/** The last part of a path. */
export const basename = gnuProgram({
  name: 'basename',
  usage: ['NAME [SUFFIX]', 'OPTION... NAME...'],
  about: 'Print NAME with any leading directory components removed. If specified, also remove a trailing SUFFIX.',
  options: { short: '+as:z', long: { multiple: 'a', suffix: 's:', zero: 'z' } },
  *run(tool) {
    const { operands, options } = tool;
    if (operands.length === 0) tool.usageError('missing operand');
    const many = options.has('a', 's');
    if (!many && operands.length > 2) tool.usageError(`extra operand ${quoteLocale(operands[2] as string)}`);
    const suffix = options.value('s') ?? (many ? '' : (operands[1] ?? ''));
    const end = options.has('z') ? '\0' : '\n';
    for (const name of many ? operands : operands.slice(0, 1)) tool.print(lastPart(name, suffix) + end);
    yield* tool.drain();
  },
});

function lastPart(path: string, suffix: string): string {
  const trimmed = path.replace(/\/+$/, '');
  const name = trimmed === '' ? (path === '' ? '' : '/') : trimmed.slice(trimmed.lastIndexOf('/') + 1);
  return suffix !== '' && name !== suffix && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
}
