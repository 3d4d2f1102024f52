/** Two lists side by side by a longest common subsequence: how many entries are common, and those of one side only (`- ` the first, `+ ` the second). */
export function align(a: readonly string[], b: readonly string[]): { readonly common: number; readonly difference: readonly string[] } {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const at = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      (lengths[i] as Uint16Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const difference: string[] = [];
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      i += 1;
      j += 1;
    } else if (j >= b.length || (i < a.length && at(i + 1, j) >= at(i, j + 1))) difference.push(`- ${a[i++]}`);
    else difference.push(`+ ${b[j++]}`);
  }
  return { common: at(0, 0), difference };
}
