import type { Op } from '../../../engine/kernel/task';
import { DiskFullError } from '../../../engine/kernel/disk';
import { FileError } from '../../os/file-error';
import type { FileNode, RegularFile } from '../../os/file-node';
import { askYesNo } from '../lib/ask';
import { destinationsOf } from '../lib/destination';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteShell } from '../lib/quoting';

const BYTES_PER_US = 1000;

/** Copies files, and with -r directories. Simplified: -p and -a keep mode and time; links become links with -d, -a and -P only. */
export const cp = gnuProgram({
  name: 'cp',
  usage: ['[OPTION]... [-T] SOURCE DEST', '[OPTION]... SOURCE... DIRECTORY', '[OPTION]... -t DIRECTORY SOURCE...'],
  about: 'Copy SOURCE to DEST, or multiple SOURCE(s) to DIRECTORY.',
  options: {
    short: 'abdfHilLnprst:uvxPRS:TZ',
    long: {
      archive: 'a', backup: 'b', force: 'f', interactive: 'i', link: 'l', dereference: 'L', 'no-clobber': 'n', 'no-dereference': 'P', preserve: 'p', parents: 'parents',
      recursive: 'r', 'symbolic-link': 's', 'target-directory': 't:', 'no-target-directory': 'T', update: 'u', verbose: 'v', 'one-file-system': 'x',
    },
  },
  *run(tool) {
    for (const { from, to } of destinationsOf(tool)) {
      let node: FileNode;
      try {
        node = tool.process.files.stat(from, !keepsLinks(tool));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(`cannot stat ${quoteShell(from)}: ${error.message}`);
        continue;
      }
      if (node.kind === 'directory' && !tool.options.has('r', 'R', 'a')) {
        yield* tool.complain(`-r not specified; omitting directory ${quoteShell(from)}`);
        continue;
      }
      yield* copy(tool, node, from, to);
    }
  },
});

function keepsLinks(tool: GnuTool): boolean {
  return tool.options.has('a', 'd', 'P') || (tool.options.has('r', 'R') && !tool.options.has('L', 'H'));
}

function* copy(tool: GnuTool, node: FileNode, from: string, to: string): Op<void> {
  const { files } = tool.process;
  try {
    const target = files.tryStat(to);
    if (target !== undefined && target === node) {
      yield* tool.complain(`${quoteShell(from)} and ${quoteShell(to)} are the same file`);
      return;
    }
    if (node.kind === 'directory') yield* copyDirectory(tool, node, from, to);
    else if (target?.kind === 'directory') yield* tool.complain(`cannot overwrite directory ${quoteShell(to)} with non-directory`);
    else if (yield* mayOverwrite(tool, node, to, target)) yield* copyFile(tool, node, from, to);
  } catch (error) {
    if (error instanceof DiskFullError) yield* tool.complain(`error writing ${quoteShell(to)}: ${error.message}`);
    else if (error instanceof FileError) {
      const reading = error.path === from;
      const what = reading ? `cannot open ${quoteShell(from)} for reading` : node.kind === 'directory' ? `cannot create directory ${quoteShell(to)}` : `cannot create regular file ${quoteShell(to)}`;
      const message = !reading && to.endsWith('/') && error.code !== 'EACCES' ? 'Not a directory' : error.message;
      yield* tool.complain(`${what}: ${message}`);
    } else throw error;
  }
}

function* mayOverwrite(tool: GnuTool, node: FileNode, to: string, target: FileNode | undefined): Op<boolean> {
  if (target === undefined) return true;
  if (tool.options.has('u') && target.mtimeMs >= node.mtimeMs) return false;
  const how = tool.options.last('i', 'n', 'f');
  if (how === 'n') return false;
  return how === 'i' ? yield* askYesNo(tool, `overwrite ${quoteShell(to)}? `) : true;
}

function* copyFile(tool: GnuTool, node: FileNode, from: string, to: string): Op<void> {
  const { files } = tool.process;
  const { options } = tool;
  if (options.has('l')) files.link(from, to);
  else if (options.has('s')) files.symlink(from, to);
  else if (node.kind === 'symlink') {
    if (files.tryStat(to, false) !== undefined) files.unlink(to);
    files.symlink(node.target, to);
  } else {
    const content = node.kind === 'regular' ? files.readFile(from) : new Uint8Array(0);
    const existed = files.exists(to);
    if (existed && options.has('f') && !files.may(files.stat(to), 'write')) files.unlink(to);
    files.writeFile(to, content);
    const copied = files.stat(to) as RegularFile;
    if (!existed || options.has('p', 'a')) copied.mode = options.has('p', 'a') ? node.mode : node.mode & ~tool.process.umask;
    if (node.kind === 'regular' && node.program !== undefined) copied.program = node.program;
    if (options.has('p', 'a')) copied.mtimeMs = node.mtimeMs;
    yield* tool.process.spend(20 + Math.ceil(content.length / BYTES_PER_US));
  }
  if (options.has('v')) tool.print(`${quoteShell(from)} -> ${quoteShell(to)}\n`);
}

function* copyDirectory(tool: GnuTool, node: FileNode & { kind: 'directory' }, from: string, to: string): Op<void> {
  const { files } = tool.process;
  if (`${files.resolve(to)}/`.startsWith(`${files.resolve(from)}/`)) {
    yield* tool.complain(`cannot copy a directory, ${quoteShell(from)}, into itself, ${quoteShell(to)}`);
    return;
  }
  const target = files.tryStat(to);
  if (target !== undefined && target.kind !== 'directory') {
    yield* tool.complain(`cannot overwrite non-directory ${quoteShell(to)} with directory ${quoteShell(from)}`);
    return;
  }
  if (target === undefined) {
    files.makeDirectory(to, node.mode);
    if (tool.options.has('v')) tool.print(`${quoteShell(from)} -> ${quoteShell(to)}\n`);
  }
  for (const name of files.list(from)) {
    const child = files.tryStat(`${from}/${name}`, !keepsLinks(tool));
    if (child !== undefined) yield* copy(tool, child, `${from.replace(/(.)\/+$/, '$1')}/${name}`, `${to.replace(/(.)\/+$/, '$1')}/${name}`);
  }
  if (tool.options.has('p', 'a')) (files.stat(to) as { mtimeMs: number }).mtimeMs = node.mtimeMs;
}
