import { Pattern } from './pattern';

/** `${x#p}`, `${x##p}`, `${x%p}`, `${x%%p}`. */
export function removePattern(value: string, operator: string, pattern: Pattern): string {
  const chars = [...value];
  if (operator.startsWith('#')) {
    const ends = pattern.matchEnds(chars, 0);
    const end = operator === '#' ? ends[0] : ends.at(-1);
    return end === undefined ? value : chars.slice(end).join('');
  }
  const starts = operator === '%' ? descending(chars.length) : ascending(chars.length);
  for (const start of starts) if (pattern.matchEnds(chars, start).at(-1) === chars.length) return chars.slice(0, start).join('');
  return value;
}

function* ascending(count: number): Generator<number> {
  for (let i = 0; i <= count; i++) yield i;
}

function* descending(count: number): Generator<number> {
  for (let i = count; i >= 0; i--) yield i;
}

/** `${x/p/r}` and its kin. `replacement` gets what matched. */
export function replacePattern(value: string, operator: string, pattern: Pattern, replacement: (match: string) => string): string {
  const chars = [...value];
  if (operator === '/%') {
    for (const start of ascending(chars.length)) {
      if (pattern.matchEnds(chars, start).at(-1) === chars.length) return chars.slice(0, start).join('') + replacement(chars.slice(start).join(''));
    }
    return value;
  }
  if (operator === '/#') {
    const end = pattern.matchEnds(chars, 0).at(-1);
    return end === undefined ? value : replacement(chars.slice(0, end).join('')) + chars.slice(end).join('');
  }
  let out = '';
  let at = 0;
  while (at < chars.length) {
    const end = pattern.matchEnds(chars, at).at(-1);
    if (end === undefined || end === at) {
      out += chars[at];
      at += 1;
      continue;
    }
    out += replacement(chars.slice(at, end).join(''));
    at = end;
    if (operator === '/') break;
  }
  return out + chars.slice(at).join('');
}

/** `${x^p}`, `${x^^p}`, `${x,p}`, `${x,,p}`. */
export function changeCase(value: string, operator: string, pattern: Pattern | undefined): string {
  const upper = operator.startsWith('^');
  const all = operator.length === 2;
  return [...value]
    .map((char, index) => {
      if ((!all && index > 0) || (pattern !== undefined && !pattern.matches(char))) return char;
      return upper ? char.toUpperCase() : char.toLowerCase();
    })
    .join('');
}

/** `${x:offset:length}` of a text. undefined when the length leads before the offset. */
export function sliceText(value: string, offset: number, length: number | undefined): string | undefined {
  const chars = [...value];
  const start = offset < 0 ? chars.length + offset : offset;
  if (start < 0 || start > chars.length) return '';
  if (length === undefined) return chars.slice(start).join('');
  const end = length < 0 ? chars.length + length : start + length;
  return end < start ? undefined : chars.slice(start, end).join('');
}
