/** What grep 3.8 warns of: a repeat of nothing at the start of an extended expression. */
export function warningsFor(source: string): string[] {
  const warnings: string[] = [];
  let atStart = true;
  for (let at = 0; at < source.length; at++) {
    const character = source[at] as string;
    if (character === '\\') {
      at += 1;
      atStart = false;
    } else if (character === '[') {
      const end = source.indexOf(']', at + (source[at + 1] === '^' ? 3 : 2));
      if (end < 0) break;
      at = end;
      atStart = false;
    } else {
      if (atStart && /[*+?]/.test(character)) warnings.push(`${character} at start of expression`);
      if (atStart && /^\{\d*,?\d*\}/.test(source.slice(at))) warnings.push('{...} at start of expression');
      atStart = character === '(' || character === '|' || (character === '^' && atStart);
    }
  }
  return warnings;
}
