import type { FileNode } from '../../../os/file-node';
import { displayWidth } from '../../lib/column-layout';
import { blocksOf } from '../../lib/file-mode';
import type { GnuTool } from '../../lib/gnu-tool';
import { quoteShell } from '../../lib/quoting';
import { humanSize } from '../../lib/size-suffix';

export interface Entry {
  readonly name: string;
  readonly path: string;
  readonly node: FileNode;
}

const COLORS = { directory: '01;34', executable: '01;32', symlink: '01;36', broken: '40;31;01', device: '40;33;01', fifo: '40;33', sticky: '30;42', setuid: '37;41' } as const;
const ARCHIVES = /\.(?:tar|tgz|gz|zip|bz2|xz|jar|rpm|deb|zst|7z|rar)$/;
/** Names that a shell would not read as one word. */
const NEEDS_QUOTES = /[\s"'\\$`!&()*;<>?[\]{}|]|^[#~]|^$/;

/** Turns entries into what is shown of their names: quotes, colours, indicators, inode and size before them. */
export class EntryPainter {
  private readonly colored: boolean;
  private paintedAny = false;
  private readonly quoting: 'shell' | 'literal' | 'c' | 'escape';
  private readonly indicator: 'none' | 'slash' | 'type' | 'all';

  constructor(
    private readonly tool: GnuTool,
    onTerminal: boolean,
    private readonly long: boolean,
  ) {
    const { options } = tool;
    const color = options.value('color') ?? (options.has('color') ? 'always' : 'never');
    const known = tool.process.env.has('LS_COLORS') || tool.process.env.has('COLORTERM') || /xterm|screen|tmux|linux|color|vt100|ansi|rxvt/.test(tool.process.env.get('TERM') ?? '');
    this.colored = known && (['always', 'yes', 'force'].includes(color) || (['auto', 'tty', 'if-tty'].includes(color) && onTerminal));
    this.quoting = options.has('Q') ? 'c' : options.has('b') ? 'escape' : options.has('N') || !onTerminal ? 'literal' : 'shell';
    const classify = options.has('F') && (options.value('F') ?? 'always') !== 'never' && ((options.value('F') ?? 'always') !== 'auto' || onTerminal);
    this.indicator = classify ? 'all' : options.has('file-type') ? 'type' : options.has('p') ? 'slash' : 'none';
  }

  /** One cell per entry; when some name is quoted the others get a blank before, on a terminal. */
  cells(entries: readonly Entry[]): { text: string; width: number }[] {
    const inodeWidth = Math.max(0, ...entries.map((entry) => String(entry.node.inode).length));
    const blockTexts = entries.map((entry) => this.blocks(entry.node));
    const blockWidth = Math.max(0, ...blockTexts.map((text) => text.length));
    const padded = this.quoting === 'shell' && entries.some((entry) => NEEDS_QUOTES.test(entry.name));
    return entries.map((entry, i) => {
      const { options } = this.tool;
      const before = (options.has('i') ? `${String(entry.node.inode).padStart(inodeWidth)} ` : '') + (options.has('s') ? `${(blockTexts[i] as string).padStart(blockWidth)} ` : '');
      const name = this.quoted(entry.name);
      const pad = padded && name === entry.name ? ' ' : '';
      const mark = this.mark(entry.node);
      return { text: before + pad + this.paint(name, entry) + mark, width: displayWidth(before + pad + name + mark) };
    });
  }

  private blocks(node: FileNode): string {
    return this.tool.options.has('h', 'si') ? humanSize(blocksOf(node) * 512) : String(blocksOf(node) / 2);
  }

  quoted(name: string): string {
    if (this.quoting === 'c') return `"${name.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"`;
    if (this.quoting === 'escape') return name.replace(/[\\ ]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t');
    return this.quoting === 'shell' && NEEDS_QUOTES.test(name) ? quoteShell(name) : name;
  }

  private mark(node: FileNode): string {
    if (this.indicator === 'none') return '';
    if (node.kind === 'directory') return '/';
    if (this.indicator === 'slash') return '';
    if (node.kind === 'symlink') return this.long ? '' : '@';
    if (node.kind === 'fifo') return '|';
    return this.indicator === 'all' && node.kind === 'regular' && (node.mode & 0o111) !== 0 ? '*' : '';
  }

  paint(text: string, entry: Entry): string {
    if (!this.colored) return text;
    const color = this.color(entry);
    if (color === undefined) return text;
    const first = this.paintedAny ? '' : '\x1b[0m';
    this.paintedAny = true;
    return `${first}\x1b[${color}m${text}\x1b[0m`;
  }

  private color({ node, path }: Entry): string | undefined {
    switch (node.kind) {
      case 'directory':
        return (node.mode & 0o1002) === 0o1002 ? COLORS.sticky : COLORS.directory;
      case 'symlink':
        return this.tool.process.files.tryStat(path) === undefined ? COLORS.broken : COLORS.symlink;
      case 'device':
        return COLORS.device;
      case 'fifo':
        return COLORS.fifo;
      case 'regular':
        if ((node.mode & 0o4000) !== 0) return COLORS.setuid;
        if ((node.mode & 0o111) !== 0) return COLORS.executable;
        return ARCHIVES.test(path) ? '01;31' : undefined;
    }
  }
}
