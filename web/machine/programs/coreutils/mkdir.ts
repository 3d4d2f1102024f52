import { FileError } from '../../os/file-error';
import { changedMode } from '../lib/file-mode';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteShell } from '../lib/quoting';

/** Makes directories. */
export const mkdir = gnuProgram({
  name: 'mkdir',
  usage: ['[OPTION]... DIRECTORY...'],
  about: 'Create the DIRECTORY(ies), if they do not already exist.',
  options: { short: 'm:pvZ', long: { mode: 'm:', parents: 'p', verbose: 'v', context: 'Z' } },
  *run(tool) {
    if (tool.operands.length === 0) tool.usageError('missing operand');
    const text = tool.options.value('m');
    const mode = text === undefined ? undefined : changedMode(text, { mode: 0o777, isDirectory: true, umask: tool.process.umask });
    if (text !== undefined && mode === undefined) tool.fail(`invalid mode ${quoteLocale(text)}`);
    for (const operand of tool.operands) {
      try {
        if (tool.options.has('p')) makeAll(tool, operand);
        else make(tool, operand);
        if (mode !== undefined) tool.process.files.changeMode(operand, mode);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(`cannot create directory ${quoteLocale(error.path === '' ? operand : error.path)}: ${error.message}`);
      }
    }
  },
});

function make(tool: GnuTool, path: string): void {
  try {
    if (path === '') throw new FileError('ENOENT');
    tool.process.files.makeDirectory(path);
  } catch (error) {
    if (error instanceof FileError) throw new FileError(error.code, path);
    throw error;
  }
  if (tool.options.has('v')) tool.print(`${tool.name}: created directory ${quoteShell(path)}\n`);
}

function makeAll(tool: GnuTool, path: string): void {
  const parts = path.split('/');
  let at = path.startsWith('/') ? '/' : '';
  for (const part of parts) {
    if (part === '') continue;
    at += at === '' || at === '/' ? part : `/${part}`;
    const node = tool.process.files.tryStat(at);
    if (node === undefined) make(tool, at);
    else if (node.kind !== 'directory') throw new FileError(at === path.replace(/\/+$/, '') ? 'EEXIST' : 'ENOTDIR', at);
  }
}
