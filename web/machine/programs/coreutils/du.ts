import type { Op } from '../../../engine/kernel/task';
import { FileError } from '../../os/file-error';
import type { FileNode } from '../../os/file-node';
import { blocksOf, sizeOf } from '../lib/file-mode';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { globMatches } from '../lib/glob';
import { quoteShell } from '../lib/quoting';
import { humanSize } from '../lib/size-suffix';

/** How much room trees of files take. */
export const du = gnuProgram({
  name: 'du',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Summarize device usage of the set of FILEs, recursively for directories.',
  options: {
    short: 'abcd:DhHkLlmPsSt:xX:',
    long: { all: 'a', 'apparent-size': 'apparent', bytes: 'b', total: 'c', 'max-depth': 'd:', 'human-readable': 'h', summarize: 's', exclude: 'exclude:', 'separate-dirs': 'S', si: 'si', time: 'time' },
  },
  *run(tool) {
    const { options, operands } = tool;
    if (options.has('s', 'a') && options.has('s') && options.has('a')) tool.usageError('cannot both summarize and show all entries');
    const depth = options.value('d');
    if (depth !== undefined && !/^\d+$/.test(depth)) tool.usageError(`invalid maximum depth ${`‘${depth}’`}`);
    let total = 0;
    for (const operand of operands.length === 0 ? ['.'] : operands) {
      try {
        total += yield* measure(tool, operand, tool.process.files.stat(operand, false), 0);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(`cannot access ${quoteShell(operand)}: ${error.message}`);
      }
    }
    if (options.has('c')) tool.print(`${sizeText(tool, total)}\ttotal\n`);
  },
});

/** Bytes of the tree; prints its directories on the way. */
function* measure(tool: GnuTool, path: string, node: FileNode, depth: number): Op<number> {
  const { options, process } = tool;
  if (options.values('exclude').some((glob) => globMatches(glob, path.slice(path.lastIndexOf('/') + 1)))) return 0;
  let size = options.has('b', 'apparent') ? sizeOf(node) : blocksOf(node) * 512;
  if (node.kind === 'directory') {
    let names: string[] = [];
    try {
      names = process.files.list(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(`cannot read directory ${quoteShell(path)}: ${error.message}`);
    }
    for (const name of names) {
      const child = node.entries.get(name);
      if (child !== undefined) size += yield* measure(tool, path.endsWith('/') ? path + name : `${path}/${name}`, child, depth + 1);
    }
  }
  const most = options.has('s') ? 0 : Number(options.value('d') ?? Infinity);
  if (depth <= most && (node.kind === 'directory' || depth === 0 || options.has('a'))) tool.print(`${sizeText(tool, size)}\t${path}\n`);
  yield* tool.maybeDrain();
  return size;
}

function sizeText(tool: GnuTool, bytes: number): string {
  if (tool.options.has('h')) return humanSize(bytes);
  if (tool.options.has('b')) return String(bytes);
  return String(Math.ceil(bytes / (tool.options.has('m') ? 1048576 : 1024)));
}
