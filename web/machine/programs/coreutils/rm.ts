import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { FileNode } from '../../os/file-node';
import { askYesNo } from '../lib/ask';
import { sizeOf } from '../lib/file-mode';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteShell } from '../lib/quoting';

/** Removes files, and with -r directories. */
export const rm = gnuProgram({
  name: 'rm',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Remove (unlink) the FILE(s).',
  options: {
    short: 'dfiIrRv',
    long: {
      force: 'f', interactive: 'interactive::', 'one-file-system': 'one-file-system', 'no-preserve-root': 'no-preserve-root',
      'preserve-root': 'preserve-root::', recursive: 'r', dir: 'd', verbose: 'v',
    },
  },
  *run(tool) {
    const { options, operands } = tool;
    if (operands.length === 0) {
      if (options.has('f')) return;
      tool.usageError('missing operand');
    }
    if (options.has('I') && (operands.length > 3 || options.has('r', 'R'))) {
      const what = `remove ${operands.length} argument${operands.length === 1 ? '' : 's'}${options.has('r', 'R') ? ' recursively' : ''}? `;
      if (!(yield* askYesNo(tool, what))) return;
    }
    for (const operand of operands) yield* removeOperand(tool, operand);
  },
});

function* removeOperand(tool: GnuTool, operand: string): Op<void> {
  const { options, process } = tool;
  const name = operand.replace(/(.)\/+$/, '$1');
  const last = name.slice(name.lastIndexOf('/') + 1);
  if ((last === '.' || last === '..') && options.has('r', 'R')) {
    yield* tool.complain(`refusing to remove '.' or '..' directory: skipping ${quoteShell(operand)}`);
    return;
  }
  let node: FileNode;
  try {
    node = process.files.stat(operand, false);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (!options.has('f') || (error.code !== 'ENOENT' && error.code !== 'ENOTDIR')) yield* tool.complain(`cannot remove ${quoteShell(operand)}: ${error.message}`);
    return;
  }
  if (node.kind === 'directory' && process.files.resolve(operand) === '/' && options.has('r', 'R') && !options.has('no-preserve-root')) {
    yield* tool.complain(`it is dangerous to operate recursively on ${operand === '/' ? "'/'" : `${quoteShell(operand)} (same as '/')`}`);
    yield* tool.complain('use --no-preserve-root to override this failsafe');
    return;
  }
  if (node.kind === 'directory' && !options.has('r', 'R') && !(options.has('d') && node.entries.size === 0)) {
    const why = options.has('d') ? 'Directory not empty' : 'Is a directory';
    yield* tool.complain(`cannot remove ${quoteShell(operand)}: ${why}`);
    return;
  }
  yield* remove(tool, operand, node);
}

/** True when it is gone. */
function* remove(tool: GnuTool, path: string, node: FileNode): Op<boolean> {
  const { process } = tool;
  if (node.kind === 'directory' && node.entries.size > 0) {
    if (asks(tool) && !(yield* askYesNo(tool, `descend into directory ${quoteShell(path)}? `))) return false;
    let names: string[];
    try {
      names = process.files.list(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(`cannot remove ${quoteShell(path)}: ${error.message}`);
      return false;
    }
    let all = true;
    for (const name of names) {
      const child = process.files.tryStat(`${path}/${name}`, false);
      if (child !== undefined && !(yield* remove(tool, `${path}/${name}`, child))) all = false;
    }
    if (!all) return false;
  }
  if (!(yield* mayRemove(tool, path, node))) return false;
  try {
    if (node.kind === 'directory') process.files.removeDirectory(path);
    else process.files.unlink(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    yield* tool.complain(`cannot remove ${quoteShell(path)}: ${error.message}`);
    return false;
  }
  if (tool.options.has('v')) tool.print(`removed ${node.kind === 'directory' ? 'directory ' : ''}${quoteShell(path)}\n`);
  yield* process.spend(10);
  return true;
}

function asks(tool: GnuTool): boolean {
  return tool.options.last('f', 'i', 'I') === 'i' || tool.options.value('interactive') === 'always';
}

function* mayRemove(tool: GnuTool, path: string, node: FileNode): Op<boolean> {
  const { process } = tool;
  const kind = node.kind === 'directory' ? 'directory' : node.kind === 'symlink' ? 'symbolic link' : node.kind === 'regular' && sizeOf(node) === 0 ? 'regular empty file' : 'regular file';
  if (asks(tool)) return yield* askYesNo(tool, `remove ${kind} ${quoteShell(path)}? `);
  const guarded = node.kind === 'regular' && !process.files.may(node, 'write') && !tool.options.has('f') && process.isTerminal(0);
  return guarded ? yield* askYesNo(tool, `remove write-protected ${kind} ${quoteShell(path)}? `) : true;
}
