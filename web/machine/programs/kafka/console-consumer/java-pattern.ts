/** A regular expression that Java does not accept. `message` is that of its PatternSyntaxException. */
export class JavaPatternError extends Error {
  constructor(description: string, index: number, pattern: string) {
    const caret = index < pattern.length ? `\n${' '.repeat(index)}^` : '';
    super(`${description} near index ${index}\n${pattern}${caret}`);
  }
}

/**
 * A pattern that a whole name must match.
 *
 * Errors: JavaPatternError in Java's words for the mistakes that are usual; other faults are told as an illegal construct.
 * Simplified: JavaScript's meaning of what both accept; no possessive quantifiers.
 */
export function compileJavaPattern(pattern: string): RegExp {
  check(pattern);
  try {
    return new RegExp(`^(?:${pattern})$`);
  } catch {
    throw new JavaPatternError('Illegal/unsupported construct', Math.max(pattern.length - 1, 0), pattern);
  }
}

function check(pattern: string): void {
  let depth = 0;
  let isStart = true;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] as string;
    if (isStart && '*+?'.includes(char)) throw new JavaPatternError(`Dangling meta character '${char}'`, at, pattern);
    isStart = char === '|' || char === '(';
    if (char === '\\') at += 1;
    else if (char === '[') at = endOfClass(pattern, at);
    else if (char === '(') {
      depth += 1;
      if (pattern[at + 1] === '?') at += 1;
    } else if (char === ')') {
      depth -= 1;
      if (depth < 0) throw new JavaPatternError("Unmatched closing ')'", Math.max(at - 1, 0), pattern);
    }
  }
  if (depth > 0) throw new JavaPatternError('Unclosed group', pattern.length, pattern);
}

function endOfClass(pattern: string, start: number): number {
  for (let at = start + 2; at < pattern.length; at++) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === ']') return at;
  }
  throw new JavaPatternError('Unclosed character class', pattern.length - 1, pattern);
}
