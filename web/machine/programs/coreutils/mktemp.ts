import { FileError } from '../../os/file-error';
import { gnuProgram } from '../lib/gnu-tool';
import { quoteLocale } from '../lib/quoting';

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** Makes a temporary file or directory and prints its name. */
export const mktemp = gnuProgram({
  name: 'mktemp',
  usage: ['[OPTION]... [TEMPLATE]'],
  about: 'Create a temporary file or directory, safely, and print its name.',
  options: { short: 'dp::qtuV', long: { directory: 'd', quiet: 'q', suffix: 'suffix:', tmpdir: 'p::', 'dry-run': 'u' } },
  *run(tool) {
    const { options, operands, process } = tool;
    if (operands.length > 1) tool.usageError('too many templates');
    const template = operands[0] ?? 'tmp.XXXXXXXXXX';
    const match = /^(.*?)(X+)([^X/]*)$/s.exec(template + (options.value('suffix') ?? ''));
    if (match === null || (match[2] as string).length < 3) tool.fail(`too few X's in template ${quoteLocale(template)}`);
    const [, before = '', marks = '', after = ''] = match as RegExpExecArray;
    const random = process.machine.sim.random('mktemp');
    const letters = Array.from(marks, () => LETTERS[random.below(LETTERS.length)]).join('');
    const directory = operands[0] === undefined || options.has('p', 't') ? `${options.value('p') ?? process.env.get('TMPDIR') ?? '/tmp'}/` : '';
    const path = directory + before + letters + after;
    try {
      if (!options.has('u')) {
        if (options.has('d')) process.files.makeDirectory(path, 0o700);
        else process.files.openRegular(path, { write: true, create: true }).file.mode = 0o600;
      }
    } catch (error) {
      if (error instanceof FileError) tool.fail(`failed to create ${options.has('d') ? 'directory' : 'file'} via template ${quoteLocale(directory + template)}: ${error.message}`);
      throw error;
    }
    yield* process.out(`${path}\n`);
  },
});
