import type { FileNode } from '../../../os/file-node';
import { formatDate } from '../../lib/date-format';
import { linksOf, modeText, sizeOf } from '../../lib/file-mode';
import type { GnuTool } from '../../lib/gnu-tool';
import { humanSize } from '../../lib/size-suffix';
import type { Entry, EntryPainter } from './ls-entry';

/** Half a year: older (or future) dates show the year in place of the time. */
const RECENT_MS = 31556952_000 / 2;

/** The lines of `ls -l`. */
export function longLines(tool: GnuTool, painter: EntryPainter, entries: readonly Entry[]): string {
  const { options, process } = tool;
  const { machine } = process;
  const numeric = options.has('n');
  const nameOf = (id: number): string => (numeric ? String(id) : machine.userName(id));
  const rows = entries.map(({ node }) => ({
    inode: String(node.inode),
    links: String(linksOf(node)),
    owner: options.has('g') ? undefined : nameOf(node.uid),
    group: options.has('o') || options.has('G') ? undefined : nameOf(node.gid),
    size: sizeText(tool, node),
    date: dateText(tool, node),
  }));
  const width = (key: keyof (typeof rows)[number]): number => Math.max(0, ...rows.map((row) => (row[key] ?? '').length));
  const widths = { inode: width('inode'), links: width('links'), owner: width('owner'), group: width('group'), size: width('size'), date: width('date') };
  const cells = painter.cells(entries);
  return entries
    .map((entry, i) => {
      const row = rows[i] as (typeof rows)[number];
      const columns = [modeText(entry.node), row.links.padStart(widths.links)];
      if (row.owner !== undefined) columns.push(row.owner.padEnd(widths.owner));
      if (row.group !== undefined) columns.push(row.group.padEnd(widths.group));
      columns.push(row.size.padStart(widths.size), row.date.padStart(widths.date));
      const cell = (cells[i] as { text: string }).text;
      const before = options.has('i') ? `${row.inode.padStart(widths.inode)} ` : '';
      const name = options.has('i') ? cell.slice(cell.indexOf(row.inode) + row.inode.length + 1) : cell;
      const target = entry.node.kind === 'symlink' ? ` -> ${painter.quoted(entry.node.target)}` : '';
      return `${before}${columns.join(' ')} ${name}${target}\n`;
    })
    .join('');
}

function sizeText(tool: GnuTool, node: FileNode): string {
  if (node.kind === 'device') return '1, 3';
  const size = sizeOf(node);
  if (tool.options.has('h')) return humanSize(size);
  return tool.options.has('si') ? humanSize(size, 1000) : String(size);
}

function dateText(tool: GnuTool, node: FileNode): string {
  const style = tool.options.has('full-time') ? 'full-iso' : (tool.options.value('time-style') ?? 'locale');
  if (style === 'full-iso') return formatDate('%Y-%m-%d %H:%M:%S.%N %z', node.mtimeMs);
  if (style === 'long-iso') return formatDate('%Y-%m-%d %H:%M', node.mtimeMs);
  if (style.startsWith('+')) return formatDate(style.slice(1), node.mtimeMs);
  const age = tool.process.machine.sim.dateMs() - node.mtimeMs;
  const recent = age >= 0 && age < RECENT_MS;
  if (style === 'iso') return formatDate(recent ? '%m-%d %H:%M' : '%Y-%m-%d ', node.mtimeMs);
  return formatDate(recent ? '%b %e %H:%M' : '%b %e  %Y', node.mtimeMs);
}
