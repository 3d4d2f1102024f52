import { FileError } from '../../os/file-error';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteName, quoteShell } from '../lib/quoting';

/** Makes links. */
export const ln = gnuProgram({
  name: 'ln',
  usage: ['[OPTION]... [-T] TARGET LINK_NAME', '[OPTION]... TARGET', '[OPTION]... TARGET... DIRECTORY', '[OPTION]... -t DIRECTORY TARGET...'],
  about: 'Create a link to TARGET with the name LINK_NAME, or links to each TARGET in DIRECTORY.',
  options: {
    short: 'bdFfinLPrsS:t:Tv',
    long: { force: 'f', interactive: 'i', 'no-dereference': 'n', physical: 'P', relative: 'r', symbolic: 's', 'target-directory': 't:', 'no-target-directory': 'T', verbose: 'v' },
  },
  *run(tool) {
    const { operands, options, process } = tool;
    if (operands.length === 0) tool.usageError('missing file operand');
    const directory = options.value('t');
    const last = operands.at(-1) as string;
    const node = process.files.tryStat(last, !options.has('n'));
    const into = directory ?? (operands.length === 1 ? '.' : node?.kind === 'directory' && !options.has('T') ? last : undefined);
    if (into === undefined && operands.length > 2) tool.fail(`target ${quoteShell(last)}: ${node === undefined ? 'No such file or directory' : 'Not a directory'}`);
    const targets = directory !== undefined || operands.length === 1 ? operands : operands.slice(0, -1);
    for (const target of targets) {
      const name = target.replace(/\/+$/, '').split('/').at(-1) as string;
      yield* makeLink(tool, target, into === undefined ? last : into === '.' && operands.length === 1 ? `./${name}` : `${into.replace(/(.)\/+$/, '$1')}/${name}`);
    }
  },
});

function* makeLink(tool: GnuTool, target: string, path: string) {
  const { options, process } = tool;
  const symbolic = options.has('s');
  try {
    if (options.has('f') && process.files.tryStat(path, false) !== undefined) process.files.unlink(path);
    if (symbolic) process.files.symlink(target, path);
    else process.files.link(target, path);
    if (options.has('v')) tool.print(`${quoteShell(path)} ${symbolic ? '->' : '=>'} ${quoteShell(target)}\n`);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (symbolic || error.code === 'EEXIST' || process.files.exists(target) && error.code !== 'EPERM') {
      const arrow = symbolic ? '' : ` => ${quoteShell(target)}`;
      yield* tool.complain(`failed to create ${symbolic ? 'symbolic' : 'hard'} link ${quoteShell(path)}${error.code === 'EEXIST' ? '' : symbolic ? '' : arrow}: ${error.message}`);
    } else if (error.code === 'EPERM' && process.files.tryStat(target)?.kind === 'directory') yield* tool.complain(`${quoteName(target)}: hard link not allowed for directory`);
    else yield* tool.complain(`failed to access ${quoteShell(target)}: ${error.message}`);
  }
}
