import type { Op } from '../../../../engine/kernel/task';
import { inDirectoryOrder } from '../../../os/directory-order';
import { FileError } from '../../../os/file-error';
import type { FileNode } from '../../../os/file-node';
import type { Program } from '../../../os/program';
import { inColumns } from '../../lib/column-layout';
import { blocksOf } from '../../lib/file-mode';
import { type GnuTool, gnuProgram } from '../../lib/gnu-tool';
import { quoteName, quoteShell } from '../../lib/quoting';
import { humanSize } from '../../lib/size-suffix';
import { type Entry, EntryPainter } from './ls-entry';
import { longLines } from './ls-long';
import { sortEntries } from './ls-sort';

const LONG: Readonly<Record<string, string>> = {
  all: 'a', 'almost-all': 'A', author: 'author', escape: 'b', 'block-size': 'block-size:', 'ignore-backups': 'B', color: 'color::', directory: 'd',
  dired: 'D', classify: 'F::', 'file-type': 'file-type', format: 'format:', 'full-time': 'full-time', 'group-directories-first': 'group-directories-first',
  'no-group': 'G', 'human-readable': 'h', si: 'si', 'dereference-command-line': 'H', hide: 'hide:', hyperlink: 'hyperlink::', 'indicator-style': 'indicator-style:',
  inode: 'i', ignore: 'I:', kibibytes: 'k', dereference: 'L', 'numeric-uid-gid': 'n', literal: 'N', 'hide-control-chars': 'q', 'quote-name': 'Q',
  reverse: 'r', recursive: 'R', size: 's', sort: 'sort:', time: 'time:', 'time-style': 'time-style:', tabsize: 'T:', width: 'w:', context: 'Z',
};

function listing(name: string, columnsAlways: boolean): Program {
  return gnuProgram({
    name,
    usage: ['[OPTION]... [FILE]...'],
    about: 'List information about the FILEs (the current directory by default).',
    failCode: 2,
    version: '(GNU coreutils) 9.1',
    options: { short: 'aAbBcCdDfFgGhHiI:klLmnNopqQrRsStT:uUvw:xXZ1', long: LONG },
    *run(tool) {
      yield* new Listing(tool, columnsAlways).run();
    },
  });
}

/** Lists files. `dir` is it in columns always. */
export const ls = listing('ls', false);
export const dir = listing('dir', true);

class Listing {
  private readonly painter: EntryPainter;
  private readonly format: 'long' | 'columns' | 'rows' | 'commas' | 'single';
  private printedAny = false;

  constructor(
    private readonly tool: GnuTool,
    columnsAlways: boolean,
  ) {
    const { options, process } = tool;
    const onTerminal = process.isTerminal(1);
    const last = options.last('l', 'n', 'o', 'g', 'full-time', 'C', 'x', 'm', '1');
    const long = options.has('l', 'n', 'o', 'g', 'full-time');
    this.format =
      long && last !== 'C' && last !== 'x' && last !== 'm' ? 'long'
      : last === '1' ? 'single'
      : last === 'm' ? 'commas'
      : last === 'x' ? 'rows'
      : last === 'C' || onTerminal || columnsAlways ? 'columns'
      : 'single';
    this.painter = new EntryPainter(tool, onTerminal, this.format === 'long');
  }

  *run(): Op<void> {
    const { tool } = this;
    const operands = tool.operands.length === 0 ? ['.'] : tool.operands;
    const files: Entry[] = [];
    const directories: Entry[] = [];
    for (const operand of operands) {
      const node = yield* this.lookUp(operand);
      if (node === undefined) continue;
      const entry: Entry = { name: operand, path: operand, node };
      if (node.kind === 'directory' && !tool.options.has('d')) directories.push(entry);
      else files.push(entry);
    }
    if (files.length > 0) this.show(sortEntries(tool.options, files));
    const titled = tool.options.has('R') || operands.length > 1;
    for (const entry of sortEntries(tool.options, directories)) {
      yield* this.listDirectory(entry.path, { titled, given: true, seen: new Set([entry.node]) });
    }
    yield* tool.drain();
  }

