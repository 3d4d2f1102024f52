import { columnsOf } from '../../os/line-discipline';

/** Columns that a text takes on a terminal. */
export function displayWidth(text: string): number {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text) if (character >= ' ') width += columnsOf(character.codePointAt(0) as number);
  return width;
}

/** Entries in as few lines as fit, two blanks between columns: by columns as `ls -C`, or by rows as `ls -x`. */
export function inColumns(entries: readonly { readonly text: string; readonly width: number }[], options: { readonly lineWidth: number; readonly byRows: boolean }): string {
  if (entries.length === 0) return '';
  const { lineWidth, byRows } = options;
  const most = Math.min(entries.length, Math.max(1, Math.floor(lineWidth / 3)));
  for (let columns = most; columns >= 1; columns--) {
    const rows = Math.ceil(entries.length / columns);
    const widths = new Array<number>(columns).fill(0);
    entries.forEach((entry, i) => {
      const column = byRows ? i % columns : Math.floor(i / rows);
      if (column < columns) widths[column] = Math.max(widths[column] as number, entry.width + 2);
    });
    const used = widths.filter((width) => width > 0);
    const total = used.reduce((sum, width) => sum + width, 0) - 2;
    if (columns > 1 && total >= lineWidth) continue;
    const lines: string[] = [];
    for (let row = 0; row < rows; row++) {
      let line = '';
      let at = 0;
      let next = 0;
      for (let column = 0; column < columns; column++) {
        const entry = entries[byRows ? row * columns + column : column * rows + row];
        if (entry === undefined) break;
        line += gap(at, next) + entry.text;
        at = next + entry.width;
        next += widths[column] as number;
      }
      lines.push(line);
    }
    return `${lines.join('\n')}\n`;
  }
  return '';
}

/** From one column to another, with tabs where they help, as ls writes it. */
function gap(from: number, to: number): string {
  let out = '';
  for (let at = from; at < to; ) {
    const tab = Math.floor(to / 8) > Math.floor((at + 1) / 8);
    out += tab ? '\t' : ' ';
    at += tab ? 8 - (at % 8) : 1;
  }
  return out;
}
