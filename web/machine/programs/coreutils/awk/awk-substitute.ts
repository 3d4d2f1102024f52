import type { Pattern } from '../../lib/regex/pattern';

/** sub and gsub: `&` is the match, `\&` an ampersand. */
export function substitute(text: string, pattern: Pattern, replacement: string, all: boolean): { text: string; count: number } {
  const parts = replacement.split(/(\\\\|\\&|&)/).map((part) => (part === '&' ? undefined : part === '\\&' ? '&' : part === '\\\\' ? '\\' : part));
  let out = '';
  let copied = 0;
  let count = 0;
  let previousEnd = -1;
  for (let from = 0; from <= text.length; ) {
    const match = pattern.exec(text, from);
    if (match === null) break;
    from = match.end > match.start ? match.end : match.end + 1;
    const counts = match.end > match.start || match.start !== previousEnd;
    previousEnd = match.end;
    if (!counts) continue;
    count += 1;
    out += text.slice(copied, match.start) + parts.map((part) => part ?? text.slice(match.start, match.end)).join('');
    copied = match.end;
    if (!all) break;
  }
  return { text: out + text.slice(copied), count };
}
