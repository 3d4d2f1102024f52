/** Docker's tables of 2018: columns at least 20 wide, three spaces between, the last one as long as it is. */
export function tabTable(rows: readonly (readonly string[])[], minWidth = 20, padding = 3): string {
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_unused, column) =>
    Math.max(minWidth, ...rows.map((row) => lengthOf(row[column] ?? '') + padding)),
  );
  return rows.map((row) => `${row.map((cell, column) => (column === row.length - 1 ? cell : cell + ' '.repeat((widths[column] as number) - lengthOf(cell)))).join('')}\n`).join('');
}

/** Characters, not UTF-16 units. */
function lengthOf(text: string): number {
  return [...text].length;
}
