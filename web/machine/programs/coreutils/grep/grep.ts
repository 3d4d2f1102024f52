import type { Op } from '../../../../engine/kernel/task';
import type { Program } from '../../../os/program';
import { inDirectoryOrder } from '../../../os/directory-order';
import { FileError } from '../../../os/file-error';
import { type GnuTool, gnuProgram } from '../../lib/gnu-tool';
import { quoteName } from '../../lib/quoting';
import { PatternTooComplex } from '../../lib/regex/pattern';
import { GrepFile } from './grep-file';
import { type GrepSettings, settingsOf } from './grep-settings';

const LONG_OPTIONS: Readonly<Record<string, string>> = {
  'extended-regexp': 'E', 'fixed-strings': 'F', 'basic-regexp': 'G', 'perl-regexp': 'P', regexp: 'e:', file: 'f:', 'ignore-case': 'i',
  'no-ignore-case': 'no-ignore-case', 'word-regexp': 'w', 'line-regexp': 'x', 'null-data': 'z', 'no-messages': 's', 'invert-match': 'v',
  'max-count': 'm:', 'byte-offset': 'b', 'line-number': 'n', 'line-buffered': 'line-buffered', 'with-filename': 'H', 'no-filename': 'h', label: 'label:',
  'only-matching': 'o', quiet: 'q', silent: 'q', 'binary-files': 'binary-files:', text: 'a', directories: 'd:', devices: 'D:', recursive: 'r',
  'dereference-recursive': 'R', include: 'include:', exclude: 'exclude:', 'exclude-from': 'exclude-from:', 'exclude-dir': 'exclude-dir:',
  'files-without-match': 'L', 'files-with-matches': 'l', count: 'c', 'initial-tab': 'T', null: 'Z', 'before-context': 'B:', 'after-context': 'A:',
  context: 'C:', 'group-separator': 'group-separator:', 'no-group-separator': 'no-group-separator', color: 'color::', colour: 'color::', binary: 'U',
};

/** Lines that match. `egrep` and `fgrep` are it with another syntax. */
function grepProgram(name: string, syntax: 'basic' | 'extended' | 'fixed'): Program {
  return gnuProgram({
    name,
    usage: ['[OPTION]... PATTERNS [FILE]...'],
    about: 'Search for PATTERNS in each FILE.',
    version: '(GNU grep) 3.8',
    failCode: 2,
    showsUsage: true,
    options: { short: 'EFGPe:f:iwxzsvm:bnHhoqad:D:rRLlcTZB:A:C:UyI', long: LONG_OPTIONS, digits: true },
    *run(tool) {
      const settings = yield* settingsOf(tool, syntax);
      return yield* new Search(tool, settings).run();
    },
  });
}

export const grep = grepProgram('grep', 'basic');
export const egrep = grepProgram('egrep', 'extended');
export const fgrep = grepProgram('fgrep', 'fixed');

class Search {
  private found = false;
  private failed = false;

  constructor(
    private readonly tool: GnuTool,
    private readonly settings: GrepSettings,
  ) {}

  *run(): Op<number> {
    const { files, recursive } = this.settings;
    const operands = files.length > 0 ? files : [recursive ? '' : '-'];
    for (const operand of operands) {
      if (operand === '-') yield* this.searchFile('-');
      else yield* this.visit(operand, true);
      if (this.found && this.settings.quiet) return 0;
    }
    return this.failed ? 2 : this.found ? 0 : 1;
  }

  /** A file, or with -r a directory and all in it. */
  private *visit(path: string, given: boolean): Op<void> {
    const { process } = this.tool;
    const node = process.files.tryStat(path === '' ? '.' : path, given || this.settings.followLinks);
    if (node?.kind !== 'directory') {
      if (node?.kind === 'symlink' && !given) return;
      if (node?.kind === 'device' && this.settings.recursive && !given) return;
      if (this.settings.wantsFile(path)) yield* this.searchFile(path);
      return;
    }
    if (!this.settings.recursive) {
      if (this.settings.skipDirectories) return;
      yield* this.complain(path, 'Is a directory');
      return;
    }
    if (!this.settings.wantsDirectory(path, given)) return;
    let names: string[];
    try {
      names = inDirectoryOrder(process.files.list(path === '' ? '.' : path));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* this.complain(path, error.message);
      return;
    }
    for (const name of names) {
      yield* this.visit(path === '' ? name : path.endsWith('/') ? path + name : `${path}/${name}`, false);
      if (this.found && this.settings.quiet) return;
    }
  }

  private *searchFile(path: string): Op<void> {
    let fd: number;
    try {
      fd = this.tool.open(path);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      yield* this.complain(path, error.message);
      return;
    }
    try {
      if (yield* new GrepFile(this.tool, this.settings, fd, path).search()) this.found = true;
    } catch (error) {
      if (!(error instanceof PatternTooComplex)) throw error;
      this.failed = true;
      const why = this.settings.perl ? "exceeded PCRE's backtracking limit" : 'memory exhausted';
      yield* this.tool.complain(this.settings.perl ? `${this.nameOf(path)}: ${why}` : why);
    }
    this.tool.close(fd);
  }

  private nameOf(path: string): string {
    return path === '-' ? '(standard input)' : quoteName(path);
  }

  private *complain(path: string, message: string): Op<void> {
    this.failed = true;
    if (this.settings.silent) return;
    yield* this.tool.complain(`${this.nameOf(path)}: ${message}`);
  }
}