  /** A command-line symbolic link to a directory is followed, unless the listing is long. */
  private *lookUp(operand: string): Op<FileNode | undefined> {
    const { tool } = this;
    const { files } = tool.process;
    try {
      const linkItself = files.stat(operand, false);
      if (linkItself.kind !== 'symlink') return linkItself;
      const target = files.tryStat(operand);
      if (tool.options.has('L') || tool.options.has('H')) return target ?? linkItself;
      const follows = this.format !== 'long' && !tool.options.has('d') && !tool.options.has('F');
      return follows && target?.kind === 'directory' ? target : linkItself;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(`cannot access ${quoteShell(operand)}: ${error.message}`, 2);
      return undefined;
    }
  }

  private *listDirectory(path: string, how: { titled: boolean; given: boolean; seen: ReadonlySet<FileNode> }): Op<void> {
    const { tool } = this;
    let names: string[];
    try {
      names = tool.process.files.list(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* tool.complain(`cannot open directory ${quoteShell(path)}: ${error.message}`, how.given ? 2 : 1);
      return;
    }
    if (how.titled) {
      if (this.printedAny) tool.print('\n');
      tool.print(`${tool.process.isTerminal(1) ? quoteName(path) : path}:\n`);
    }
    this.printedAny = true;
    const entries = this.entriesOf(path, names);
    if (this.format === 'long' || tool.options.has('s')) {
      const blocks = entries.reduce((sum, entry) => sum + blocksOf(entry.node), 0);
      tool.print(`total ${tool.options.has('h', 'si') ? humanSize(blocks * 512) : Math.ceil(blocks / 2)}\n`);
    }
    this.show(entries);
    yield* tool.maybeDrain();
    if (!tool.options.has('R')) return;
    for (const entry of entries) {
      if (entry.node.kind !== 'directory' || entry.name === '.' || entry.name === '..' || how.seen.has(entry.node)) continue;
      yield* this.listDirectory(entry.path, { titled: true, given: false, seen: new Set([...how.seen, entry.node]) });
    }
  }

  private entriesOf(path: string, names: readonly string[]): Entry[] {
    const { options, process } = this.tool;
    const all = options.has('a', 'f');
    const unsorted = options.has('U', 'f') || options.value('sort') === 'none';
    const shown = [...(all ? ['.', '..'] : []), ...(unsorted ? inDirectoryOrder(names) : names).filter((name) => all || options.has('A') || !name.startsWith('.'))];
    const kept = options.has('B') ? shown.filter((name) => !name.endsWith('~')) : shown;
    const entries: Entry[] = [];
    for (const name of kept) {
      const full = path.endsWith('/') ? path + name : `${path}/${name}`;
      const node = process.files.tryStat(full, options.has('L'));
      if (node !== undefined) entries.push({ name, path: full, node });
    }
    return sortEntries(options, entries);
  }

  private show(entries: readonly Entry[]): void {
    this.printedAny = true;
    const { tool, painter } = this;
    if (this.format === 'long') {
      tool.print(longLines(tool, painter, entries));
      return;
    }
    const shown = painter.cells(entries);
    if (this.format === 'single') tool.print(shown.map((cell) => `${cell.text}\n`).join(''));
    else if (this.format === 'commas') tool.print(`${commaLines(shown.map((cell) => cell.text), this.width())}\n`);
    else tool.print(inColumns(shown, { lineWidth: this.width(), byRows: this.format === 'rows' }));
  }

  private width(): number {
    const { tool } = this;
    const asked = tool.options.value('w');
    if (asked !== undefined) return Number(asked) || 65535;
    const columns = tool.process.fds.get(1)?.terminal?.columns ?? Number(tool.process.env.get('COLUMNS') ?? 80);
    return columns > 0 ? columns : 80;
  }
}

function commaLines(names: readonly string[], width: number): string {
  let out = '';
  let column = 0;
  for (const name of names) {
    if (out !== '') {
      const fits = column + name.length + 2 < width;
      out += fits ? ', ' : ',\n';
      column = fits ? column + 2 : 0;
    }
    out += name;
    column += name.length;
  }
  return out;
}
