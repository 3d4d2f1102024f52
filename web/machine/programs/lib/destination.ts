import { FileError } from '../../os/file-error';
import type { GnuTool } from './gnu-tool';
import { quoteShell } from './quoting';

export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Works out, as cp and mv do, where each operand goes. Ends the program with their message when that is not clear. */
export function destinationsOf(tool: GnuTool): Move[] {
  const { operands, options, process } = tool;
  const directory = options.value('t');
  if (operands.length === 0) tool.usageError('missing file operand');
  if (directory === undefined && operands.length === 1) tool.usageError(`missing destination file operand after ${quoteShell(operands[0] as string)}`);
  const last = directory ?? (operands.at(-1) as string);
  const sources = directory === undefined ? operands.slice(0, -1) : operands;
  const node = process.files.tryStat(last);
  const into = directory !== undefined || (node?.kind === 'directory' && !options.has('T'));
  if (directory !== undefined && node?.kind !== 'directory') tool.fail(`target directory ${quoteShell(last)}: ${node === undefined ? 'No such file or directory' : 'Not a directory'}`);
  if (!into && options.has('T') && sources.length > 1) tool.usageError(`extra operand ${quoteShell(operands[2] as string)}`);
  if (!into && sources.length > 1) tool.fail(`target ${quoteShell(last)}: ${whyNotDirectory(tool, last)}`);
  return sources.map((from) => ({ from, to: into ? `${last.replace(/(.)\/+$/, '$1')}${last === '/' ? '' : '/'}${lastPart(from)}` : last }));
}

function whyNotDirectory(tool: GnuTool, path: string): string {
  try {
    tool.process.files.stat(path);
    return 'Not a directory';
  } catch (error) {
    if (error instanceof FileError) return error.message;
    throw error;
  }
}

function lastPart(path: string): string {
  const trimmed = path.replace(/\/+$/, '');
  return trimmed === '' ? '/' : trimmed.slice(trimmed.lastIndexOf('/') + 1);
}
