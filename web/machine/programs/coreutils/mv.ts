import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { FileNode } from '../../os/file-node';
import { askYesNo } from '../lib/ask';
import { destinationsOf } from '../lib/destination';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteShell } from '../lib/quoting';

/** Renames. */
export const mv = gnuProgram({
  name: 'mv',
  usage: ['[OPTION]... [-T] SOURCE DEST', '[OPTION]... SOURCE... DIRECTORY', '[OPTION]... -t DIRECTORY SOURCE...'],
  about: 'Rename SOURCE to DEST, or move SOURCE(s) to DIRECTORY.',
  options: {
    short: 'bfint:uvS:TZ',
    long: { force: 'f', interactive: 'i', 'no-clobber': 'n', 'strip-trailing-slashes': 'strip', 'target-directory': 't:', 'no-target-directory': 'T', update: 'u', verbose: 'v' },
  },
  *run(tool) {
    for (const { from, to } of destinationsOf(tool)) yield* move(tool, from, to);
  },
});

function* move(tool: GnuTool, from: string, to: string): Op<void> {
  const { files } = tool.process;
  let node: FileNode;
  try {
    node = files.stat(from, false);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(`cannot stat ${quoteShell(from)}: ${error.message}`);
    return;
  }
  const target = files.tryStat(to, false);
  if (target === node) {
    yield* tool.complain(`${quoteShell(from)} and ${quoteShell(to)} are the same file`);
    return;
  }
  if (target !== undefined && !(yield* mayOverwrite(tool, node, to, target))) return;
  const problem = obstacle(node, target, from, to);
  if (problem !== undefined) {
    yield* tool.complain(problem);
    return;
  }
  try {
    if (to.endsWith('/') && node.kind !== 'directory' && target === undefined) throw new FileError('ENOTDIR');
    files.rename(from, to);
    if (tool.options.has('v')) tool.print(`renamed ${quoteShell(from)} -> ${quoteShell(to)}\n`);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'EINVAL') yield* tool.complain(`cannot move ${quoteShell(from)} to a subdirectory of itself, ${quoteShell(to)}`);
    else yield* tool.complain(`cannot move ${quoteShell(from)} to ${quoteShell(to)}: ${error.message}`);
  }
  yield* tool.process.spend(20);
}

function obstacle(node: FileNode, target: FileNode | undefined, from: string, to: string): string | undefined {
  if (target === undefined) return undefined;
  if (target.kind === 'directory' && node.kind !== 'directory') return `cannot overwrite directory ${quoteShell(to)} with non-directory`;
  if (target.kind !== 'directory' && node.kind === 'directory') return `cannot overwrite non-directory ${quoteShell(to)} with directory ${quoteShell(from)}`;
  return undefined;
}

function* mayOverwrite(tool: GnuTool, node: FileNode, to: string, target: FileNode): Op<boolean> {
  if (tool.options.has('u') && target.mtimeMs >= node.mtimeMs) return false;
  const how = tool.options.last('i', 'n', 'f');
  if (how === 'n') return false;
  return how === 'i' ? yield* askYesNo(tool, `overwrite ${quoteShell(to)}? `) : true;
}
