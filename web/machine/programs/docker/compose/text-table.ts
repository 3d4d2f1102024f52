/**
 * Compose's tables: heads centred, a line of dashes, three blanks between columns, cells wrapped to the terminal's width (0: none).
 * @source texttable 1.2 texttable.py
 */
export function textTable(heads: readonly string[], rows: readonly (readonly string[])[], maxWidth: number): string {
  const widths = columnWidths([heads, ...rows], maxWidth);
  const lines = [...drawRow(heads, widths, centre), widths.map((width) => '-'.repeat(width)).join('---'), ...rows.flatMap((row) => drawRow(row, widths, left))];
  return lines.join('\n');
}

function columnWidths(rows: readonly (readonly string[])[], maxWidth: number): number[] {
  const natural = (rows[0] ?? []).map((_unused, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const gaps = 3 * (natural.length - 1);
  const total = natural.reduce((sum, width) => sum + width, 0);
  if (maxWidth === 0 || total + gaps <= maxWidth) return natural;
  const widths = natural.map(() => 0);
  let available = maxWidth - gaps;
  for (let column = 0; available > 0; column = (column + 1) % widths.length) {
    if ((widths[column] as number) >= (natural[column] as number)) continue;
    widths[column] = (widths[column] as number) + 1;
    available -= 1;
  }
  return widths;
}

function drawRow(cells: readonly string[], widths: readonly number[], align: (text: string, width: number) => string): string[] {
  const wrapped = cells.map((cell, column) => wrapText(cell, Math.max(1, widths[column] as number)));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_unused, line) => wrapped.map((lines, column) => align(lines[line] ?? '', widths[column] as number)).join('   '));
}

function left(text: string, width: number): string {
  return text.padEnd(width);
}

function centre(text: string, width: number): string {
  const fill = width - text.length;
  return ' '.repeat(Math.floor(fill / 2)) + text + ' '.repeat(fill - Math.floor(fill / 2));
}

/** Python's textwrap: breaks at blanks and after hyphens, and inside words that are too long. */
function wrapText(text: string, width: number): string[] {
  if (text.trim() === '') return [''];
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<=\s)(?=\S)|(?<=[\w]-)(?=\w)|(?<=\S)(?=\s)/)) {
    let rest = piece;
    if (rest.trim() === '') {
      if (line !== '') line += rest;
      continue;
    }
    if (line.length + rest.length > width && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = '';
    }
    while (rest.length > width) {
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    line += rest;
  }
  return line.trimEnd() === '' ? lines : [...lines, line.trimEnd()];
}
