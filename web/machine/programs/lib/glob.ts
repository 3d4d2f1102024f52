const cache = new Map<string, RegExp>();
const MAX_CACHED = 200;

/** fnmatch: `*`, `?`, `[a-z]`, backslashes; a slash is a character like others. */
export function globMatches(glob: string, text: string, options: { ignoreCase?: boolean } = {}): boolean {
  const key = `${options.ignoreCase === true ? 'i' : ''}:${glob}`;
  let pattern = cache.get(key);
  if (pattern === undefined) {
    pattern = new RegExp(`^${globSource(glob)}$`, options.ignoreCase === true ? 'sui' : 'su');
    if (cache.size >= MAX_CACHED) cache.clear();
    cache.set(key, pattern);
  }
  return pattern.test(text);
}

function literal(character: string): string {
  return /[A-Za-z0-9_]/.test(character) ? character : `\\u{${(character.codePointAt(0) as number).toString(16)}}`;
}

function globSource(glob: string): string {
  const characters = [...glob];
  let out = '';
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] as string;
    if (character === '*') out += out.endsWith('.*') ? '' : '.*';
    else if (character === '?') out += '.';
    else if (character === '\\' && at + 1 < characters.length) out += literal(characters[++at] as string);
    else if (character === '[') {
      let end = at + 1;
      if (characters[end] === '!' || characters[end] === '^') end += 1;
      if (characters[end] === ']') end += 1;
      while (end < characters.length && characters[end] !== ']') end += 1;
      if (end >= characters.length) {
        out += '\\[';
        continue;
      }
      let from = at + 1;
      const negated = characters[from] === '!' || characters[from] === '^';
      if (negated) from += 1;
      const body = characters.slice(from, end).map((each) => (each === '-' ? '-' : literal(each))).join('');
      out += `[${negated ? '^' : ''}${body.replace(/^-|-$/g, '\\-')}]`;
      at = end;
    } else out += literal(character);
  }
  return out;
}
