import { FileError } from '../../os/file-error';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';
import { quoteName } from '../lib/quoting';
import { humanSize } from '../lib/size-suffix';

/** Room on the disk. Simplified: one file system; no inodes. */
export const df = gnuProgram({
  name: 'df',
  usage: ['[OPTION]... [FILE]...'],
  about: 'Show information about the file system on which each FILE resides, or all file systems by default.',
  options: {
    short: 'aB:hHiklmPt:Tvx:',
    long: { all: 'a', 'block-size': 'B:', 'human-readable': 'h', si: 'H', inodes: 'i', local: 'l', portability: 'P', 'print-type': 'T', type: 't:', total: 'total', sync: 'x', output: 'output::' },
  },
  *run(tool) {
    const { options, operands, process } = tool;
    let any = operands.length === 0;
    for (const operand of operands) {
      try {
        process.files.stat(operand);
        any = true;
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        yield* tool.complain(`${quoteName(operand)}: ${error.message}`);
      }
    }
    if (!any) return;
    const { capacityBytes, usedBytes } = process.machine.files.storage;
    const human = options.has('h', 'H');
    const title = human ? 'Size' : options.has('m') ? '1M-blocks' : options.has('P') ? '1024-blocks' : '1K-blocks';
    const rows = [
      ['Filesystem', ...(options.has('T') ? ['Type'] : []), title, 'Used', human ? 'Avail' : 'Available', options.has('P') ? 'Capacity' : 'Use%', 'Mounted on'],
      ['/dev/sda1', ...(options.has('T') ? ['ext4'] : []), ...[capacityBytes, usedBytes, capacityBytes - usedBytes].map((bytes) => sizeText(tool, bytes)), `${Math.ceil((100 * usedBytes) / capacityBytes)}%`, '/'],
    ];
    tool.print(aligned(rows, options.has('T') ? 2 : 1));
  },
});

function sizeText(tool: GnuTool, bytes: number): string {
  if (tool.options.has('h')) return humanSize(bytes);
  if (tool.options.has('H')) return humanSize(bytes, 1000);
  return String(Math.ceil(bytes / (tool.options.has('m') ? 1048576 : 1024)));
}

function aligned(rows: readonly (readonly string[])[], leftColumns: number): string {
  const last = (rows[0] as readonly string[]).length - 1;
  const widths = (rows[0] as readonly string[]).map((_, i) => Math.max(i === 0 ? 14 : i < last - 1 ? 5 : 0, ...rows.map((row) => (row[i] as string).length)));
  return rows.map((row) => `${row.map((cell, i) => (i === last ? cell : i < leftColumns ? cell.padEnd(widths[i] as number) : cell.padStart(widths[i] as number))).join(' ')}\n`).join('');
}
