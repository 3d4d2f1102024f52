import { displayWidth, inColumns } from '../lib/column-layout';
import { type GnuTool, gnuProgram } from '../lib/gnu-tool';

/** Makes columns: with -t a table. Simplified: no JSON, no trees. */
export const column = gnuProgram({
  name: 'column',
  usage: ['[options] [<file>...]'],
  about: 'Columnate lists.',
  version: 'from util-linux 2.38.1',
  options: {
    short: 'tN:o:s:c:nxR:eLdH:',
    long: { table: 't', 'table-columns': 'N:', 'output-separator': 'o:', separator: 's:', 'output-width': 'c:', fillrows: 'x', 'table-right': 'R:', 'keep-empty-lines': 'L', 'table-noheadings': 'd' },
  },
  *run(tool) {
    const lines: string[] = [];
    yield* tool.forEachInput(function* (fd) {
      lines.push(...(yield* tool.lines(fd).all()));
    });
    const kept = tool.options.has('L', 'e') ? lines : lines.filter((line) => line.trim() !== '');
    if (tool.options.has('t')) tool.print(table(tool, kept));
    else tool.print(list(tool, kept));
  },
});

function table(tool: GnuTool, lines: readonly string[]): string {
  const { options } = tool;
  const separator = options.value('s');
  const rows = lines.map((line) => (separator === undefined ? line.trim().split(/[ \t]+/) : line.split(new RegExp(`[${separator.replace(/[\\\]^-]/g, '\\$&')}]`))));
  const names = options.value('N')?.split(',');
  if (names !== undefined && !options.has('d')) rows.unshift(names);
  const count = Math.max(0, ...rows.map((row) => row.length));
  const right = new Set((options.value('R') ?? '').split(',').map((each) => (names?.includes(each) === true ? names.indexOf(each) : Number(each) - 1)));
  const widths = Array.from({ length: count }, (_, i) => Math.max(0, ...rows.map((row) => displayWidth(row[i] ?? ''))));
  const joiner = options.value('o') ?? '  ';
  return rows.map((row) => {
    const cells = Array.from({ length: Math.max(count, row.length) }, (_, i) => {
      const cell = row[i] ?? '';
      const pad = ' '.repeat(Math.max(0, (widths[i] as number) - displayWidth(cell)));
      return right.has(i) ? pad + cell : i === count - 1 ? cell : cell + pad;
    });
    return `${cells.join(joiner)}\n`;
  }).join('');
}

function list(tool: GnuTool, lines: readonly string[]): string {
  const width = Number(tool.options.value('c') ?? tool.process.fds.get(1)?.terminal?.columns ?? tool.process.env.get('COLUMNS') ?? 80);
  const widest = Math.max(0, ...lines.map(displayWidth));
  const cell = Math.ceil((widest + 1) / 8) * 8;
  if (lines.length === 0) return '';
  const columns = Math.max(1, Math.floor(width / cell));
  const rows = Math.ceil(lines.length / columns);
  if (columns === 1) return inColumns(lines.map((text) => ({ text, width: displayWidth(text) })), { lineWidth: 1, byRows: true });
  let out = '';
  for (let row = 0; row < rows; row++) {
    let line = '';
    let at = 0;
    for (let i = 0; i < columns; i++) {
      const text = lines[tool.options.has('x') ? row * columns + i : i * rows + row];
      if (text === undefined) break;
      while (at < i * cell) {
        line += '\t';
        at = Math.floor(at / 8) * 8 + 8;
      }
      line += text;
      at += displayWidth(text);
    }
    out += `${line}\n`;
  }
  return out;
}
