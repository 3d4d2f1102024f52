import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import { changedMode, modeText } from '../lib/file-mode';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteLocale, quoteShell } from '../lib/quoting';

/** Changes permissions. */
export const chmod = gnuProgram({
  name: 'chmod',
  usage: ['[OPTION]... MODE[,MODE]... FILE...', '[OPTION]... OCTAL-MODE FILE...', '[OPTION]... --reference=RFILE FILE...'],
  about: 'Change the mode of each FILE to MODE.',
  options: { short: 'cfvR', long: { changes: 'c', silent: 'f', quiet: 'f', verbose: 'v', recursive: 'R', reference: 'reference:', 'preserve-root': 'x', 'no-preserve-root': 'x' } },
  // `-x` and `-w` are modes.
  rewrite: (args) => {
    const at = args.findIndex((word) => /^-[rwxst]+$/.test(word));
    return at < 0 || args.includes('--') ? args : [...args.slice(0, at), '--', ...args.slice(at)];
  },
  *run(tool) {
    const { operands, options } = tool;
    const reference = options.value('reference');
    if (operands.length === 0) tool.usageError('missing operand');
    if (reference === undefined && operands.length === 1) tool.usageError(`missing operand after ${quoteLocale(operands[0] as string)}`);
    const mode = reference === undefined ? (operands[0] as string) : referenceMode(tool, reference);
    if (changedMode(mode, { mode: 0, isDirectory: false, umask: 0 }) === undefined) tool.usageError(`invalid mode: ${quoteLocale(mode)}`);
    for (const path of reference === undefined ? operands.slice(1) : operands) yield* change(tool, path, mode);
  },
});

function referenceMode(tool: GnuTool, path: string): string {
  const node = tool.process.files.tryStat(path);
  if (node === undefined) return tool.fail(`failed to get attributes of ${quoteShell(path)}: No such file or directory`);
  return node.mode.toString(8);
}

function* change(tool: GnuTool, path: string, text: string): Op<void> {
  const { process, options } = tool;
  try {
    const node = process.files.stat(path);
    const old = node.mode;
    const before = modeText(node).slice(1);
    const mode = changedMode(text, { mode: old, isDirectory: node.kind === 'directory', umask: process.umask }) as number;
    process.files.changeMode(path, mode);
    const octal = (value: number): string => value.toString(8).padStart(4, '0');
    if (old !== mode && options.has('c', 'v')) tool.print(`mode of ${quoteShell(path)} changed from ${octal(old)} (${before}) to ${octal(mode)} (${modeText(node).slice(1)})\n`);
    else if (options.has('v')) tool.print(`mode of ${quoteShell(path)} retained as ${octal(mode)} (${before})\n`);
    if (options.has('R') && node.kind === 'directory') for (const name of process.files.list(path)) yield* change(tool, `${path}/${name}`, text);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (options.has('f')) tool.status = 1;
    else yield* tool.complain(error.code === 'EPERM' ? `changing permissions of ${quoteShell(path)}: ${error.message}` : `cannot access ${quoteShell(path)}: ${error.message}`);
  }
}
