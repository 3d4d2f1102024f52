const CLASSES: Readonly<Record<string, string>> = {
  alpha: '\\p{L}', digit: '0-9', alnum: '\\p{L}\\p{N}', upper: '\\p{Lu}', lower: '\\p{Ll}', space: '\\s', blank: ' \\t',
  punct: '\\p{P}\\p{S}', print: '\\P{Cc}', graph: '!-~\\u{a1}-\\u{10ffff}', cntrl: '\\p{Cc}', xdigit: '0-9A-Fa-f',
};

/**
 * POSIX's extended regular expression as a JavaScript one; undefined when it is none.
 *
 * Simplified: the first alternative that matches wins, not the longest.
 */
export function posixRegex(text: string, ignoreCase: boolean): RegExp | undefined {
  try {
    return new RegExp(translate(text), ignoreCase ? 'iu' : 'u');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function translate(text: string): string {
  let out = '';
  for (let pos = 0; pos < text.length; ) {
    const c = text[pos] as string;
    if (c === '[') {
      const bracket = readBracket(text, pos);
      out += bracket.regex;
      pos = bracket.end;
    } else if (c === '\\') {
      out += escaped(text[pos + 1] ?? '');
      pos += 2;
    } else {
      out += c === '{' && !/^\{\d*,?\d*\}/.test(text.slice(pos)) ? '\\{' : c === '}' && !/\{\d*,?\d*$/.test(out) ? '\\}' : c;
      pos += 1;
    }
  }
  return out;
}

function escaped(char: string): string {
  if ('wWbBsS'.includes(char) && char !== '') return `\\${char}`;
  if (char === '<' || char === '>') return '\\b';
  return /[\\^$.*+?()[\]{}|/]/.test(char) ? `\\${char}` : char;
}

function readBracket(text: string, open: number): { regex: string; end: number } {
  let pos = open + 1;
  let out = '[';
  if (text[pos] === '^') {
    out += '^';
    pos += 1;
  }
  for (let first = true; ; first = false) {
    const c = text[pos];
    if (c === undefined) throw new SyntaxError('unterminated bracket');
    if (c === ']' && !first) return { regex: `${out}]`, end: pos + 1 };
    const named = /^\[:(\w+):\]/.exec(text.slice(pos, pos + 14));
    if (named !== null) {
      const set = CLASSES[named[1] as string];
      if (set === undefined) throw new SyntaxError('unknown class');
      out += set;
      pos += named[0].length;
    } else {
      out += /[\\[\]^&~]/.test(c) ? `\\${c}` : c === '-' && (first || text[pos + 1] === ']') ? '\\-' : c;
      pos += 1;
    }
  }
}
