import { FileError } from '../../os/file-error';
import type { FileNode } from '../../os/file-node';
import { formatDate } from '../lib/date-format';
import { blocksOf, linksOf, modeText, rawMode, sizeOf } from '../lib/file-mode';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteIfNeeded, quoteShell } from '../lib/quoting';

const KINDS = { directory: 'directory', symlink: 'symbolic link', device: 'character special file', fifo: 'fifo' } as const;
const DEVICE = 0x801;

/** What is known of a file. Simplified: one time for access, change and birth; one device. */
export const stat = gnuProgram({
  name: 'stat',
  usage: ['[OPTION]... FILE...'],
  about: 'Display file or file system status.',
  options: { short: 'c:fLt', long: { dereference: 'L', 'file-system': 'f', format: 'c:', printf: 'printf:', terse: 't', cached: 'cached:' } },
  *run(tool) {
    if (tool.operands.length === 0) tool.usageError('missing operand');
    for (const operand of tool.operands) {
      try {
        tool.print(describe(tool, operand, tool.process.files.stat(operand, tool.options.has('L'))));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(`cannot statx ${quoteShell(operand)}: ${error.message}`);
      }
    }
  },
});

export function kindName(node: FileNode): string {
  return node.kind === 'regular' ? (node.sizeInBytes === 0 ? 'regular empty file' : 'regular file') : KINDS[node.kind];
}

function describe(tool: GnuTool, name: string, node: FileNode): string {
  const { options } = tool;
  const field = (letter: string): string => fieldOf(tool, { name, node, letter });
  const expand = (format: string): string => format.replace(/%(-?\d*)([a-zA-Z%])/g, (_, width: string, letter: string) => {
    const text = field(letter);
    return width.startsWith('-') ? text.padEnd(Number(width.slice(1))) : text.padStart(Number(width));
  });
  const printf = options.value('printf');
  if (printf !== undefined) return expand(printf).replace(/\\([nt\\"])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : letter));
  const format = options.value('c');
  if (format !== undefined) return `${expand(format)}\n`;
  if (options.has('t')) return `${expand('%n %s %b %f %u %g %D %i %h 0 0 %X %Y %Z %W %o')}\n`;
  const title = node.kind === 'symlink' ? `${name} -> ${node.target}` : name;
  return expand(
    `  File: ${title.replaceAll('%', '%%')}\n  Size: %-10s\tBlocks: %-10b IO Block: %-6o %F\n` +
      'Device: 8,1\tInode: %-11i Links: %h\nAccess: (%4a/%10A)  Uid: (%5u/%8U)   Gid: (%5g/%8G)\nAccess: %x\nModify: %y\nChange: %z\n Birth: %w\n',
  ).replace(/Access: \( *(\d+)\//, (_, mode: string) => `Access: (${mode.padStart(4, '0')}/`);
}

function fieldOf(tool: GnuTool, what: { name: string; node: FileNode; letter: string }): string {
  const { name, node, letter } = what;
  const { machine } = tool.process;
  switch (letter) {
    case 'a':
      return node.mode.toString(8);
    case 'A':
      return modeText(node);
    case 'b':
      return String(blocksOf(node));
    case 'B':
      return '512';
    case 'd':
      return String(DEVICE);
    case 'D':
      return DEVICE.toString(16);
    case 'f':
      return rawMode(node).toString(16);
    case 'F':
      return kindName(node);
    case 'g':
      return String(node.gid);
    case 'G':
      return machine.userName(node.gid);
    case 'h':
      return String(linksOf(node));
    case 'i':
      return String(node.inode);
    case 'm':
      return '/';
    case 'n':
      return name;
    case 'N':
      return node.kind === 'symlink' ? `${quoteShell(name)} -> ${quoteShell(node.target)}` : quoteIfNeeded(name) === name ? `'${name}'` : quoteShell(name);
    case 'o':
      return '4096';
    case 's':
      return String(sizeOf(node));
    case 't':
    case 'T':
      return '0';
    case 'u':
      return String(node.uid);
    case 'U':
      return machine.userName(node.uid);
    case 'w':
    case 'x':
    case 'y':
    case 'z':
      return formatDate('%Y-%m-%d %H:%M:%S.%N %z', node.mtimeMs);
    case 'W':
    case 'X':
    case 'Y':
    case 'Z':
      return String(Math.floor(node.mtimeMs / 1000));
    case '%':
      return '%';
    default:
      return '?';
  }
}
